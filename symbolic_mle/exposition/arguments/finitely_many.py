"""A parameter with finitely many values: their likelihoods side by side, and which is the largest for which data."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import sympy as sp
from sympy import Expr

from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.arguments.teller import Teller
from symbolic_mle.exposition.document import Block, Inlines, cases, display, line, row
from symbolic_mle.exposition.mathematics import Maths
from symbolic_mle.exposition.prose import listed, phrase, say
from symbolic_mle.exposition.telling_log_likelihood import log_likelihood_blocks
from symbolic_mle.exposition.telling_model import likelihood_blocks
from symbolic_mle.exposition.telling_solution import Titled
from symbolic_mle.exposition.voice import Voice
from symbolic_mle.records import Case

FEW = 8  # values that are listed in full


def _sections(voice: Voice) -> Iterator[Titled]:
    argument: Any = voice.derivation.findings.argument
    yield ("Likelihood",), tuple(likelihood_blocks(voice))
    yield ("Log-likelihood",), tuple(log_likelihood_blocks(voice))
    yield ("Comparison",), tuple(_comparison(voice, argument))


def _comparison(voice: Voice, argument: Any) -> Iterator[Block]:
    yield say(
        "{p} has only the values {values}, so there is no derivative to set to zero. The likelihoods themselves are compared.",
        p=voice.name(argument.parameter), values=_short([voice.write(p) for p in argument.points]),
    )  # fmt: skip
    if argument.statistic is None:
        yield from _differences(voice, argument)
        return
    yield say(
        "Without the terms free of {p}, each log-likelihood is a straight line in {S}. In the order of their slopes:",
        p=voice.name(argument.parameter), S=voice.write(argument.statistic),
    )  # fmt: skip
    yield display(
        *(
            line(voice.plain.log_likelihood(p), "=", voice.write(f.slope * argument.statistic + voice.size * f.level))
            for f in argument.lines for p in f.points
        )
    )  # fmt: skip
    gone = [p for p in argument.points if p not in {q for f in argument.lines for q in f.points}]
    if gone:
        yield say(
            "Left out is {lines}: whatever the sample, one of the others is larger.",
            lines=listed([voice.plain.log_likelihood(p) for p in gone]),
        )  # fmt: skip
    mean = voice.write(argument.statistic / voice.size)
    for (first, second), place in zip(pairwise(argument.lines), argument.thresholds, strict=True):
        higher, lower = (voice.plain.log_likelihood(f.points[0]) for f in (second, first))
        yield say(
            "{above} exactly when {data}.",
            above=make.chain(higher, ">", lower), data=make.chain(mean, ">", _level(voice, place)),
        )  # fmt: skip
    if len(argument.lines) > 2:
        yield say("The thresholds rise from line to line, so the highest line changes once at each of them.")


def _short(drawn: list[Maths]) -> Inlines:
    """1/4, 1/2 and 3/4; 1, 2, … and 100"""
    return listed(drawn if len(drawn) <= FEW else [*drawn[:2], make.words("…"), drawn[-1]])


def _level(voice: Voice, value: Expr) -> Maths:
    """(log 2)/(log 3), one fraction where logarithms are divided."""
    above, below = sp.fraction(sp.together(value))
    return make.fraction(voice.write(above), voice.write(below)) if below.has(sp.log) else voice.write(value)


def _differences(voice: Voice, argument: Any) -> Iterator[Block]:
    names = _short([voice.plain.log_likelihood(p) for p in argument.points])
    if len(voice.derivation.cases) == 1:
        yield say(
            "On given data every one of them is computed, 0 where an observation is impossible. Their differences are compared "
            "with 0 exactly, so that ties are seen."
        )
        return
    yield say("{p} is the value with the largest of {names}.", p=voice.hat(argument.parameter), names=names)


def _result(voice: Voice) -> Iterator[Block]:
    argument: Any = voice.derivation.findings.argument
    found = [c for c in voice.derivation.cases if c.estimators]
    if argument.statistic is None or not found:
        points = [make.call(make.name("L"), voice.write(p)) for p in argument.points]
        yield say(
            "{p} is the value of {name} with the largest of {points}. Where the largest is attained twice, both values maximise.",
            p=voice.hat(argument.parameter), name=voice.name(argument.parameter), points=_short(points),
        )  # fmt: skip
        return
    yield cases(*(row(_label(voice, c, argument), say("{value}.", value=_values(voice, c))) for c in found))
    yield say("These are the global maxima: no other value of {p} is possible.", p=voice.name(argument.parameter))


def _label(voice: Voice, case: Case, argument: Any) -> Inlines:
    """a < x̄ < b"""
    if not case.conditions:
        return ("all data",)
    total = argument.statistic
    mean = voice.write(total / voice.size)
    places = {total - voice.size * t: t for t in argument.thresholds}
    levels = {c.relation: _level(voice, places[c.statistic]) for c in case.conditions}
    if ">" in levels and "<" in levels:
        return (make.chain(levels[">"], "<", mean, "<", levels["<"]),)
    ((relation, level),) = levels.items()
    return (make.chain(mean, relation, level),)


def _values(voice: Voice, case: Case) -> Inlines:
    """θ̂ = 1/4, or both of two that tie."""
    drawn: list[Inlines] = [
        (make.chain(voice.hat(p), "=", voice.write(v)),)
        for formulas in (case.estimators, *case.others) for p, v in formulas.items()
    ]  # fmt: skip
    return (
        phrase("{both}", both=listed(drawn)) if len(drawn) == 1 else phrase("{both} both maximise", both=listed(drawn))
    )


TELLER = Teller(_sections, _result)
