"""What the words of a line conclude: a maximum, a minimum, no estimate at all, a likelihood that rises or falls."""

from __future__ import annotations

import re

from symbolic_mle.marking.agreement import Valued, inequality, label_valued
from symbolic_mle.marking.desk import Desk
from symbolic_mle.marking.evaluation import holds
from symbolic_mle.marking.functions import NoValueError
from symbolic_mle.marking.labels import Kind, Label
from symbolic_mle.marking.lines import Line
from symbolic_mle.marking.sampling import Trial
from symbolic_mle.marking.special_data import data_conditions
from symbolic_mle.marking.statements import Finding
from symbolic_mle.reading.syntax import Node

_NONE_EXISTS = re.compile(
    r"\bno (?:(?:such|finite|unique) )?(?:maximum likelihood (?:estimate|estimator)|mle|maximi[sz]er|maximum|ml estimate)\w*\b"
    r"|\b(?:mle|maximum likelihood (?:estimate|estimator)|maximum)\b[^.;]{0,20}\b(?:does not|doesn't|do not|cannot) exist",
    re.IGNORECASE,
)
_MINIMUM = re.compile(
    r"\b(?:is|gives|have|has|at|yields|be|it's|indeed)\s+(?:a|an|the|in fact a)?\s*(?:local |global |unique )?"
    r"minim(?:um|iser|izer)\b"
    r"(?!\s+(?:of the (?:data|sample|observations|x)|observation|value|likelihood|order))",
    re.IGNORECASE,
)
_MONOTONE = re.compile(
    r"\b(increas|decreas|ris|fall|grow)(?:ing|es|s)\b[^.;]*\b(?:in|with)\s*$|\b(increas|decreas)\w* function of\s*$",
    re.IGNORECASE,
)
_CASE = re.compile(
    r"\b(?:if|when|for)\b[^.;]*\b(?:all|every|each|such|data|observations?|these|that case)\b", re.IGNORECASE
)


def conclude(line: Line, special: bool, desk: Desk) -> list[Finding]:
    """What the words say, and whether it is so. ``special`` lines are about special data."""
    words = line.words
    findings = [] if special else _monotone(line, desk)
    if _NONE_EXISTS.search(words) and not _MINIMUM.search(words):
        findings.append(_nothing_exists(line, special, desk))
    elif (
        _MINIMUM.search(words)
        and desk.seen & {"estimate", "score", "second derivative"}
        and not re.search("negative log|minus", words)
    ):
        findings.append(
            Finding(
                "conclusion",
                False,
                "wrong-conclusion",
                "the second derivative is negative there, so it is a maximum, not a minimum",
            )
        )
    elif re.search(r"\bpositive[- ]definite\b", words) and not re.search(r"negative|minus|information", words):
        findings.append(
            Finding("conclusion", False, "wrong-conclusion", "the Hessian is negative definite at a maximum")
        )
    return findings


def _monotone(line: Line, desk: Desk) -> list[Finding]:
    """ "the likelihood is increasing in μ"."""
    found: list[Finding] = []
    for statement in line.statements:
        match = _MONOTONE.search(statement.before)
        name = (
            desk.labels.parameter(statement.sides[0].strip().lstrip("\\"))
            if match and len(statement.sides) == 1
            else None
        )
        if match is None or name is None:
            continue
        sign = ">" if (match[1] or match[2]).lower() in ("increas", "ris", "grow") else "<"
        slope = label_valued(Label(Kind.LOG_LIKELIHOOD, (name,)), desk)
        if inequality(slope, sign, _zero, desk).everywhere:
            found.append(Finding("monotone", True))
        elif inequality(slope, "<" if sign == ">" else ">", _zero, desk).everywhere:
            found.append(
                Finding("monotone", False, "wrong-conclusion", f"the likelihood moves the other way in {name}")
            )
    return found


_zero: Valued = lambda place, values: 0  # noqa: E731


def _nothing_exists(line: Line, special: bool, desk: Desk) -> Finding:
    """ "there is no MLE": for all data, or for those that the line names."""
    truth = desk.bench.truth
    conditions = data_conditions(line, desk)
    if conditions is None:
        return Finding("conclusion", None)
    if not conditions and (special or _CASE.search(line.words)):
        return _for_degenerate(desk)
    concerned = [t for t in truth.trials if not conditions or any(_satisfies(c, t, desk) for c in conditions)]
    if not conditions:
        concerned = [t for t in concerned if t.kind == "generic"]
    exists = [truth.maximum(t).exists for t in concerned]
    if not conditions:
        if not exists or exists.count(True) < 2:
            return Finding("conclusion", True if exists and all(e is False for e in exists) else None)
        moving = bool(truth.likelihood.model.support.free_symbols & set(truth.likelihood.model.parameters))
        comment = (
            "the likelihood has a maximum for such data, where the support ends"
            if moving
            else "the likelihood has a maximum"
        )
        return Finding("conclusion", False, "score-not-applicable" if moving else "wrong-conclusion", comment)
    if any(exists):
        return Finding(
            "conclusion",
            False,
            "wrong-conclusion",
            "for such data the likelihood has a maximum: at the end of the parameter space",
        )
    return Finding("conclusion", True if exists and all(e is False for e in exists) else None)


def _for_degenerate(desk: Desk) -> Finding:
    """ "if all observations are equal there is none": true when some such data have none."""
    truth = desk.bench.truth
    exists = [truth.maximum(t).exists for t in truth.trials if t.kind == "degenerate"]
    if exists and all(exists):
        return Finding("conclusion", None)
    return Finding("conclusion", True if False in exists else None)


def _satisfies(condition: Node, trial: Trial, desk: Desk) -> bool:
    """Does the sample satisfy a condition on statistics, or does every observation satisfy one on xᵢ?"""
    point = desk.bench.truth.at(trial, {}, desk.definitions)
    try:
        return holds(condition, point)
    except NoValueError:
        return False
