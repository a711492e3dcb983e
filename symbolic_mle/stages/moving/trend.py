"""Does the likelihood rise or fall in one parameter, everywhere between its bounds?

Theorem. Let ℓ be differentiable in θ inside the feasible interval, with ℓ′ of one strict sign there, and continuous at an end that
belongs to it. Then ℓ is strictly monotone on the interval: it is largest at the end that it rises to, or, when that end is left
out, nowhere. If ℓ′ = 0 throughout, every feasible θ maximises. For an integer parameter the same holds of the integers, because
ℓ is monotone on the reals between them.
Premises checked: the sign of ℓ′ for every sample between its extreme values and every value of the other parameters.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from enum import StrEnum

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.algebra.sample import sealed
from symbolic_mle.algebra.signs import Sign
from symbolic_mle.records import Region, Specification
from symbolic_mle.stages.facts import sample_sign
from symbolic_mle.stages.moving.bounds import Bound, Feasible

CORNERS = (sp.Piecewise, sp.Abs, sp.Max, sp.Min, sp.sign, sp.floor, sp.ceiling, sp.Heaviside)


class Trend(StrEnum):
    """How ℓ goes in a parameter."""

    RISES = "rises"
    FALLS = "falls"
    CONSTANT = "constant"


@dataclass(frozen=True, slots=True)
class Slope:
    """ℓ′ in a parameter, as it is shown, and its direction."""

    score: Expr
    trend: Trend


def slope_of(
    log_likelihood: Expr, parameter: Symbol, bounds: dict[Symbol, Feasible], region: Region, model: Specification
) -> Slope | None:
    """The direction of ℓ in a parameter where it has one for all data and all values of the other parameters."""
    if any(corner.has(parameter) for corner in log_likelihood.atoms(*CORNERS)):
        return None
    score = shortest(log_likelihood.diff(parameter))
    if score == 0:
        return Slope(score, Trend.CONSTANT)
    for box in _boxes(bounds):
        found = sample_sign(score, model, {**region, **box})
        if found is not None and found.sign in (Sign.POSITIVE, Sign.NEGATIVE):
            return Slope(score, Trend.RISES if found.sign is Sign.POSITIVE else Trend.FALLS)
    return None


def shortest(expr: Expr) -> Expr:
    """The expression, expanded or factored, whichever is shorter; 0 where that is what it is."""
    opened = sealed(sp.expand, expr)
    if opened == 0 or expr.count_ops() > 80:
        return opened if opened == 0 else expr
    return min((expr, sealed(sp.factor, expr)), key=lambda e: e.count_ops())


def _boxes(bounds: dict[Symbol, Feasible]) -> list[dict[Symbol, Interval]]:
    """Open intervals that hold the interior of the feasible set: for each parameter, by the data or by its space."""
    choices = []
    for parameter, found in bounds.items():
        lower, upper = _ordered(found.lower, -sp.oo), _ordered(found.upper, sp.oo)
        choices.append([(parameter, Interval(a, b)) for a in lower for b in upper])
    return [dict(pick) for pick in itertools.islice(itertools.product(*choices), 12)]


def _ordered(bounds: tuple[Bound, ...], infinite: Expr) -> list[Expr]:
    return [*(b.value for b in sorted(bounds, key=lambda b: not b.by_data)), infinite]
