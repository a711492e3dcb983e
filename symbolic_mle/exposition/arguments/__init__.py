"""Ways to a maximum other than the score, each told in a file of its own.

To tell a new kind of argument: a file here with its ``TELLER``, and a line in ``TELLERS`` under the argument's ``kind``.
"""

from __future__ import annotations

from collections.abc import Mapping

from symbolic_mle.exposition.arguments import (
    common_mean,
    constrained,
    corners,
    corners_planes,
    degenerate,
    finitely_many,
    gaps,
    integers,
    least_squares,
    linear_predictors,
    log_affine,
    moments,
    moving,
    moving_ends,
    ordered,
    profiled_integers,
    reflection,
    simplex,
)
from symbolic_mle.exposition.arguments.teller import Teller

TELLERS: Mapping[str, Teller] = {
    "common-mean": common_mean.TELLER,
    "corners": corners.TELLER,
    "planes": corners_planes.TELLER,
    "degenerate": degenerate.TELLER,
    "finitely many": finitely_many.TELLER,
    "gaps": gaps.TELLER,
    "integers": integers.TELLER,
    "least-squares": least_squares.TELLER,
    "linear-predictors": linear_predictors.TELLER,
    "log-affine": log_affine.TELLER,
    "moments": moments.TELLER,
    "moving": moving.TELLER,
    "moving ends": moving_ends.TELLER,
    "profiled integers": profiled_integers.TELLER,
    "reflection": reflection.TELLER,
    "simplex": simplex.TELLER,
    "ordered": ordered.TELLER,
    "constrained": constrained.TELLER,
}
