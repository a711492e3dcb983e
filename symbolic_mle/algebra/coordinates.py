"""A box opened out to the whole space: each x is u, a + e^u, b − e^−u, or a + (b − a)/(1 + e^−u)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Coordinate:
    """One side of the box, open at both ends: x(u) increases over it as u runs over the real line."""

    lower: float = -math.inf
    upper: float = math.inf

    @property
    def is_free(self) -> bool:
        return math.isinf(self.lower) and math.isinf(self.upper)

    def inside(self, u: float) -> float:
        """x(u), never on the ends (as far as the doubles allow)."""
        if self.is_free:
            return u
        if math.isinf(self.upper):
            return self.lower + math.exp(min(u, 700.0))
        if math.isinf(self.lower):
            return self.upper - math.exp(min(-u, 700.0))
        width = self.upper - self.lower
        near = width * math.exp(-abs(u)) / (1 + math.exp(-abs(u)))
        return self.lower + near if u < 0 else self.upper - near

    def outside(self, x: float) -> float:
        """The u with x(u) = x."""
        if self.is_free:
            return x
        if math.isinf(self.upper):
            return math.log(x - self.lower)
        if math.isinf(self.lower):
            return -math.log(self.upper - x)
        return math.log(x - self.lower) - math.log(self.upper - x)

    def slopes(self, u: float) -> tuple[float, float]:
        """x'(u), x''(u)."""
        if self.is_free:
            return 1.0, 0.0
        if math.isinf(self.upper):
            return (math.exp(min(u, 700.0)),) * 2
        if math.isinf(self.lower):
            slope = math.exp(min(-u, 700.0))
            return slope, -slope
        small = math.exp(-abs(u))
        slope = (self.upper - self.lower) * small / (1 + small) ** 2
        return slope, -math.copysign(slope, u) * (1 - small) / (1 + small)

    def limits(self) -> tuple[float, float]:
        """Beyond these u the point is as good as on the end of the box, or at infinity."""
        if self.is_free:
            return -1e150, 1e150
        low = math.inf if math.isinf(self.lower) else _resolution(self.lower)
        high = math.inf if math.isinf(self.upper) else _resolution(self.upper)
        return -min(low, 460.0), min(high, 460.0)


def _resolution(end: float) -> float:
    """How far out u may go before x(u) runs into a finite end."""
    return 460.0 if end == 0 else 33.0


def _clipped(side: Coordinate, u: float) -> float:
    low, high = side.limits()
    return side.inside(min(max(u, low), high))


@dataclass(frozen=True, slots=True)
class Chart:
    """The coordinates of a box together: points, gradients and Hessians from the box to the whole space."""

    coordinates: tuple[Coordinate, ...]

    @staticmethod
    def of(box: Sequence[tuple[float, float]]) -> Chart:
        return Chart(tuple(Coordinate(float(lower), float(upper)) for lower, upper in box))

    def inside(self, u: Vector) -> Vector:
        return np.array([_clipped(side, float(value)) for side, value in zip(self.coordinates, u, strict=True)])

    def contains(self, x: Vector) -> bool:
        return all(side.lower < value < side.upper for side, value in zip(self.coordinates, x, strict=True))

    def outside(self, x: Vector) -> Vector:
        return np.array([side.outside(float(value)) for side, value in zip(self.coordinates, x, strict=True)])

    def derivatives(self, u: Vector, gradient: Vector, hessian: Vector) -> tuple[Vector, Vector]:
        """g_u = x' g and H_u = x' H x' + diag(x'' g)."""
        slopes = np.array([side.slopes(float(value)) for side, value in zip(self.coordinates, u, strict=True)])
        first, second = slopes[:, 0], slopes[:, 1]
        return first * gradient, np.outer(first, first) * hessian + np.diag(second * gradient)

    def beyond(self, u: Vector) -> tuple[int, int] | None:
        """(which coordinate, −1 or 1) for a coordinate that has run to its end."""
        for i, (side, value) in enumerate(zip(self.coordinates, u, strict=True)):
            low, high = side.limits()
            if value <= low or value >= high:
                return i, -1 if value <= low else 1
        return None
