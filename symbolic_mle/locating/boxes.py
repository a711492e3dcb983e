"""Boxes of parameters: the axes of a space, a cover of it, and halving, each on the scale of its ends."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sympy import Symbol

from symbolic_mle.locating.interval_arithmetic import Reals

FAR = (1e-6, 1e-3, 1e-1, 1.0, 1e1, 1e3, 1e6)
CLOSE = 0.9


@dataclass(frozen=True, slots=True)
class Axis:
    """A parameter's interval in numbers."""

    symbol: Symbol
    lower: float
    upper: float
    closed_lower: bool
    closed_upper: bool

    def towards_lower(self, value: float, step: float) -> float:
        """A step down that does not pass the lower end, nor reach it where it is left out."""
        if self.closed_lower or math.isinf(self.lower):
            return max(value - step, self.lower)
        return max(value - step, value - CLOSE * (value - self.lower))

    def towards_upper(self, value: float, step: float) -> float:
        if self.closed_upper or math.isinf(self.upper):
            return min(value + step, self.upper)
        return min(value + step, value + CLOSE * (self.upper - value))

    def cuts(self, landmarks: list[float]) -> list[float]:
        """Where the space is cut first."""
        low, high = self.lower, self.upper
        if math.isfinite(low) and math.isfinite(high):
            return [low + (high - low) * share for share in (0, 1e-6, 1e-3, 0.1, 0.5, 0.9, 0.999, 1 - 1e-6, 1)]
        if math.isfinite(low):
            return [low, *(low + step for step in FAR), math.inf]
        if math.isfinite(high):
            return [-math.inf, *(high - step for step in reversed(FAR)), high]
        return [-math.inf, *sorted({-1e6, -1e3, 1e3, 1e6, *landmarks}), math.inf]


@dataclass(frozen=True, slots=True)
class Boxes:
    """Boxes as two arrays: a row a box, a column a parameter."""

    low: Reals
    high: Reals

    def of(self, keep: NDArray[np.bool_] | NDArray[np.intp]) -> Boxes:
        return Boxes(self.low[keep], self.high[keep])

    def joined(self, other: Boxes) -> Boxes:
        return Boxes(np.concatenate([self.low, other.low]), np.concatenate([self.high, other.high]))

    @property
    def middle(self) -> Reals:
        """A finite point of each box, in the middle on the scale of its ends."""
        low, high = self.low, self.high
        with np.errstate(all="ignore"):
            plain = low + (high - low) / 2
            geometric = np.sqrt(low) * np.sqrt(high)
            negative = -np.sqrt(-low) * np.sqrt(-high)
        found = np.where(
            (low > 0) & (high > 4 * low), geometric, np.where((high < 0) & (low < 4 * high), negative, plain)
        )
        found = np.where((low == 0) & (high < 1), high / 16, np.where((high == 0) & (low > -1), low / 16, found))
        found = np.where(np.isinf(high), np.maximum(4 * low, 1.0), found)
        found = np.where(np.isinf(low), np.minimum(4 * high, -1.0), found)
        return np.where(np.isinf(low) & np.isinf(high), 0.0, found)


def cover(axes: list[Axis], observations: Reals) -> Boxes:
    """The whole space in boxes, cut at powers of ten and at quantiles of the observations."""
    quantiles = [float(v) for v in np.quantile(observations, np.linspace(0, 1, 9))]
    cuts = [a.cuts(quantiles) for a in axes]
    sides = [list(zip(c, c[1:], strict=False)) for c in cuts]
    grid = np.array(np.meshgrid(*(range(len(s)) for s in sides), indexing="ij")).reshape(len(axes), -1).T
    low = np.array([[sides[k][i][0] for k, i in enumerate(row)] for row in grid], dtype=float)
    high = np.array([[sides[k][i][1] for k, i in enumerate(row)] for row in grid], dtype=float)
    return Boxes(low, high)


def halved(boxes: Boxes) -> Boxes:
    """Each box cut in two across the parameter in which it is longest on its own scale."""
    middle = boxes.middle
    with np.errstate(all="ignore"):
        size = (boxes.high - boxes.low) / (np.minimum(np.abs(boxes.low), np.abs(boxes.high)) + 1e-3)
    size = np.where(np.isnan(size), np.inf, size)
    size = np.where((middle > boxes.low) & (middle < boxes.high), size, 0.0)
    across = np.argmax(size, axis=1)
    rows = np.arange(len(across))
    below_high, above_low = boxes.high.copy(), boxes.low.copy()
    below_high[rows, across] = middle[rows, across]
    above_low[rows, across] = middle[rows, across]
    return Boxes(boxes.low, below_high).joined(Boxes(above_low, boxes.high))
