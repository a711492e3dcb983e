"""Rational arithmetic on data: decimals as they were written, 0.1 is 1/10, for values that must be compared exactly."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import reduce
from operator import mul
from typing import Any

import sympy as sp
from sympy import Expr, Symbol

Row = Mapping[Symbol, Fraction]
Function = Callable[[Row], Fraction]


def fraction(value: Any) -> Fraction:
    """A double as its shortest decimal, a SymPy rational as it is."""
    if isinstance(value, sp.Rational):
        return Fraction(int(value.p), int(value.q))
    return Fraction(repr(float(value)))


def as_rational(value: Fraction) -> sp.Rational:
    return sp.Rational(value.numerator, value.denominator)


def compile_rational(expr: Expr, symbols: Sequence[Symbol]) -> Function | None:
    """row → value, for an expression that four operations, whole powers, |·|, max and min make of the symbols; else None."""
    if isinstance(expr, (sp.Rational, sp.Float)):
        number = fraction(expr)
        return lambda row: number
    if isinstance(expr, Symbol):
        return (lambda row: row[expr]) if expr in symbols else None
    if isinstance(expr, sp.Pow):
        base, power = compile_rational(expr.base, symbols), expr.exp
        return None if base is None or not power.is_Integer else lambda row: base(row) ** int(power)
    combine = COMBINED.get(expr.func)
    parts = [compile_rational(a, symbols) for a in expr.args]
    if combine is None or None in parts:
        return None
    return lambda row: combine([part(row) for part in parts if part is not None])


COMBINED: Mapping[type, Callable[[list[Fraction]], Fraction]] = {
    sp.Add: lambda values: sum(values, start=Fraction(0)),
    sp.Mul: lambda values: reduce(mul, values),
    sp.Abs: lambda values: abs(values[0]),
    sp.Max: max,
    sp.Min: min,
}
