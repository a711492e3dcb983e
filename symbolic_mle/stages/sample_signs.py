"""The sign of a sum over the sample, Σ h(xᵢ), from the sign of h on the support; when h ≥ 0 it is 0 iff every h(xᵢ) = 0."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, replace

import sympy as sp
from sympy import Dummy, Expr, Symbol

from symbolic_mle.algebra.intervals import Interval, intersect, interval_of
from symbolic_mle.algebra.parity import is_even
from symbolic_mle.algebra.patience import is_spent, until
from symbolic_mle.algebra.sample import DataSum, outermost_sums
from symbolic_mle.algebra.signs import Finding, Sign
from symbolic_mle.algebra.signs import find_sign as search_sign
from symbolic_mle.records import Condition, Region, Specification
from symbolic_mle.stages.differences import sign_by_differences

STRICT = (Sign.POSITIVE, Sign.NEGATIVE)
LARGE = 60  # operations in a summand beyond which it is not rewritten
WORTH = 5  # times as long for a question that was reduced to fewer symbols
SEARCH_SECONDS = 0.3  # for one sign; a sign not found by then is not known


@dataclass(frozen=True, slots=True)
class SampleSign:
    """The sign of a statistic for every sample; for a weak sign, ``zero`` says which data make it 0."""

    sign: Sign
    zero: Condition | None = None
    fact: str = ""

    def negated(self) -> SampleSign:
        return SampleSign(self.sign.negative(), self.zero, self.fact)


def find_sign(expr: Expr, region: Region, seconds: float = SEARCH_SECONDS) -> Finding | None:
    """The sign over a region, searched for a bounded time."""
    return None if is_spent() else search_sign(expr, region, deadline=until(seconds))


def merged(expr: Expr, model: Specification) -> Expr | None:
    """h with expr = Σ h(xᵢ), for an expression that is linear in sums over the data and in n."""
    sums = {s: Dummy() for s in outermost_sums(expr)}
    if any(s.summand.has(DataSum) for s in sums):
        return None
    slots = {**{d: s.summand for s, d in sums.items()}, model.size: sp.Integer(1)}
    replaced = expr.xreplace(sums)
    if replaced.xreplace(dict.fromkeys(slots, sp.Integer(0))) != 0:
        return None
    weights = {slot: replaced.diff(slot) for slot in slots}
    if any(w.has(*slots) for w in weights.values()):
        return None
    return sp.Add(*(weights[slot] * summand for slot, summand in slots.items()))


def termwise_sign(
    expr: Expr, model: Specification, region: Region, seconds: float = SEARCH_SECONDS
) -> SampleSign | None:
    """The sign of Σ h(xᵢ), from that of h on the support."""
    summand = merged(expr, model)
    if summand is None:
        summand = merged(sp.expand(expr * model.size), model)
    if summand is None:
        return None
    found = _sign_of_summand(summand, model, region, seconds)
    if found is None:
        return None
    if found.sign in STRICT or found.sign is Sign.ZERO:
        return SampleSign(found.sign, fact="termwise")
    return SampleSign(found.sign, zero_set(expr, summand, model, region), "termwise")


def _sign_of_summand(summand: Expr, model: Specification, region: Region, seconds: float) -> Finding | None:
    """The sign of h(x); of T(x)·1{x in …} it is that of T there, or 0."""
    if not summand.has(sp.Piecewise):
        found = sign_by_differences(summand, model, region, seconds)
        if found is not None:
            return found
        problem, box = _simplified_problem(summand, model, region)
        worth = 1 if problem == summand else WORTH
        return find_sign(problem, box, worth * seconds)
    if model.few_values and not model.covariates:
        return _sign_at_each_value(summand, model, region, seconds)
    cells = _cells(summand)
    if cells is None:
        return None
    common = cells.pop(sp.true, sp.Integer(0))
    if sp.Or(*cells) == sp.true and all(sp.And(a, b) == sp.false for a, b in itertools.combinations(cells, 2)):
        return _common_sign(
            find_sign(value + common, _where(place, model, region), seconds) for place, value in cells.items()
        )
    outside = _common_sign([find_sign(common, region, seconds), Finding(Sign.ZERO, ())])
    total = None if outside is None else outside.sign
    for place, value in cells.items():
        found = _common_sign([find_sign(value, _where(place, model, region), seconds), Finding(Sign.ZERO, ())])
        total = None if found is None or total is None else total.plus(found.sign)
    return None if total is None else Finding(total, ())


def _cells(summand: Expr) -> dict[sp.Basic, Expr] | None:
    """Σ Tⱼ·1{x in Cⱼ} + T as {Cⱼ: Tⱼ, true: T}; None where it is not of this form."""
    cells: dict[sp.Basic, Expr] = {}
    for term in sp.Add.make_args(summand):
        pieces = [f for f in sp.Mul.make_args(term) if isinstance(f, sp.Piecewise)]
        outside = sp.Mul(*(f for f in sp.Mul.make_args(term) if f not in pieces))
        if len(pieces) > 1 or outside.has(sp.Piecewise):
            return None
        (value, place), *others = pieces[0].args if pieces else ((sp.Integer(1), sp.true),)
        if any(other != 0 for other, _ in others):
            return None
        cells[place] = cells.get(place, sp.Integer(0)) + outside * value
    return cells


def _where(place: sp.Basic, model: Specification, region: Region) -> Region:
    """The region with the variables where a condition holds, as far as intervals tell."""
    box = dict(region)
    conditions = place.args if isinstance(place, sp.And) else (place,)
    for x in model.variables:
        bounds, left = interval_of(x, conditions)
        found = intersect(region[x], bounds) or region[x]
        box[x] = replace(found, integer=region[x].integer)
        for condition in left:
            if isinstance(condition, sp.Ne) and x in condition.args:
                box[x] = _without_end(box[x], next(a for a in condition.args if a != x))
    return box


def _without_end(interval: Interval, value: Expr) -> Interval:
    """x ≠ a for x ≥ a is x > a, and x ≥ a + 1 for whole numbers."""
    step = sp.Integer(1 if interval.integer else 0)
    if interval.closed_lower and interval.lower == value:
        return replace(interval, lower=value + step, closed_lower=interval.integer)
    if interval.closed_upper and interval.upper == value:
        return replace(interval, upper=value - step, closed_upper=interval.integer)
    return interval


def _common_sign(found: Iterable[Finding | None]) -> Finding | None:
    """The strongest sign that all of these have."""
    signs: set[Sign] = set()
    for each in found:
        if each is None:
            return None
        signs.add(each.sign)
    strongest_first = sorted(Sign, key=lambda sign: len(set(sign.value)))
    return next(
        (Finding(s, ()) for s in strongest_first if all(set(each.value) <= set(s.value) for each in signs)), None
    )


def _sign_at_each_value(summand: Expr, model: Specification, region: Region, seconds: float) -> Finding | None:
    """The sign of h(x) when x has few values: that of all h(k) together."""
    (x,) = model.variables
    return _common_sign(find_sign(summand.subs(x, value), region, seconds) for value in model.few_values)


def _simplified_problem(summand: Expr, model: Specification, region: Region) -> tuple[Expr, Region]:
    """The same question in fewer symbols: an even h(x) on x ≥ 0 only, and h(x, θ) = θᵏ·g(θx) as g(z)."""
    box = dict(region)
    if len(model.observed) != 1 or summand.count_ops() > LARGE:
        return summand, box
    x = model.observed[0]
    if (box[x].lower, box[x].upper) == (-sp.oo, sp.oo) and not box[x].integer and is_even(summand, x):
        box[x] = Interval(sp.Integer(0), sp.oo, True, False)
    if (box[x].lower, box[x].upper) != (0, sp.oo) or box[x].integer:
        return summand, box
    for parameter in summand.free_symbols & set(model.parameters):
        if (box[parameter].lower, box[parameter].upper) != (0, sp.oo):
            continue
        z = Dummy("z", nonnegative=True)
        scaled = sp.factor_terms(sp.expand(summand.xreplace({x: z / parameter}), log=False, func=False))
        free, power = scaled.as_independent(parameter, as_Add=False)
        if power == 1 or power == parameter or (power.is_Pow and power.base == parameter and power.exp.is_number):
            return free, {**box, z: box[x]}
    return summand, box


def zero_set(expr: Expr, summand: Expr, model: Specification, region: Region) -> Condition:
    """The data for which a sum of terms of one sign is 0: every term is 0."""
    if len(model.variables) == 1 and not model.covariates:
        x = model.variables[0]
        root = _only_zero_of_few(summand, x, model, region)
        root = _only_zero(summand, x, region) if root is None else root
        if root is not None:
            about = expr
            if expr.free_symbols & set(model.parameters) - root.free_symbols:
                about = DataSum(x if root == 0 and x.is_nonnegative else (x - root) ** 2, model.observed)
            return Condition(about, "=", "every", x, root)
        vanishing = sp.Mul(*_undecided_factors(sp.factor_terms(summand), x, region))
        if vanishing != 1 and not vanishing.free_symbols & set(model.parameters):
            base = vanishing.base if vanishing.is_Pow and vanishing.exp.is_positive else vanishing
            return Condition(DataSum(vanishing, model.observed), "=", "every", base, sp.Integer(0))
    inside = summand.as_independent(*model.observed, as_Add=False)[1]
    if inside.free_symbols & set(model.parameters):
        return Condition(expr, "=", "every", summand, sp.Integer(0))
    return Condition(DataSum(inside, model.observed), "=", "every", inside, sp.Integer(0))


def _only_zero_of_few(summand: Expr, x: Symbol, model: Specification, region: Region) -> Expr | None:
    """The one of the few possible values at which g is 0, when it is proved not to be at any other."""
    terms = {v: summand.subs(x, v) for v in model.few_values}
    zeros = [v for v, term in terms.items() if term == 0]
    if len(zeros) != 1:
        return None
    others = (find_sign(term, region) for term in terms.values() if term != 0)
    return zeros[0] if all(found is not None and found.sign in STRICT for found in others) else None


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
