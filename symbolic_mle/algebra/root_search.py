"""Where to look for a change of sign on an open interval: first points, ways towards its ends, dense grids."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from symbolic_mle.algebra.root_refinement import Function, sign

HUGE = 1e300
MOST_HALVINGS = 80


@dataclass(frozen=True, slots=True)
class Path:
    """How far the function kept its sign, where it had the other one, and whether the end was reached without a gap."""

    last: float
    crossed_at: float | None
    complete: bool


def default_start(lower: float, upper: float) -> float:
    if math.isfinite(lower) and math.isfinite(upper):
        return lower + (upper - lower) / 2
    if math.isfinite(lower):
        return lower + max(1.0, abs(lower) * 2.0**-20)
    return upper - max(1.0, abs(upper) * 2.0**-20) if math.isfinite(upper) else 0.0


def first_sign(function: Function, lower: float, upper: float, start: float | None) -> tuple[float, int] | None:
    """A point where the function has a sign, and the sign: ``start``, or the first on the ways from it to both ends."""
    point = default_start(lower, upper) if start is None or not lower < start < upper else start
    if here := sign(function(point)):
        return point, here
    ways = zip(*(_repeat_last(_towards(point, lower, upper, side)) for side in (-1, 1)), strict=True)
    for pair, _ in zip(ways, range(60), strict=False):
        for candidate in pair:
            if here := sign(function(candidate)):
                return candidate, here
    return None


def _repeat_last(points: Iterator[float]) -> Iterator[float]:
    point = math.nan
    for point in points:
        yield point
    while True:
        yield point


def search(function: Function, point: float, here: int, lower: float, upper: float) -> Path:
    """Towards the upper end if the function is positive, else the lower, until it has the other sign.

    Zeros (underflow) are passed over; at nan the search turns back and halves the gap to find how far the function
    reaches.
    """
    last, complete = point, True
    for candidate in _towards(point, lower, upper, here):
        value = function(candidate)
        if sign(value) == -here:
            return Path(last, candidate, True)
        if math.isnan(value):
            return _back_off(function, last, candidate, here)
        complete = value != 0
        last = candidate if complete else last
    return Path(last, None, complete)


def _back_off(function: Function, last: float, beyond: float, here: int) -> Path:
    for _ in range(MOST_HALVINGS):
        middle = last + (beyond - last) / 2
        if middle in (last, beyond):
            break
        value = function(middle)
        if sign(value) == -here:
            return Path(last, middle, True)
        if sign(value) == here:
            last = middle
        else:
            beyond = middle
    return Path(last, None, False)


def _towards(point: float, lower: float, upper: float, side: int) -> Iterator[float]:
    """Points from ``point`` to the end on this side, each step the square of the last on the scale of that end."""
    end, other = (upper, lower) if side > 0 else (lower, upper)
    if math.isfinite(end):
        yield from _to_finite_end(point, end)
        return
    unit = abs(point - other) if math.isfinite(other) else max(1.0, abs(point))
    for k in _doubling(1):
        distance = unit * 2.0 ** min(k, 1000) if k < 1000 else math.inf
        candidate = (other if math.isfinite(other) else point) + side * distance
        if not abs(candidate) < HUGE:
            break
        yield candidate
    yield side * HUGE


def _to_finite_end(point: float, end: float) -> Iterator[float]:
    gap, previous = point - end, point
    for k in _doubling(1):
        candidate = end + gap * 2.0**-k if k < 1000 else end
        if candidate in (end, previous) or abs(candidate - end) < 1 / HUGE:
            break
        previous = candidate
        yield candidate
    closest = math.nextafter(end, point) if end else math.copysign(1 / HUGE, point)
    if closest != previous:
        yield closest


def _doubling(first: int) -> Iterator[int]:
    k = first
    while True:
        yield k
        k *= 2


def grid(lower: float, upper: float, extra: Sequence[float] = ()) -> list[float]:
    """Points all over the open interval in order: geometric towards the ends, even between, dense about ``extra``."""
    points: set[float] = set()
    if math.isfinite(lower) and math.isfinite(upper):
        width = upper - lower
        points.update(lower + width * i / 400 for i in range(1, 400))
        points.update(end for k in _exponents() for end in (lower + width * 2.0**-k, upper - width * 2.0**-k))
    else:
        anchors = [(end, side) for end, side in ((lower, 1), (upper, -1)) if math.isfinite(end)]
        for anchor, side in anchors or [(0.0, 1), (0.0, -1)]:
            points.update(anchor + side * 2.0**k for exponent in _exponents() for k in (exponent, -exponent))
        points.update(anchor for anchor, _ in anchors or [(0.0, 1)])
    for point in extra:
        points.update(_surroundings(point))
    return sorted(point for point in points if lower < point < upper)


def _exponents() -> Iterator[float]:
    yield from (i / 8 for i in range(320))
    yield from range(40, 100, 2)
    yield from range(100, 996, 32)


def _surroundings(point: float) -> Iterator[float]:
    yield from (point, math.nextafter(point, -math.inf), math.nextafter(point, math.inf))
    for k in range(1, 15):
        offset = max(abs(point), 1e-3) * 10.0**-k
        yield from (point - offset, point + offset)
