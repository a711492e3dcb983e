"""Numeric bounds of an expression over a box, and with them the proof that it is defined there.

``bounds_of`` returns None where a part of the expression may be undefined (a logarithm of something that may be
negative, a denominator that may vanish, a function without an entry here), so a ``Range`` is also a certificate
of definedness. To add a function, give it an entry in ``FUNCTIONS``: from the ranges of its arguments to the
range of its values, or None.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from types import MappingProxyType

import mpmath
import sympy as sp
from sympy import Expr

from symbolic_mle.algebra import ranges
from symbolic_mle.algebra.ranges import INFINITE, Range, increasing, negative, point, product, reciprocal, total
from symbolic_mle.algebra.sign_values import Bounding, range_of_sign, sign_of_range
from symbolic_mle.algebra.zeta_derivatives import ZetaDerivative

LARGEST_EXPONENT = 40
MODERATE = 10**6  # digits of a number built from larger parts may cost too much


def bounds_of(expr: Expr, prover: Bounding, depth: int) -> Range | None:
    """The range of an expression by interval arithmetic; a part that must not vanish is asked of the prover."""
    if expr.is_Symbol:
        return prover.range_of(expr)
    if expr.is_Rational:
        return point(Fraction(int(expr.p), int(expr.q)))
    if expr.is_number:
        return _bounds_of_number(expr, prover, depth)
    return _bounds_of_parts(expr, prover, depth)


def _bounds_of_parts(expr: Expr, prover: Bounding, depth: int) -> Range | None:
    if expr.is_Pow:
        return _bounds_of_power(expr, prover, depth)
    if not all(isinstance(argument, Expr) for argument in expr.args):
        return None
    parts = [_part(argument, expr, prover, depth) for argument in expr.args]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts) or not parts:
        return None
    if expr.is_Add:
        return _fold(total, known)
    if expr.is_Mul:
        return _fold(product, known)
    if isinstance(expr, sp.polygamma):
        return polygamma_bounds(expr.args[0], known[1])
    handler = FUNCTIONS.get(expr.func)
    return handler(*known) if handler is not None else None


def _part(argument: Expr, whole: Expr, prover: Bounding, depth: int) -> Range | None:
    """An argument's bounds, sharpened by its sign where a function of it depends on that."""
    found = prover.bounds(argument, depth)
    if whole.is_Add or whole.is_Mul or found is None:
        return found
    return sharpened(argument, found, prover, depth)


def sharpened(expr: Expr, found: Range, prover: Bounding, depth: int) -> Range:
    if not (found.low < 0 < found.high or found.contains_zero()) or expr.is_Symbol or expr.is_number or depth <= 0:
        return found
    lemma = prover.sign(expr, depth - 1)
    return found.meet(range_of_sign(lemma.sign)) if lemma is not None else found


def _fold(operation: Callable[[Range, Range], Range], parts: list[Range]) -> Range:
    result = parts[0]
    for part in parts[1:]:
        result = operation(result, part)
    return result


def _bounds_of_number(expr: Expr, prover: Bounding, depth: int) -> Range | None:
    """By its parts; in digits only where these leave the sign open and no part is too large for them."""
    if not expr.args:
        return enclosure_of_number(expr)
    if not all(isinstance(argument, Expr) for argument in expr.args) or expr.has(sp.I, sp.nan, sp.zoo, sp.oo, -sp.oo):
        return None
    found = _bounds_of_parts(expr, prover, depth)
    if found is not None and sign_of_range(found) is not None:
        return found
    parts = (prover.bounds(part, 0) for part in sp.preorder_traversal(expr) if part != expr)
    moderate = all(part is not None and part.low > -MODERATE and part.high < MODERATE for part in parts)
    digits = enclosure_of_number(expr) if moderate else None
    return digits or found


def enclosure_of_number(expr: Expr) -> Range | None:
    """A narrow open range around an irrational real number, from 30 digits of which 18 are used."""
    if expr.has(sp.nan, sp.zoo, sp.oo, -sp.oo, sp.I):
        return None
    value = expr.evalf(30, maxn=200)
    if not (value.is_Float and value.is_finite) or value._prec < 80 or abs(value) > ranges.LARGEST:
        return None
    slack = Fraction(1, 10**18) * (1 + abs(int(value)))
    exact = Fraction(str(value))
    return Range(exact - slack, exact + slack)


def _bounds_of_power(expr: Expr, prover: Bounding, depth: int) -> Range | None:
    base, exponent = expr.args
    found = prover.bounds(base, depth)
    if found is None:
        return None
    if exponent.is_Integer and abs(int(exponent)) <= LARGEST_EXPONENT:
        if int(exponent) < 0:
            found = sharpened(base, found, prover, depth)
        return ranges.integer_power(found, int(exponent))
    found = sharpened(base, found, prover, depth)
    raising = prover.bounds(exponent, depth)
    if raising is None or found.low < 0:
        return None
    return real_power(found, sharpened(exponent, raising, prover, depth))


def real_power(base: Range, exponent: Range) -> Range | None:
    """b^e = exp(e·log b) for b > 0, and 0^e = 0 for e > 0."""
    at_zero = base.low == 0 and base.low_closed
    if at_zero and not (exponent.low > 0 or (exponent.low == 0 and not exponent.low_closed)):
        return None
    open_base = Range(base.low, base.high, base.low_closed and not at_zero, base.high_closed)
    if base.high == 0:
        return point(0)
    logarithm = _logarithm(open_base)
    raised = _exponential(product(exponent, logarithm)) if logarithm is not None else None
    return raised.join(point(0)) if raised is not None and at_zero else raised


