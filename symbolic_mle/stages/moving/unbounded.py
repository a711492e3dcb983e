"""The likelihood grows without bound as a moving end runs to the extreme observation that bounds it.

Theorem. Let θ run to its bound by the extreme observation T, at the distance e^(−u), and let the other parameters be functions
of u, on a path inside the feasible set. If A(u) = log f(T | path) and B(u) = log f(x | path), for x beyond T, satisfy A + kB → ∞ as
u → ∞ for every k ≥ 0, then ℓ → ∞, however many observations there are beside T: with r ≥ 1 at T and k beyond,
ℓ = (r − 1)A + (A + kB). When B has a finite limit, A → ∞ is enough.
So a density that is infinite at its end for one value of the other parameters has no maximum likelihood estimate; nor has the
three-parameter lognormal, along μ = log h, σ = |log h| (Hill 1963).
Premises checked: both limits; that f is positive inside the support; room between the bounds.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import sympy as sp
from sympy import Basic, Dummy, Expr, Symbol

from symbolic_mle.algebra.ends import limit_at
from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.algebra.logs import expand_log
from symbolic_mle.algebra.signs import Sign
from symbolic_mle.records import Case, Condition, Existence, Proof, Specification, Support
from symbolic_mle.stages.moving.bounds import Bound, tightest
from symbolic_mle.stages.moving.cases import IMPOSSIBLE
from symbolic_mle.stages.moving.edges import Constraint, sign_over
from symbolic_mle.stages.moving.elimination import Requirement, Search, known_region, required

MOST = 12  # paths that are tried

Path = tuple[tuple[Symbol, Expr, str], ...]


@dataclass(frozen=True, slots=True)
class Growth:
    """The path, by the distance h of the parameter from its bound, and log f on it: at the extreme T and at x = T ± d beyond."""

    parameter: Symbol
    value: Expr
    held: dict[Symbol, Expr]
    distance: Symbol
    beyond: Symbol
    extreme: Expr
    at_extreme: Expr
    at_others: Expr


@dataclass(frozen=True, slots=True)
class Unbounded:
    """The cases, and the path of the first."""

    cases: tuple[Case, ...]
    growth: Growth


def find_growth(model: Specification, constraints: tuple[Constraint, ...]) -> Unbounded | None:
    """Unbounded for all possible data, by one path; None where no such path is found."""
    if model.discrete or any(i.integer for i in model.parameters.values()) or len(model.variables) != 1:
        return None
    distance = Dummy("h", positive=True)
    for parameter in dict.fromkeys(p for c in constraints for p in model.parameters if c.end.has(p)):
        others = [p for p in model.parameters if p != parameter]
        options = [list(_values(p, model.parameters[p], constraints, distance)) for p in others]
        for pick in itertools.islice(itertools.product(*options), MOST):
            found = _along(parameter, dict(zip(others, pick, strict=True)), distance, model, constraints)
            if found is not None:
                return found
    return None


def _values(
    parameter: Symbol, interval: Interval, constraints: Sequence[Constraint], distance: Symbol
) -> Iterator[Expr]:
    """A few simple values inside the space, the first ones constant; an end of the support stays away from the sample."""
    own = [c.edge for c in constraints if c.end == parameter]
    low, high, half = interval.lower, interval.upper, sp.Rational(1, 2)
    if own:
        if (high if own[0].largest else low).is_infinite:
            yield own[0].symbol + (1 if own[0].largest else -1)
    elif low.is_finite and high.is_finite:
        yield (low + high) / 2
    elif low.is_finite:
        yield low + half
        if low == 0:
            yield from ((sp.log(distance)) ** 2, -sp.log(distance))
    elif high.is_finite:
        yield high - half
    else:
        yield from (sp.Integer(0), sp.log(distance))


def _along(
    parameter: Symbol, choice: dict[Symbol, Expr], distance: Symbol, model: Specification,
    constraints: tuple[Constraint, ...],
) -> Unbounded | None:  # fmt: skip
    """The cases with the other parameters on the path, where this one runs to a bound by the data."""
    singular = (sp.zoo, sp.nan, sp.oo, -sp.oo)
    if any(e.xreplace(choice).has(*singular) for e in (model.density, *(c.end for c in constraints))):
        return None
    restrictions = _restrictions(model, choice)
    if restrictions is None:
        return None
    fixed = replace(
        model,
        density=model.density.xreplace(choice),
        parameters={parameter: model.parameters[parameter].xreplace(choice)},
        support=Support({x: i.xreplace(choice) for x, i in model.support.intervals.items()}, (), model.support.points),
        restrictions=restrictions,
    )
    there = tuple(replace(c, end=c.end.xreplace(choice)) for c in constraints)
    if any(c.end.has(distance) for c in there):
        return None
    search = Search.of(fixed, there, sp.Integer(0))
    bounds = search.bounds()
    if bounds is None:
        return None
    here = bounds[parameter]
    needs = required(search, here, {})
    if needs is None or (needs and choice):
        return None  # other values of the fixed parameters could allow the data
    strict = tuple(Requirement(n.difference, True) for n in needs)
    region = known_region(replace(search, needs=strict))
    lower, upper = tightest(here.lower, 1, sign_over(region)), tightest(here.upper, -1, sign_over(region))
    inside = {parameter: Interval(lower[0].value if lower else -sp.oo, upper[0].value if upper else sp.oo)}
    for found, side in ((lower, 1), (upper, -1)):
        at = [c for c in there if len(found) == 1 and found[0].value.has(c.edge.symbol)]
        logs = _growing(fixed, parameter, found[0], side, at[0], distance, there) if at else None
        if logs is not None:
            if not _is_positive(model, {}) and not _is_positive(fixed, {**region, **inside}):
                return None
            path = (*((p, v, "") for p, v in choice.items()), (parameter, found[0].value, "+" if side == 1 else "-"))
            cases = tuple(_cases(path, needs, strict, distance, found[0], parameter))
            value = found[0].value + side * distance
            return Unbounded(
                cases, Growth(parameter, value, choice, distance, logs[2], at[0].edge.symbol, logs[0], logs[1])
            )
    return None


def _restrictions(model: Specification, choice: dict[Symbol, Expr]) -> tuple[Basic, ...] | None:
    """The restrictions on the path; None where one fails or says nothing."""
    found: list[Basic] = []
    for restriction in model.restrictions:
        left, right = (side.xreplace(choice) for side in restriction.args)
        if left.has(sp.zoo, sp.nan) or right.has(sp.zoo, sp.nan):
            return None
        found.append(restriction.func(left, right))
    return None if sp.false in found else tuple(r for r in found if r != sp.true)


def _growing(
    model: Specification, parameter: Symbol, bound: Bound, side: int, constraint: Constraint, distance: Symbol,
    constraints: Sequence[Constraint],
) -> tuple[Expr, Expr, Symbol] | None:  # fmt: skip
    """A and B in the distance, and the d of x = T ± d, if A + kB → ∞ as the parameter comes within e^(−u) of its bound."""
    x = constraint.quantity
    if x not in model.variables:
        return None
    u, beyond, count = (Dummy(name, positive=True) for name in ("u", "d", "k"))
    edges = {c.edge.largest: c.edge.symbol for c in constraints if c.edge.quantity == x}
    apart = {edges[True]: edges[False] + Dummy("r", nonnegative=True)} if len(edges) == 2 else {}
    near = model.density.xreplace({parameter: bound.value + side * distance})

    def log_at(place: Expr) -> Expr:
        value = near.xreplace({x: place}).xreplace(apart).xreplace({distance: sp.exp(-u)})
        return sp.expand(expand_log(sp.powsimp(_shortened(value)), lambda e: bool(e.is_positive)))

    extreme = constraint.edge.symbol
    a = log_at(extreme)
    if limit_at(a, u, sp.oo, "-") != sp.oo:
        return None
    b = log_at(extreme - beyond if constraint.edge.largest else extreme + beyond)
    there = limit_at(b, u, sp.oo, "-")
    settles = there is not None and there.is_finite
    if not settles and limit_at(sp.expand(a + count * b), u, sp.oo, "-") != sp.oo:
        return None
    back = {u: -sp.log(distance)}
    return a.xreplace(back), b.xreplace(back), beyond


def _shortened(value: Expr) -> Expr:
    """Differences that cancel, m + d − m, cancelled inside powers and functions."""
    return value.replace(lambda e: isinstance(e, sp.Add), sp.expand)


def _cases(
    path: Path, needs: tuple[Requirement, ...], strict: tuple[Requirement, ...], distance: Symbol, bound: Bound,
    parameter: Symbol,
) -> Iterator[Case]:  # fmt: skip
    shown = sp.Abs(parameter - bound.value)
    path = tuple((p, v.xreplace({distance: shown}), side) for p, v, side in path)
    conditions = tuple(Condition(n.difference, ">") for n in strict)
    yield Case(conditions, Existence.UNBOUNDED, Proof.GLOBAL, "path", path=path)
    weak = tuple(Condition(n.difference, ">" if n.strict else ">=") for n in needs)
    if weak != conditions:
        reason = "one parameter value alone allows the data, and the density is infinite there"
        yield Case(weak, Existence.UNKNOWN, Proof.NONE, "unknown", reason=reason)
    if needs:
        yield Case((), Existence.UNKNOWN, Proof.GLOBAL, "impossible", reason=IMPOSSIBLE)


def _is_positive(model: Specification, known: dict[Symbol, Interval]) -> bool:
    """f > 0 at every observation inside the moving ends."""
    moving = set(model.parameters)
    region = dict(known)
    for x, i in model.support.intervals.items():
        low, high = (
            c and not e.free_symbols & moving for e, c in ((i.lower, i.closed_lower), (i.upper, i.closed_upper))
        )
        region[x] = replace(i, closed_lower=low, closed_upper=high)
    spaces = {p: known.get(p, i.interior) for p, i in model.parameters.items()}
    return sign_over({**model.known, **region, **spaces})(model.density) is Sign.POSITIVE
