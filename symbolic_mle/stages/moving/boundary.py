"""The density at a moving end of the support: positive, 0 or infinite as the observation runs to it.

ℓ is continuous at the closed end θ = θ(x₍ₙ₎) of the feasible set when f(x | θ) tends to a positive number as x runs to that end.
When f tends to 0 there, ℓ → −∞, and the maximum is not at that end. When f → ∞ there, while it is positive at all other possible
observations, ℓ → ∞: the likelihood is unbounded.
"""

from __future__ import annotations

from enum import StrEnum

import sympy as sp
from sympy import Dummy, Expr

from symbolic_mle.algebra.ends import limit_at
from symbolic_mle.algebra.signs import Sign
from symbolic_mle.records import Region, Specification
from symbolic_mle.stages.moving.edges import Constraint, sign_over


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
    x = constraint.quantity
    if not density.free_symbols & set(model.observed):
        return Edgewise.POSITIVE
    if x not in model.variables:
        return Edgewise.UNKNOWN
    region = {**model.support.intervals, **model.known, **{p: i.interior for p, i in model.parameters.items()}}
    there = density.xreplace({x: constraint.end})
    if there != 0 and not there.has(*SINGULAR) and _is_positive(there, region):
        return Edgewise.POSITIVE
    step = Dummy("h", positive=True)
    beside = constraint.end - step if constraint.edge.largest else constraint.end + step
    limit = limit_at(sp.powsimp(sp.expand(density.xreplace({x: beside}), deep=True)), step, sp.Integer(0), "+")
    if limit == 0:
        return Edgewise.ZERO
    if limit == sp.oo:
        return Edgewise.INFINITE
    return Edgewise.POSITIVE if limit is not None and _is_positive(limit, region) else Edgewise.UNKNOWN


def _is_positive(value: Expr, region: Region) -> bool:
    return not value.has(*SINGULAR) and sign_over(region)(value) is Sign.POSITIVE
