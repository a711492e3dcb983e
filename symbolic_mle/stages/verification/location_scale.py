"""Proof for a location–scale family.

Theorem (Burridge 1981; Pratt 1981). Let f(x) = g((x − μ)/s)/s on the real line (for positive x: let log x have such a density),
with log g strictly concave. In b = 1/s and a = μ/s the log-likelihood n log b + Σ log g(b·xᵢ − a) is strictly concave, so a
stationary point is the unique global maximum. A log-concave density has exponential tails, log g(z) ≤ c − d|z| with d > 0;
hence ℓ → −∞ at every end of the half-plane b > 0 when the xᵢ are not all equal, and the maximum exists. When all are equal,
ℓ → ∞ for s → 0 at μ = x₁.
Premises checked: the form of f, by putting x (or log x) = μ + s·z, and (log g)″ < 0 on the real line.
"""

from __future__ import annotations

from dataclasses import dataclass

import sympy as sp
from sympy import Dummy, Expr, Symbol

from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.algebra.signs import Sign
from symbolic_mle.records import Specification
from symbolic_mle.stages.likelihood import Likelihood
from symbolic_mle.stages.sample_signs import find_sign


@dataclass(frozen=True, slots=True)
class LocationScale:
    """The location, the scale parameter and the end to which it runs as s → 0."""

    location: Symbol
    scale: Symbol
    vanishing: Expr


def location_scale(likelihood: Likelihood, model: Specification) -> LocationScale | None:
    """The family of x, or of log x for positive x, when its standard density is strictly log-concave."""
    if len(model.parameters) != 2 or model.discrete or not model.checked or len(model.observed) != 1:
        return None
    (x,) = model.observed
    y = Dummy("y", real=True)
    inner = model.inner_support[x]
    if inner.is_real_line:
        log_density = likelihood.log_density.xreplace({x: y})
    elif (inner.lower, inner.upper) == (0, sp.oo):
        log_density = sp.expand_log(likelihood.log_density.xreplace({x: sp.exp(y)})) + y
    else:
        return None
    zero = sp.Integer(0)
    for place, scale in (tuple(model.parameters), tuple(model.parameters)[::-1]):
        if model.parameters[scale] != Interval(lower=zero):
            continue
        for location in _locations(place, model):
            for spread, end in ((scale, zero), (1 / scale, sp.oo), (sp.sqrt(scale), zero), (1 / sp.sqrt(scale), sp.oo)):
                if _is_standard(log_density, y, location, spread, model):
                    return LocationScale(place, scale, end)
    return None


def _locations(parameter: Symbol, model: Specification) -> tuple[Expr, ...]:
    """What of the parameter ranges over the whole line: itself, or its logarithm."""
    interval = model.parameters[parameter]
    if interval.is_real_line:
        return (parameter,)
    return (sp.log(parameter), -sp.log(parameter)) if interval == Interval(lower=sp.Integer(0)) else ()


def _is_standard(log_density: Expr, y: Symbol, location: Expr, spread: Expr, model: Specification) -> bool:
    """Is log f(μ + s·z) + log s a strictly concave function of z alone?"""
    z = Dummy("z", real=True)
    if log_density.has(sp.Piecewise, sp.Abs, sp.Max, sp.Min):
        return False
    moved = log_density.xreplace({y: location + spread * z}) + sp.log(spread)
    if _depends(moved, z, model):
        return False
    standard = sp.simplify(sp.expand(sp.simplify(sp.expand_log(moved))))
    if standard.has(*model.parameters):
        return False
    found = find_sign(sp.simplify(standard.diff(z, 2)), {**model.known, z: Interval()}, 1.0)
    return found is not None and found.sign is Sign.NEGATIVE


def _depends(expr: Expr, z: Symbol, model: Specification) -> bool:
    """Does the expression certainly move with a parameter? (Two numbers say so faster than algebra.)"""
    values = []
    for step in (0, 1):
        point = {p: sp.Rational(7 + 4 * step, 5) for p in model.parameters} | {
            c: sp.Rational(6, 5) for c in model.known
        }
        values.append(sp.N(expr.xreplace({**point, z: sp.Rational(3, 7)})))
    return not all(v.is_real for v in values) or abs(values[0] - values[1]) > 1e-9
