"""g ≥ g(r) because g falls before r and rises after it, where r is the root of a linear factor of g′."""

from __future__ import annotations

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.derivative_signs import NOT_SMOOTH, divisors, times_divisor
from symbolic_mle.algebra.ranges import INFINITE, Range
from symbolic_mle.algebra.sign_values import Lemma, Prover, RationalForm, Sign, order_of


def by_critical_point(expr: Expr, prover: Prover, depth: int) -> Lemma | None:
    """The sign of an expression from its value at its only critical point in one symbol."""
    if depth <= 0 or expr.has(*NOT_SMOOTH):
        return None
    for symbol in sorted(expr.free_symbols, key=order_of):
        for divisor in divisors(expr, symbol, prover):
            if prover.spent():
                return None
            body = expr if divisor == 1 else sp.expand(expr / divisor)
            lemma = _in_symbol(body, symbol, prover, depth)
            found = times_divisor(expr, divisor, lemma, prover, depth) if lemma is not None else None
            if found is not None:
                return found
    return None


def _in_symbol(expr: Expr, symbol: Symbol, prover: Prover, depth: int) -> Lemma | None:
    values = prover.range_of(symbol)
    inner = prover.new_symbol(symbol.name, Range(values.low, values.high), symbol)
    body = expr.xreplace({symbol: inner})
    turn = _turn(sp.diff(body, inner), inner, prover, depth)
    if turn is None or not _is_inside(turn[0], values, prover, depth):
        return None
    root, after = turn
    lemma = prover.sign(body.xreplace({inner: root}), depth - 1)
    rising = after is Sign.POSITIVE
    if lemma is None or (rising != lemma.sign.is_upward and lemma.sign is not Sign.ZERO):
        return None
    weak = Sign.NONNEGATIVE if rising else Sign.NONPOSITIVE
    sign = lemma.sign if lemma.sign is not Sign.ZERO else weak
    kind, name = "least" if rising else "greatest", prover.text(symbol)
    reason = f"{kind} at {name} = {prover.text(root)}, where its derivative in {name} changes sign"
    return Lemma(sign, lemma.lines).because(expr, reason)


def _turn(slope: Expr, symbol: Symbol, prover: Prover, depth: int) -> tuple[Expr, Sign] | None:
    """The point at which a derivative that is defined everywhere changes sign, and its sign after that."""
    if slope == 0 or prover.bounds(slope) is None:
        return None
    form = prover.rational(slope)
    return _turning_factor(form, symbol, prover, depth) if form is not None and form.scale != 0 else None


def _turning_factor(form: RationalForm, symbol: Symbol, prover: Prover, depth: int) -> tuple[Expr, Sign] | None:
    """(r, sign of the derivative after r) where just one factor changes sign, a linear one, once."""
    outer = Sign.POSITIVE if form.scale > 0 else Sign.NEGATIVE
    root: Expr | None = None
    for factor, power in (*form.numerator, *((factor, -power) for factor, power in form.denominator)):
        lemma = prover.sign(form.expression(factor), depth - 1)
        if lemma is not None and lemma.sign.is_strict and (sign := lemma.sign.power(power)) is not None:
            outer = outer.times(sign)
            continue
        linear = factor.as_poly(symbol) if symbol in factor.gens else None
        if root is not None or power != 1 or linear is None or linear.degree() != 1:
            return None
        slope, constant = (c.xreplace(form.atoms) for c in linear.all_coeffs())
        if slope.has(symbol) or constant.has(symbol):
            return None
        leading = prover.sign(slope, depth - 1)
        if leading is None or not leading.sign.is_strict:
            return None
        root, outer = -constant / slope, outer.times(leading.sign)
    return (root, outer) if root is not None else None


def _is_inside(root: Expr, values: Range, prover: Prover, depth: int) -> bool:
    """low < r < high for all values of the other symbols."""
    gaps = [root - sp.Integer(values.low)] if values.low != -INFINITE else []
    gaps += [sp.Integer(values.high) - root] if values.high != INFINITE else []
    found = [prover.sign(gap, depth - 1) for gap in gaps]
    return all(lemma is not None and lemma.sign is Sign.POSITIVE for lemma in found)
