"""The sign of h(x) on the whole numbers from x₀ on, from that of h(x₀) and of the differences h(x + 1) − h(x).

h(x) = h(x₀) + Σ_(y = x₀)^(x − 1) (h(y + 1) − h(y)). The differences of digammas, log-gammas and their kin are elementary, for
ψ(z + 1) = ψ(z) + 1/z (DLMF 5.5.2): where the observations are counts, that is what ψ(x + θ) stands for.
"""

from __future__ import annotations

import sympy as sp
from sympy import Expr

from symbolic_mle.algebra.patience import is_spent, until
from symbolic_mle.algebra.signs import Finding, Sign, find_sign
from symbolic_mle.records import Region, Specification

LARGE = 80  # operations


def sign_by_differences(summand: Expr, model: Specification, region: Region, seconds: float) -> Finding | None:
    """The sign of h, where the observation is a count and h holds a gamma function of it."""
    if len(model.observed) != 1 or is_spent() or summand.count_ops() > LARGE:
        return None
    (x,) = model.observed
    values = region.get(x)
    if values is None or not values.integer or not values.lower.is_Integer or not values.closed_lower:
        return None
    if not any(f.has(x) for f in summand.atoms(sp.polygamma, sp.loggamma, sp.gamma)):
        return None
    first = sp.expand_func(summand.xreplace({x: values.lower}))
    step = _difference(summand, x)
    found = [find_sign(sp.together(e), region, deadline=until(seconds)) for e in (first, step)]
    sign = _together(*(f.sign for f in found if f is not None))
    return None if sign is None else Finding(sign, ())


def _together(*signs: Sign) -> Sign | None:
    """The sign of h(x₀) and of h(x₀) + differences, x₀ itself included."""
    if len(signs) < 2 or signs[0].plus(signs[1]) is None:
        return None
    first, step = signs
    if first.is_strict or step is Sign.ZERO:
        return first
    return Sign.NONNEGATIVE if first.is_upward and step.is_upward else Sign.NONPOSITIVE


def _difference(summand: Expr, x: sp.Symbol) -> Expr:
    """h(x + 1) − h(x), with Γ(z + 1) = z·Γ(z) and what follows from it."""
    after = summand.subs(x, x + 1).replace(
        lambda e: isinstance(e, (sp.polygamma, sp.loggamma, sp.gamma)) and e.has(x), lambda e: _one_less(e, x)
    )
    return sp.expand(after - summand)


def _one_less(call: Expr, x: sp.Symbol) -> Expr:
    """F(z + 1) in terms of F(z)."""
    z = sp.expand(call.args[-1] - 1)
    if isinstance(call, sp.polygamma):
        order = call.args[0]
        return sp.polygamma(order, z) + (-1) ** order * sp.factorial(order) / z ** (order + 1)
    if isinstance(call, sp.loggamma):
        return sp.loggamma(z) + sp.log(z)
    return z * sp.gamma(z)
