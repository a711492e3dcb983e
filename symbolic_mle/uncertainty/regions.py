"""The connected set round a point where a function of one variable stays below 0: its ends to the last digits."""

from __future__ import annotations

import math
from collections.abc import Callable

MOST_STEPS = 200
PRECISION = 1e-12


def below_zero(
    function: Callable[[float], float], inside: float, step: float, lower: float, upper: float
) -> tuple[float, float]:
    """(low, high): from ``inside``, where the function is negative, to where it first is not, or to the end of (lower, upper).

    The steps grow by half from ``step``, so a gap in the set that is shorter than a step is not seen.
    """
    return _end(function, inside, -step, lower), _end(function, inside, step, upper)


def _end(function: Callable[[float], float], inside: float, step: float, end: float) -> float:
    below, pace = inside, step
    for _ in range(MOST_STEPS):
        beyond = below + pace
        if math.isfinite(end) and (beyond - end) * step >= 0:
            beyond = below + (end - below) / 2
            if abs(end - below) <= PRECISION * (1 + abs(end)) or beyond == below:
                return end
        value = function(beyond)
        if not value < 0:
            return _bisected(function, below, beyond)
        below, pace = beyond, pace * 1.5
        if not math.isfinite(below):
            break
    return end


def _bisected(function: Callable[[float], float], below: float, beyond: float) -> float:
    while abs(beyond - below) > PRECISION * (abs(below) + abs(beyond)):
        middle = below + (beyond - below) / 2
        if middle in (below, beyond):
            break
        if function(middle) < 0:
            below = middle
        else:
            beyond = middle
    return below + (beyond - below) / 2
