"""Remarks that follow from the form of an estimator: unbiased averages, and why a divisor is n or could be n − 1."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.sample import DataSum, outermost_sums
from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.document import Block, Inlines
from symbolic_mle.exposition.mathematics import Maths
from symbolic_mle.exposition.prose import phrase, say
from symbolic_mle.exposition.telling_result import holds_at_the_boundary
from symbolic_mle.exposition.voice import Voice
from symbolic_mle.records import Existence


def remark_blocks(voice: Voice) -> Iterator[Block]:
    """What follows from the estimators of the generic case."""
    case, argument = voice.derivation.cases[0], voice.derivation.findings.argument
    if case.existence is not Existence.ATTAINED or (argument is not None and not argument.regular):
        return
    linear = _mean_of_statistic(voice)
    if linear is not None and holds_at_the_boundary(voice):
        total, mean = linear
        yield say(
            "The score has expectation 0, so {fact}: the formula for {estimate} is unbiased.{divisor}",
            fact=make.chain(expectation(voice, total), "=", voice.write(mean)),
            estimate=voice.hat(voice.parameters[0]),
            divisor=_known_centre(voice, total),
        )
    for parameter, value in case.estimators.items():
        spread = _spread_over_size(value, voice.size)
        if spread is not None:
            yield _divides_by_size(voice, parameter, spread)


def expectation(voice: Voice, expr: Expr) -> Maths:
    """E[∑ᵢ xᵢ]"""
    return make.row(make.words("E"), make.brackets(voice.write(expr), "[]"))


def _mean_of_statistic(voice: Voice) -> tuple[DataSum, Expr] | None:
    """(Σ T, E Σ T) for a score that is a multiple of Σ T − n·c·θ: the score of an exponential family has mean 0.

    Then θ̂ = Σ T/(n·c) has the expectation θ (Casella & Berger 2002, section 7.3; the support is free of θ).
    """
    reductions = voice.reductions
    equation = reductions[0].equation if len(reductions) == 1 else None
    if equation is None or voice.several or not voice.model.checked or voice.derivation.likelihood.mixed:
        return None
    numerator, parameter = sp.expand(equation.numerator), reductions[0].parameter
    sums = outermost_sums(numerator)
    if len(sums) != 1 or equation.multiplier.has(DataSum):
        return None
    (total,) = sums
    weight = numerator.coeff(total, 1)
    if weight == 0 or weight.has(DataSum, parameter):
        return None
    mean = sp.cancel(-sp.expand(numerator - weight * total) / weight)
    proportional = sp.expand(mean - mean.coeff(parameter, 1) * parameter) == 0
    return (total, mean) if proportional and not mean.has(DataSum) else None


def _known_centre(voice: Voice, total: DataSum) -> Inlines:
    """Why squares about a known centre are divided by n, not by n − 1."""
    summand = total.summand
    if not isinstance(summand, sp.Pow) or summand.exp != 2 or not isinstance(summand.base, sp.Add):
        return ()
    return phrase(
        " The squares are taken about the known {centre}, not about a mean that had to be estimated, so they are "
        "divided by {n} and not by {fewer}.",
        centre=voice.write(-summand.base.as_independent(*total.variables, as_Add=True)[0]),
        n=voice.write(voice.size),
        fewer=_one_fewer(voice),
    )


def _one_fewer(voice: Voice) -> Maths:
    return make.total(voice.write(voice.size), make.number(-1))


def _spread_over_size(value: Expr, n: Symbol) -> DataSum | None:
    """Σ (tᵢ − t̄)², for an estimator that is its n-th part."""
    sums = outermost_sums(value)
    if len(sums) != 1:
        return None
    (total,) = sums
    if not total.summand.has(DataSum) or not _is_variation(total, n):
        return None
    return total if sp.cancel(value * n / total) == 1 else None


def _is_variation(total: DataSum, n: Symbol) -> bool:
    """Is it Σ (tᵢ − t̄)², squares about one mean?"""
    base = total.summand.base if isinstance(total.summand, sp.Pow) and total.summand.exp == 2 else sp.Integer(0)
    mean, quantity = base.as_independent(*total.variables, as_Add=True)
    return bool(mean + DataSum(quantity, total.variables) / n == 0)


def _divides_by_size(voice: Voice, parameter: Symbol, spread: DataSum) -> Block:
    """E Σ (tᵢ − t̄)² = (n − 1)·Var t"""
    quantity = spread.summand.base.as_independent(DataSum, as_Add=True)[0]
    variance = make.call("Var", voice.observed(quantity))
    several = make.product(make.brackets(_one_fewer(voice)), variance)
    return say(
        "The average {estimate} divides by {n}. Because {fact}, dividing by {fewer} instead gives the unbiased "
        "estimator of the variance.",
        estimate=voice.hat(parameter),
        n=voice.write(voice.size),
        fact=make.chain(expectation(voice, spread), "=", several),
        fewer=_one_fewer(voice),
    )
