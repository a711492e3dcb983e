"""Expressions of one observation in exact fractions, the data being the decimals that they were given as."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import sympy as sp
from sympy import Expr, Symbol


def fraction_of(value: float) -> Fraction:
    """0.1 → 1/10"""
    return Fraction(repr(float(value)))


def exact_value(expr: Expr, values: Mapping[Symbol, Fraction]) -> Fraction | None:
    """The value of a rational expression; None for any other, and where it has a pole."""
    if isinstance(expr, sp.Symbol):
        return values.get(expr)
    if isinstance(expr, sp.Rational):
        return Fraction(int(expr.p), int(expr.q))
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
