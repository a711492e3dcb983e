"""A hand derivation, marked line by line: ``check_working(model, lines)``.

Each statement is held against the model itself: a formula for L, log L or a derivative against the true one, an equation against
the maximum, an estimate against the maximiser. So long as every line is true it follows; the first that is not is where the
working goes wrong. What is not understood is said to be so, never to be wrong.
"""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from symbolic_mle.algebra.numeric import NotNumeric
from symbolic_mle.errors import ReadingError
from symbolic_mle.marking.bench import Bench, set_up
from symbolic_mle.marking.carried import Entry, Ledger
from symbolic_mle.marking.claims import vocabulary_of
from symbolic_mle.marking.conclusions import conclude
from symbolic_mle.marking.desk import Desk
from symbolic_mle.marking.incomplete import incomplete
from symbolic_mle.marking.lines import Line, split_line
from symbolic_mle.marking.remarks import expected, on_data, result, title_of
from symbolic_mle.marking.report import (
    AFTER,
    CARRIED,
    DOES_NOT_FOLLOW,
    FOLLOWS,
    NOT_UNDERSTOOD,
    ONLY_IF,
    WRONG,
    LineVerdict,
    WorkingReport,
)
from symbolic_mle.marking.special_data import is_condition, is_special
from symbolic_mle.marking.statements import Finding, examine
from symbolic_mle.marking.truth import Truth
from symbolic_mle.model import Model
from symbolic_mle.reading.refusal import refusal

MAX_LINES = 200
BUDGET = 4.0  # seconds, of which proofs may take a part
_GOES_ON = re.compile(r"(?:then|in (?:this|that) case|here|so|hence|it|the likelihood)\b", re.IGNORECASE)
MAX_CHARACTERS = 40_000


def check_working(model: Any, lines: Sequence[str] | str, *, budget: float = BUDGET) -> WorkingReport:
    """The marks for a working, a line a string. ``model`` is a ``Model`` or the name of one.

    Raises ``ReadingError`` for what is no list of lines of text, or far too long.
    """
    texts = _checked(lines.splitlines() if isinstance(lines, str) else lines)
    return mark_lines(texts, prepared(model, budget), budget)


def prepared(model: Any, budget: float = BUDGET) -> Bench:
    """The model with the samples that workings are tested at: what many workings can share, in one thread."""
    return set_up(Truth(Model.named(model) if isinstance(model, str) else model, budget))


def mark_lines(lines: Sequence[str], bench: Bench, budget: float = BUDGET) -> WorkingReport:
    """The marks for the lines of one working."""
    texts, truth = _checked(lines), bench.truth
    model = truth.model
    desk = Desk(bench, vocabulary_of(model))
    ledger = Ledger(desk)
    verdicts: list[LineVerdict] = []
    words: list[str] = []
    conditions: list[str] = []
    wrong: tuple[int, Finding] | None = None
    end = time.thread_time() + budget
    for number, text in enumerate(texts):
        if time.thread_time() > end:
            verdicts.append(LineVerdict(text, NOT_UNDERSTOOD, None, "not checked: the time for this working is spent"))
            continue
        line, findings = _mark_line(text, desk)
        stated = _stated(line, number, ledger)
        words.append(line.words)
        conditions += [
            f" {s.sides[0]} {' '.join(r + ' ' + t for r, t in zip(s.relations, s.sides[1:], strict=True))}"
            for s in line.statements
            if is_condition(s) or "estimate" not in desk.seen
        ]
        mistake = next((f for f in findings if f.verdict is False), None)
        if wrong is None and mistake is not None:
            wrong = number, mistake
            verdicts.append(LineVerdict(text, WRONG, mistake.mistake, mistake.comment, _kinds(findings)))
            ledger.keep(stated, True)
        elif wrong is not None:
            verdicts.append(_later(text, findings, stated, ledger))
        else:
            ledger.keep(stated, False)
            verdicts.append(_right(text, line, findings))
    missing = incomplete("\n".join(texts), " ".join(words), " ".join(conditions), desk)
    title = title_of(model.specification)
    if wrong is None:
        return WorkingReport(tuple(verdicts), None, None, _summary(verdicts), tuple(missing), title)
    number, mistake = wrong
    return WorkingReport(
        tuple(verdicts),
        number,
        mistake.mistake,
        f"Line {number + 1} is the first wrong one: {mistake.comment}.",
        tuple(missing),
        title,
        expected([e for e in ledger.entries if e.line == number], truth),
        (*result(truth), *on_data(ledger)),
    )


