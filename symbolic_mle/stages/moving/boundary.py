"""The density at a moving end of the support: positive, 0 or infinite as the observation runs to it.

ℓ is continuous at the closed end θ = θ(x₍ₙ₎) of the feasible set when f(x | θ) tends to a positive number as x runs to that end.
When f tends to 0 there, ℓ → −∞, and the maximum is not at that end. When f → ∞ there, while it is positive at all other possible
observations, ℓ → ∞: the likelihood is unbounded.
"""

from __future__ import annotations

from enum import StrEnum

import sympy as sp
from sympy import Dummy, Expr, Symbol

from symbolic_mle.algebra.ends import limit_at
from symbolic_mle.algebra.signs import Sign
from symbolic_mle.records import Region, Specification
from symbolic_mle.stages.moving.edges import Constraint, sign_over, spaces_of


class Edgewise(StrEnum):
    """The limit of the density at an end that moves."""

    POSITIVE = "positive"
    ZERO = "zero"
    INFINITE = "infinite"
    UNKNOWN = "unknown"


SINGULAR = (sp.oo, -sp.oo, sp.zoo, sp.nan)


def density_at(constraint: Constraint, model: Specification, density: Expr | None = None) -> Edgewise:
    """The limit of f(x | θ) as g(x) runs to h(θ), for all values of the parameters."""
    density = model.density if density is None else density
    x, end = constraint.quantity, constraint.end
    if not density.free_symbols & set(model.observed):
        return Edgewise.POSITIVE
    if isinstance(x, sp.Abs) and x.args[0] in model.variables:
        found = {_density_at(x.args[0], side * end, side, density, model) for side in (1, -1)}
        return found.pop() if len(found) == 1 else Edgewise.UNKNOWN
    if x not in model.variables:
        return Edgewise.UNKNOWN
    return _density_at(x, end, 1 if constraint.edge.largest else -1, density, model)


def _density_at(x: Symbol, end: Expr, side: int, density: Expr, model: Specification) -> Edgewise:
    """The limit as x rises (1) or falls (−1) to the end."""
    region = {**model.support.intervals, **model.known, **spaces_of(model)}
    there = density.xreplace({x: end})
    if there != 0 and not there.has(*SINGULAR) and _is_positive(there, region):
        return Edgewise.POSITIVE
    step = Dummy("h", positive=True)
    beside = end - side * step
    limit = limit_at(sp.powsimp(sp.expand(density.xreplace({x: beside}), deep=True)), step, sp.Integer(0), "+")
    if limit == 0:
        return Edgewise.ZERO
    if limit == sp.oo:
        return Edgewise.INFINITE
    return Edgewise.POSITIVE if limit is not None and _is_positive(limit, region) else Edgewise.UNKNOWN


def _is_positive(value: Expr, region: Region) -> bool:
    return not value.has(*SINGULAR) and sign_over(region)(value) is Sign.POSITIVE
