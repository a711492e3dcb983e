"""Facts about a sample: the sign of a statistic, and for which data it is zero.

Four facts, each with its premises checked:

* *Termwise.* Σ h(xᵢ) has the sign of h on the support; when h ≥ 0, it is 0 iff every h(xᵢ) = 0.
* *Variation.* Σ (tᵢ − t̄)² ≥ 0, and 0 iff all tᵢ are equal.
* *Jensen.* For φ strictly convex on an interval that holds all tᵢ, Σ φ(tᵢ) − n φ(t̄) ≥ 0, and 0 iff all tᵢ are equal
  (Casella & Berger 2002, Theorem 4.7.7).
* *Products.* The sign of a product is the product of the signs.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import sympy as sp
from sympy import Dummy, Expr, Symbol

from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.algebra.sample import DataSum, outermost_sums
from symbolic_mle.algebra.signs import Finding, Sign
from symbolic_mle.algebra.signs import find_sign as search_sign
from symbolic_mle.records import Condition, Region, Specification

STRICT = (Sign.POSITIVE, Sign.NEGATIVE)
OPPOSITE = {
    Sign.POSITIVE: Sign.NEGATIVE,
    Sign.NEGATIVE: Sign.POSITIVE,
    Sign.NONNEGATIVE: Sign.NONPOSITIVE,
    Sign.NONPOSITIVE: Sign.NONNEGATIVE,
    Sign.ZERO: Sign.ZERO,
}


@dataclass(frozen=True, slots=True)
class SampleSign:
    """The sign of a statistic for every sample; for a weak sign, ``zero`` says which data make it 0."""

    sign: Sign
    zero: Condition | None = None
    fact: str = ""

    def negated(self) -> SampleSign:
        return SampleSign(OPPOSITE[self.sign], self.zero, self.fact)


SEARCH_SECONDS = 0.5  # for one sign; a sign not found by then is not known


def find_sign(expr: Expr, region: Region) -> Finding | None:
    """The sign over a region, searched for a bounded time."""
    return search_sign(expr, region, deadline=time.monotonic() + SEARCH_SECONDS)


def sample_sign(expr: Expr, model: Specification, region: Region, given: Sequence[Condition] = ()) -> SampleSign | None:
    """The sign of an expression in sums of the data, for all data in the support and all points of the region."""
    for condition in given:
        found = _implied(expr, condition)
        if found is not None:
            return found
    if not expr.has(DataSum):
        found_sign = find_sign(expr, region)
        return None if found_sign is None else SampleSign(found_sign.sign)
    return (
        _termwise(expr, model, region)
        or _variation(expr)
        or _jensen(expr, model, region)
        or _product(expr, model, region, given)
        or _opaque(expr, model, region, given)
    )


def _implied(expr: Expr, condition: Condition) -> SampleSign | None:
    ratio = sp.cancel(expr / condition.statistic) if expr.atoms(DataSum) == condition.statistic.atoms(DataSum) else expr
    if not ratio.is_number or condition.relation not in "<>=":
        return None
    if condition.relation == "=":
        return SampleSign(Sign.ZERO)
    positive = bool(ratio.is_positive) == (condition.relation == ">")
    return SampleSign(Sign.POSITIVE if positive else Sign.NEGATIVE)


def merged(expr: Expr, model: Specification) -> Expr | None:
    """h with expr = Σ h(xᵢ), for an expression that is linear in sums over the data and in n."""
    sums = {s: Dummy() for s in outermost_sums(expr)}
    if any(s.summand.has(DataSum) for s in sums):
        return None
    generators = [*sums.values(), model.size]
    replaced = expr.xreplace(sums)
    try:
        polynomial = sp.Poly(replaced, *generators)
    except sp.PolynomialError:
        return None
    if any(sum(powers) != 1 for powers in polynomial.monoms()):
        return None
    summands = [*(s.summand for s in sums), sp.Integer(1)]
    return sp.Add(*(c * summands[powers.index(1)] for powers, c in polynomial.terms()))


def _termwise(expr: Expr, model: Specification, region: Region) -> SampleSign | None:
    summand = merged(expr, model)
    if summand is None:
        summand = merged(sp.expand(expr * model.size), model)
    if summand is None:
        return None
    found = find_sign(summand, region)
    if found is None:
        return None
    if found.sign in STRICT or found.sign is Sign.ZERO:
        return SampleSign(found.sign, fact="termwise")
    return SampleSign(found.sign, zero_set(expr, summand, model, region), "termwise")


def zero_set(expr: Expr, summand: Expr, model: Specification, region: Region) -> Condition:
    """The data for which a sum of terms of one sign is 0: every term is 0."""
    if len(model.variables) == 1 and not model.covariates:
        x = model.variables[0]
        root = _only_zero(summand, x, region)
        if root is not None:
            return Condition(expr, "=", "every", x, root)
    return Condition(expr, "=", "every", summand, sp.Integer(0))


def _only_zero(summand: Expr, x: Symbol, region: Region) -> Expr | None:
    """The only zero of g(x) ≥ 0 (or ≤ 0) in the support, where that can be proved."""
    factors = _undecided_factors(sp.factor_terms(summand), x, region)
    if len(factors) != 1 or isinstance(factors[0], sp.Add):
        factors = _undecided_factors(sp.factor(summand), x, region)
    if len(factors) != 1:
        return None
    base = factors[0]
    while isinstance(base, (sp.Pow, sp.Abs)) and (isinstance(base, sp.Abs) or base.exp.is_positive):
        base = base.args[0]
    slope = sp.diff(base, x)
    if slope.has(sp.Piecewise, sp.Derivative) or base.has(sp.Piecewise):
        return None
    increasing = find_sign(slope, {**region, x: region[x].interior})
    if increasing is None or increasing.sign not in STRICT:
        return None
    interval = region[x]
    for end, closed in ((interval.lower, interval.closed_lower), (interval.upper, interval.closed_upper)):
        if closed and base.subs(x, end) == 0:
            return end
    if slope.is_number or not slope.has(x):
        root = sp.simplify(x - base / slope)
        return root if not root.has(x) else None
    if isinstance(base, sp.Add):
        candidates = [k for k in base.free_symbols - {x}] + [sp.Integer(1), sp.Integer(0)]
        for value in candidates:
            if base.subs(x, value) == 0:
                return value
    return None


def _undecided_factors(product: Expr, x: Symbol, region: Region) -> list[Expr]:
    """The factors that hold x and can be 0."""
    factors = [f for f in sp.Mul.make_args(product) if x in f.free_symbols]
    return [f for f in factors if (found := find_sign(f, region)) is None or found.sign not in STRICT]


def _variation(expr: Expr) -> SampleSign | None:
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


def _jensen(expr: Expr, model: Specification, region: Region) -> SampleSign | None:
    """Σ φ(tᵢ) − n φ(t̄), for t one of the statistics and φ convex or concave."""
    sums = [s for s in outermost_sums(expr) if not s.summand.has(DataSum)]
    if len(sums) != 2 or len(model.observed) != 1:
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


def _product(expr: Expr, model: Specification, region: Region, given: Sequence[Condition]) -> SampleSign | None:
    factors = sp.Mul.make_args(sp.factor(sp.together(expr)) if isinstance(expr, sp.Add) else expr)
    if len(factors) < 2:
        return None
    sign, zero, fact = Sign.POSITIVE, None, ""
    for factor in factors:
        base, power = factor.as_base_exp() if isinstance(factor, sp.Pow) and factor.exp.is_integer else (factor, sp.Integer(1))
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
        sign = _times(sign, found.sign)
    return SampleSign(sign, zero, fact)


def _times(a: Sign, b: Sign) -> Sign:
    weak = a not in STRICT or b not in STRICT
    negative = (a in (Sign.NEGATIVE, Sign.NONPOSITIVE)) != (b in (Sign.NEGATIVE, Sign.NONPOSITIVE))
    if weak:
        return Sign.NONPOSITIVE if negative else Sign.NONNEGATIVE
    return Sign.NEGATIVE if negative else Sign.POSITIVE


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
