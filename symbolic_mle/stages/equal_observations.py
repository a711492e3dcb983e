"""Statistics that are 0 iff all observations are equal: variation, and the gap in Jensen's inequality."""

from __future__ import annotations

import sympy as sp
from sympy import Dummy, Expr, Symbol

from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.algebra.sample import DataSum, outermost_sums
from symbolic_mle.algebra.signs import Sign
from symbolic_mle.records import Condition, Region, Specification
from symbolic_mle.stages.sample_signs import STRICT, SampleSign, find_sign


def variation_sign(expr: Expr) -> SampleSign | None:
    """c·Σ (tᵢ − t̄)² has the sign of c, and is 0 iff all tᵢ are equal."""
    coefficient, rest = expr.as_independent(DataSum, as_Add=False)
    quantity = variation_of(rest)
    if quantity is None or not (coefficient.is_positive or coefficient.is_negative):
        return None
    zero = Condition(rest, "=", "equal", quantity)
    found = SampleSign(Sign.NONNEGATIVE, zero, "variation")
    return found if coefficient.is_positive else found.negated()


def variation_of(expr: Expr) -> Expr | None:
    """t, when the expression is Σ (tᵢ − t̄)²."""
    if not isinstance(expr, DataSum) or not isinstance(expr.summand, sp.Pow) or expr.summand.exp != 2:
        return None
    inner = [s for s in expr.summand.base.atoms(DataSum)]
    if len(inner) != 1:
        return None
    quantity = inner[0].summand
    rest = sp.expand(quantity - expr.summand.base)
    sizes = (rest / inner[0]).free_symbols
    return quantity if len(sizes) == 1 and rest == inner[0] / next(iter(sizes)) else None


def variation(quantity: Expr, model: Specification) -> DataSum:
    """Σ (tᵢ − t̄)²."""
    return DataSum((quantity - DataSum(quantity, model.observed) / model.size) ** 2, model.observed)


def jensen_sign(expr: Expr, model: Specification, region: Region) -> SampleSign | None:
    """Σ φ(tᵢ) − n φ(t̄), for t one of the statistics and φ convex or concave."""
    sums = [s for s in outermost_sums(expr) if not s.summand.has(DataSum)]
    gap = expr.as_independent(DataSum, as_Add=False)[1]
    if len(sums) != 2 or len(model.observed) != 1 or gap.free_symbols & set(model.parameters):
        return None
    x = model.observed[0]
    for inner, outer in (sums, sums[::-1]):
        found = _jensen_pair(expr, inner, outer, x, model, region)
        if found is not None:
            return found
    return None


def _jensen_pair(
    expr: Expr, inner: DataSum, outer: DataSum, x: Symbol, model: Specification, region: Region
) -> SampleSign | None:
    average = Dummy("m", **{"positive": True} if inner.is_positive else {"real": True})
    slot = Dummy("S", real=True)
    replaced = sp.expand_log(sp.expand(expr.xreplace({outer: slot}).xreplace({inner: model.size * average})))
    weight = replaced.diff(slot)
    if weight.has(slot) or weight == 0:
        return None
    function = sp.simplify(-(replaced - weight * slot) / (model.size * weight))
    if function.has(model.size) or function.has(slot):
        return None
    composed = function.xreplace({average: inner.summand})
    if sp.simplify(sp.expand_log(composed) - outer.summand) != 0:
        return None
    curvature = find_sign(function.diff(average, 2), {**region, average: range_of(inner.summand, x, region)})
    side = find_sign(weight, region)
    if curvature is None or side is None or curvature.sign not in STRICT or side.sign not in STRICT:
        return None
    zero = Condition(expr, "=", "equal", _told_by(inner.summand, x, region))
    found = SampleSign(Sign.NONNEGATIVE, zero, "jensen")
    return found if (curvature.sign is side.sign) else found.negated()


def _told_by(quantity: Expr, x: Symbol, region: Region) -> Expr:
    """x in place of a strictly monotone g(x): the g(xᵢ) are equal iff the xᵢ are."""
    if quantity == x:
        return x
    slope = find_sign(sp.diff(quantity, x), region)
    return x if slope is not None and slope.sign in STRICT else quantity


def range_of(quantity: Expr, x: Symbol, region: Region) -> Interval:
    """An interval that holds g(x) for every x of the support: from the sign of g."""
    if quantity == x:
        return region[x]
    found = find_sign(quantity, region)
    if found is None:
        return Interval()
    if found.sign is Sign.POSITIVE:
        return Interval(lower=sp.Integer(0))
    if found.sign is Sign.NONNEGATIVE:
        return Interval(lower=sp.Integer(0), closed_lower=True)
    if found.sign is Sign.NEGATIVE:
        return Interval(upper=sp.Integer(0))
    return Interval()
