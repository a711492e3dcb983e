"""The boxes of a branch and bound, and the three tests on them: see ``certified`` for what they prove."""

from __future__ import annotations

import math

import numpy as np
import sympy as sp
from numpy.typing import NDArray
from sympy import Expr, Symbol

from symbolic_mle.algebra.patience import until
from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.algebra.signs import Sign, find_sign
from symbolic_mle.locating.boxes import Axis, Boxes, halved
from symbolic_mle.locating.enclosing import Data, enclose
from symbolic_mle.locating.interval_arithmetic import Intervals, Reals, is_negative_definite
from symbolic_mle.locating.narrow_forms import nested, with_counts
from symbolic_mle.records import Specification

SIMPLE = 60  # operations in a slope whose sign is asked of the space as a whole
TIE = 1e-10


class Search:
    """The boxes that may still hold a maximiser, the height that is attained, and what was seen at the open ends."""

    def __init__(self, log_likelihood: Expr, axes: list[Axis], data: Data, size: Symbol) -> None:
        self.axes, self.data = axes, data
        self.symbols = [a.symbol for a in axes]
        log_likelihood = with_counts(log_likelihood.xreplace({size: sp.Integer(int(data.weights.sum()))}), data)
        slopes = [log_likelihood.diff(s) for s in self.symbols]
        self.curves = [[nested(slope.diff(s), self.symbols) for s in self.symbols] for slope in slopes]
        self.expr, self.slopes = nested(log_likelihood, self.symbols), [nested(s, self.symbols) for s in slopes]
        self.height, self.best = -math.inf, np.full(len(axes), math.nan)
        none = np.empty((0, len(axes)))
        self.watched = Boxes(
            none, none
        )  # without a maximiser, but at an open end where the supremum might be approached
        self.varies = False  # ℓ is known to differ at two points
        self.peaks: list[tuple[Reals, Boxes]] = []
        self.cleared: list[Boxes] = []  # ℓ < L* on them

    def enclose(self, expr: Expr, boxes: Boxes) -> Intervals:
        columns = {s: Intervals(boxes.low[:, k], boxes.high[:, k]) for k, s in enumerate(self.symbols)}
        return enclose(expr, columns, self.data)

    def at(self, expr: Expr, points: Reals) -> Intervals:
        return self.enclose(expr, Boxes(points, points))

    def inside(self, points: Reals) -> NDArray[np.bool_]:
        """Which points belong to the space?"""
        found = np.isfinite(points).all(axis=1)
        for k, a in enumerate(self.axes):
            column = points[:, k]
            found &= (column > a.lower) | (a.closed_lower & (column == a.lower))
            found &= (column < a.upper) | (a.closed_upper & (column == a.upper))
        return np.asarray(found)

    def raise_height(self, points: Reals) -> None:
        points = points[self.inside(points)]
        if not len(points):
            return
        values = self.at(self.expr, points)
        heights, k = values.low, int(np.argmax(values.low))
        self.varies = self.varies or bool((values.high < heights[k]).any())
        if heights[k] > self.height:
            self.height, self.best = float(heights[k]), points[k]

    def round(self, boxes: Boxes) -> Boxes:
        """One pass of the tests over the boxes; what is left."""
        self.raise_height(boxes.middle)
        boxes, slopes = self.by_value(boxes)
        left, unsound = self.by_slope(boxes, slopes)
        self.watched = self.watched.joined(unsound)
        return left

    def watch(self) -> None:
        """One pass over the boxes that are watched."""
        boxes, slopes = self.by_value(halved(self.watched))
        _, self.watched = self.by_slope(boxes, slopes)

    def by_value(self, boxes: Boxes) -> tuple[Boxes, list[Intervals]]:
        upper, slopes = self.bounds(boxes)
        alive = upper >= self.height
        return boxes.of(alive), [Intervals(s.low[alive], s.high[alive]) for s in slopes]

    def bounds(self, boxes: Boxes) -> tuple[Reals, list[Intervals]]:
        """Upper bounds of ℓ, by itself and by the mean value theorem, and the slopes."""
        slopes = [self.enclose(s, boxes) for s in self.slopes]
        middle = boxes.middle
        with np.errstate(all="ignore"):
            upper = self.enclose(self.expr, boxes).high
            mean = self.at(self.expr, middle)
            total = mean
            for k, slope in enumerate(slopes):
                step = Intervals(boxes.low[:, k], boxes.high[:, k]) + Intervals.point(-middle[:, k])
                total = total + slope * step
        return np.minimum(upper, np.where(np.isnan(total.high), np.inf, total.high)), slopes

    def by_slope(self, boxes: Boxes, slopes: list[Intervals]) -> tuple[Boxes, Boxes]:
        """The boxes that may hold a maximiser, shrunk to a closed end; and of the others those that attainment has to watch."""
        low, high = boxes.low.copy(), boxes.high.copy()
        keep, inward = np.ones(len(low), dtype=bool), np.zeros(len(low), dtype=bool)
        touching = self.touches(boxes)
        for k, (axis, slope) in enumerate(zip(self.axes, slopes, strict=True)):
            for rises in (True, False):
                sure = (slope.low > 0) if rises else (slope.high < 0)
                end, closed = (axis.upper, axis.closed_upper) if rises else (axis.lower, axis.closed_lower)
                ahead_of = (high if rises else low)[:, k]
                to_end = sure & closed & (ahead_of == end)
                if len(self.axes) == 1 and self.varies:
                    weak = ((slope.low >= 0) if rises else (slope.high <= 0)) & (low[:, k] < high[:, k]) & ~sure
                    to_end |= weak & self.inside(ahead_of[:, None])  # the slope may be 0 there: it can be the maximiser
                    sure |= weak
                low[:, k], high[:, k] = np.where(to_end, ahead_of, low[:, k]), np.where(to_end, ahead_of, high[:, k])
                keep &= ~sure | to_end
                behind, ahead = touching[k] if rises else touching[k][::-1]
                inward |= sure & behind & ~ahead
        anywhere = np.any([side for pair in touching for side in pair], axis=0)
        return Boxes(low, high).of(keep), boxes.of(~keep & anywhere & ~inward)

    def touches(self, boxes: Boxes) -> list[tuple[NDArray[np.bool_], NDArray[np.bool_]]]:
        """For each parameter: which boxes reach to its lower and to its upper end, where the space leaves it out?"""
        return [
            ((boxes.low[:, k] <= a.lower) & (not a.closed_lower), (boxes.high[:, k] >= a.upper) & (not a.closed_upper))
            for k, a in enumerate(self.axes)
        ]

    def runs_out(self, model: Specification) -> bool:
        """Is a slope of one sign on the whole space, its other closed ends included, and points to an end that is left out?"""
        for axis, slope in zip(self.axes, self.slopes, strict=True):
            if slope.has(DataSum) or slope.count_ops() > SIMPLE or (axis.closed_lower and axis.closed_upper):
                continue
            spaces = {**model.region, **model.parameters, axis.symbol: model.parameters[axis.symbol].interior}
            found = find_sign(sp.together(slope), spaces, deadline=until(0.2))
            if found is not None and found.sign in (Sign.POSITIVE, Sign.NEGATIVE):
                return not (axis.closed_upper if found.sign is Sign.POSITIVE else axis.closed_lower)
        return False

    # -------------------------------------------------------------- peaks

    def find_peaks(self, boxes: Boxes) -> bool:
        """Peaks around the best point, and around the highest middle of the boxes that are left."""
        middles = boxes.middle
        middles = middles[self.inside(middles)]
        found = self.find_peak(self.best)
        if len(middles):
            found |= self.find_peak(middles[int(np.argmax(self.at(self.expr, middles).low))])
        return found

    def find_peak(self, start: Reals) -> bool:
        """A box around a highest point on which there is at most one maximiser, the largest that is proved."""
        point = self.polished(start)
        self.raise_height(point[None, :])
        if any(bool(((p.low <= point) & (point <= p.high)).all()) for _, p in self.peaks):
            return False
        scale = np.array([self.room(k, v) for k, v in enumerate(point)])
        for share in (2.0, 1.0, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 1e-3, 1e-4):
            low = np.array([a.towards_lower(v, s * share) for v, s, a in zip(point, scale, self.axes, strict=True)])
            high = np.array([a.towards_upper(v, s * share) for v, s, a in zip(point, scale, self.axes, strict=True)])
            box = Boxes(low[None, :], high[None, :])
            if self.is_peak(box, point):
                highest = self.highest(box, point)
                if highest < self.height:
                    self.cleared.append(box)
                elif highest <= self.height + TIE * (1 + abs(self.height)):
                    self.peaks.append((point, box))
                return True
        return False

    def highest(self, box: Boxes, point: Reals) -> float:
        """An upper bound of ℓ on a box where it is concave: ℓ lies below its tangent at the point."""
        rise = self.at(self.expr, point[None, :])
        for k, slope in enumerate(self.slopes):
            width = Intervals(box.low[:, k], box.high[:, k]) + Intervals.point(-point[k : k + 1])
            rise = rise + (self.at(slope, point[None, :]) * width)
        return float(rise.high[0])

    def room(self, k: int, value: float) -> float:
        axis = self.axes[k]
        ends = [abs(value - e) for e in (axis.lower, axis.upper) if math.isfinite(e) and value != e]
        return min([*ends, max(abs(value), 1e-3)]) if ends else max(abs(value), 1.0)

    def is_peak(self, box: Boxes, point: Reals) -> bool:
        """Is ℓ strictly concave in the parameters that no slope holds at a closed end?"""
        free = []
        for k, axis in enumerate(self.axes):
            slope = self.enclose(self.slopes[k], box)
            held_low = axis.closed_lower and point[k] == axis.lower and bool(slope.high[0] < 0)
            held_high = axis.closed_upper and point[k] == axis.upper and bool(slope.low[0] > 0)
            if not (held_low or held_high):
                free.append(k)
        if not free:
            return True
        return is_negative_definite([[self.enclose(self.curves[i][j], box) for j in free] for i in free])

    def polished(self, point: Reals) -> Reals:
        """Newton's steps from a good point, clipped to the space."""
        point = point.copy()
        for _ in range(30):
            here = point[None, :]
            gradient = np.array([_centre(self.at(s, here)) for s in self.slopes])
            free = [k for k, a in enumerate(self.axes) if not self.at_closed_end(a, point[k], gradient[k])]
            if not free or not np.isfinite(gradient).all():
                break
            hessian = np.array([[_centre(self.at(self.curves[i][j], here)) for j in free] for i in free])
            try:
                step = np.linalg.solve(hessian, -gradient[free])
            except np.linalg.LinAlgError:
                break
            new = point.copy()
            new[free] += step
            new = np.array([min(max(v, a.lower), a.upper) for v, a in zip(new, self.axes, strict=True)])
            if (
                not self.inside(new[None, :])[0]
                or self.at(self.expr, new[None, :]).high[0] < self.at(self.expr, here).low[0]
            ):
                break
            moved = np.max(np.abs(new - point) / (np.abs(point) + 1e-300))
            point = new
            if moved < 1e-15:
                break
        return point

    @staticmethod
    def at_closed_end(axis: Axis, value: float, slope: float) -> bool:
        return (axis.closed_lower and value == axis.lower and slope < 0) or (
            axis.closed_upper and value == axis.upper and slope > 0
        )

    def outside_peaks(self, boxes: Boxes) -> Boxes:
        keep = np.ones(len(boxes.low), dtype=bool)
        for peak in (*self.cleared, *(box for _, box in self.peaks)):
            keep &= ~((boxes.low >= peak.low).all(axis=1) & (boxes.high <= peak.high).all(axis=1))
        return boxes.of(keep)


def _centre(found: Intervals) -> float:
    return float((found.low[0] + found.high[0]) / 2)
