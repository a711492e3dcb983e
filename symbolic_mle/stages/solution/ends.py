"""The limits of a decreasing M at the ends of the interval, and their signs over the samples: is there an interior maximum?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sympy as sp
from sympy import Dummy, Expr, Symbol

from symbolic_mle.algebra.ends import limit_at
from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.algebra.parity import is_even
from symbolic_mle.algebra.sample import DataSum, outermost_sums
from symbolic_mle.algebra.signs import Sign
from symbolic_mle.records import Condition, Specification
from symbolic_mle.stages.facts import sample_sign
from symbolic_mle.stages.sample_signs import SampleSign, merged
from symbolic_mle.stages.solution.series import limit_by_series


@dataclass(frozen=True, slots=True)
class End:
    """An end of the interval: the limit of M there and its sign over the samples (None: not known)."""

    value: Expr
    side: str
    closed: bool
    limit: Expr | None
    sign: SampleSign | None


def end_of(
    function: Expr | None, parameter: Symbol, end: Expr, side: str, closed: bool,
    model: Specification, given: Sequence[Condition],
) -> End:  # fmt: skip
    """An end of the interval; without a decreasing M it decides nothing."""
    limit = None if function is None else sample_limit(function, parameter, end, side, model)
    sign: SampleSign | None = None
    if limit in (sp.oo, -sp.oo):
        sign = SampleSign(Sign.POSITIVE if limit == sp.oo else Sign.NEGATIVE)
    elif limit is not None and not limit.has(sp.oo, -sp.oo, sp.zoo, sp.nan):
        sign = sample_sign(limit, model, model.region, given)
    else:
        limit = None
    return End(end, side, closed, limit, sign)


def sample_limit(function: Expr, parameter: Symbol, end: Expr, side: str, model: Specification) -> Expr | None:
    """The limit at an end of a function of the parameter and of sums of the data."""
    sums = {s for s in function.atoms(DataSum)}
    moving = [s for s in sums if s.has(parameter)]
    if moving:
        summand = merged(function, model)
        if summand is None:
            return limit_by_series(function, parameter, end, side, model)
        inside = _limit_of_summand(summand, parameter, end, side, model)
        if inside is None:
            return None
        return inside if inside.is_infinite else _sum(inside, model)
    slots = {s: Dummy("S", **sign_assumption(s, model)) for s in outermost_sums(function)}
    found = limit_at(function.xreplace(slots), parameter, end, side)
    return None if found is None else found.xreplace({d: s for s, d in slots.items()})


def _sum(inside: Expr, model: Specification) -> Expr:
    if not inside.free_symbols & set(model.observed):
        return model.size * inside
    return DataSum(inside, model.observed)


def sign_assumption(total: DataSum, model: Specification) -> dict[str, bool]:
    """SymPy assumptions for a symbol in the place of a sum over the sample."""
    found = sample_sign(total, model, model.region)
    names = {
        Sign.POSITIVE: "positive", Sign.NEGATIVE: "negative", Sign.NONNEGATIVE: "nonnegative", Sign.NONPOSITIVE: "nonpositive",
        Sign.ZERO: "zero",
    }  # fmt: skip
    return {"real": True} if found is None else {names[found.sign]: True}


def _limit_of_summand(summand: Expr, parameter: Symbol, end: Expr, side: str, model: Specification) -> Expr | None:
    """Σ lim g(xᵢ, θ); an observation at which the limit is another one is told apart."""
    if len(model.observed) != 1:
        return None
    x = model.observed[0]
    if x not in summand.free_symbols:
        return limit_at(summand, parameter, end, side)
    interval = model.inner_support[x]
    positive = bool(x.is_nonnegative) or is_even(summand, x)
    generic = Dummy("x", **({"positive": True} if positive else {"real": True, "nonzero": True}))
    found = limit_at(summand.xreplace({x: generic}), parameter, end, side)
    if found is None:
        return None
    found = found.xreplace({generic: x})
    for point in _special_points(interval):
        there = limit_at(summand.subs(x, point), parameter, end, side)
        if there is None:
            return None
        if there != found and sp.simplify(there - found.subs(x, point)) != 0:
            if there.is_infinite or found.is_infinite:
                return None
            found = sp.Piecewise((there, sp.Eq(x, point)), (found, True))
    return found


def _special_points(interval: Interval) -> list[Expr]:
    points = [
        e for e, closed in ((interval.lower, interval.closed_lower), (interval.upper, interval.closed_upper)) if closed
    ]
    inside = (interval.lower.is_negative or interval.lower == -sp.oo) and (
        interval.upper.is_positive or interval.upper == sp.oo
    )
    return points + ([sp.Integer(0)] if inside else [])