def _above(found: Range, level: int) -> bool:
    return found.low > level or (found.low == level and not found.low_closed)


def polygamma_bounds(order: Expr, found: Range) -> Range | None:
    """(−1)^(m+1) ψ^(m)(k) falls from ∞ to 0 over k > 0 for m ≥ 1; ψ rises from −∞ to ∞."""
    if not order.is_Integer or not order.is_nonnegative or not _above(found, 0):
        return None
    m = int(order)
    if m == 0:
        return increasing(mpmath.digamma, found, {0: -INFINITE})
    flip = 1 if m % 2 == 0 else -1  # ψ^(m) itself increases for even m
    image = increasing(lambda k: flip * mpmath.psi(m, k), found, {0: -INFINITE, INFINITE: 0})
    image = image.meet(negative(ranges.positive()))
    return image if flip == 1 else negative(image)


def _exponential(x: Range) -> Range | None:
    return increasing(mpmath.exp, x, {0: 1, -INFINITE: 0}).meet(ranges.positive())


def _logarithm(x: Range) -> Range | None:
    return increasing(mpmath.log, x, {0: -INFINITE, 1: 0}) if _above(x, 0) else None


def _absolute(x: Range) -> Range | None:
    if x.low >= 0:
        return x
    if x.high <= 0:
        return negative(x)
    top, closed = max((-x.low, x.low_closed), (x.high, x.high_closed))
    return Range(0, top, True, closed)


def _hyperbolic_cosine(x: Range) -> Range | None:
    size = _absolute(x)
    return increasing(mpmath.cosh, size, {0: 1}) if size is not None else None


def _hyperbolic_tangent(x: Range) -> Range | None:
    return increasing(mpmath.tanh, x, {0: 0, INFINITE: 1, -INFINITE: -1}).meet(Range(-1, 1))


def _error_function(x: Range) -> Range | None:
    return increasing(mpmath.erf, x, {0: 0, INFINITE: 1, -INFINITE: -1}).meet(Range(-1, 1))


def _bessel(order: Range, z: Range) -> Range | None:
    """I_ν(z) = Σ (z/2)^(2j+ν)/(j! Γ(j+ν+1)): positive for ν > −1, z > 0; I₀ ≥ 1, even."""
    if order == point(0):
        size = _absolute(z)
        return Range(1, INFINITE, size is not None and size.low == 0 and size.low_closed)
    if order.low < 0 or z.low < 0:
        return None
    return Range(0, INFINITE, z.low == 0 and z.low_closed)


def _gamma(k: Range) -> Range | None:
    """Γ(k) > 0.8856 for k > 0 (its minimum is 0.88560… at k = 1.4616…)."""
    return Range(Fraction(8856, 10000), INFINITE) if _above(k, 0) else None


def _log_gamma(k: Range) -> Range | None:
    return Range(Fraction(-1215, 10000), INFINITE) if _above(k, 0) else None


def _arctangent(x: Range) -> Range | None:
    return increasing(mpmath.atan, x, {0: 0, INFINITE: Fraction(15708, 10000), -INFINITE: Fraction(-15708, 10000)})


def _maximum(*parts: Range) -> Range | None:
    low, low_closed = max((p.low, p.low_closed) for p in parts)
    high, high_closed = max((p.high, p.high_closed) for p in parts)
    return Range(low, high, low_closed or any(p.low == low and p.low_closed for p in parts), high_closed)


def _minimum(*parts: Range) -> Range | None:
    flipped = _maximum(*(negative(p) for p in parts))
    return negative(flipped) if flipped is not None else None


def _zeta(s: Range, *offset: Range) -> Range | None:
    return Range(1, INFINITE) if _above(s, 1) and not offset else None


def _zeta_derivative(order: Range, s: Range) -> Range | None:
    """(−1)^m ζ^(m)(s) > 0 for s > 1, as ζ(s) = Σ k^(−s)."""
    if not _above(s, 1) or order.low != order.high:
        return None
    return ranges.positive() if order.low % 2 == 0 else negative(ranges.positive())


def _beta(a: Range, b: Range) -> Range | None:
    return ranges.positive() if _above(a, 0) and _above(b, 0) else None


def _sech(x: Range) -> Range | None:
    inner = _hyperbolic_cosine(x)
    return reciprocal(inner) if inner is not None else None


FUNCTIONS: Mapping[type, Callable[..., Range | None]] = MappingProxyType(
    {
        sp.exp: _exponential,
        sp.log: _logarithm,
        sp.Abs: _absolute,
        sp.cosh: _hyperbolic_cosine,
        sp.sech: _sech,
        sp.sinh: lambda x: increasing(mpmath.sinh, x, {0: 0}),
        sp.tanh: _hyperbolic_tangent,
        sp.sin: lambda x: Range(-1, 1, True, True),
        sp.cos: lambda x: Range(-1, 1, True, True),
        sp.atan: _arctangent,
        sp.asinh: lambda x: increasing(mpmath.asinh, x, {0: 0}),
        sp.erf: _error_function,
        sp.erfc: lambda x: total(point(1), negative(_error_function(x) or Range(-1, 1))),
        sp.besseli: _bessel,
        sp.gamma: _gamma,
        sp.loggamma: _log_gamma,
        sp.factorial: lambda x: _gamma(total(x, point(1))),
        sp.beta: _beta,
        sp.zeta: _zeta,
        ZetaDerivative: _zeta_derivative,
        sp.Max: _maximum,
        sp.Min: _minimum,
    }
)
