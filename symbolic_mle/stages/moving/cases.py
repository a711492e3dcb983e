"""The cases of the data: possible or not, the end attained or not, and what the score says of the parameters that are left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import sympy as sp
from sympy import Basic, Dummy, Expr, Symbol

from symbolic_mle.algebra.ends import limit_at
from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.algebra.sample import DataSum, outermost_sums
from symbolic_mle.algebra.signs import Sign
from symbolic_mle.locating.heights import relations_of
from symbolic_mle.locating.integers_between import IntegersBetween
from symbolic_mle.records import Case, Condition, Existence, Proof
from symbolic_mle.stages.inner import Inner
from symbolic_mle.stages.moving.bounds import Bound, Feasible
from symbolic_mle.stages.moving.edges import reach, sign_over
from symbolic_mle.stages.moving.elimination import Search, Stage, known_region, without_roots
from symbolic_mle.stages.moving.isolation import SignOf
from symbolic_mle.stages.moving.rest import equality, sample_of_one_value, stated_case
from symbolic_mle.stages.moving.trend import Trend, slope_of

IMPOSSIBLE = "no value of the parameters allows every observation"


def cases_of(search: Search, rest: Inner | None) -> tuple[Case, ...] | None:
    """Every case of the data, the generic ones first; None where an end or a tie is not understood."""
    statistics = {c.edge.symbol: c.edge.statistic for c in search.constraints}
    needs = [Condition(n.difference, ">" if n.strict else ">=") for n in search.needs]
    ties = [(s, _side(s) * (s.end.value - s.tie.value)) for s in search.stages if s.end and s.tie]
    special: list[Case] = []
    generic = list(needs)
    for edge in search.positive:
        special.append(_at_zero(search, edge, tuple(generic)))
        generic.append(Condition(edge, ">"))
    for stage, gap in ties:
        special.append(_path(search, stage, stage.tie, (*needs, _gap(gap, search, True))))
        generic.append(_gap(gap, search, False))
    for quantity in search.distinct:
        special.append(_when_equal(search, quantity, tuple(generic)))
        generic.append(equality(quantity, search, False))
    found = [_found(search, c, tuple(generic)) for c in (rest.findings.cases if rest else (_plain(search),))]
    cases = [*found, *special]
    if needs:
        cases.append(Case((), Existence.UNKNOWN, Proof.GLOBAL, "impossible", reason=IMPOSSIBLE))
    return tuple(_tidied(stated_case(c, search, statistics), statistics) for c in cases)


def _side(stage: Stage) -> int:
    return 1 if stage.slope.trend is Trend.FALLS else -1


def _gap(gap: Expr, search: Search, closed: bool) -> Condition:
    """An open bound reaches or passes an end, or not; largest = smallest says that all observations are equal."""
    edges = {c.edge.symbol: c.edge for c in search.constraints}
    x = search.model.observed[0]
    ends = {e.largest: e.symbol for e in edges.values() if e.quantity == x}
    if len(ends) == 2 and gap == ends[True] - ends[False]:
        return equality(x, search, closed)
    bare = without_roots(gap)
    return Condition(bare, ">" if not closed else "=" if bare.is_nonnegative else "<=")


def _plain(search: Search) -> Case:
    """Every parameter is at an end, or anywhere between two."""
    return Case((), Existence.ATTAINED, Proof.GLOBAL, "boundary" if search.values else "any")


def _found(search: Search, case: Case, conditions: tuple[Condition, ...]) -> Case:
    """A case of the rest with the ends, for data with the generic conditions."""
    inner = dict(case.estimators)
    estimators = {p: v.xreplace(inner) for p, v in search.values.items()} | inner
    ranges = {s.parameter: _range(s) for s in search.stages if s.end is None}
    listed = [p for p in ranges if search.model.parameters[p].integer]
    if listed and (len(ranges) > 1 or case.implicit is not None or case.locator is not None):
        return Case(conditions, Existence.UNKNOWN, Proof.NONE, "unknown", reason="the maximisers form a lattice")
    ordered = {p: estimators[p] for p in search.model.parameters if p in estimators}
    whole = replace(case, conditions=(*conditions, *case.conditions), ranges={} if listed else ranges)
    if listed:
        whole = replace(whole, locator=IntegersBetween(listed[0], ranges[listed[0]]), counted=True)
    opened = [s for s in search.stages if not s.attained]
    if not opened:
        return replace(whole, estimators=ordered if case.existence is Existence.ATTAINED else {})
    if case.existence in (Existence.ATTAINED, Existence.NOT_ATTAINED):
        existence = _existence(search, opened[-1]) if not case.estimators and case.implicit is None else None
        kept = Case(whole.conditions, existence or Existence.NOT_ATTAINED, case.proof, "path",
                    path=tuple(_run(search, s, s.end) for s in opened if s.end))  # fmt: skip
        return kept if case.existence is Existence.ATTAINED else replace(kept, path=(*kept.path, *case.path))
    return replace(whole, estimators={}, path=(*(_run(search, s, s.end) for s in opened if s.end), *case.path))


def _range(stage: Stage) -> Interval:
    """Every value between the bounds maximises."""
    low, high = (tuple(b.value for b in bounds) for bounds in (stage.bounds.lower, stage.bounds.upper))
    return Interval(sp.Max(*low), sp.Min(*high), stage.bounds.lower[0].closed, stage.bounds.upper[0].closed)


def _run(search: Search, stage: Stage, end: Bound) -> tuple[Symbol, Expr, str]:
    return stage.parameter, end.value.xreplace(dict(search.values)), "+" if stage.slope.trend is Trend.FALLS else "-"


def _existence(search: Search, stage: Stage) -> Existence:
    """Does ℓ grow without bound on the way to an end that is left out?"""
    assert stage.end is not None
    return _bounded(_limit(stage.log_likelihood, stage, stage.end.value))


def _bounded(limit: Expr | None) -> Existence:
    return Existence.UNBOUNDED if limit == sp.oo else Existence.NOT_ATTAINED


def _limit(log_likelihood: Expr, stage: Stage, end: Expr) -> Expr | None:
    """lim ℓ as the parameter runs to a finite end from inside; sums that hold the parameter are not opened."""
    if end.is_infinite or any(s.has(stage.parameter) for s in outermost_sums(log_likelihood)):
        return None
    step = Dummy("h", positive=True)
    return _limit_along(log_likelihood.xreplace({stage.parameter: end + _side(stage) * step}), step)


def _limit_along(log_likelihood: Expr, step: Symbol) -> Expr | None:
    """lim ℓ as the step goes to 0."""
    sums = {s: Dummy("S", real=True) for s in outermost_sums(log_likelihood)}
    if any(s.has(step) for s in sums):
        return None
    return limit_at(sp.expand_log(log_likelihood.xreplace(sums)), step, sp.Integer(0), "+")


def _path(search: Search, stage: Stage, end: Bound | None, conditions: tuple[Condition, ...]) -> Case:
    """ℓ runs to an end that is left out."""
    assert end is not None and stage.end is not None
    limit = None
    equal = conditions[-1].meaning == "equal"
    if len(search.model.observed) == 1 and equal:
        value = Dummy("c", **search.model.observed[0].assumptions0)
        edges = {c.edge.symbol: c.quantity.xreplace({search.model.observed[0]: value}) for c in search.constraints}
        limit = _limit(sample_of_one_value(stage.log_likelihood, value, search), stage, end.value.xreplace(edges))
    elif conditions[-1].relation == "=" and is_all_at(stage.end, end, search):
        limit = _limit(sample_of_one_value(stage.log_likelihood, end.value, search), stage, end.value)
    elif not outermost_sums(stage.log_likelihood):
        limit = _limit(stage.log_likelihood, stage, end.value)
    return Case(conditions, _bounded(limit), Proof.GLOBAL, "path", path=(_run(search, stage, end),))


def _at_zero(search: Search, edge: Symbol, conditions: tuple[Condition, ...]) -> Case:
    """Every observation is 0, and bounds nothing: ℓ over the whole space."""
    where = (*conditions, Condition(edge, "="))
    unknown = Case(
        where, Existence.UNKNOWN, Proof.NONE, "unknown", reason="every observation is at the end 0 of the support"
    )
    if len(search.model.parameters) != 1 or len(search.model.observed) != 1 or conditions:
        return unknown
    ((parameter, space),) = search.model.parameters.items()
    there = sample_of_one_value(search.start, sp.Integer(0), search)
    lower = () if space.lower == -sp.oo else (Bound(space.lower, space.closed_lower, False),)
    upper = () if space.upper == sp.oo else (Bound(space.upper, space.closed_upper, False),)
    slope = slope_of(there, parameter, {parameter: Feasible(lower, upper)}, dict(search.model.known), search.model)
    if slope is None or slope.trend is Trend.CONSTANT or there.has(DataSum):
        return unknown
    rises = slope.trend is Trend.RISES
    end, closed = (space.upper, space.closed_upper) if rises else (space.lower, space.closed_lower)
    if closed:
        return Case(where, Existence.ATTAINED, Proof.GLOBAL, "boundary", {parameter: end})
    limit = limit_at(there, parameter, end, "-" if rises else "+")
    return Case(where, _bounded(limit), Proof.GLOBAL, "path", path=((parameter, end, "-" if rises else "+"),))


def is_all_at(bound: Bound, tie: Bound, search: Search) -> bool:
    """Does bound = tie say that every observation is at the fixed end of the support opposite to the one that moves?"""
    for constraint in search.constraints:
        edge = constraint.edge
        if bound.value == edge.symbol and isinstance(constraint.quantity, sp.Abs) and edge.largest:
            return bool(tie.value == 0 and constraint.quantity.args[0] in search.model.variables)
        if bound.value != edge.symbol or constraint.quantity not in search.model.variables:
            continue
        fixed = reach(constraint.quantity, search.model)
        end, closed = (fixed.lower, fixed.closed_lower) if edge.largest else (fixed.upper, fixed.closed_upper)
        return bool(closed and end == tie.value) and len(search.model.observed) == 1
    return False


def _when_equal(search: Search, quantity: Expr, conditions: tuple[Condition, ...]) -> Case:
    """All g(xᵢ) are equal, and a restriction keeps the ends apart: is ℓ unbounded as the ends run together?"""
    where = (*conditions, equality(quantity, search, True))
    edges = {c.edge.largest: c.edge.symbol for c in search.constraints if c.quantity == quantity}
    same = {edges[True]: edges[False]}
    step = Dummy("h", positive=True)
    at_ends = [s for s in search.stages if s.end is not None]
    for moved in [*([s] for s in reversed(at_ends)), at_ends] if not search.remaining else ():
        beside = {s.parameter: search.values[s.parameter] + (_side(s) * step if s in moved else 0) for s in at_ends}
        beside = {p: v.xreplace(same) for p, v in beside.items()}
        limit = _limit_along(search.start.xreplace(beside).xreplace(same), step)
        if limit == sp.oo and _has_room(search, beside, step, same):
            runs = [s for s in moved if s.end is not None and s.end.value.has(*edges.values())]
            path = tuple(_run(search, s, s.end) for s in runs if s.end)
            return Case(where, Existence.UNBOUNDED, Proof.GLOBAL, "path", path=path)
    reason = "with all observations equal the ends of the support run together"
    return Case(where, Existence.UNKNOWN, Proof.NONE, "unknown", reason=reason)


def _has_room(search: Search, beside: Mapping[Symbol, Expr], step: Symbol, same: Mapping[Symbol, Expr]) -> bool:
    """Are the values of the parameters beside their ends possible?"""
    region = {**known_region(replace(search, distinct=())), step: Interval(sp.Integer(0), sp.oo)}
    sign = sign_over({s: i for s, i in region.items() if s not in same})
    relations = [c.relation for c in search.constraints] + list(search.model.restrictions)
    for parameter, interval in search.model.parameters.items():
        relations += relations_of(parameter, interval)
    return all(_holds_near(r.xreplace(dict(beside)).xreplace(dict(same)), step, sign) for r in relations)


def _holds_near(relation: Basic, step: Symbol, sign: SignOf) -> bool:
    """Does a relation hold for all small steps? At step 0 strictly, or for every step."""
    if relation == sp.true:
        return True
    if relation == sp.false or not isinstance(relation, (sp.Le, sp.Lt, sp.Ge, sp.Gt)):
        return False
    difference = relation.rhs - relation.lhs if isinstance(relation, (sp.Le, sp.Lt)) else relation.lhs - relation.rhs
    difference = sp.expand(difference)
    strictly = isinstance(relation, (sp.Lt, sp.Gt))
    everywhere = sign(difference)
    if everywhere is Sign.POSITIVE or (not strictly and everywhere in (Sign.NONNEGATIVE, Sign.ZERO)):
        return True
    return sign(difference.xreplace({step: sp.Integer(0)})) is Sign.POSITIVE


def _tidied(case: Case, statistics: dict[Symbol, Expr]) -> Case:
    """Conditions and intervals in order statistics too."""
    ranges = {p: i.xreplace(statistics) for p, i in case.ranges.items()}
    return replace(case, ranges=ranges)


def conditions_of(cases: tuple[Case, ...]) -> Iterator[Condition]:
    for case in cases:
        yield from case.conditions
