"""Expressions of one observation in exact fractions, the data being the decimals that they were given as."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

import sympy as sp
from sympy import Expr, Symbol


def fraction_of(value: float) -> Fraction:
    """0.1 → 1/10"""
    return Fraction(repr(float(value)))


def as_fraction(value: sp.Rational) -> Fraction:
    return Fraction(int(value.p), int(value.q))


def as_rational(value: Fraction) -> sp.Rational:
    return sp.Rational(value.numerator, value.denominator)


CHOICES: Mapping[type, Callable[[list[Fraction]], Fraction]] = {
    sp.Abs: lambda parts: abs(parts[0]), sp.Max: max, sp.Min: min,
}  # fmt: skip


def exact_value(expr: Expr, values: Mapping[Symbol, Fraction]) -> Fraction | None:
    """The value of a rational expression; None for any other, and where it has a pole."""
    if isinstance(expr, sp.Symbol):
        return values.get(expr)
    if isinstance(expr, sp.Rational):
        return as_fraction(expr)
    if isinstance(expr, sp.Float):
        return fraction_of(float(expr))
    if isinstance(expr, (sp.Abs, sp.Max, sp.Min)):
        parts = [exact_value(argument, values) for argument in expr.args]
        known = [part for part in parts if part is not None]
        return None if len(known) < len(parts) else CHOICES[expr.func](known)
    if isinstance(expr, (sp.Add, sp.Mul)):
        total = Fraction(0 if isinstance(expr, sp.Add) else 1)
        for argument in expr.args:
            value = exact_value(argument, values)
            if value is None:
                return None
            total = total + value if isinstance(expr, sp.Add) else total * value
        return total
    if isinstance(expr, sp.Pow) and expr.exp.is_Integer:
        base = exact_value(expr.base, values)
        return None if base is None or (base == 0 and expr.exp < 0) else base ** int(expr.exp)
    return None
