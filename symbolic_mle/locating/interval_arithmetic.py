"""Interval arithmetic on arrays, rounded outwards: every operation returns an interval that holds all values.

Basic operations are rounded to the next double. Elementary and special functions of NumPy and of ``algebra.special`` are
trusted to ``ULPS`` and ``SPECIAL`` (relative, and absolute near a zero). What is undefined or overflows becomes the whole
line: that proves nothing. (Moore, Kearfott & Cloud 2009, Introduction to Interval Analysis.)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float64]
Truths = NDArray[np.bool_]

ULPS = 4 * 2.0**-52
SPECIAL = 2e-13


@dataclass(frozen=True, slots=True)
class Intervals:
    """Arrays of lower and upper ends, which may be infinite."""

    low: Reals
    high: Reals

    @staticmethod
    def point(value: float | Reals) -> Intervals:
        exact = np.asarray(value, dtype=np.float64)
        return Intervals(exact, exact)

    def __add__(self, other: Intervals) -> Intervals:
        found = outward(self.low + other.low, self.high + other.high)
        return found.signed((self.low >= 0) & (other.low >= 0), (self.high <= 0) & (other.high <= 0))

    def __neg__(self) -> Intervals:
        return Intervals(-self.high, -self.low)

    def __mul__(self, other: Intervals) -> Intervals:
        products = [_times(a, b) for a in (self.low, self.high) for b in (other.low, other.high)]
        found = outward(np.minimum.reduce(products), np.maximum.reduce(products))
        above, below = (self.low >= 0, other.low >= 0), (self.high <= 0, other.high <= 0)
        return found.signed(above[0] & above[1] | below[0] & below[1], above[0] & below[1] | below[0] & above[1])

    def reciprocal(self) -> Intervals:
        """1/x where x is not 0."""
        up, down = 1 / self.low, 1 / self.high
        through = (self.low < 0) & (self.high > 0) | (self.low == 0) & (self.high == 0)
        low = np.where(through | (self.high == 0), -np.inf, down)
        high = np.where(through | (self.low == 0), np.inf, up)
        return outward(low, high).signed(self.low >= 0, self.high <= 0)

    def power(self, exponent: int) -> Intervals:
        """An integer power."""
        if exponent < 0:
            return self.power(-exponent).reciprocal()
        ends = self.low**exponent, self.high**exponent
        low, high = np.minimum(*ends), np.maximum(*ends)
        if exponent % 2 == 0:
            low = np.where((self.low <= 0) & (self.high >= 0), 0.0, low)
        even = np.full(np.shape(low), exponent % 2 == 0)
        return widened(low, high, ULPS * exponent).signed(even | (self.low >= 0), ~even & (self.high <= 0))

    def rising(self, function: Callable[[Reals], Reals], error: float = ULPS) -> Intervals:
        """An increasing function."""
        return widened(function(self.low), function(self.high), error)

    def falling(self, function: Callable[[Reals], Reals], error: float = ULPS) -> Intervals:
        return widened(function(self.high), function(self.low), error)

    def signed(self, above: Truths, below: Truths) -> Intervals:
        """Cut at 0 where the values are known to be on one side: rounding outwards may have passed it."""
        return Intervals(
            np.where(above, np.maximum(self.low, 0.0), self.low), np.where(below, np.minimum(self.high, 0.0), self.high)
        )

    def within(self, low: float, high: float) -> Intervals:
        """Cut to where the values are known to be."""
        return Intervals(np.maximum(self.low, low), np.minimum(self.high, high))


def outward(low: Reals, high: Reals) -> Intervals:
    """To the next doubles; what is not a number becomes the whole line."""
    return _whole(np.nextafter(low, -np.inf), np.nextafter(high, np.inf))


def widened(low: Reals, high: Reals, error: float) -> Intervals:
    """By a relative error; the ends of an exact 0 stay where rounding cannot have moved them."""
    return _whole(low - np.abs(low) * error - 5e-324, high + np.abs(high) * error + 5e-324)


def _whole(low: Reals, high: Reals) -> Intervals:
    low = np.where(np.isnan(low) | (low == np.inf), np.where(low == np.inf, np.finfo(float).max, -np.inf), low)
    high = np.where(np.isnan(high) | (high == -np.inf), np.where(high == -np.inf, -np.finfo(float).max, np.inf), high)
    return Intervals(low, high)


def _times(a: Reals, b: Reals) -> Reals:
    """a·b, with 0·∞ = 0: an end at infinity is a limit, and 0 times every finite value is 0."""
    return np.where((a == 0) | (b == 0), 0.0, a * b)


def logarithm(x: Intervals) -> Intervals:
    """log over the positive part."""
    low = np.where(x.low > 0, np.log(np.maximum(x.low, 5e-324)), -np.inf)
    high = np.where(x.high > 0, np.log(np.maximum(x.high, 5e-324)), -np.inf)
    return widened(low, high, ULPS)


def absolute(x: Intervals) -> Intervals:
    through = (x.low <= 0) & (x.high >= 0)
    sizes = np.abs(x.low), np.abs(x.high)
    return Intervals(np.where(through, 0.0, np.minimum(*sizes)), np.maximum(*sizes))


def even(x: Intervals, function: Callable[[Reals], Reals], rises: bool) -> Intervals:
    """An even function that rises, or falls, with |x|."""
    size = absolute(x)
    return size.rising(function) if rises else size.falling(function)


def cosine(x: Intervals) -> Intervals:
    """1 where a multiple of 2π lies in the interval, −1 where an odd multiple of π does, else between the ends."""
    ends = np.cos(x.low), np.cos(x.high)
    slack = 1e-12 * (1 + np.maximum(np.abs(x.low), np.abs(x.high)))
    low, high = np.minimum(*ends) - 1e-15, np.maximum(*ends) + 1e-15

    def holds(offset: float) -> Truths:
        first = np.ceil((x.low - slack - offset) / (2 * np.pi))
        return np.asarray(first * 2 * np.pi + offset <= x.high + slack)

    wild = ~np.isfinite(slack) | (slack > 1e-3)
    return Intervals(np.where(wild | holds(np.pi), -1.0, low), np.where(wild | holds(0.0), 1.0, high)).within(-1, 1)


def log_gamma(x: Intervals, function: Callable[[Reals], Reals]) -> Intervals:
    """log Γ on x > 0: it falls to its minimum −0.12149 at 1.46163… and rises after it."""
    turn, least = 1.4616321449683623, -0.12148629053584962
    floor = np.maximum(x.low, 5e-324)
    ends = function(floor), function(np.maximum(x.high, 5e-324))
    ends = np.where(np.isnan(ends[0]), np.inf, ends[0]), np.where(np.isnan(ends[1]), np.inf, ends[1])
    through = (floor <= turn + 1e-9) & (x.high >= turn - 1e-9)
    low, high = np.where(through, least, np.minimum(*ends)), np.maximum(*ends)
    found = _whole(low - SPECIAL * (1 + np.abs(low)), high + SPECIAL * (1 + np.abs(high)))
    defined = x.low >= 0
    return Intervals(np.where(defined, found.low, -np.inf), np.where(defined & (x.low > 0), found.high, np.inf))


def is_negative_definite(matrix: list[list[Intervals]]) -> bool:
    """Gaussian elimination in intervals: every pivot is negative."""
    for k in range(len(matrix)):
        pivot = matrix[k][k]
        if not pivot.high[0] < 0:
            return False
        for i in range(k + 1, len(matrix)):
            factor = matrix[i][k] * pivot.reciprocal()
            matrix[i] = [
                matrix[i][j] if j <= k else matrix[i][j] + -(factor * matrix[k][j]) for j in range(len(matrix))
            ]
    return True
