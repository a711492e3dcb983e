"""The normal equations A·β = b, A = Σ curvature, b = Σ slope, solved in formulas that hold for every value of the other parameters.

Where one coefficient is an intercept (its predictor is never 0) it is eliminated first, as the weighted mean of what is left: the
other formulas are then in deviations from means, which is how they are written and how they keep their digits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sympy as sp
from sympy import Dummy, Expr, Symbol

from symbolic_mle.algebra.sample import DataSum, outermost_sums
from symbolic_mle.algebra.signs import Sign
from symbolic_mle.records import Condition, Specification
from symbolic_mle.stages.equal_observations import variation
from symbolic_mle.stages.least_squares.quadratic import Quadratic
from symbolic_mle.stages.likelihood import sum_over_sample
from symbolic_mle.stages.sample_signs import find_sign


@dataclass(frozen=True, slots=True)
class Solution:
    """β̂, and the data for which it is the only solution (None: all data)."""

    estimators: Mapping[Symbol, Expr]
    conditional: Mapping[Symbol, Expr]  # a coefficient as a function of others
    full_rank: Condition | None
    sums: Mapping[Symbol, Expr]  # S with the names of two predictors → the sum of products of their deviations


def solve(quadratic: Quadratic, model: Specification) -> Solution | None:
    """None where the solution moves with the other parameters, or its uniqueness is not a sign of a statistic."""
    return _about_means(quadratic, model) or _by_elimination(quadratic, model)


# ------------------------------------------------------------------ deviations from means


def _about_means(quadratic: Quadratic, model: Specification) -> Solution | None:
    """log f = −½ w (t − xᵀβ)² with the predictor 1 of one coefficient and w > 0."""
    for first in range(len(quadratic.coefficients)):
        line = _weighted_line(quadratic, first, model)
        if line is not None:
            return _centred(quadratic, first, *line, model)
    return None


def _weighted_line(quadratic: Quadratic, first: int, model: Specification) -> tuple[Expr, list[Expr], Expr] | None:
    """w (up to a factor of the other parameters), x and t."""
    whole = quadratic.curvature[first, first]
    weight, scale = (
        whole.as_independent(*quadratic.others, as_Add=False) if quadratic.others else (whole, sp.Integer(1))
    )
    sign = find_sign(weight, model.region)
    if sign is None or sign.sign is not Sign.POSITIVE or scale.has(*model.observed):
        return None
    size = len(quadratic.coefficients)
    predictors = [sp.cancel(quadratic.curvature[first, k] / whole) for k in range(size)]
    target = sp.expand(sp.cancel(quadratic.slope[first] / whole))
    if any(e.has(*quadratic.others) for e in (*predictors, target)):
        return None
    rank_one = all(
        sp.cancel(quadratic.curvature[j, k] - whole * predictors[j] * predictors[k]) == 0
        for j in range(size)
        for k in range(j, size)
    )
    if not rank_one or any(
        sp.expand(sp.cancel(quadratic.slope[j] - whole * predictors[j] * target)) != 0 for j in range(size)
    ):
        return None
    return (sp.Integer(1) if not weight.has(*model.observed) else weight), predictors, target


def _centred(
    quadratic: Quadratic, first: int, weight: Expr, predictors: list[Expr], target: Expr, model: Specification
) -> Solution | None:
    data = model.observed

    def average(expr: Expr) -> Expr:
        if not expr.has(*data):
            return expr
        return sum_over_sample(weight * expr, model) / sum_over_sample(weight, model)

    intercept = quadratic.coefficients[first]
    rest = [k for k in range(len(predictors)) if k != first]
    moved = {k: predictors[k] - average(predictors[k]) for k in rest}
    if any(not predictors[k].has(*data) for k in rest):
        return None  # two intercepts: never of full rank
    deviation = target - average(target)
    gram = sp.Matrix(len(rest), len(rest), lambda j, k: DataSum(weight * moved[rest[j]] * moved[rest[k]], data))
    right = sp.Matrix([DataSum(weight * moved[k] * deviation, data) for k in rest])
    slopes, determinant = _solved(gram, right)
    names = [quadratic.coefficients[k] for k in rest]
    line = average(target) - sp.Add(*(average(predictors[k]) * quadratic.coefficients[k] for k in rest))
    found = dict(zip(names, slopes, strict=True))
    condition = None
    if len(rest) == 1 and weight == 1:
        only = predictors[rest[0]]
        condition = Condition(variation(only, model), ">", "not equal", only)
    elif rest:
        condition = Condition(determinant, ">")
    estimators = {intercept: line.xreplace(found), **found}
    ordered = {p: estimators[p] for p in quadratic.coefficients}
    return Solution(
        ordered,
        {intercept: line} if rest else {},
        condition,
        _named(gram, right, [predictors[k] for k in rest], target),
    )


def _named(gram: sp.Matrix, right: sp.Matrix, predictors: list[Expr], target: Expr) -> dict[Symbol, Expr]:
    """S_xx, S_xy; S_12 where a predictor is no plain symbol."""
    plain = all(e.is_Symbol and len(e.name) == 1 for e in (*predictors, target))
    names = [e.name if plain else str(k) for k, e in enumerate(predictors, start=1)]
    last = target.name if plain else "t"
    size = len(predictors)
    found = {Symbol(f"S_{names[j]}{names[k]}", real=True): gram[j, k] for j in range(size) for k in range(j, size)}
    return {**found, **{Symbol(f"S_{names[k]}{last}", real=True): right[k] for k in range(size)}}


# ------------------------------------------------------------------ as they stand


def _by_elimination(quadratic: Quadratic, model: Specification) -> Solution | None:
    size = len(quadratic.coefficients)
    if size > 3:
        return None
    matrix = sp.Matrix(size, size, lambda j, k: sum_over_sample(sp.expand(quadratic.curvature[j, k]), model))
    right = sp.Matrix([sum_over_sample(sp.expand(s), model) for s in quadratic.slope])
    found, determinant = _solved(matrix, right)
    if any(e.has(*quadratic.others) for e in found) if quadratic.others else False:
        return None
    statistic, scale = determinant, sp.Integer(1)
    if quadratic.others:
        statistic, scale = determinant.as_independent(*quadratic.others, as_Add=False)
    sign = find_sign(scale, model.region)
    if sign is None or sign.sign is not Sign.POSITIVE:
        return None
    condition: Condition | None = Condition(statistic, ">")
    if not statistic.has(DataSum):
        sign = find_sign(statistic, model.region)
        if sign is None or sign.sign is not Sign.POSITIVE:
            return None
        condition = None
    elif isinstance(statistic, DataSum) and size == 1:
        square = sp.factor(statistic.summand)
        if isinstance(square, sp.Pow) and square.exp == 2:
            condition = Condition(statistic, ">", "not every", square.base, sp.Integer(0))
    return Solution(dict(zip(quadratic.coefficients, found, strict=True)), {}, condition, {})


def _solved(matrix: sp.Matrix, right: sp.Matrix) -> tuple[list[Expr], Expr]:
    """The solution by Cramer's rule and the determinant, sums of the data as symbols meanwhile."""
    if not matrix.shape[0]:
        return [], sp.Integer(1)
    slots: dict[Expr, Expr] = {s: Dummy("S", real=True) for entry in (*matrix, *right) for s in outermost_sums(entry)}
    back = {d: s for s, d in slots.items()}
    plain, column = matrix.xreplace(slots), right.xreplace(slots)
    determinant = sp.factor(plain.det())
    solution = [sp.cancel((plain.adjugate()[k, :] * column)[0] / determinant) for k in range(plain.shape[0])]
    return [e.xreplace(back) for e in solution], determinant.xreplace(back)
