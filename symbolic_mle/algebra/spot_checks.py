"""Values of an expression in floating point, each with a bound on its rounding error; deterministic points of a
box.

A search uses them to drop hopeless attempts early and to cross-examine its answers. They are never a reason for
an answer.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from types import MappingProxyType

import mpmath
import sympy as sp
from mpmath.libmp import NoConvergence
from sympy import Expr, Symbol

from symbolic_mle.algebra.ranges import INFINITE, Range
from symbolic_mle.algebra.sign_values import Sign
from symbolic_mle.algebra.zeta_derivatives import ZetaDerivative

EPSILON = 4e-16
GOLDEN = 0.6180339887498949

Value = tuple[float, float]  # an approximation and a bound on its error


def signs_at(expr: Expr, points: list[Mapping[Symbol, float]]) -> set[int]:
    """The signs (−1, 1) that the expression certainly takes at the points; 0 is never certain."""
    found: set[int] = set()
    for values in points:
        value = approximate(expr, values)
        if value is not None and abs(value[0]) > 8 * value[1] + 1e-290:
            found.add(1 if value[0] > 0 else -1)
            if len(found) == 2:
                break
    return found


def contradicts(sign: Sign, seen: set[int]) -> bool:
    low, high = sign.value
    return any(not low <= observed <= high for observed in seen)


def approximate(expr: Expr, values: Mapping[Symbol, float]) -> Value | None:
    """The value of a real expression with an error bound; None where floating point cannot tell."""
    try:
        return _value(expr, values)
    except (KeyError, OverflowError, ZeroDivisionError, ValueError, TypeError, ArithmeticError, NoConvergence):
        return None


def _value(expr: Expr, values: Mapping[Symbol, float]) -> Value:
    if expr.is_Symbol:
        return values[expr], 0.0
    if expr.is_Integer or not expr.args:
        number = float(expr)
        return number, 0.0 if expr.is_Integer else EPSILON * abs(number)
    if expr.is_Add:
        return _add([_value(term, values) for term in expr.args])
    if expr.is_Mul:
        return _multiply([_value(factor, values) for factor in expr.args])
    if expr.is_Pow:
        return _power(_value(expr.base, values), expr.exp, values)
    if isinstance(expr, sp.polygamma):
        return _polygamma(int(expr.args[0]), _value(expr.args[1], values))
    arguments = [_value(argument, values) for argument in expr.args]
    return _apply(FLOATS[expr.func], arguments)


def _add(terms: list[Value]) -> Value:
    error = sum(error + EPSILON * abs(value) for value, error in terms)
    return math.fsum(value for value, _ in terms), error


def _multiply(factors: list[Value]) -> Value:
    value, error = 1.0, 0.0
    for other, other_error in factors:
        error = abs(value) * other_error + abs(other) * error + error * other_error + EPSILON * abs(value * other)
        value *= other
    return value, error


def _power(base: Value, exponent: Expr, values: Mapping[Symbol, float]) -> Value:
    raised, raised_error = _value(exponent, values)
    if exponent.is_Integer and base[0] == 0 and raised > 0:
        return 0.0, base[1] ** raised
    if base[0] == 0 and base[1] == 0 and raised > 0:
        return 0.0, 0.0
    if abs(base[0]) <= 2 * base[1] or (base[0] < 0 and not exponent.is_Integer):
        raise ValueError
    value = base[0] ** raised
    relative = abs(raised) * base[1] / abs(base[0]) + abs(math.log(abs(base[0]))) * raised_error
    if relative > 0.1:
        raise ValueError
    return value, abs(value) * (2 * relative + EPSILON * (1 + abs(raised)))


def _apply(function: Callable[..., float], arguments: list[Value]) -> Value:
    value = function(*(argument for argument, _ in arguments))
    error = 4 * EPSILON * abs(value)
    for i, (argument, uncertain) in enumerate(arguments):
        if uncertain > 0:
            moved = [a for a, _ in arguments]
            moved[i] = argument + uncertain
            above = function(*moved)
            moved[i] = argument - uncertain
            error += 2 * max(abs(above - value), abs(function(*moved) - value)) + EPSILON * abs(value)
    return value, error


def _polygamma(m: int, argument: Value) -> Value:
    """ψ^(m)(k) for k > 0: upwards by recurrence, then Stirling's series."""
    if argument[0] <= argument[1]:
        raise ValueError
    value, error = _apply(lambda k: _stirling(m, k), [argument])
    return value, error + 1e-14 * (1 + abs(value))


