"""The maximisers in one parameter when the score is a rational function of it: all stationary points are roots of a polynomial.

Theorem. Let ℓ be differentiable on (a, b), ℓ′ = P/Q with Q > 0 there, and P > 0 near a and P < 0 near b. Then ℓ rises from a and
falls to b, so its maximum is attained, at a root of P: at the highest of finitely many.
Premises checked, on the data: Q has no root in (a, b) and is positive at a point of it; P > 0 at a and P < 0 at b. The roots are
isolated in exact arithmetic (Descartes' rule of signs; Akritas & Strzeboński 2005); the sums of the data are computed, and the
heights compared, in many digits. Where two heights are as close as their rounding, nothing is said.
"""

from __future__ import annotations

from collections.abc import Mapping

import sympy as sp
from sympy import Expr, Poly, Symbol

from symbolic_mle.algebra.numeric import NotNumeric, evaluate_exactly
from symbolic_mle.algebra.sample import DataSum, outermost_sums
from symbolic_mle.locating.boxes import Axis
from symbolic_mle.locating.interval_arithmetic import Reals
from symbolic_mle.records import Existence, Located, Proof, Specification

DIGITS, CLEAR = 60, sp.Rational(1, 10**30)
MOST_DEGREE = 12


def highest_root(
    log_likelihood: Expr,
    axis: Axis,
    known: Mapping[Symbol, float],
    sample: Mapping[Symbol, Reals],
    model: Specification,
) -> Located | None:
    """The highest stationary point; None where the score is no such function, or the ends are not lower."""
    parameter = axis.symbol
    bounds = [sp.Rational(e) for e in (axis.lower, axis.upper) if sp.Float(e).is_finite]
    if len(bounds) != 2 or any(s.has(parameter) for s in log_likelihood.atoms(DataSum)):
        return None
    try:
        values = {s: _exact(s, known, sample, model) for s in outermost_sums(log_likelihood)}
    except NotNumeric:
        return None
    constants = {c: sp.Rational(v) for c, v in known.items()}
    numbers = {model.size: sp.Integer(len(next(iter(sample.values())))), **constants}
    function = log_likelihood.xreplace(values).xreplace(numbers)
    above, below = sp.fraction(sp.cancel(sp.together(function.diff(parameter))))
    if not (above.is_polynomial(parameter) and below.is_polynomial(parameter)):
        return None
    top, bottom = Poly(above, parameter), Poly(below, parameter)
    if not (top.domain.is_QQ or top.domain.is_ZZ) or not (bottom.domain.is_QQ or bottom.domain.is_ZZ):
        return None
    return _compared(function, top, bottom, bounds[0], bounds[1])


def _exact(total: DataSum, known: Mapping[Symbol, float], sample: Mapping[Symbol, Reals], model: Specification) -> Expr:
    found = evaluate_exactly(total, known, sample, DIGITS, model.size)
    mantissa, exponent = abs(found).man_exp
    return (-1 if found < 0 else 1) * sp.Integer(int(mantissa)) * sp.Integer(2) ** int(exponent)


def _compared(function: Expr, top: Poly, bottom: Poly, low: Expr, high: Expr) -> Located | None:
    """The highest of the roots of P = ``top`` in (low, high)."""
    (parameter,) = top.gens
    sign = sp.sign(bottom.eval((low + high) / 2))
    inside = bottom.count_roots(low, high) - sum(bottom.eval(e) == 0 for e in {low, high})
    if sign == 0 or inside or not 0 < top.degree() <= MOST_DEGREE:
        return None
    top = top * int(sign)
    if not (_sign_at(top, low) > 0 > _sign_at(top, high)):
        return None
    roots = [r for r in set(top.real_roots()) if low < r < high]
    points = sorted((sp.Rational(r.evalf(DIGITS)) for r in roots), key=lambda r: -_height(function, parameter, r))
    heights = [_height(function, parameter, r) for r in points]
    if len(points) > 1 and heights[0] - heights[1] <= CLEAR * (1 + abs(heights[0])):
        return None
    return Located(Existence.ATTAINED, ({parameter: float(points[0])},), Proof.GLOBAL)


def _sign_at(polynomial: Poly, end: Expr) -> int:
    """The sign at an end; 0 where the value is too small to tell from rounding."""
    size = sum(abs(c) for c in polynomial.all_coeffs())
    value = polynomial.eval(end)
    return 0 if abs(value) <= CLEAR * size else int(sp.sign(value))


def _height(function: Expr, parameter: Symbol, value: Expr) -> Expr:
    return function.xreplace({parameter: value}).evalf(DIGITS)
