"""A bracket of a change of sign, closed to neighbouring doubles."""

from __future__ import annotations

import math
import struct
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

Function = Callable[[float], float]
MOST_INTERPOLATIONS = 100


class Place(StrEnum):
    """Where the change of sign is."""

    INSIDE = "inside"
    AT_LOWER = "at lower"
    AT_UPPER = "at upper"


class Crossing(StrEnum):
    """How the function changes sign: through zero, by a jump over it, or through infinity."""

    ZERO = "zero"
    JUMP = "jump"
    POLE = "pole"


@dataclass(frozen=True, slots=True)
class Root:
    """A change of sign.

    INSIDE: at ``value``, where the function has the ``signs`` at the ends of ``bracket``: neighbouring doubles,
    unless the function is exactly 0 at ``value``. AT_LOWER, AT_UPPER: one sign wherever it was evaluated between the
    ends of ``bracket`` (a function that should fall through zero is negative: it does so at the lower end), ``value``
    is nan, and ``complete`` says whether the search reached the end of the interval (or ±1e300) without meeting nan
    or 0.
    """

    place: Place
    value: float
    bracket: tuple[float, float]
    signs: tuple[int, int]
    crossing: Crossing = Crossing.ZERO
    complete: bool = True

    @property
    def is_falling(self) -> bool:
        """Whether the function goes from positive to negative here, so that its integral has a maximum."""
        return self.signs == (1, -1)


def sign(value: float) -> int:
    """−1, 1, or 0 for zero and nan."""
    return (value > 0) - (value < 0)


def refine(function: Function, low: float, high: float) -> Root | None:
    """The change of sign between two points where the function has different signs; None if it is nan on the way.

    Halving on the scale of the doubles until both ends are of one size, then Chandrupatla's method (inverse quadratic
    interpolation when it is safe, else halving; Adv. Eng. Software 1997).
    """
    newest, other = (low, function(low)), (high, function(high))
    before, t, signs = other, 0.5, (sign(newest[1]), sign(other[1]))
    for count in range(2 * MOST_INTERPOLATIONS):
        point = _between(newest[0], other[0], t if count < MOST_INTERPOLATIONS else 0.5)
        if point is None:
            break
        value = function(point)
        if math.isnan(value):
            return None
        if value == 0:
            return Root(Place.INSIDE, point, _ordered(newest[0], other[0]), signs)
        if sign(value) == sign(newest[1]):
            before = newest
        else:
            before, other = other, newest
        newest = (point, value)
        t = _fraction(newest, other, before)
    (a, at_a), (b, at_b) = sorted((newest, other))
    best = a if abs(at_a) <= abs(at_b) else b
    return Root(Place.INSIDE, best, (a, b), signs, _crossing(function, (a, at_a), (b, at_b)))


def _ordered(a: float, b: float) -> tuple[float, float]:
    return (a, b) if a < b else (b, a)


def _fraction(newest: tuple[float, float], other: tuple[float, float], before: tuple[float, float]) -> float:
    """How far from the newest point to the other the next one goes."""
    (x1, f1), (x2, f2), (x3, f3) = newest, other, before
    if not all(map(math.isfinite, (f1, f2, f3))) or f3 in (f1, f2) or x3 == x2:
        return 0.5
    xi, phi = (x1 - x2) / (x3 - x2), (f1 - f2) / (f3 - f2)
    if not (0 < xi < 1 and 1 - math.sqrt(1 - xi) < phi < math.sqrt(xi)):
        return 0.5
    return f1 / (f1 - f2) * (f3 / (f3 - f2)) + (x3 - x1) / (x2 - x1) * (f1 / (f3 - f1)) * (f2 / (f3 - f2))


def _between(start: float, end: float, t: float) -> float | None:
    """A double strictly between the two, the fraction t of the way when they are of one size; None if there is none."""
    low, high = _ordered(start, end)
    first, last = math.nextafter(low, math.inf), math.nextafter(high, -math.inf)
    if first >= high:
        return None
    small, large = sorted((abs(low), abs(high)))
    if not (low > 0 or high < 0) or large > 4 * small:
        return _middle(low, high)
    return min(max(start + t * (end - start), first), last)


def _middle(low: float, high: float) -> float:
    """The double with as many doubles below it, down to ``low``, as above it."""
    return _from_rank((_rank(low) + _rank(high)) // 2)


def _rank(value: float) -> int:
    (bits,) = struct.unpack("<q", struct.pack("<d", value))
    return int(bits) if bits >= 0 else -(bits & 0x7FFFFFFFFFFFFFFF)


def _from_rank(rank: int) -> float:
    (value,) = struct.unpack("<d", struct.pack("<q", abs(rank)))
    return math.copysign(value, rank)


def _crossing(function: Function, low: tuple[float, float], high: tuple[float, float]) -> Crossing:
    """Towards a zero the function gets small, towards a pole large, towards a jump neither."""
    if math.isinf(low[1]) or math.isinf(high[1]):
        return Crossing.POLE if math.isinf(low[1]) and math.isinf(high[1]) else Crossing.JUMP
    ratios = []
    for (point, value), side in ((low, -1), (high, 1)):
        aside = function(point + side * max(abs(point) * 2.0**-22, 1e-300))
        ratios.append(abs(value / aside) if aside else math.nan)
    if min(ratios) > 10:
        return Crossing.POLE
    return Crossing.JUMP if all(0.999 < ratio < 1.001 for ratio in ratios) else Crossing.ZERO
