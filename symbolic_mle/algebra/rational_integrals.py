"""∫ of a rational function of x over a finite interval, where its denominator has one linear factor in x.

Divided out, the integrand is Σ cₖ xᵏ + Σ dₘ (αx + β)⁻ᵐ, whose antiderivative is elementary; αx + β must keep one sign on the closed
interval, which is checked at its ends.
"""

from __future__ import annotations

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.algebra.logs import IsPositive

HIGHEST = 6  # degree of numerator and denominator


def integrate_rational(integrand: Expr, x: Symbol, interval: Interval, positive: IsPositive) -> Expr | None:
    """The integral, or None."""
    low, high = interval.lower, interval.upper
    if not (low.is_finite and high.is_finite and integrand.is_rational_function(x)):
        return None
    numerator, denominator = sp.fraction(sp.together(integrand))
    over = _linear_power(denominator, x)
    if over is None or not numerator.is_polynomial(x):
        return None
    constant, base, power = over
    top = sp.Poly(numerator, x)
    if top.degree() > HIGHEST or power > HIGHEST:
        return None
    if power == 0:
        antiderivative = top.integrate(x).as_expr()
        return (antiderivative.xreplace({x: high}) - antiderivative.xreplace({x: low})) / constant
    if not (positive(base.xreplace({x: low})) and positive(base.xreplace({x: high}))):
        return None
    slope, rest = base.coeff(x, 1), base.coeff(x, 0)
    v, alpha = sp.Dummy("v", positive=True), sp.Dummy("α", nonzero=True)  # v = αx + β
    moved = sp.expand(sp.expand(top.as_expr().xreplace({x: (v - rest) / alpha})) * v**-power / alpha)
    antiderivative = sp.Add(*(_antiderivative(t, v) for t in sp.Add.make_args(moved))).xreplace({alpha: slope})
    ends = [antiderivative.xreplace({v: sp.expand(base.xreplace({x: e}))}) for e in (high, low)]
    return (ends[0] - ends[1]) / constant


def _linear_power(expr: Expr, x: Symbol) -> tuple[Expr, Expr, int] | None:
    """(c, αx + β, m) for c·(αx + β)ᵐ."""
    constant, base, power = sp.S.One, None, 0
    for factor in sp.Mul.make_args(sp.factor(expr)):
        if x not in factor.free_symbols:
            constant *= factor
            continue
        root, exponent = factor.as_base_exp()
        root = sp.expand(root)
        if base is not None or not exponent.is_Integer or exponent < 0 or sp.diff(root, x, 2) != 0:
            return None
        base, power = root, int(exponent)
    return (constant, base if base is not None else sp.S.One, power)


def _antiderivative(term: Expr, v: Symbol) -> Expr:
    coefficient, monomial = term.as_independent(v, as_Add=False)
    exponent = monomial.as_base_exp()[1] if monomial != 1 else sp.S.Zero
    return coefficient * (sp.log(v) if exponent == -1 else v ** (exponent + 1) / (exponent + 1))
