"""The data without a unique maximiser, and the result."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sympy import Expr, Symbol

from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.arguments.least_squares.drawing import (
    argument_of,
    inner_voice,
    shortened,
    solution_lines,
    total_of,
    with_sums,
)
from symbolic_mle.exposition.document import Block, Inlines, Line, cases, display, line, row
from symbolic_mle.exposition.prose import listed, phrase, say
from symbolic_mle.exposition.telling_conditions import short
from symbolic_mle.exposition.telling_equations import implicit_line
from symbolic_mle.exposition.voice import Voice
from symbolic_mle.records import Case, Existence


def remaining(voice: Voice, argument: Any) -> Iterator[Block]:
    """A row for every other case."""
    rows = []
    inner = inner_voice(voice, argument) if argument.rest is not None else voice
    for case in voice.derivation.cases[1:]:
        label: Inlines
        if case.kind in ("line", "unknown"):
            label = short(
                with_sums(voice, argument),
                replace(shortened(argument), relation="=", meaning=case.conditions[0].meaning),
            )
            text = _line_words(voice, argument, case)
        else:
            letter = _letter_of(case, argument, voice)
            label = (make.chain(inner.write(letter), "=", make.ZERO),) if letter is not None else ("other data",)
            text = _fitted_words(voice, argument, case, inner)
        rows.append(row(label, text))
    if rows:
        yield cases(*rows)


def _letter_of(case: Case, argument: Any, voice: Voice) -> Symbol | None:
    """The sum of squares that is 0 in the case."""
    zeros = {c.statistic for c in case.conditions if c.relation == "="}
    for letter, residual in argument.residuals.items():
        if DataSum(residual.xreplace(dict(argument.estimators)), voice.model.observed) in zeros:
            return letter
    return None


def _line_words(voice: Voice, argument: Any, case: Case) -> Block:
    names = voice.names(argument.coefficients)
    if case.existence is Existence.UNKNOWN:
        return say("Then the data do not determine {names}. Not decided: {reason}.", names=names, reason=case.reason)
    return say(
        "Then the normal equations have more than one solution, and every one of them is a maximiser: the data do not "
        "determine {names}.{unless}",
        names=names,
        unless="" if argument.rest is None else " If they are fitted without a remainder, no maximum exists.",
    )


def _fitted_words(voice: Voice, argument: Any, case: Case, inner: Voice) -> Block:
    if case.existence is not Existence.UNBOUNDED or not case.path:
        if case.existence is Existence.ATTAINED:
            return say("The maximum is attained at the same formulas.")
        return say("No maximum likelihood estimate exists." if case.path else "Not decided.")
    parameter, end, side = case.path[-1]
    return say(
        "The observations are fitted without a remainder. Along {fit} the likelihood grows without bound as {limit}: no "
        "maximum likelihood estimate exists.",
        fit=listed([make.chain(voice.name(p), "=", voice.hat(p)) for p in argument.coefficients]),
        limit=make.chain(voice.name(parameter), "to", voice.end(end, side)),
    )


def result(voice: Voice) -> Iterator[Block]:
    """The estimators, what they need, and the unbiased variance."""
    argument, case = argument_of(voice), voice.derivation.cases[0]
    lines = list(solution_lines(voice, argument))
    if argument.rest is not None:
        lines += [
            drawn
            for p, value in argument.rest.cases[0].estimators.items()
            for drawn in _spread_lines(voice, argument, p, value)
        ]
    yield display(*lines)
    if len(lines) < len(voice.parameters):
        yield say("The other coefficients solve the normal equations.")
    if case.implicit is not None:
        inner = inner_voice(voice, argument)
        stage = len(argument.rest.findings.reductions) - 1
        yield say("{p} is the root of", p=voice.hat(case.implicit.parameters[0]))
        yield display(implicit_line(inner, stage))
    point = make.brackets(make.sequence(*map(voice.hat, voice.parameters)))
    needs = []
    if argument.full_rank is not None:
        needs.append(short(with_sums(voice, argument), shortened(argument)))
    if argument.rest is not None:
        inner = inner_voice(voice, argument)
        needs += [(make.chain(inner.write(r), ">", make.ZERO),) for r in argument.residuals if r.is_positive]
    yield say(
        "{provided}{point} is the unique maximum likelihood estimate.",
        provided=phrase("Provided {data}, ", data=listed(needs)) if needs else (),
        point=point if voice.several else voice.hat(voice.parameters[0]),
    )
    yield from _divisor(voice, argument)


def _divisor(voice: Voice, argument: Any) -> Iterator[Block]:
    """E R̂ = (n − k)σ² for a variance σ² with σ̂² = R̂/n, where the design is known (Seber & Lee 2003, section 3.3)."""
    if argument.rest is None or not voice.model.checked or len(argument.residuals) != 1:
        return
    (letter,) = argument.residuals
    (parameter, value), *more = argument.rest.cases[0].estimators.items()
    design = [s.diff(p) for s in argument.slopes.values() for p in argument.coefficients]
    random = set(voice.model.variables)
    if (
        more
        or value != letter / voice.size
        or any(t.summand.free_symbols & random for d in design for t in d.atoms(DataSum))
    ):
        return
    fewer = make.total(voice.write(voice.size), make.number(-len(argument.coefficients)))
    yield say(
        "{estimate} divides by {n}; dividing by {fewer} instead, the number of observations less that of the fitted "
        "coefficients, gives the unbiased estimator.",
        estimate=voice.hat(parameter),
        n=voice.write(voice.size),
        fewer=fewer,
    )


def _spread_lines(voice: Voice, argument: Any, parameter: Symbol, value: Expr) -> Iterator[Line]:
    """σ̂² = R̂/n = (1/n) ∑ᵢ (yᵢ − â − b̂ xᵢ)²"""
    inner = inner_voice(voice, argument)
    totals = {r: total_of(voice, residual) for r, residual in argument.residuals.items()}
    whole = voice.write(value.xreplace(totals), *argument.coefficients)
    yield line(voice.hat(parameter), "=", make.chain(inner.write(value), "=", whole))
