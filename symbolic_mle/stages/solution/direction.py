"""A parameter on a circle: ℓ(μ) = A cos μ + B sin μ + constant on an interval of length 2π.

Theorem. A cos μ + B sin μ = R cos(μ − μ̂) with R = √(A² + B²) and μ̂ = atan2(B, A). For R > 0 it has one maximiser in an interval
that holds one end and has length 2π; for R = 0 it is constant. (Mardia & Jupp 2000, section 2.2.) atan2 has its values in (−π, π];
where the space leaves π out, data with μ̂ = π have no maximum.
"""

from __future__ import annotations

from dataclasses import dataclass

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.sample import DataSum, sealed
from symbolic_mle.algebra.signs import Sign
from symbolic_mle.records import Condition, Specification
from symbolic_mle.stages.sample_signs import find_sign


@dataclass(frozen=True, slots=True)
class Direction:
    """ℓ′ · multiplier = equation; the highest point; the value there; the data for which there is none."""

    equation: Expr
    multiplier: Expr
    root: Expr
    value: Expr
    flat: Condition


def direction_of(log_likelihood: Expr, parameter: Symbol, model: Specification) -> Direction | None:
    """The mean direction, when ℓ is such a function of the parameter on (−π, π]."""
    interval = model.parameters[parameter]
    if (interval.lower, interval.upper) != (-sp.pi, sp.pi) or interval.closed_lower:
        return None
    cosine, sine = sp.Dummy("c"), sp.Dummy("s")
    opened = sealed(sp.expand, log_likelihood).xreplace({sp.cos(parameter): cosine, sp.sin(parameter): sine})
    a, b = opened.diff(cosine), opened.diff(sine)
    if opened.has(parameter) or a.has(cosine, sine) or b.has(cosine, sine) or 0 in (a, b):
        return None
    scale = a.as_independent(DataSum, as_Add=False)[0]
    sign = find_sign(scale, model.region)
    if sign is None or sign.sign is not Sign.POSITIVE or (b / scale).has(parameter, *scale.free_symbols):
        return None
    across, along = b / scale, a / scale
    radius = sp.sqrt(across**2 + along**2)
    rest = opened.xreplace({cosine: sp.Integer(0), sine: sp.Integer(0)})
    return Direction(
        across * sp.cos(parameter) - along * sp.sin(parameter),
        1 / scale,
        sp.atan2(across, along),
        rest + scale * radius,
        Condition(across**2 + along**2, "="),
    )
