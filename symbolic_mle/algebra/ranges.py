"""Interval arithmetic with exact rational ends, each end open or closed.

May know rational numbers and monotone functions, nothing of SymPy. An end that is not rational is rounded
outwards, so a ``Range`` always contains the true values. A new function: give its value at a fraction and let
``increasing`` carry the ends.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

import mpmath

End: TypeAlias = "Fraction | int | float"  # a float only for ±infinity

INFINITE = float("inf")
LONG = 600  # bits of a fraction that is kept exactly
LARGEST = 10**15  # numbers beyond are not worth their digits


@dataclass(frozen=True, slots=True)
class Range:
    """{v : low ≤ v ≤ high}; an end is a value only where it is closed."""

    low: End = -INFINITE
    high: End = INFINITE
    low_closed: bool = False
    high_closed: bool = False

    def contains_zero(self) -> bool:
        below = self.low < 0 or (self.low == 0 and self.low_closed)
        return below and (self.high > 0 or (self.high == 0 and self.high_closed))

    def meet(self, other: Range) -> Range:
        """The points of both ranges (neither is empty and they have a point in common)."""
        low, low_closed = max((self.low, not self.low_closed), (other.low, not other.low_closed))
        high, high_closed = min((self.high, self.high_closed), (other.high, other.high_closed))
        return Range(low, high, not low_closed, high_closed)

    def join(self, other: Range) -> Range:
        """The least range around both."""
        low, low_open = min((self.low, not self.low_closed), (other.low, not other.low_closed))
        high, high_closed = max((self.high, self.high_closed), (other.high, other.high_closed))
        return Range(low, high, not low_open, high_closed)


REALS = Range()


def point(value: End) -> Range:
    return Range(value, value, True, True)


def positive() -> Range:
    return Range(0, INFINITE)


def nonnegative() -> Range:
    return Range(0, INFINITE, True)


def negative(values: Range) -> Range:
    return Range(-values.high, -values.low, values.high_closed, values.low_closed)


def total(first: Range, second: Range) -> Range:
    low, high = first.low + second.low, first.high + second.high
    return Range(low, high, first.low_closed and second.low_closed, first.high_closed and second.high_closed)


def product(first: Range, second: Range) -> Range:
    """Extremes of a·b lie at corners; 0 times an unbounded end is 0, as it is the limit along the edge."""
    corners = [
        _corner(a, b)
        for a in ((first.low, first.low_closed), (first.high, first.high_closed))
        for b in ((second.low, second.low_closed), (second.high, second.high_closed))
    ]
    low, high = min(value for value, _ in corners), max(value for value, _ in corners)
    return Range(
        low,
        high,
        any(closed for value, closed in corners if value == low),
        any(closed for value, closed in corners if value == high),
    )


def _corner(first: tuple[End, bool], second: tuple[End, bool]) -> tuple[End, bool]:
    (a, a_closed), (b, b_closed) = first, second
    if a == 0 or b == 0:
        return 0, (a == 0 and a_closed) or (b == 0 and b_closed)
    return a * b, a_closed and b_closed


def reciprocal(values: Range) -> Range | None:
    """1/v, where 0 is not among the values and they have one sign."""
    if values.low < 0 < values.high or values.contains_zero():
        return None
    low, high = _inverse(values.high, -INFINITE), _inverse(values.low, INFINITE)
    return Range(low, high, values.high_closed, values.low_closed)


def _inverse(value: End, at_zero: float) -> End:
    if value == 0:
        return at_zero
    return 0 if value in (INFINITE, -INFINITE) else 1 / Fraction(value)


def integer_power(values: Range, exponent: int) -> Range | None:
    if exponent < 0:
        raised = integer_power(values, -exponent)
        return reciprocal(raised) if raised is not None else None
    if exponent == 0:
        return point(1)
    if exponent % 2 or values.low >= 0:
        low, high = _power(values.low, exponent, False), _power(values.high, exponent, True)
        return Range(low, high, values.low_closed, values.high_closed)
    if values.high <= 0:
        return integer_power(negative(values), exponent)
    top = max((-values.low, values.low_closed), (values.high, values.high_closed))
    return Range(0, _power(top[0], exponent, True), True, top[1])


def _power(value: End, exponent: int, upwards: bool) -> End:
    if value in (INFINITE, -INFINITE):
        return -INFINITE if value < 0 and exponent % 2 else INFINITE
    raised = Fraction(value) ** exponent
    return (
        raised if raised.numerator.bit_length() + raised.denominator.bit_length() < LONG else _rounded(raised, upwards)
    )


def _rounded(value: Fraction, upwards: bool) -> End:
    """A shorter number on the given side of a long fraction."""
    if abs(value) > LARGEST:
        return _beyond(mpmath.sign(value.numerator) * mpmath.inf, upwards)
    scaled = value * 10**18
    return Fraction(
        -((-scaled.numerator) // scaled.denominator) if upwards else scaled.numerator // scaled.denominator, 10**18
    )


def increasing(function: Callable[[mpmath.mpf], mpmath.mpf], values: Range, ends: dict[End, End]) -> Range:
    """The image under a strictly increasing continuous function; ``ends`` lists its exact (limiting) values."""
    low, low_exact = _image(function, values.low, ends, upwards=False)
    high, high_exact = _image(function, values.high, ends, upwards=True)
    return Range(low, high, values.low_closed and low_exact, values.high_closed and high_exact)


def _image(
    function: Callable[[mpmath.mpf], mpmath.mpf], end: End, exact: dict[End, End], upwards: bool
) -> tuple[End, bool]:
    if end in exact:
        return exact[end], True
    if end in (INFINITE, -INFINITE):
        return end, True
    return outward(function, Fraction(end), upwards), False


def outward(function: Callable[[mpmath.mpf], mpmath.mpf], at: Fraction, upwards: bool) -> End:
    """A rational at least (or at most) the function's value, close to it."""
    if abs(at) > LARGEST:
        return INFINITE if upwards else -INFINITE
    with mpmath.workdps(30):
        value = function(mpmath.mpf(at.numerator) / at.denominator)
        if mpmath.isnan(value) or abs(value) > LARGEST:
            return _beyond(value, upwards)
        slack = mpmath.mpf(10) ** -18 * (1 + abs(value))
        scaled = (value + slack if upwards else value - slack) * 10**18
        rounded = mpmath.ceil(scaled) if upwards else mpmath.floor(scaled)
        return Fraction(int(rounded), 10**18)


def _beyond(value: mpmath.mpf, upwards: bool) -> End:
    if value > LARGEST:
        return INFINITE if upwards else LARGEST
    if value < -LARGEST:
        return -LARGEST if upwards else -INFINITE
    return INFINITE if upwards else -INFINITE
