"""One parameter after another to an end of its feasible interval.

Theorem (profile). If for every feasible φ the function θ ↦ ℓ(θ, φ) is largest at θ(φ) alone, then (θ, φ) maximises ℓ iff φ
maximises ℓ(θ(φ), φ) and θ = θ(φ). If for every feasible φ it has no largest value, ℓ has no maximiser. Premise checked: for
every φ the end θ(φ) is one bound (or the largest of several bounds that are free of φ), and it belongs to the feasible interval.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.records import Region, Specification
from symbolic_mle.stages.moving.bounds import Bound, Feasible, Relation, apart, feasible, tightest
from symbolic_mle.stages.moving.edges import Constraint, edge_region, sign_over
from symbolic_mle.stages.moving.trend import Slope, Trend, slope_of


@dataclass(frozen=True, slots=True)
class Stage:
    """What was found of θ ↦ ℓ(θ) with the parameters before it at their ends."""

    parameter: Symbol
    log_likelihood: Expr
    slope: Slope
    bounds: Feasible
    end: Bound | None  # where it is largest; None for a constant likelihood
    tie: Bound | None = None  # an open bound that may reach or pass the end: then nothing is attained

    @property
    def attained(self) -> bool:
        return self.end is None or self.end.closed


@dataclass(frozen=True, slots=True)
class Requirement:
    """A statement about the sample, in edges: ``difference`` > 0, or ≥ 0 where it is not ``strict``."""

    difference: Expr
    strict: bool


@dataclass(frozen=True, slots=True)
class Search:
    """The state of the elimination: ℓ at its start and with the ends put in, the parameters left, what is asked of the data."""

    model: Specification
    constraints: tuple[Constraint, ...]
    start: Expr
    log_likelihood: Expr
    remaining: tuple[Symbol, ...]
    values: Mapping[Symbol, Expr] = field(default_factory=dict)
    stages: tuple[Stage, ...] = ()
    needs: tuple[Requirement, ...] = ()  # for any parameter value to be possible
    positive: tuple[Symbol, ...] = ()  # edges that are not 0, so that bounds such as 1/t ≥ x₍ₙ₎ can be solved
    distinct: tuple[Expr, ...] = ()  # quantities whose smallest and largest value have to differ

    @property
    def region(self) -> Region:
        edges = edge_region(self.constraints, self.model)
        return {**self.model.support.intervals, **self.model.known, **_without_zero(edges, self.positive)}

    @property
    def conditional(self) -> bool:
        """Do the ends that are put in hold only for data that are not tied?"""
        return bool(self.distinct) or bool(self.positive) or any(s.tie is not None for s in self.stages)

    def relations(self) -> Iterator[Relation]:
        """Constraints of the data and restrictions of the space, with the ends put in."""
        put = dict(self.values)
        for constraint in self.constraints:
            yield constraint.relation.xreplace(put), True, constraint.relation.has(*put)
        for restriction in self.model.restrictions:
            yield restriction.xreplace(put), False, restriction.has(*put)

    def bounds(self) -> dict[Symbol, Feasible] | None:
        """The feasible interval of every parameter that is left, with all its bounds; None where one is not solved."""
        spaces = {p: self.model.parameters[p].interior for p in self.remaining}
        sign = sign_over({**self.region, **spaces})
        found: dict[Symbol, Feasible] = {}
        for parameter in self.remaining:
            interval = self.model.parameters[parameter].xreplace(dict(self.values))
            each = feasible(parameter, interval, list(self.relations()), sign)
            if each is None:
                return None
            found[parameter] = each
        return found

    @classmethod
    def of(cls, model: Specification, constraints: tuple[Constraint, ...], log_likelihood: Expr) -> Search:
        """With every parameter left."""
        return cls(model, constraints, log_likelihood, log_likelihood, tuple(model.parameters))


def eliminate(search: Search) -> Search:
    """Every parameter in which ℓ is monotone or constant at its end, one after another."""
    while True:
        following = _next(search)
        if following is None:
            return search
        search = following


def _next(search: Search) -> Search | None:
    bounds = search.bounds()
    if bounds is None:
        return None
    for parameter in search.remaining:
        if not any(b.by_data for b in (*bounds[parameter].lower, *bounds[parameter].upper)):
            continue
        slope = slope_of(search.log_likelihood, parameter, bounds, search.region, search.model)
        if slope is None:
            continue
        for distinct in _apart(search):
            found = _at_end(search, distinct, parameter, slope, bounds)
            if found is not None:
                return found
    return None


def _apart(search: Search) -> Iterator[tuple[Expr, ...]]:
    """The quantities of which a smallest and a largest value bound something: as before, then one more that has to differ."""
    yield search.distinct
    sides = {(c.quantity, c.edge.largest) for c in search.constraints}
    both = [q for q, largest in sides if largest and (q, False) in sides and q not in search.distinct]
    for quantity in sorted(both, key=sp.default_sort_key):
        yield (*search.distinct, quantity)


def _at_end(
    search: Search, distinct: tuple[Expr, ...], parameter: Symbol, slope: Slope, bounds: dict[Symbol, Feasible]
) -> Search | None:
    """The search with the parameter at the end that ℓ rises to; None where that end is not one formula."""
    others = {p: f for p, f in bounds.items() if p != parameter}
    here = bounds[parameter]
    boxes = closed_boxes(others)
    found = required(search, here, boxes)
    if found is None:
        return None
    searched = replace(search, needs=(*search.needs, *found), distinct=distinct)
    sign = sign_over({**known_region(searched), **boxes})
    tight = Feasible(tightest(here.lower, 1, sign), tightest(here.upper, -1, sign))
    if slope.trend is Trend.CONSTANT:
        return _constant(searched, parameter, slope, tight)
    ends, side = (tight.upper, -1) if slope.trend is Trend.RISES else (tight.lower, 1)
    chosen = one_end(ends, side, set(search.remaining))
    if chosen is None:
        return None
    end, tie = chosen
    stage = Stage(parameter, search.log_likelihood, slope, tight, end, tie)
    put = {parameter: end.value}
    return replace(
        searched,
        log_likelihood=search.log_likelihood.xreplace(put),
        remaining=tuple(others),
        values={**{p: v.xreplace(put) for p, v in search.values.items()}, **put},
        stages=(*search.stages, stage),
    )


def _constant(search: Search, parameter: Symbol, slope: Slope, tight: Feasible) -> Search | None:
    """Every feasible value maximises, whatever the others are: the bounds have to be free of them."""
    for bounds in (tight.lower, tight.upper):
        if not bounds or len({b.closed for b in bounds}) > 1:
            return None
        if any(b.value.free_symbols & set(search.remaining) for b in bounds):
            return None
    others = tuple(p for p in search.remaining if p != parameter)
    inside = any(r.has(parameter) and r.has(*others) for r, _, _ in search.relations()) if others else False
    if inside:
        return None
    stage = Stage(parameter, search.log_likelihood, slope, tight, None)
    return replace(search, remaining=others, stages=(*search.stages, stage))


def one_end(ends: tuple[Bound, ...], side: int, left: set[Symbol]) -> tuple[Bound, Bound | None] | None:
    """The end as one formula, and an open bound that may reach or pass it."""
    if not ends:
        return None
    if len(ends) == 1:
        return ends[0], None
    if any(b.value.free_symbols & left for b in ends):
        return None
    furthest = sp.Max if side == 1 else sp.Min
    closed, opened = [b for b in ends if b.closed], [b for b in ends if not b.closed]
    if not closed or not opened:
        return Bound(furthest(*(b.value for b in ends)), bool(closed), any(b.by_data for b in ends)), None
    if len(opened) > 1:
        return None
    return Bound(furthest(*(b.value for b in closed)), True, any(b.by_data for b in closed)), opened[0]


def required(search: Search, here: Feasible, boxes: Region) -> tuple[Requirement, ...] | None:
    """What the data must satisfy for a lower and an upper bound to leave something between them; None if not only the data.

    What follows from ends that hold of untied data alone is not asked of all data.
    """
    found: list[Requirement] = []
    for low, high in sorted(
        itertools.product(here.lower, here.upper), key=lambda pair: pair[0].derived or pair[1].derived
    ):
        region = known_region(replace(search, needs=(*search.needs, *found)), possible=False)
        if (_fixed(low, search) and _fixed(high, search)) or apart(low, high, sign_over({**region, **boxes})):
            continue
        difference = without_roots(high.value - low.value)
        if difference.free_symbols & set(search.remaining):
            return None
        if search.conditional and (low.derived or high.derived):
            return None
        found.append(Requirement(difference, not (low.closed and high.closed)))
    return tuple(dict.fromkeys(found))


def without_roots(difference: Expr) -> Expr:
    """√u has the sign of u ≥ 0."""
    number, bare = difference.as_coeff_Mul()
    while isinstance(bare, sp.Pow) and bare.exp.is_positive and bare.base.is_nonnegative and number.is_positive:
        number, bare = bare.base.as_coeff_Mul()
    return number * bare


def _fixed(bound: Bound, search: Search) -> bool:
    """Is it an end of the space alone?"""
    edges = {c.edge.symbol for c in search.constraints}
    return not bound.by_data and not bound.value.free_symbols & {*edges, *search.remaining}


def closed_boxes(bounds: Mapping[Symbol, Feasible]) -> dict[Symbol, Interval]:
    """For each parameter its closed feasible interval, by one bound on each side, the data's where there is one."""
    found = {}
    for parameter, each in bounds.items():
        low, high = (min(b, key=lambda e: not e.by_data, default=None) for b in (each.lower, each.upper))
        found[parameter] = Interval(
            low.value if low else -sp.oo, high.value if high else sp.oo,
            bool(low and low.closed), bool(high and high.closed),
        )  # fmt: skip
    return found


