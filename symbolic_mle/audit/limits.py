"""Do numbers run to a limit? Judged from three of them, ever nearer to the end."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

SMALL = 1e-9
STEADY = 0.5  # a step that is no shorter than this share of the one before


def tends(numbers: Sequence[Any], goal: Any, shrinks: float) -> bool | None:
    """True, False, or None when a number is missing.

    To a finite limit the distance is small at last, or shrinks to the share ``shrinks`` each time; to an infinite one
    the numbers have its sign at last, and their steps are steady.
    """
    if any(number - number != 0 for number in numbers) or goal != goal:
        return None
    if goal - goal != 0:
        return _grows([number if goal > 0 else -number for number in numbers])
    distances = [abs(number - goal) for number in numbers]
    if distances[-1] <= SMALL * (1 + abs(goal)):
        return True
    return all(after <= shrinks * before for before, after in pairwise(distances))


def _grows(numbers: Sequence[Any]) -> bool:
    steps = [after - before for before, after in pairwise(numbers)]
    return numbers[-1] > 0 and all(s > 0 for s in steps) and all(b >= STEADY * a for a, b in pairwise(steps))