def _checked(lines: Any) -> list[str]:
    if not isinstance(lines, (list, tuple)) or not all(isinstance(line, str) for line in lines):
        raise refusal("", 0, "a working is needed as a list of lines of text")
    if len(lines) > MAX_LINES or sum(map(len, lines)) > MAX_CHARACTERS:
        raise refusal(
            "", 0, f"a working of {len(lines)} lines", f"at most {MAX_LINES} lines and {MAX_CHARACTERS} characters"
        )
    return list(lines)


def _mark_line(text: str, desk: Desk) -> tuple[Line, list[Finding]]:
    """The line with what was found of its statements and its words."""
    line = split_line(text, desk.words)
    fresh = set()
    for statement in line.statements:
        if desk.define(statement):
            fresh.add(statement)
    if fresh:  # new names may have been taken for words
        line = split_line(text, desk.words)
    findings: list[Finding] = [Finding("definition", True)] * len(fresh)
    special = is_special(line, desk) or (desk.special and (not line.words or _GOES_ON.match(line.words) is not None))
    for statement in line.statements:
        if (
            any(statement.sides[0] == s.sides[0] and statement.start == s.start for s in fresh)
            and len(statement.sides) == 2
        ):
            continue
        if is_condition(statement) and not _defines_later(statement.before):
            continue
        try:
            findings += examine(statement, desk)
        except (NotNumeric, ReadingError, OverflowError, RecursionError):
            findings.append(Finding("statement", None))
    if special:  # the generic formulas may not hold for such data
        findings = [replace(f, verdict=None) if f.verdict is False else f for f in findings]
    if all(f.verdict is not False for f in findings):
        findings += conclude(line, special, desk)
    desk.special = special and not (desk.special and any(f.what == "conclusion" for f in findings))
    return line, findings


def _stated(line: Line, number: int, ledger: Ledger) -> list[Entry]:
    """What the statements of the line state, in their order."""
    try:
        return [e for s in line.statements if all(s.sides) for e in ledger.stated(s.sides, s.relations, number)]
    except (NotNumeric, ReadingError, OverflowError, RecursionError):
        return []


def _later(text: str, findings: Sequence[Finding], stated: Sequence[Entry], ledger: Ledger) -> LineVerdict:
    """A line after the first wrong one: does it follow from the student's own lines?"""
    judged = []
    for entry in stated:
        found = ledger.judge(entry)
        judged.append(found)
        ledger.keep([entry], found.follows is not True or found.tainted)
    kinds = _kinds(findings)
    false = any(f.verdict is False for f in findings)
    if any(j.follows is False for j in judged):
        comment = "this does not follow from the lines before it" + (
            "" if false else ", though it is true of the model"
        )
        return LineVerdict(text, DOES_NOT_FOLLOW, None, comment, kinds)
    carried = next((j for j in judged if j.follows and j.tainted and j.source is not None), None)
    if carried is not None and carried.source is not None and all(j.follows for j in judged):
        origin = "the form before it" if carried.source == stated[0].line else f"line {carried.source + 1}"
        return LineVerdict(text, CARRIED, None, f"follows from {origin}", kinds)
    if not false and any(f.verdict for f in findings):
        return LineVerdict(text, FOLLOWS, None, "", kinds)
    return LineVerdict(text, AFTER, None, "", kinds)


def _defines_later(before: str) -> bool:
    return before.lower().endswith(("where", "with"))


def _kinds(findings: Sequence[Finding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f.what for f in findings))


def _right(text: str, line: Line, findings: Sequence[Finding]) -> LineVerdict:
    """A line without a mistake: does it follow, or was it not understood?"""
    known = [f for f in findings if f.verdict is True]
    unknown = [f for f in findings if f.verdict is None]
    if unknown and not known or (not findings and any(s.relations for s in line.statements) and not line.words):
        return LineVerdict(text, NOT_UNDERSTOOD, None, "a relation between expressions was expected", _kinds(findings))
    if any(f.only_at_maximum for f in known):
        return LineVerdict(
            text, ONLY_IF, None, "this holds at the estimate, not for every parameter value", _kinds(findings)
        )
    return LineVerdict(text, FOLLOWS, None, "", _kinds(findings))


def _summary(verdicts: Sequence[LineVerdict]) -> str:
    unclear = sum(v.verdict == NOT_UNDERSTOOD for v in verdicts)
    return (
        "Every line follows."
        if not unclear
        else f"No line is wrong; {unclear} {'was' if unclear == 1 else 'were'} not understood."
    )
