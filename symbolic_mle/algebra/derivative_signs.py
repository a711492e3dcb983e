"""g > 0 because g′ has one sign and g has a limit ≥ 0 at the end from which it rises; the same at a single critical
point.

Before it is differentiated, g may be divided by a factor of known sign (the coefficient of a logarithm, a power
of e^(kv), a power of v), which is what makes the derivative simple: p(v)·log v + q(v) → log v + q/p has a
rational derivative.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.end_limits import limit_at
from symbolic_mle.algebra.ranges import INFINITE, REALS, Range
from symbolic_mle.algebra.sign_values import Lemma, Prover, Sign, order_of
from symbolic_mle.algebra.spot_checks import points_of, signs_at

MANY_FORMS = 4
LARGEST_DERIVATIVE = 250
NOT_SMOOTH = (sp.Abs, sp.sign, sp.Max, sp.Min, sp.Piecewise, sp.Heaviside, sp.DiracDelta, sp.floor, sp.ceiling)


def by_derivative(expr: Expr, prover: Prover, depth: int) -> Lemma | None:
    """The sign of an expression from its derivative in one of its symbols and a limit at an end."""
    if depth <= 0 or expr.has(*NOT_SMOOTH):
        return None
    symbols = sorted(expr.free_symbols, key=lambda v: (prover.range_of(v) == REALS, order_of(v)))
    forms = [form for symbol in symbols for form in _monotone_forms(expr, symbol, prover)]
    forms.sort(key=lambda form: sp.count_ops(form.derivative))
    for form in forms[: 2 * MANY_FORMS]:
        if prover.spent():
            return None
        lemma = _from_an_end(form, prover, depth)
        if lemma is not None and (found := times_divisor(expr, form.divisor, lemma, prover, depth)) is not None:
            return found
    return None


def times_divisor(expr: Expr, divisor: Expr, lemma: Lemma, prover: Prover, depth: int) -> Lemma | None:
    """From the sign of g/q to that of g."""
    if divisor == 1:
        return lemma
    factor = prover.sign(divisor, depth - 1)
    if factor is None or not factor.sign.is_strict:
        return None
    reason = f"the previous line times {prover.text(divisor)}"
    return Lemma(factor.sign.times(lemma.sign), (*factor.lines, *lemma.lines)).because(expr, reason)


@dataclass(frozen=True, slots=True)
class Form:
    """g/q as a function of ``inner``, which runs over the interior of the range of ``symbol``, and its derivative."""

    body: Expr
    symbol: Symbol
    inner: Symbol
    derivative: Expr
    divisor: Expr


def _monotone_forms(expr: Expr, symbol: Symbol, prover: Prover) -> Iterator[Form]:
    """The forms g/q whose derivative keeps one sign at every point tried."""
    inner = _open_twin(symbol, prover)
    for divisor in divisors(expr, symbol, prover):
        body = (expr if divisor == 1 else sp.expand(expr / divisor)).xreplace({symbol: inner})
        derivative = sp.diff(body, inner)
        if derivative == 0 or sp.count_ops(derivative) > LARGEST_DERIVATIVE:
            continue
        points = points_of({v: prover.range_of(v) for v in sorted(derivative.free_symbols, key=order_of)}, 16)
        if len(signs_at(derivative, points)) < 2:
            yield Form(body, symbol, inner, derivative, divisor)


def _open_twin(symbol: Symbol, prover: Prover) -> Symbol:
    """The symbol over the interior of its range: a derivative is needed there only."""
    values = prover.range_of(symbol)
    if not values.low_closed and not values.high_closed:
        return symbol
    return prover.new_symbol(symbol.name, Range(values.low, values.high), symbol)


def divisors(expr: Expr, symbol: Symbol, prover: Prover) -> list[Expr]:
    """1, and the factors by which a division may make the derivative simple."""
    found: list[Expr] = [sp.Integer(1)]
    expanded = sp.expand(expr)
    for call in sorted(expr.atoms(sp.log, sp.polygamma, sp.erf, sp.erfc, sp.atan), key=sp.default_sort_key):
        coefficient = sp.factor_terms(expanded.coeff(call, 1))
        if call.has(symbol) and coefficient.has(symbol) and not coefficient.has(call):
            found.append(coefficient)
    rates = {node for term in sp.Add.make_args(expanded) for node in sp.Mul.make_args(term) if isinstance(node, sp.exp)}
    found.extend(sorted((node for node in rates if node.has(symbol)), key=sp.default_sort_key)[:MANY_FORMS])
    powers = {sp.Mul(*[f for f in sp.Mul.make_args(t) if f.as_base_exp()[0] == symbol]) for t in expanded.args}
    if prover.range_of(symbol) != REALS:
        found.extend(sorted((power for power in powers if power != 1), key=sp.default_sort_key)[:MANY_FORMS])
    return list(dict.fromkeys(found))


def _from_an_end(form: Form, prover: Prover, depth: int) -> Lemma | None:
    """Away from the end at which it starts, a monotone function only gains."""
    slope = prover.sign(form.derivative, depth - 1)
    if slope is None or slope.sign is Sign.ZERO:
        return None
    rising = slope.sign.is_upward
    for lower_end in (True, False):
        sign = Sign.POSITIVE if lower_end == rising else Sign.NEGATIVE
        end, included = _end(prover.range_of(form.symbol), lower_end)
        limit = limit_at(form.body, form.inner, end, prover)
        at_end = _sign_of_limit(limit, prover, depth) if limit is not None else None
        combined = _combined(sign, slope.sign.is_strict and not included, at_end.sign) if at_end is not None else None
        if limit is None or combined is None or at_end is None:
            continue
        name = prover.text(form.symbol)
        kind = "increasing" if rising else "decreasing"
        slope = slope.because(form.derivative, f"the derivative in {name} of the next line")
        reason = f"{kind} in {name}, by the sign of the derivative, with limit {prover.text(limit)} as {name} → {end}"
        return Lemma(combined, (*at_end.lines, *slope.lines)).because(form.body, reason)
    return None


def _combined(sign: Sign, strict_slope: bool, at_end: Sign) -> Sign | None:
    """Moving away from the end only adds to ``sign``: with which sign at the end does the whole have it?"""
    if at_end is not Sign.ZERO and at_end.is_upward != sign.is_upward:
        return None
    if at_end.is_strict or strict_slope:
        return sign
    return Sign.NONNEGATIVE if sign is Sign.POSITIVE else Sign.NONPOSITIVE


def _end(values: Range, lower: bool) -> tuple[Expr, bool]:
    """An end of a range and whether it is included."""
    if lower:
        return (-sp.oo, False) if values.low == -INFINITE else (sp.Integer(values.low), values.low_closed)
    return (sp.oo, False) if values.high == INFINITE else (sp.Integer(values.high), values.high_closed)


def _sign_of_limit(limit: Expr, prover: Prover, depth: int) -> Lemma | None:
    if limit in (sp.oo, -sp.oo):
        return Lemma(Sign.POSITIVE if limit == sp.oo else Sign.NEGATIVE)
    return prover.sign(limit, depth - 1)
