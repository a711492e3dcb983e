"""The sign of a polynomial over a box of ranges.

Each bounded or half-bounded generator is mapped to t ≥ 0 (a shift, or v = (low + high·t)/(1 + t)); if then all
coefficients have one sign, so has the polynomial. For one generator the roots are counted (Sturm, exact); a
quadratic may be settled by its discriminant, a polynomial in a real generator on each side of 0. The generators
are treated as independent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import prod

import sympy as sp
from sympy import Expr, Poly, Symbol

from symbolic_mle.algebra.ranges import INFINITE, REALS, Range, nonnegative, positive
from symbolic_mle.algebra.sign_values import Sign

MANY_TERMS = 400
MANY_TERMS_OF_A_QUADRATIC = 40
MANY_REAL_GENERATORS = 3
LARGEST_GRID = 300  # monomials that a change of variables may create
UNMAPPED = (REALS, positive(), nonnegative())


@dataclass(frozen=True, slots=True)
class Axis:
    """How a mapped generator t ≥ 0 behaves at the ends of its range."""

    zero_included: bool  # t = 0 is a point of the box
    degree_at_infinity: int | None = None  # t = ∞ is a point of the box: the degree that the mapping has cleared


def polynomial_sign(poly: Poly, ranges: Mapping[Symbol, Range], depth: int = 3) -> Sign | None:
    """The sign of a polynomial with rational coefficients at every point of a box."""
    if poly.is_zero:
        return Sign.ZERO
    if poly.is_ground:
        return Sign.POSITIVE if poly.LC() > 0 else Sign.NEGATIVE
    if len(poly.terms()) > MANY_TERMS or poly.total_degree() > 24:
        return None
    poly = poly.exclude()
    if len(poly.gens) == 1 and (found := _by_counting_roots(poly, ranges[poly.gens[0]])) is not None:
        return found
    found = _by_coefficients(poly, ranges)
    if found is None and depth > 0 and len(poly.terms()) <= MANY_TERMS_OF_A_QUADRATIC:
        return _by_discriminant(poly, ranges, depth)
    return found


def _rational(value: Fraction | int | float) -> Expr:
    exact = Fraction(value)
    return sp.Rational(exact.numerator, exact.denominator)


def _by_counting_roots(poly: Poly, values: Range) -> Sign | None:
    """Sturm: no root in the range means one sign; a root only at an end is known by the value there."""
    low = None if values.low == -INFINITE else _rational(values.low)
    high = None if values.high == INFINITE else _rational(values.high)
    ends = [end for end in (low, high) if end is not None]
    if low is not None and low == high:
        return _sign_of(poly.eval(low))
    at_ends = sum(1 for end in ends if poly.eval(end) == 0)
    inside = poly.count_roots(low, high) - at_ends
    if inside and any(power % 2 for _, power in _roots_inside(poly, low, high)):
        return None
    sign = _sign_of(poly.eval(_regular_point(poly, low, high)))
    touches = bool(inside) or (low is not None and values.low_closed and poly.eval(low) == 0)
    touches = touches or (high is not None and values.high_closed and poly.eval(high) == 0)
    return sign if not touches else Sign.NONNEGATIVE if sign is Sign.POSITIVE else Sign.NONPOSITIVE


def _roots_inside(poly: Poly, low: Expr | None, high: Expr | None) -> list[tuple[Poly, int]]:
    """The factors of the square-free decomposition that vanish strictly between the ends."""
    vanishing = []
    for factor, power in poly.sqf_list()[1]:
        ends = sum(1 for end in (low, high) if end is not None and factor.eval(end) == 0)
        if factor.count_roots(low, high) > ends:
            vanishing.append((factor, power))
    return vanishing


def _regular_point(poly: Poly, low: Expr | None, high: Expr | None) -> Expr:
    """A point between the ends at which the polynomial is not 0."""
    start = low if low is not None else (high - 1 if high is not None else sp.Integer(0))
    width = high - low if low is not None and high is not None else sp.Integer(1)
    return next(p for k in range(2, 60) if poly.eval(p := start + width / sp.Integer(k)) != 0)


def _sign_of(value: Expr) -> Sign:
    return Sign.ZERO if value == 0 else Sign.POSITIVE if value > 0 else Sign.NEGATIVE


def _by_coefficients(poly: Poly, ranges: Mapping[Symbol, Range]) -> Sign | None:
    """Map every generator to t ≥ 0 and read the sign off the coefficients."""
    if prod(1 + poly.degree(gen) for gen in poly.gens if ranges[gen] not in UNMAPPED) > LARGEST_GRID:
        return None
    axes: dict[Symbol, Axis] = {}
    real: list[Symbol] = []
    for symbol in poly.gens:
        values = ranges[symbol]
        if values.low == -INFINITE and values.high == INFINITE:
            real.append(symbol)
            continue
        poly, axes[symbol] = _mapped(poly, symbol, values)
        if len(poly.terms()) > MANY_TERMS:
            return None
    if real:
        return _over_real_generators(poly, axes, real)
    return _read_coefficients(poly, axes)


def _mapped(poly: Poly, symbol: Symbol, values: Range) -> tuple[Poly, Axis]:
    """The polynomial in t ≥ 0, times a positive power of 1 + t where the range is bounded."""
    if values.low == 0 and values.high == INFINITE:
        return poly, Axis(values.low_closed)
    if values.high == INFINITE:
        return _substituted(poly, symbol, _rational(values.low) + symbol), Axis(values.low_closed)
    if values.low == -INFINITE:
        return _substituted(poly, symbol, _rational(values.high) - symbol), Axis(values.high_closed)
    degree = poly.degree(symbol)
    low, high = _rational(values.low), _rational(values.high)
    others = [gen for gen in poly.gens if gen != symbol]
    top, bottom = Poly(low + high * symbol, symbol), Poly(1 + symbol, symbol)
    result = Poly(0, *poly.gens)
    for power, coefficient in _coefficients_in(poly, symbol, others).items():
        factor = top**power * bottom ** (degree - power)
        result = result + factor.as_poly(*poly.gens) * coefficient.as_poly(*poly.gens)
    return result, Axis(values.low_closed, degree if values.high_closed else None)


def _substituted(poly: Poly, symbol: Symbol, value: Expr) -> Poly:
    return Poly(poly.as_expr().xreplace({symbol: value}), *poly.gens)


def _coefficients_in(poly: Poly, symbol: Symbol, others: list[Symbol]) -> dict[int, Poly]:
    """The coefficients of a polynomial in one generator, as polynomials in all of its generators."""
    position = poly.gens.index(symbol)
    found: dict[int, dict[tuple[int, ...], Expr]] = {}
    for monomial, coefficient in poly.terms():
        rest = tuple(0 if i == position else e for i, e in enumerate(monomial))
        found.setdefault(monomial[position], {})[rest] = coefficient
    return {power: Poly(terms, *poly.gens) for power, terms in found.items()}


def _over_real_generators(poly: Poly, axes: dict[Symbol, Axis], real: list[Symbol]) -> Sign | None:
    """Each real generator on its two sides: v = t and v = −t, t ≥ 0."""
    odd = [v for v in real if any(m[poly.gens.index(v)] % 2 for m, _ in poly.terms())]
    if len(odd) > MANY_REAL_GENERATORS:
        return None
    axes = axes | {v: Axis(True) for v in real}
    found: Sign | None = None
    for count in range(len(odd) + 1):
        for flipped in combinations(odd, count):
            sign = _read_coefficients(_flipped(poly, flipped), axes)
            found = sign if found is None else found.join(sign) if sign is not None else None
            if found is None or sign is None:
                return None
    return found


def _flipped(poly: Poly, symbols: tuple[Symbol, ...]) -> Poly:
    positions = [poly.gens.index(v) for v in symbols]
    terms = {m: c * (-1) ** sum(m[i] for i in positions) for m, c in poly.terms()}
    return Poly(terms, *poly.gens)


def _read_coefficients(poly: Poly, axes: dict[Symbol, Axis]) -> Sign | None:
    """All coefficients of one sign; strict where every corner of the box keeps a term."""
    coefficients = poly.coeffs()
    if all(c > 0 for c in coefficients):
        sign = Sign.POSITIVE
    elif all(c < 0 for c in coefficients):
        sign = Sign.NEGATIVE
    else:
        return None
    if _is_strict(poly, axes):
        return sign
    return Sign.NONNEGATIVE if sign is Sign.POSITIVE else Sign.NONPOSITIVE


def _is_strict(poly: Poly, axes: dict[Symbol, Axis]) -> bool:
    """At every included corner (some t = 0, some t = ∞) a monomial survives."""
    ends = [axes[gen] for gen in poly.gens]
    infinite = [i for i, axis in enumerate(ends) if axis.degree_at_infinity is not None]
    monomials = [monomial for monomial, _ in poly.terms()]
    return all(
        any(_survives(monomial, ends, chosen) for monomial in monomials)
        for count in range(len(infinite) + 1)
        for chosen in combinations(infinite, count)
    )


def _survives(monomial: tuple[int, ...], ends: list[Axis], at_infinity: tuple[int, ...]) -> bool:
    return all(
        exponent == axis.degree_at_infinity if i in at_infinity else (exponent == 0 or not axis.zero_included)
        for i, (exponent, axis) in enumerate(zip(monomial, ends, strict=True))
    )


def _by_discriminant(poly: Poly, ranges: Mapping[Symbol, Range], depth: int) -> Sign | None:
    """a v² + b v + c has the sign of a where 4ac − b² > 0, and that sign or 0 where 4ac − b² ≥ 0."""
    for symbol in poly.gens:
        if poly.degree(symbol) != 2:
            continue
        parts = _coefficients_in(poly, symbol, [])
        a, b, c = (parts.get(power, Poly(0, *poly.gens)) for power in (2, 1, 0))
        leading = polynomial_sign(a, ranges, depth - 1)
        if leading is None or not leading.is_strict:
            continue
        gap = polynomial_sign(4 * a * c - b * b, ranges, depth - 1)
        if gap is Sign.POSITIVE:
            return leading
        if gap is not None and gap.is_upward:
            return Sign.NONNEGATIVE if leading is Sign.POSITIVE else Sign.NONPOSITIVE
    return None
