"""The parameters that are left when the moving ends are known: the score, with the extreme values as known constants.

With the ends put in, the support no longer depends on a parameter: an observation lies between the extreme values of the sample.
So the theorems of ``solution`` and ``verification`` hold of the profile: it is the log-likelihood of a model with a fixed support.
"""

from __future__ import annotations

from dataclasses import replace

import sympy as sp
from sympy import Basic, Expr, Symbol

from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.algebra.sample import DataSum, OrderStatistic
from symbolic_mle.locating.falling_score import FallingScore
from symbolic_mle.locating.integers_between import IntegersBetween
from symbolic_mle.records import Case, Condition, Implicit, Locator, Specification, Support
from symbolic_mle.stages.inner import Inner, inner_derivation
from symbolic_mle.stages.moving.elimination import Search, known_region
from symbolic_mle.stages.scope import out_of_scope


def with_known_ends(search: Search, spaces: dict[Symbol, Interval]) -> Specification | None:
    """The model of the parameters that are left, with the edges as known constants; None if their space is restricted."""
    model, values = search.model, dict(search.values)
    left = set(spaces)
    if any(r.xreplace(values).free_symbols & left for r in model.restrictions):
        return None
    region = known_region(search)
    edges = {c.edge.symbol: region[c.edge.symbol] for c in search.constraints}
    unknown = set(model.parameters)
    relations = tuple(r for r in model.support.relations if not r.free_symbols & unknown)
    return replace(
        model,
        density=model.density.xreplace(values),
        parameters=spaces,
        known={**model.known, **edges},
        support=Support({x: region[x] for x in model.support.intervals}, relations, model.support.points),
        restrictions=(),
    )


def solve_rest(search: Search) -> Inner | None:
    """Cases of the parameters that are left, when the support no longer moves with them."""
    spaces = {p: search.model.parameters[p].xreplace(dict(search.values)) for p in search.remaining}
    adapted = with_known_ends(search, spaces)
    if adapted is None or out_of_scope(adapted):
        return None
    return inner_derivation(adapted)


# ------------------------------------------------------------------ edges → statistics


def stated(value: Basic, statistics: dict[Symbol, Expr]) -> Basic:
    """An expression or relation with the order statistics in place of the edges."""
    return value.xreplace(statistics)


def stated_case(case: Case, search: Search, statistics: dict[Symbol, Expr]) -> Case:
    """A case of the rest as a case of the sample."""

    def back(expr: Expr) -> Expr:
        return expr.xreplace(statistics)

    def implicit(found: Implicit | None) -> Implicit | None:
        if found is None:
            return None
        return replace(found, function=back(found.function), log_likelihood=back(found.log_likelihood))

    return replace(
        case,
        conditions=tuple(stated_condition(c, search, statistics) for c in case.conditions),
        estimators={p: back(v) for p, v in case.estimators.items()},
        implicit=implicit(case.implicit),
        existence_by=implicit(case.existence_by),
        locator=_stated_locator(case.locator, statistics),
        path=tuple((p, back(e), side) for p, e, side in case.path),
    )


def _stated_locator(found: Locator | None, statistics: dict[Symbol, Expr]) -> Locator | None:
    if isinstance(found, IntegersBetween):
        return replace(found, interval=found.interval.xreplace(statistics))
    if not isinstance(found, FallingScore):
        return found
    return replace(found, function=found.function.xreplace(statistics), interval=found.interval.xreplace(statistics))


def stated_condition(condition: Condition, search: Search, statistics: dict[Symbol, Expr]) -> Condition:
    """ "Every xᵢ is the largest" says that all are equal."""
    x, edges = condition.quantity, {c.edge.symbol: c.edge for c in search.constraints}
    edge = edges.get(condition.value) if condition.value is not None else None
    if edge is not None and edge.quantity == x:
        return equality(x, search, condition.relation == "=")
    changed = replace(condition, statistic=condition.statistic.xreplace(statistics))
    if condition.value is not None:
        changed = replace(changed, value=condition.value.xreplace(statistics))
    return changed if changed.value is None or not changed.value.has(DataSum) else replace(changed, meaning="")


def equality(x: Expr, search: Search, equal: bool) -> Condition:
    """All observations are equal, or not."""
    observed, size = search.model.observed, search.model.size
    spread = OrderStatistic(x, observed, size) - OrderStatistic(x, observed, 1)
    return Condition(spread, "=" if equal else ">", "equal" if equal else "not equal", x)


def sample_of_one_value(expr: Expr, value: Expr, search: Search) -> Expr:
    """The expression for a sample in which every observation is the same: Σ g(xᵢ) → n·g(c), and every edge of x is c."""
    (x,) = search.model.observed
    edges = {c.edge.symbol: c.quantity.xreplace({x: value}) for c in search.constraints}

    def at(total: DataSum) -> Expr:
        return search.model.size * total.summand.replace(lambda e: isinstance(e, DataSum), at).xreplace({x: value})

    return sp.expand_log(expr.replace(lambda e: isinstance(e, DataSum), at).xreplace(edges))
