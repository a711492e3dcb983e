"""Moments of a power of a sum whose law is a gamma law.

θ̂ = K·Sʳ, S = Σ T(xᵢ), with log f = c(θ)·T + A·log(−c(θ)) + …: then E[exp(sT)] = (1 + s/c)^(−A), the moment generating function of a
gamma law, so S has that of shape nA and rate −c: E[Sʳ] = Γ(nA + r)/Γ(nA)·(−c)^(−r) for nA + r > 0, and E[Sʳ] = ∞ for nA + r ≤ 0
(Casella & Berger 2002, Theorem 2.3.11 and section 3.3).
"""

from __future__ import annotations

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.sample import outermost_sums
from symbolic_mle.inference.exact_laws.averages import Family
from symbolic_mle.inference.exact_laws.facts import FiniteSample, Law, gamma_moments
from symbolic_mle.inference.forms import shortest


def power_of_sum(parameter: Symbol, value: Expr, family: Family) -> FiniteSample | None:
    """K·Sʳ for S = Σ(T + δ) or its negative, of gamma law."""
    if not family.linear or len(family.sums) != 1 or len(family.parameters) != 1 or family.model.discrete:
        return None
    n, (total,) = family.model.size, family.sums
    found = _gamma_law(parameter, family)
    if found is None or outermost_sums(value) != {total}:
        return None
    shape, rate, shift = found
    sign = sp.S.One if rate.is_positive else -sp.S.One
    s = sp.Dummy("S", positive=True)
    inside = sp.cancel(sp.together(value.xreplace({total: sign * s - n * shift})))
    power = sp.cancel(sp.together(s * inside.diff(s) / inside))
    factor = sp.powsimp(sp.cancel(sp.expand_power_base(inside / s**power, force=False)))
    if s in power.free_symbols | factor.free_symbols or not power.is_real:
        return None

    mean, variance, first, second = gamma_moments(factor, power, n * shape, sign * rate)
    exact = Law(sign * total + n * sp.expand(sign * shift), "gamma", (n * shape, sign * rate))
    return FiniteSample(parameter, "gamma", mean, variance, first, second, False, exact=exact)


def _gamma_law(parameter: Symbol, family: Family) -> tuple[Expr, Expr, Expr] | None:
    """(A, −u, δ) with T + δ of gamma law, shape A and rate −u (or −(T + δ), rate u), where u = c + κ, free of each other.

    log f = c·T + a gives a gamma law iff a = A log|u| + δ·u up to a constant: q = da/dc = A/u + δ. Then dq/dc = −A/u² and
    d²q/dc² = 2A/u³, which give u, A and δ in turn; that u − c, A and δ are constants is the test.
    """
    (c,) = family.coefficients
    slope = c.diff(parameter)
    if slope == 0:
        return None
    q = shortest(family.rest.diff(parameter) / slope)
    first = shortest(q.diff(parameter) / slope)
    second = shortest(first.diff(parameter) / slope)
    if first == 0 or second == 0:
        return None
    u = shortest(-2 * first / second)
    shape = shortest(-first * u**2)
    shift = shortest(q - shape / u)
    if any(parameter in shortest(e).free_symbols for e in (u - c, shape, shift)):
        return None
    if not shape.is_positive or u.is_positive is u.is_negative:
        return None
    return shape, -u, shift
