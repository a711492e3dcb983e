"""Numbers that are short to write and too long to compute: 9^9^9, (9!)!, gamma(10^9), floor(exp(exp(100))).

SymPy computes such numbers exactly as soon as it sees them, so they are looked at before it does. Each question returns
what is wrong, or None. Knows SymPy, not text. A function that SymPy evaluates at numbers belongs into one of the tables
here.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from types import MappingProxyType

import sympy as sp
from sympy import Expr

MAX_BITS = 8_192  # of one number, about 2,500 digits
MAX_TOTAL_BITS = 100_000  # of all powers and factorials of a text
MAX_FACTORIAL = 1_000
MAX_SHIFT = 1_000_000  # a number in a factorial with a name, gamma(x + 10)
MAX_EXPONENT = 10_000  # of e, where the value is a number
MAX_ARGUMENT = 1e15  # of any other function, where its value is a number

_TOO_LARGE = "a number too large to compute"
_FACTORIAL_NAMES = "factorial gamma Gamma loggamma lgamma digamma psi psi_1 trigamma polygamma beta B Beta"
_FACTORIALS = frozenset([*_FACTORIAL_NAMES.split(), "lowergamma", "uppergamma"])
_BINOMIALS = frozenset(["binomial", "C", "choose"])
_EXPONENTIALS = frozenset(["exp", "sinh", "cosh", "tanh", "sech", "csch", "coth"])
_UNBOUNDED = frozenset(["log", "ln", "log10", "log2", "log_10", "log_2", "sqrt"])


class Bounds:
    """The questions for one text, and the bits that its numbers have used up."""

    def __init__(self) -> None:
        self._bits = 0

    def spend(self, bits: float) -> str | None:
        self._bits += int(min(bits, MAX_TOTAL_BITS))
        return _TOO_LARGE if bits > MAX_BITS or self._bits > MAX_TOTAL_BITS else None

    def sum(self, terms: Sequence[Expr]) -> str | None:
        """Σ terms: the denominators of the fractions multiply."""
        bits = sum(_bits(term) for term in terms if term.is_Rational and not term.is_Integer)
        return _TOO_LARGE if bits > 2 * MAX_BITS else None

    def power(self, base: Expr, exponent: Expr) -> str | None:
        """base^exponent: the numbers in the exponent multiply the bits of the numbers in the base."""
        if base.is_Symbol:
            return None
        if base is sp.E:
            return self.exponential(exponent)
        small = exponent.is_Rational and abs(exponent) <= 64
        if small and not base.is_number:
            return self.spend(_bits(base.as_coeff_Mul()[0]) * math.ceil(abs(exponent)))
        bits = max((_bits(number) for number in base.atoms(sp.Number)), default=0)
        size = max((math.ceil(abs(number)) for number in exponent.atoms(sp.Rational)), default=0)
        if exponent.is_number and not exponent.is_Rational and not abs(estimate(exponent)) * max(bits, 1) <= MAX_BITS:
            return _TOO_LARGE
        return self.spend(bits * size) if bits else None

    def exponential(self, exponent: Expr) -> str | None:
        """e^exponent, which becomes a power of a number where there is a logarithm in the exponent."""
        if exponent.is_number and not abs(estimate(exponent)) <= MAX_EXPONENT:
            return _TOO_LARGE
        if exponent.has(sp.log):
            numbers = exponent.atoms(sp.Rational)
            return self.spend(
                max((_bits(number) for number in numbers), default=0) * max(map(_size, numbers), default=0)
            )
        return None

    def call(self, function: str, arguments: Sequence[Expr]) -> str | None:
        """function(arguments)."""
        if function in _FACTORIALS:
            return next(filter(None, map(self._factorial, arguments)), None)
        if function == "zeta":
            return next(filter(None, (self._factorial(5 * argument) for argument in arguments)), None)
        if function in _BINOMIALS:
            return self._binomial(*arguments)
        if function in _EXPONENTIALS:
            return next(filter(None, map(self.exponential, arguments)), None)
        if function in _UNBOUNDED:
            return None
        irrational = [argument for argument in arguments if argument.is_number and not argument.is_Rational]
        return None if all(abs(estimate(argument)) <= MAX_ARGUMENT for argument in irrational) else _TOO_LARGE

    def relation(self, left: Expr, right: Expr) -> str | None:
        """left < right: comparing two numbers computes them."""
        return self.call("Max", (left, right))

    def _factorial(self, argument: Expr) -> str | None:
        """n!, and what is computed from it. Where the argument has a name, the number in it is a shift."""
        if argument.is_Rational:
            return _TOO_LARGE if abs(argument) > MAX_FACTORIAL else self.spend(abs(argument) * 10)
        if argument.is_number:
            return None if abs(estimate(argument)) <= MAX_FACTORIAL else _TOO_LARGE
        return _TOO_LARGE if max(map(_size, argument.atoms(sp.Rational)), default=0) > MAX_SHIFT else None

    def _binomial(self, above: Expr, below: Expr) -> str | None:
        if above.is_Rational and below.is_Rational:
            fewer = min(abs(below), abs(above - below))
            return self.spend(fewer * _bits(above)) if fewer <= MAX_FACTORIAL else _TOO_LARGE
        return next(filter(None, map(self._factorial, (above, below))), None)


def _bits(number: Expr) -> int:
    return int(number.p).bit_length() + int(number.q).bit_length() - 1 if number.is_Rational else 1


def _size(number: Expr) -> int:
    return math.ceil(abs(number))


_ESTIMATES: MappingProxyType[type, Callable[[float], float]] = MappingProxyType(
    {
        sp.exp: math.exp, sp.log: math.log, sp.sin: math.sin, sp.cos: math.cos, sp.tan: math.tan, sp.Abs: abs,
        sp.sinh: math.sinh, sp.cosh: math.cosh, sp.tanh: math.tanh, sp.gamma: math.gamma, sp.loggamma: math.lgamma,
        sp.atan: math.atan, sp.asin: math.asin, sp.acos: math.acos, sp.erf: math.erf, sp.erfc: math.erfc,
    }
)  # fmt: skip


def estimate(expression: Expr) -> float:
    """About what a number is; infinite beyond a float's range, and nan, which is below no bound, where not known."""
    try:
        return _estimate(expression)
    except OverflowError:
        return math.inf
    except (ValueError, ZeroDivisionError, TypeError):
        return math.nan


def _estimate(expression: Expr) -> float:
    if expression.is_Rational:
        return expression.p / expression.q
    if expression.is_NumberSymbol:
        return float(expression)
    if expression is sp.oo or expression is -sp.oo:
        return math.inf
    parts = [_estimate(part) for part in expression.args]
    if expression.is_Add:
        return math.fsum(parts)
    if expression.is_Mul:
        return math.prod(parts)
    if expression.is_Pow:
        return float(parts[0] ** parts[1])
    if found := _ESTIMATES.get(expression.func):
        return found(*parts)
    return 1.0 if parts and all(abs(part) <= MAX_FACTORIAL for part in parts) else math.nan
