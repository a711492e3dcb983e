"""The maximisers of a smooth log-likelihood on given data, found with certainty by interval arithmetic.

The space is covered by boxes, closed, unbounded ones included. Let L* be a value of ℓ that is attained.
  (value)    sup ℓ < L* on a box: no maximiser there.
  (slope)    ∂ℓ/∂θᵢ of one strict sign on a box: no maximiser there, but on the end of the space that the sign points to, if that
             end belongs to the space; then the box shrinks to it.
             For one parameter ≥ or ≤ 0 leaves the end of the box that the sign points to, if it is in the space: ℓ is analytic, so
             it is constant on no interval when it differs at two points.
  (peak)     A box on which ℓ is strictly concave in the parameters that are not held at an end by (slope): at most one maximiser.
Other boxes are halved. When peaks are all that is left, the best of them are the only possible maximisers. They are maximisers if
the supremum is attained: so if every box that touches an end which the space leaves out was dropped by (value), or by (slope)
in that direction pointing inwards (from any point near that end ℓ rises towards a compact set); boxes dropped otherwise are
watched until then. When no box is left, no maximum exists.
(Hansen & Walster 2004, Global Optimization Using Interval Analysis, chapters 12 and 14.)
"""

from __future__ import annotations

import math
import time
from collections.abc import Mapping

import numpy as np
from sympy import Expr, Symbol

from symbolic_mle.locating.boxes import Axis, cover, halved
from symbolic_mle.locating.branch_and_bound import Search
from symbolic_mle.locating.enclosing import Data, NotEnclosedError
from symbolic_mle.locating.interval_arithmetic import Reals
from symbolic_mle.records import Existence, Located, Proof, Specification

SECONDS = (0.5, 2.0)  # for one parameter, for several
MOST_BOXES = 6000
MOST_ROUNDS = 200
MOST_PEAKS = 12
MOST_OBSERVATIONS, MOST_PARAMETERS = 1000, 3


def certified_maximum(
    log_likelihood: Expr, axes: list[Axis], constants: Mapping[Symbol, float], sample: Mapping[Symbol, Reals],
    model: Specification,
) -> Located | None:  # fmt: skip
    """All maximisers, or that there is none; None where the search does not come to an end."""
    data = Data.of(sample, constants, model.size)
    if len(data.weights) > MOST_OBSERVATIONS or len(axes) > MOST_PARAMETERS:
        return None
    with np.errstate(all="ignore"):
        return _searched(Search(log_likelihood, axes, data, model.size), model)


def _searched(search: Search, model: Specification) -> Located | None:
    start, boxes = time.thread_time(), cover(search.axes, next(iter(search.data.columns.values())))
    if search.runs_out(model):
        return _result(search)
    try:
        for _ in range(MOST_ROUNDS):
            boxes = search.outside_peaks(search.round(boxes))
            search.watch()
            if not len(boxes.low) and not (search.peaks and len(search.watched.low)):
                return _result(search)
            if (
                max(len(boxes.low), len(search.watched.low)) > MOST_BOXES
                or len(search.peaks) > MOST_PEAKS
                or time.thread_time() - start > SECONDS[len(search.axes) > 1]
            ):
                return None
            if math.isfinite(search.height) and search.find_peaks(boxes):
                boxes = search.outside_peaks(boxes)
            boxes = halved(boxes)
    except (NotEnclosedError, OverflowError, ValueError):
        return None
    return None


def _result(search: Search) -> Located | None:
    symbols = search.symbols
    if not search.peaks:
        return Located(
            Existence.NOT_ATTAINED, (), Proof.GLOBAL, "on these data no parameter value maximises the likelihood"
        )
    highest = [point for point, box in search.peaks if search.highest(box, point) >= search.height]
    tied = Proof.GLOBAL if len(highest) == 1 else Proof.LOCAL
    return Located(Existence.ATTAINED, tuple(dict(zip(symbols, map(float, p), strict=True)) for p in highest), tied)