def _without_zero(region: Region, positive: tuple[Symbol, ...]) -> dict[Symbol, Interval]:
    """The region where these edges are not 0."""
    return {s: replace(i, lower=sp.Integer(0), closed_lower=False) if s in positive else i for s, i in region.items()}


def known_region(search: Search, possible: bool = True) -> Region:
    """The region of the edges, with what is asked of the data taken as given where it bounds one edge."""
    edges = edge_region(search.constraints, search.model, search.distinct, possible)
    region = {**search.model.support.intervals, **search.model.known, **_without_zero(edges, search.positive)}
    for need in search.needs:
        for constraint in search.constraints:
            symbol = constraint.edge.symbol
            slope = sp.expand(need.difference).coeff(symbol, 1)
            value = symbol - need.difference / slope if slope.is_number and slope != 0 else None
            if value is None or value.free_symbols & {c.edge.symbol for c in search.constraints}:
                continue
            interval = region[symbol]
            if slope.is_positive and (interval.lower == -sp.oo or (value - interval.lower).is_nonnegative):
                region[symbol] = replace(interval, lower=sp.expand(value), closed_lower=not need.strict)
            if slope.is_negative and (interval.upper == sp.oo or (interval.upper - value).is_nonnegative):
                region[symbol] = replace(interval, upper=sp.expand(value), closed_upper=not need.strict)
    return region
