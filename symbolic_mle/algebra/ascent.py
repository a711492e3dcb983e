"""The maximum of a smooth function of a few variables in an open box, by Newton's method with damping.

Sides of the box are opened out by logarithms (``coordinates``), so that a step cannot leave it, and a run to an end
is seen as such: it is reported, with the coordinate, instead of the last point on the way. Nothing here proves that a
maximum is global.

May import NumPy only.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from symbolic_mle.algebra.coordinates import Chart, Vector

MOST_STEPS = 300
SETTLED = 1e-7
"""A Newton step this small beside the point (quadratic convergence: the next is below the resolution of a double)."""


ROUNDING = 1e-11


class Outcome(StrEnum):
    """How an ascent ended."""

    CONVERGED = "converged"
    DIVERGED = "diverged"
    STALLED = "stalled"


@dataclass(frozen=True, slots=True)
class Ascent:
    """How far the climb came, and what that means.

    CONVERGED: ``point`` is stationary and the Hessian is negative definite there; ``last_step`` is the last Newton step
    beside the point, a few 1e−16 unless the function is ill-conditioned.

    DIVERGED: the function kept rising while ``coordinate`` ran to its ``end`` (−1 lower, 1 upper); ``point`` is on
    the way. STALLED: neither; nothing is claimed.
    """

    outcome: Outcome
    point: Vector
    value: float
    steps: int
    coordinate: int | None = None
    end: int | None = None
    last_step: float = math.inf


@dataclass(frozen=True, slots=True)
class _Climb:
    """The function to climb, seen from the opened box."""

    function: Callable[[Vector], float]
    gradient: Callable[[Vector], ArrayLike]
    hessian: Callable[[Vector], ArrayLike]
    chart: Chart

    def height(self, u: Vector) -> float:
        value = float(self.function(self.chart.inside(u)))
        return -math.inf if math.isnan(value) else value

    def slopes(self, u: Vector) -> tuple[Vector, Vector]:
        x = self.chart.inside(u)
        return self.chart.derivatives(u, np.asarray(self.gradient(x), float), np.asarray(self.hessian(x), float))


def maximise(
    function: Callable[[Vector], float],
    gradient: Callable[[Vector], ArrayLike],
    hessian: Callable[[Vector], ArrayLike],
    start: ArrayLike,
    box: Sequence[tuple[float, float]],
) -> Ascent:
    """Climb from ``start``, a point inside the open ``box``: a (lower, upper) for each coordinate, ±inf allowed."""
    climb = _Climb(function, gradient, hessian, Chart.of(box))
    with np.errstate(all="ignore"):
        return _climb(climb, climb.chart.outside(np.asarray(start, float)))


def _climb(climb: _Climb, start: Vector) -> Ascent:
    u, height = start, climb.height(start)
    for count in range(MOST_STEPS):
        gradient, hessian = climb.slopes(u)
        if not (math.isfinite(height) and np.all(np.isfinite(gradient)) and np.all(np.isfinite(hessian))):
            return _give_up(climb, start, u, height, count)
        step, concave = _uphill(climb.chart, u, gradient, hessian)
        if concave and _is_small(climb.chart, u, step):
            return _finish(climb, start, u, height, count)
        following, reached = _advance(climb, u, height, step, float(gradient @ step))
        if (run := climb.chart.beyond(following)) is not None:
            return Ascent(Outcome.DIVERGED, climb.chart.inside(following), reached, count, *run)
        if not reached > height:
            return (_finish if concave else _give_up)(climb, start, u, height, count)
        u, height = following, reached
    return _give_up(climb, start, u, height, MOST_STEPS)


def _uphill(chart: Chart, u: Vector, gradient: Vector, hessian: Vector) -> tuple[Vector, bool]:
    """Newton's step where the function is concave; else with the curvatures turned round, which still goes uphill.

    No coordinate moves further than its reach: a few e-folds on a logarithmic scale, a thousandfold on a free one.
    """
    reach = np.array([1e3 * max(abs(v), 1.0) if c.is_free else 8.0 for c, v in zip(chart.coordinates, u, strict=True)])
    scale = np.sqrt(np.maximum(np.maximum(np.abs(np.diag(hessian)), np.abs(gradient) / reach), 1e-300))
    curvatures, axes = np.linalg.eigh(hessian / np.outer(scale, scale))
    concave = bool(curvatures[-1] < -1e-14)
    damped = np.maximum(np.abs(curvatures), 1e-14 if concave else 1e-8)
    step = axes @ (axes.T @ (gradient / scale) / damped) / scale
    clipped = np.clip(step, -reach, reach)
    if gradient @ clipped <= 0:
        clipped = step * min(1.0, float(np.min(reach / np.maximum(np.abs(step), 1e-300))))
    return clipped, concave


def _is_small(chart: Chart, u: Vector, step: Vector) -> bool:
    """Whether the step moves every coordinate only in its last digits, on the scale of x where that is finer."""
    unit = np.array([max(abs(v), 1e-3) if side.is_free else 1.0 for side, v in zip(chart.coordinates, u, strict=True)])
    return bool(np.all(np.abs(step) <= SETTLED * unit))


def _advance(climb: _Climb, u: Vector, height: float, step: Vector, slope: float) -> tuple[Vector, float]:
    """The full step, half of it, … until it rises enough; twice, four times, … while that rises further."""
    share = 1.0
    reached = climb.height(u + step)
    if reached > height:
        while (further := climb.height(u + 2 * share * step)) > reached + 0.25 * slope * share and share < 1e12:
            share, reached = 2 * share, further
        return u + share * step, reached
    while not reached > height + 1e-4 * slope * share and share > 1e-12:
        share /= 2
        reached = climb.height(u + share * step)
    return u + share * step, reached


def _finish(climb: _Climb, start: Vector, u: Vector, height: float, count: int) -> Ascent:
    """Newton's steps without safeguards, in the coordinates of the box, while they get shorter; is that a maximum?"""
    x, begun, shortest = climb.chart.inside(u), climb.chart.inside(start), math.inf
    for _ in range(10):
        hessian, gradient = np.asarray(climb.hessian(x), float), np.asarray(climb.gradient(x), float)
        step = _solve(-hessian, gradient)
        size = float(np.max(np.abs(step) / _unit(x, begun, hessian)))
        if not size < shortest or not climb.chart.contains(x + step):
            break
        shortest, x = size, x + step
    hessian, value = np.asarray(climb.hessian(x), float), float(climb.function(x))
    free = np.array([side.is_free for side in climb.chart.coordinates])
    sound = _is_concave(hessian) and _is_visible(np.where(free, np.maximum(np.abs(x - begun), 1.0), x), hessian, value)
    if sound and shortest <= SETTLED:
        return Ascent(Outcome.CONVERGED, x, value, count, last_step=shortest)
    return _give_up(climb, start, u, height, count)