def _stirling(m: int, k: float) -> float:
    factorial, total, sign = math.factorial(m), 0.0, 1.0 if m % 2 else -1.0
    while k < 16:
        total += factorial / k ** (m + 1)
        k += 1
    total += factorial / (2 * k ** (m + 1)) + (math.factorial(m - 1) / k**m if m else -math.log(k))
    for j, bernoulli in enumerate((1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730), start=1):
        total += bernoulli * math.factorial(2 * j + m - 1) / math.factorial(2 * j) / k ** (2 * j + m)
    return sign * total


def _special(function: Callable[..., object]) -> Callable[..., float]:
    return lambda *arguments: float(function(*arguments))  # type: ignore[arg-type]


FLOATS: Mapping[type, Callable[..., float]] = MappingProxyType(
    {
        sp.exp: math.exp,
        sp.log: math.log,
        sp.Abs: abs,
        sp.sin: math.sin,
        sp.cos: math.cos,
        sp.atan: math.atan,
        sp.sinh: math.sinh,
        sp.cosh: math.cosh,
        sp.tanh: math.tanh,
        sp.asinh: math.asinh,
        sp.sech: lambda x: 1 / math.cosh(x),
        sp.coth: lambda x: 1 / math.tanh(x),
        sp.csch: lambda x: 1 / math.sinh(x),
        sp.erf: math.erf,
        sp.erfc: math.erfc,
        sp.gamma: math.gamma,
        sp.factorial: lambda x: math.gamma(x + 1),
        sp.loggamma: _special(mpmath.loggamma),
        sp.besseli: _special(mpmath.besseli),
        sp.beta: _special(mpmath.beta),
        sp.zeta: _special(mpmath.zeta),
        ZetaDerivative: _special(lambda m, s: mpmath.zeta(s, 1, int(m))),
        sp.Max: max,
        sp.Min: min,
    }
)


def points_of(ranges: Mapping[Symbol, Range], count: int, start: int = 0) -> list[Mapping[Symbol, float]]:
    """Points of a box, spread over several orders of magnitude; the included ends are among them."""
    return [
        {symbol: _coordinate(values, start + i, j) for j, (symbol, values) in enumerate(ranges.items())}
        for i in range(count)
    ]


def _coordinate(values: Range, i: int, j: int) -> float:
    fraction = (0.37 + (i + 1) * (GOLDEN + 0.1732050807 * j) ** (1 + j % 3)) % 1.0
    if values.low_closed and (i + j) % 7 == 5:
        return float(values.low)
    if values.high_closed and (i + j) % 7 == 2:
        return float(values.high)
    low, high = float(values.low), float(values.high)
    if low == -INFINITE and high == INFINITE:
        return math.sinh(6 * (fraction - 0.5) * (1 + i % 3))
    if high == INFINITE:
        return low + _magnitude(fraction, i)
    if low == -INFINITE:
        return high - _magnitude(fraction, i)
    return low + (high - low) * _within(fraction, i)


def _magnitude(fraction: float, i: int) -> float:
    return math.exp((6, 3, 14, 6)[i % 4] * (fraction - 0.5))


def _within(fraction: float, i: int) -> float:
    return (fraction, fraction**4, fraction, 1 - fraction**4)[i % 4]
