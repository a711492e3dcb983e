"""∫ exp(quadratic) over the line, in x or in log x.

For A > 0, ∫ exp(−A y² + B y + C) dy = √(π/A)·exp(B²/(4A) + C) over the whole line (Abramowitz & Stegun 1964, 7.4.6, by completing
the square). With y = log x, dx = eʸ dy, that is the integral over x > 0 of what is the exponential of a quadratic in log x.
"""

from __future__ import annotations

import sympy as sp
from sympy import Dummy, Expr, Symbol

from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.algebra.logs import IsPositive

LARGE = 60  # operations of an integrand beyond which it is not tried


def integrate_gaussian(integrand: Expr, x: Symbol, interval: Interval, positive: IsPositive) -> Expr | None:
    """The integral of c·x^p·exp(quadratic in x or in log x) over its whole range, or None."""
    if integrand.count_ops() > LARGE:
        return None
    y = Dummy("y", real=True)
    if interval.is_real_line:
        where = y
    elif interval.lower == 0 and interval.upper == sp.oo:
        where = sp.exp(y)
    else:
        return None
    outside, exponent = _as_exponential(integrand, x, y, where)
    if exponent is None or not exponent.is_polynomial(y):
        return None
    polynomial = sp.Poly(exponent, y)
    if polynomial.degree() != 2:
        return None
    a, b, c = -polynomial.coeff_monomial(y**2), polynomial.coeff_monomial(y), polynomial.coeff_monomial(1)
    if not positive(a):
        return None
    return outside * sp.sqrt(sp.pi / a) * sp.exp(sp.cancel(b**2 / (4 * a) + c))


def _as_exponential(integrand: Expr, x: Symbol, y: Symbol, where: Expr) -> tuple[Expr, Expr | None]:
    """(c, q) with integrand·dx/dy = c·e^q at x = ``where``, c free of y; q is None where it has another form."""
    outside, exponent = sp.S.One, sp.log(where.diff(y)) if where != y else sp.S.Zero
    for factor in sp.Mul.make_args(integrand):
        base, power = factor.as_base_exp()
        if x not in factor.free_symbols:
            outside *= factor
        elif base == x and where != y and x not in power.free_symbols:
            exponent += power * y
        elif isinstance(factor, sp.exp):
            exponent += factor.exp.xreplace({x: where})
        else:
            return outside, None
    return outside, sp.expand(exponent)