def _is_visible(distance: Vector, hessian: Vector, value: float) -> bool:
    """Whether the function falls by more than its rounding error that far away; on a plateau it does not."""
    return bool(np.all(np.abs(np.diag(hessian)) * distance**2 > ROUNDING * max(1.0, abs(value))))


def _unit(x: Vector, begun: Vector, hessian: Vector) -> Vector:
    """What a step is compared with: the point, the way that it came, and at 0 a little of the curve's width.

    Not the width itself: it grows without bound on a plateau, where no step is small.
    """
    width = 1 / np.sqrt(np.maximum(np.abs(np.diag(hessian)), 1e-300))
    return np.maximum(np.maximum(np.abs(x), np.abs(x - begun)), 1e-8 * np.minimum(width, 1.0))


def _solve(matrix: Vector, vector: Vector) -> Vector:
    try:
        return np.asarray(np.linalg.solve(matrix, vector), dtype=float)
    except np.linalg.LinAlgError:
        return np.full_like(vector, np.nan)


def _is_concave(hessian: Vector) -> bool:
    """Negative definite, judged with every coordinate on the scale of its own curvature."""
    diagonal = np.diag(hessian)
    if not (np.all(np.isfinite(hessian)) and np.all(diagonal < 0)):
        return False
    scale = np.sqrt(-diagonal)
    return bool(np.linalg.eigvalsh(hessian / np.outer(scale, scale))[-1] < -1e-14)


def _give_up(climb: _Climb, start: Vector, u: Vector, height: float, count: int) -> Ascent:
    """No step is possible or rises any more: a ridge that goes on to an end of the box, or nothing that can be told."""
    travelled = u - start
    lowest = height - ROUNDING * max(1.0, abs(height), abs(climb.height(start)))
    singly = [np.where(np.arange(len(u)) == i, travelled, 0.0) for i in np.argsort(-np.abs(travelled))]
    for way in (travelled, *singly):
        near, far, farthest = (climb.height(u + share * way) for share in (0.1, 1.0, 10.0))
        if min(near, far) >= lowest and (farthest >= lowest or math.isinf(farthest)) and math.isfinite(height):
            leading = int(np.argmax(np.abs(way)))
            end = 1 if way[leading] > 0 else -1
            return Ascent(Outcome.DIVERGED, climb.chart.inside(u), height, count, leading, end)
    return Ascent(Outcome.STALLED, climb.chart.inside(u), height, count)
