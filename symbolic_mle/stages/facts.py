"""Facts about a sample: the sign of a statistic, and for which data it is zero.

Four facts, each with its premises checked:

* *Termwise.* Σ h(xᵢ) has the sign of h on the support; when h ≥ 0, it is 0 iff every h(xᵢ) = 0.
* *Variation.* Σ (tᵢ − t̄)² ≥ 0, and 0 iff all tᵢ are equal.
* *Jensen.* For φ strictly convex on an interval that holds all tᵢ, Σ φ(tᵢ) − n φ(t̄) ≥ 0, and 0 iff all tᵢ are equal
  (Casella & Berger 2002, Theorem 4.7.7).
* *Products.* The sign of a product is the product of the signs.
"""

from __future__ import annotations

from collections.abc import Sequence

import sympy as sp
from sympy import Dummy, Expr

from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.algebra.sample import DataSum, outermost_sums
from symbolic_mle.algebra.signs import Sign
from symbolic_mle.records import Condition, Region, Specification
from symbolic_mle.stages.equal_observations import jensen_sign, variation_sign
from symbolic_mle.stages.sample_signs import STRICT, SampleSign, find_sign, termwise_sign

LARGE = 300  # operations beyond which no sign is searched


def sample_sign(expr: Expr, model: Specification, region: Region, given: Sequence[Condition] = ()) -> SampleSign | None:
    """The sign of an expression in sums of the data, for all data in the support and all points of the region."""
    if expr.count_ops() > LARGE:
        return None
    for condition in given if expr.has(DataSum) else ():
        found = _implied(expr, condition)
        if found is not None:
            return found
    if not expr.has(DataSum):
        found_sign = find_sign(expr, region)
        return None if found_sign is None else SampleSign(found_sign.sign)
    return (
        termwise_sign(expr, model, region)
        or variation_sign(expr)
        or jensen_sign(expr, model, region)
        or _product(expr, model, region, given)
        or _opaque(expr, model, region, given)
    )


def _implied(expr: Expr, condition: Condition) -> SampleSign | None:
    if expr.atoms(DataSum) != condition.statistic.atoms(DataSum) or condition.relation not in ("<", ">", "="):
        return None
    ratio = sp.cancel(expr / condition.statistic)
    if not ratio.is_number or ratio == 0:
        return None
    if condition.relation == "=":
        return SampleSign(Sign.ZERO)
    positive = bool(ratio.is_positive) == (condition.relation == ">")
    return SampleSign(Sign.POSITIVE if positive else Sign.NEGATIVE)


def _product(expr: Expr, model: Specification, region: Region, given: Sequence[Condition]) -> SampleSign | None:
    if isinstance(expr, sp.Add) and expr.count_ops() > LARGE // 3:
        return None
    factors = sp.Mul.make_args(sp.factor(sp.together(expr)) if isinstance(expr, sp.Add) else expr)
    if len(factors) < 2:
        return None
    sign, zero, fact = Sign.POSITIVE, None, ""
    for factor in factors:
        base, power = (
            factor.as_base_exp() if isinstance(factor, sp.Pow) and factor.exp.is_integer else (factor, sp.Integer(1))
        )
        found = sample_sign(base, model, region, given)
        if found is None:
            return None
        if power.is_even and found.sign in STRICT:
            found = SampleSign(Sign.POSITIVE)
        elif not power.is_odd or (power.is_negative and found.sign not in STRICT):
            return None
        if found.sign not in STRICT:
            if zero is not None or found.sign is Sign.ZERO:
                return None
            zero, fact = found.zero, found.fact
        sign = sign.times(found.sign)
    return SampleSign(sign, zero, fact)


def _opaque(expr: Expr, model: Specification, region: Region, given: Sequence[Condition]) -> SampleSign | None:
    """Each sum of the data as an independent number of its sign."""
    box = dict(region)
    slots: dict[Expr, Expr] = {}
    for total in outermost_sums(expr):
        if total.free_symbols & set(model.parameters) or total == expr:
            return None
        slot = Dummy("S", real=True)
        found = sample_sign(total, model, region, given)
        box[slot] = _interval_of(found.sign if found else None)
        slots[total] = slot
    result = find_sign(expr.xreplace(slots), box)
    return None if result is None else SampleSign(result.sign)


def _interval_of(sign: Sign | None) -> Interval:
    zero = sp.Integer(0)
    if sign in (Sign.POSITIVE, Sign.NONNEGATIVE):
        return Interval(lower=zero, closed_lower=sign is Sign.NONNEGATIVE)
    if sign in (Sign.NEGATIVE, Sign.NONPOSITIVE):
        return Interval(upper=zero, closed_upper=sign is Sign.NONPOSITIVE)
    return Interval()
