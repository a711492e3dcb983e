"""The cases of the data: possible or not, the end attained or not, and what the score says of the parameters that are left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import sympy as sp
from sympy import Dummy, Expr, Symbol

from symbolic_mle.algebra.ends import limit_at
from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.algebra.sample import outermost_sums
from symbolic_mle.algebra.signs import Sign
from symbolic_mle.records import Case, Condition, Existence, Proof
from symbolic_mle.stages.moving.bounds import Bound
from symbolic_mle.stages.moving.edges import sign_over
from symbolic_mle.stages.moving.elimination import Search, Stage, known_region
from symbolic_mle.stages.moving.rest import Rest, equality, sample_of_one_value, stated_case
from symbolic_mle.stages.moving.trend import Trend

IMPOSSIBLE = "no value of the parameters allows every observation"


def cases_of(search: Search, rest: Rest | None) -> tuple[Case, ...] | None:
    """Every case of the data, the generic ones first; None where an end or a tie is not understood."""
    statistics = {c.edge.symbol: c.edge.statistic for c in search.constraints}
    needs = [Condition(n.difference, ">" if n.strict else ">=") for n in search.needs]
    ties = [(s, _side(s) * (s.end.value - s.tie.value)) for s in search.stages if s.end and s.tie]
    special: list[Case] = []
    x = search.model.observed[0]
    generic = list(needs)
    for stage, gap in ties:
        special.append(_path(search, stage, stage.tie, (*needs, _gap(gap, search, True))))
        generic.append(_gap(gap, search, False))
    if search.distinct:
        if len(search.model.observed) != 1:
            return None
        special.append(_when_equal(search, tuple(needs)))
        generic.append(equality(x, search, False))
    found = [_found(search, c, tuple(generic)) for c in (rest.findings.cases if rest else (_plain(search),))]
    cases = [*found, *special]
    if needs:
        cases.append(Case((), Existence.UNKNOWN, Proof.GLOBAL, "impossible", reason=IMPOSSIBLE))
    return tuple(_tidied(stated_case(c, search, statistics), statistics) for c in cases)


def _side(stage: Stage) -> int:
    return 1 if stage.slope.trend is Trend.FALLS else -1


def _gap(gap: Expr, search: Search, closed: bool) -> Condition:
    """An end coincides with an open bound, or not; largest = smallest says that all observations are equal."""
    edges = {c.edge.symbol: c.edge for c in search.constraints}
    x = search.model.observed[0]
    ends = {e.largest: e.symbol for e in edges.values() if e.quantity == x}
    if len(ends) == 2 and gap == ends[True] - ends[False]:
        return equality(x, search, closed)
    while isinstance(gap, sp.Pow) and gap.exp.is_positive and gap.base.is_nonnegative:
        gap = gap.base
    return Condition(gap, "=" if closed else ">")


def _plain(search: Search) -> Case:
    """Every parameter is at an end, or anywhere between two."""
    return Case((), Existence.ATTAINED, Proof.GLOBAL, "boundary" if search.values else "any")


def _found(search: Search, case: Case, conditions: tuple[Condition, ...]) -> Case:
    """A case of the rest with the ends, for data with the generic conditions."""
    inner = dict(case.estimators)
    estimators = {p: v.xreplace(inner) for p, v in search.values.items()} | inner
    ranges = {s.parameter: _range(s) for s in search.stages if s.end is None}
    ordered = {p: estimators[p] for p in search.model.parameters if p in estimators}
    whole = replace(case, conditions=(*conditions, *case.conditions), ranges=ranges)
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
    sums = {s: Dummy("S", real=True) for s in outermost_sums(log_likelihood)}
    if any(s.has(stage.parameter) for s in sums) or end.is_infinite:
        return None
    step = Dummy("h", positive=True)
    beside = end + step if stage.slope.trend is Trend.FALLS else end - step
    return limit_at(
        sp.expand_log(log_likelihood.xreplace(sums).xreplace({stage.parameter: beside})), step, sp.Integer(0), "+"
    )


def _path(search: Search, stage: Stage, end: Bound | None, conditions: tuple[Condition, ...]) -> Case:
    """ℓ runs to an end that is left out."""
    assert end is not None and stage.end is not None
    limit = None
    equal = conditions[-1].meaning == "equal"
    if len(search.model.observed) == 1 and equal:
        value = Dummy("c", **search.model.observed[0].assumptions0)
        edges = {c.edge.symbol: c.quantity.xreplace({search.model.observed[0]: value}) for c in search.constraints}
        limit = _limit(sample_of_one_value(stage.log_likelihood, value, search), stage, end.value.xreplace(edges))
    elif len(search.model.observed) == 1 and stage.end.by_data and not end.value.free_symbols:
        limit = _limit(sample_of_one_value(stage.log_likelihood, end.value, search), stage, end.value)
    elif not outermost_sums(stage.log_likelihood):
        limit = _limit(stage.log_likelihood, stage, end.value)
    return Case(conditions, _bounded(limit), Proof.GLOBAL, "path", path=(_run(search, stage, end),))


def _when_equal(search: Search, conditions: tuple[Condition, ...]) -> Case:
    """All observations are one value c, and a restriction keeps the ends apart: is ℓ unbounded on the way there?"""
    (x,) = search.model.observed
    where = (*conditions, equality(x, search, True))
    value = Dummy("c", **x.assumptions0)
    edges = {c.edge.symbol: c.quantity.xreplace({x: value}) for c in search.constraints}
    for stage in search.stages[-1:]:
        if stage.end is None or search.remaining:
            continue
        end = stage.end.value.xreplace(edges)
        inside = _limit(sample_of_one_value(stage.log_likelihood, value, search), stage, end)
        opposite = stage.bounds.upper if stage.slope.trend is Trend.FALLS else stage.bounds.lower
        side = _side(stage)
        region = {**known_region(search), value: Interval()}
        room = all(sign_over(region)(side * (b.value.xreplace(edges) - end)) is Sign.POSITIVE for b in opposite)
        if inside == sp.oo and room:
            path = (stage.parameter, stage.end.value, "+" if stage.slope.trend is Trend.FALLS else "-")
            return Case(where, Existence.UNBOUNDED, Proof.GLOBAL, "path", path=(path,))
    reason = "with all observations equal the ends of the support run together"
    return Case(where, Existence.UNKNOWN, Proof.NONE, "unknown", reason=reason)


def _tidied(case: Case, statistics: dict[Symbol, Expr]) -> Case:
    """Conditions and intervals in order statistics too."""
    ranges = {p: i.xreplace(statistics) for p, i in case.ranges.items()}
    return replace(case, ranges=ranges)


def conditions_of(cases: tuple[Case, ...]) -> Iterator[Condition]:
    for case in cases:
        yield from case.conditions
