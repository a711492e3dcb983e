"""One parameter in which ℓ is not monotone: its maximum between the bounds, or at the one that ℓ runs to.

Theorem (decreasing score, ``solution.single``), on the feasible interval (a, b): let M = m·ℓ′, m > 0, be strictly decreasing. If
M > 0 near a and M < 0 near b, the only root is the unique maximiser. If M ≤ 0 near a, ℓ falls from a on; if M ≥ 0 near b, it
rises up to b: the maximiser is that end where it is possible, and there is none where it is not.
When the density is 0 at a moving end, ℓ → −∞ there; as M has a limit at the end, M → ∞ at a (−∞ at b): ℓ rises from a.
Premises: M′ ≤ 0 for every sample between its extreme values; the density positive at a closed end that is taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import sympy as sp
from sympy import Dummy, Expr, Symbol

from symbolic_mle.algebra.ends import limit_at
from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.algebra.signs import Sign
from symbolic_mle.locating.falling_score import FallingScore
from symbolic_mle.records import Case, Condition, Existence, Proof
from symbolic_mle.stages.inner import Inner
from symbolic_mle.stages.likelihood import build_likelihood
from symbolic_mle.stages.moving.boundary import Edgewise, density_at
from symbolic_mle.stages.moving.bounds import Bound, Feasible, tightest
from symbolic_mle.stages.moving.cases import is_all_at
from symbolic_mle.stages.moving.edges import sign_over
from symbolic_mle.stages.moving.elimination import Requirement, Search, known_region, one_end, required
from symbolic_mle.stages.moving.rest import sample_of_one_value, with_known_ends
from symbolic_mle.stages.moving.trend import Trend, slope_of
from symbolic_mle.stages.sample_signs import SampleSign
from symbolic_mle.stages.solution.cases import Findings
from symbolic_mle.stages.solution.ends import End
from symbolic_mle.stages.solution.single import Reduction, reduce_parameter
from symbolic_mle.stages.steps import write_steps

AT_SPACE = "the possible values begin where the parameter space does"
LOWEST = Bound(-sp.oo, False, False)
HIGHEST = Bound(sp.oo, False, False)


@dataclass(frozen=True, slots=True)
class Between:
    """The feasible interval of the last parameter, what it asks of the data, and open bounds that its ends may coincide with."""

    low: Bound
    high: Bound
    needs: tuple[Requirement, ...]
    low_tie: Bound | None
    high_tie: Bound | None

    @property
    def ties(self) -> tuple[tuple[Bound, Bound, int], ...]:
        """The bound by the data, the open bound that it may coincide with, 1 for a lower one and −1 for an upper one."""
        found = ((self.low, self.low_tie, 1), (self.high, self.high_tie, -1))
        return tuple((bound, tie, side) for bound, tie, side in found if tie is not None)

    @property
    def interval(self) -> Interval:
        return Interval(self.low.value, self.high.value, self.low.closed, self.high.closed)


def solve_between(search: Search) -> tuple[Search, Inner] | None:
    """The search with what it asks of the data, and the findings for the one parameter that is left."""
    if len(search.remaining) != 1 or search.model.parameters[search.remaining[0]].integer:
        return None
    between = _between(search)
    if between is None:
        return None
    searched = replace(search, needs=(*search.needs, *between.needs))
    (parameter,) = search.remaining
    adapted = with_known_ends(searched, {parameter: between.interval})
    if adapted is None or len(adapted.variables) != 1:
        return None
    likelihood = build_likelihood(adapted)
    reduction = reduce_parameter(likelihood.log_likelihood, parameter, adapted, direct=False)
    if reduction is None or reduction.shape is None or reduction.shape.kind == "direction":
        return None
    reduction = _with_vanishing_ends(reduction, between, search)
    cases = _cases(reduction, between, searched)
    if cases is None:
        return None
    findings = Findings((reduction,), (), reduction.log_likelihood, cases, start=likelihood.log_likelihood)
    # that the density vanishes at an end is a fact of the extreme observation there, not of every sample below it
    steps = tuple(s for s in write_steps(adapted, likelihood, findings) if s.rule != "end" or s.right.is_finite)
    return searched, Inner(adapted, likelihood, findings, steps)


def _between(search: Search) -> Between | None:
    """One lower and one upper bound, each with an open bound that it may coincide with."""
    bounds = search.bounds()
    if bounds is None:
        return None
    here = bounds[search.remaining[0]]
    vanishing = {c.edge.symbol for c in search.constraints if density_at(c, search.model) is Edgewise.ZERO}
    needs = required(search, _closed_where(here, vanishing, False), {})
    if needs is None:
        return None
    sign = sign_over(known_region(replace(search, needs=(*search.needs, *needs))))
    here = _closed_where(here, vanishing, True)  # so that an open bound that one may coincide with is kept beside it
    lower, upper = tightest(here.lower, 1, sign) or (LOWEST,), tightest(here.upper, -1, sign) or (HIGHEST,)
    low, high = one_end(lower, 1, set()), one_end(upper, -1, set())
    if low is None or high is None:
        return None
    for (bound, tie), side in ((low, 1), (high, -1)):
        if tie is not None and sign(side * (bound.value - tie.value)) not in (Sign.POSITIVE, Sign.NONNEGATIVE):
            return None
    ends = _closed_where(Feasible((low[0],), (high[0],)), vanishing, False)
    return Between(ends.lower[0], ends.upper[0], needs, low[1], high[1])


def _closed_where(bounds: Feasible, edges: set[Symbol], closed: bool) -> Feasible:
    """The bounds by these edges closed, or open: where the density is 0 at its end, an observation there has likelihood 0."""

    def changed(bound: Bound) -> Bound:
        return replace(bound, closed=closed) if bound.value.free_symbols & edges else bound

    return Feasible(tuple(map(changed, bounds.lower)), tuple(map(changed, bounds.upper)))


def _with_vanishing_ends(reduction: Reduction, between: Between, search: Search) -> Reduction:
    """M → ∞ at a lower end at which the density vanishes, −∞ at such an upper end."""
    assert reduction.shape is not None
    for bound, side in ((between.low, 1), (between.high, -1)):
        at_end = [c for c in search.constraints if bound.by_data and _gives(c.edge.symbol, bound.value)]
        if not at_end or any(density_at(c, search.model) is not Edgewise.ZERO for c in at_end):
            continue
        limit, sign = sp.oo * side, SampleSign(Sign.POSITIVE if side == 1 else Sign.NEGATIVE)
        end: End = replace(reduction.lower if side == 1 else reduction.upper, limit=limit, sign=sign)
        reduction = replace(reduction, lower=end) if side == 1 else replace(reduction, upper=end)
    return reduction


def _gives(edge: Expr, value: Expr) -> bool:
    return bool(value.has(edge))


def _cases(reduction: Reduction, between: Between, search: Search) -> tuple[Case, ...] | None:
    """Interior and ends, by the signs of the limits of M; by the data where a limit is not known."""
    assert reduction.shape is not None
    if not _ends_are_regular(reduction, between, search):
        return None
    apart = tuple(Condition(side * (bound.value - tie.value), ">") for bound, tie, side in between.ties)
    cases = list(_by_limits(reduction, between, apart))
    return (*cases, *(_when_tied(bound, tie, side, between, search) for bound, tie, side in between.ties))


def _ends_are_regular(reduction: Reduction, between: Between, search: Search) -> bool:
    """At a closed end by the data that may be taken, the density is positive."""
    for bound, end, good in (
        (between.low, reduction.lower, Sign.POSITIVE),
        (between.high, reduction.upper, Sign.NEGATIVE),
    ):
        taken = bound.closed and bound.by_data and (end.sign is None or end.sign.sign is not good)
        if taken and any(density_at(c, search.model) is not Edgewise.POSITIVE for c in search.constraints):
            return False
    return True


def _by_limits(reduction: Reduction, between: Between, tie: tuple[Condition, ...]) -> Iterator[Case]:
    assert reduction.shape is not None
    parameter, inside = reduction.parameter, tie
    lower, upper = _status(reduction.lower, Sign.POSITIVE), _status(reduction.upper, Sign.NEGATIVE)
    locator = FallingScore(
        parameter, reduction.shape.function, between.interval, rises=lower is True, falls=upper is True
    )
    if None in (lower, upper):
        yield Case(tie, Existence.ATTAINED, Proof.GLOBAL, "interior", locator=locator, reason=BY_DATA)
        return
    at_ends: list[Case] = []
    for bound, end, status, relations, side in (
        (between.low, reduction.lower, lower, (">", "<="), "+"),
        (between.high, reduction.upper, upper, ("<", ">="), "-"),
    ):
        if status is True:
            continue
        assert end.limit is not None
        where = (*inside, Condition(end.limit, relations[1]))
        inside = (*inside, Condition(end.limit, relations[0]))
        if bound.closed:
            at_ends.append(Case(where, Existence.ATTAINED, Proof.GLOBAL, "boundary", {parameter: bound.value}))
        else:
            path = ((parameter, bound.value, side),)
            at_ends.append(Case(where, Existence.NOT_ATTAINED, Proof.GLOBAL, "path", path=path))
    if reduction.root is not None:
        yield Case(inside, Existence.ATTAINED, Proof.GLOBAL, "interior", {parameter: reduction.root})
    else:
        yield Case(inside, Existence.ATTAINED, Proof.GLOBAL, "interior", locator=locator)
    yield from at_ends


BY_DATA = "if the score changes its sign between the bounds, which the data decide; else it is the bound it points to"


def _status(end: End, good: Sign) -> bool | Expr | None:
    """True: M has the good sign near the end; an expression whose sign tells; None where the data have to be searched."""
    if end.sign is not None and end.sign.sign is good:
        return True
    return None if end.limit is None or end.limit.is_infinite else end.limit


def _when_tied(bound: Bound, tie: Bound, side: int, between: Between, search: Search) -> Case:
    """The bound by the data coincides with the end of the space: every observation is at the fixed end of the support."""
    value, (parameter,) = tie.value, search.remaining
    where = (Condition(side * (bound.value - value), "="),)
    if not is_all_at(bound, tie, search):
        return Case(where, Existence.UNKNOWN, Proof.NONE, "unknown", reason=AT_SPACE)
    there = sample_of_one_value(search.log_likelihood, value, search)
    bounds = {parameter: Feasible((tie,), (between.high,)) if side == 1 else Feasible((between.low,), (tie,))}
    slope = slope_of(there, parameter, bounds, known_region(search), search.model)
    if slope is None or slope.trend is not (Trend.FALLS if side == 1 else Trend.RISES):
        return Case(where, Existence.UNKNOWN, Proof.NONE, "unknown", reason=AT_SPACE)
    step = Dummy("h", positive=True)
    limit = limit_at(sp.expand_log(there.xreplace({parameter: value + side * step})), step, sp.Integer(0), "+")
    existence = Existence.UNBOUNDED if limit == sp.oo else Existence.NOT_ATTAINED
    return Case(where, existence, Proof.GLOBAL, "path", path=((parameter, value, "+" if side == 1 else "-"),))
