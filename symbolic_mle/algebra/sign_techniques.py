"""The techniques of the sign search, in the order in which they are tried."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import sympy as sp
from sympy import Expr, Poly, Symbol

from symbolic_mle.algebra.critical_points import by_critical_point
from symbolic_mle.algebra.derivative_signs import by_derivative
from symbolic_mle.algebra.enclosures import enclosures
from symbolic_mle.algebra.polynomial_signs import polynomial_sign
from symbolic_mle.algebra.ranges import INFINITE, REALS, Range, nonnegative
from symbolic_mle.algebra.sign_values import Lemma, Prover, Sign, order_of
from symbolic_mle.algebra.symmetries import logarithmic_scale
from symbolic_mle.algebra.zeta_derivatives import ZetaDerivative

Technique = Callable[[Expr, Prover, int], Lemma | None]


def by_polynomial(factor: Poly, ranges: Mapping[Symbol, Range]) -> Lemma | None:
    """The sign of a polynomial in independent atoms."""
    sign = polynomial_sign(factor, ranges)
    return Lemma(sign) if sign is not None else None


def by_coefficients(expr: Expr, prover: Prover, depth: int) -> Lemma | None:
    """Σ cⱼ v^j with v ≥ 0 and coefficients of one sign; a linear function between its values at two ends."""
    if depth <= 0:
        return None
    for symbol in sorted(expr.free_symbols, key=order_of):
        values = prover.range_of(symbol)
        poly = expr.as_poly(symbol) if values != REALS else None
        if poly is None or not 0 < poly.degree() <= 4 or any(c.has(symbol) for c in poly.coeffs()):
            continue
        lemma = _between_ends(poly, values, prover, depth)
        if lemma is not None and lemma.lines:
            return lemma.because(expr, f"by its coefficients as a polynomial in {prover.text(symbol)}")
        if lemma is not None:
            return lemma
    return None


def _between_ends(poly: Poly, values: Range, prover: Prover, depth: int) -> Lemma | None:
    """The signs of all coefficients (v > 0), or of both end values (0 < v < 1, linear)."""
    if values.high == INFINITE and values.low == 0:
        powers = sorted(poly.terms())
        parts = [prover.sign(coefficient, depth - 1) for _, coefficient in powers]
        at_zero = [power == 0 for (power,), _ in powers]
    elif (values.low, values.high) == (0, 1) and poly.degree() == 1:
        parts = [prover.sign(poly.eval(end), depth - 1) for end in (0, 1)]
        at_zero = [False, False]
    else:
        return None
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    if values.high == INFINITE:
        return _summed(known, at_zero, values.low_closed)
    return _linear(known[0], known[1], values)


def _summed(parts: list[Lemma], at_zero: list[bool], zero_included: bool) -> Lemma | None:
    """A sum of terms of one sign; at v = 0 only the constant term is left."""
    result: Sign | None = Sign.ZERO
    for part, constant in zip(parts, at_zero, strict=True):
        weak = part.sign.times(Sign.NONNEGATIVE) if zero_included and not constant else part.sign
        result = result.plus(weak) if result is not None else None
    return Lemma(result, tuple(line for part in parts for line in part.lines)) if result is not None else None


def _linear(low: Lemma, high: Lemma, values: Range) -> Lemma | None:
    """Between two values of one sign; strict inside if one of them is, at an included end if that one is."""
    sign = low.sign.plus(high.sign)
    if sign is None:
        return None
    strict_low = low.sign.is_strict or not values.low_closed
    strict_high = high.sign.is_strict or not values.high_closed
    if sign.is_strict and not (strict_low and strict_high):
        sign = sign.times(Sign.NONNEGATIVE)
    return Lemma(sign, (*low.lines, *high.lines))


def by_enclosure(expr: Expr, prover: Prover, depth: int) -> Lemma | None:
    """A function value replaced by a known bound on it, on the side that the expression moves to."""
    if depth <= 0:
        return None
    calls = expr.atoms(sp.polygamma, sp.besseli, sp.erfc, ZetaDerivative)
    for call in sorted(calls, key=sp.default_sort_key):
        name = prover.new_symbol("f", prover.bounds(call) or REALS, call)
        poly = expr.xreplace({call: name}).as_poly(name)
        if poly is None or poly.degree() != 1 or any(c.has(name) for c in poly.coeffs()):
            continue
        lemma = _through_bounds(expr, call, poly, prover, depth)
        if lemma is not None:
            return lemma
    return None


def _through_bounds(expr: Expr, call: Expr, poly: Poly, prover: Prover, depth: int) -> Lemma | None:
    """c·f + d with c > 0 lies between c·lower + d and c·upper + d."""
    slope, constant = poly.all_coeffs()
    leading = prover.sign(slope, depth - 1)
    if leading is None or not leading.sign.is_strict:
        return None
    for fact in enclosures(call):
        if any((premise := prover.sign(p, 0)) is None or premise.sign is not Sign.POSITIVE for p in fact.holds):
            continue
        for bound, side in ((fact.lower, Sign.POSITIVE), (fact.upper, Sign.NEGATIVE)):
            if bound is None or prover.spent():
                continue
            sign = side.times(leading.sign)  # the expression minus its value with the bound has this sign
            edge = prover.sign(slope * bound + constant, depth - 1)
            if edge is not None and (total := edge.sign.plus(sign)) is not None and total is sign:
                return Lemma(total, (*leading.lines, *edge.lines)).because(expr, fact.source)
    return None


def by_squares(expr: Expr, prover: Prover, depth: int) -> Lemma | None:
    """a√c + b with a > 0 > b has the sign of a²c − b²."""
    roots = {node for node in expr.atoms(sp.Pow) if node.exp == sp.Rational(1, 2) and node.free_symbols}
    for root in sorted(roots, key=sp.default_sort_key) if depth > 0 else ():
        poly = expr.as_poly(root)
        if poly is None or poly.degree() != 1 or any(c.has(root) for c in poly.coeffs()):
            continue
        slope, constant = poly.all_coeffs()
        first, second = prover.sign(slope, depth - 1), prover.sign(constant, depth - 1)
        if first is None or second is None or not first.sign.is_strict or first.sign.is_upward == second.sign.is_upward:
            continue
        gap = prover.sign(sp.expand(slope**2 * root.base - constant**2), depth - 1)
        if gap is not None:
            return Lemma(first.sign.times(gap.sign), gap.lines).because(expr, "the squares of the two terms compared")
    return None


def by_logarithmic_scale(expr: Expr, prover: Prover, depth: int) -> Lemma | None:
    """x = e^y."""
    changed = logarithmic_scale(expr, prover) if depth > 0 else None
    return prover.sign(changed, depth - 1) if changed is not None else None


def by_halves(expr: Expr, prover: Prover, depth: int) -> Lemma | None:
    """A real symbol v: v = t and v = −t with t ≥ 0."""
    if depth <= 0:
        return None
    for symbol in sorted(expr.free_symbols, key=order_of):
        if prover.range_of(symbol) != REALS:
            continue
        right = prover.new_symbol(symbol.name, nonnegative(), symbol)
        left = prover.new_symbol(symbol.name, nonnegative(), -symbol)
        first = prover.sign(expr.xreplace({symbol: right}), depth - 1)
        second = prover.sign(expr.xreplace({symbol: -left}), depth - 1) if first is not None else None
        if first is None or second is None:
            continue
        sign = first.sign.join(second.sign)
        if sign is not None:
            return Lemma(sign, (*first.lines, *second.lines))
    return None


TECHNIQUES: tuple[Technique, ...] = (
    by_coefficients,
    by_enclosure,
    by_squares,
    by_derivative,
    by_critical_point,
    by_halves,
    by_logarithmic_scale,
)
