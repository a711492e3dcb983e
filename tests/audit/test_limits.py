"""Numbers that run to a limit, and numbers that do not."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import mpmath
import pytest

from symbolic_mle.audit.limits import tends

INF = math.inf
CONTEXT = mpmath.MPContext()
CONTEXT.dps = 100


def in_doubles(function: Callable[[Any], Any], goal: float) -> bool | None:
    return tends([function(t) for t in (10.0, 30.0, 100.0)], goal, 0.5)


def in_digits(function: Callable[[Any], Any], goal: Any) -> bool | None:
    return tends([function(CONTEXT.mpf(t)) for t in (1e3, 1e9, 1e27)], CONTEXT.mpf(goal), 0.9)


TRUE: list[tuple[Callable[[Any], Any], float]] = [
    (lambda t: 3 + 1 / t, 3),
    (lambda t: 3 - 5 / t**2, 3),
    (lambda t: -2 + 100 / t, -2),
    (lambda t: 7, 7),
    (lambda t: t, INF),
    (lambda t: 4 - 2 * t, -INF),
    (lambda t: t**0.5, INF),
]
FALSE: list[tuple[Callable[[Any], Any], float]] = [
    (lambda t: 3 + 1 / t, 2),
    (lambda t: 3 + 1 / t, 3.5),
    (lambda t: 3 + 1 / t, INF),
    (lambda t: 3 - 1 / t, INF),
    (lambda t: -3 + 1 / t, -INF),
    (lambda t: t, -INF),
    (lambda t: t, 4),
    (lambda t: -(t**2), INF),
    (lambda t: 7, -7),
]


@pytest.mark.parametrize(("function", "goal"), TRUE)
def test_limits(function: Callable[[Any], Any], goal: float) -> None:
    assert in_doubles(function, goal) is True
    assert in_digits(function, goal) is True


@pytest.mark.parametrize(("function", "goal"), FALSE)
def test_what_is_not_the_limit(function: Callable[[Any], Any], goal: float) -> None:
    assert in_doubles(function, goal) is False
    assert in_digits(function, goal) is False


@pytest.mark.parametrize(
    ("function", "goal"),
    [
        (lambda t: 1 / CONTEXT.log(t), 0),
        (lambda t: 5 + 1 / CONTEXT.log(CONTEXT.log(t)), 5),
        (lambda t: CONTEXT.log(t), INF),
        (lambda t: -CONTEXT.log(CONTEXT.log(t)), -INF),
    ],
)
def test_slow_limits_are_seen_from_far(function: Callable[[Any], Any], goal: float) -> None:
    assert in_digits(function, goal) is True


@pytest.mark.parametrize("numbers", [[1.0, math.nan, 2.0], [1.0, 2.0, INF]])
def test_missing_numbers_tell_nothing(numbers: list[float]) -> None:
    assert tends(numbers, INF, 0.5) is None


def test_no_goal_tells_nothing() -> None:
    assert tends([1.0, 2.0, 3.0], math.nan, 0.5) is None
