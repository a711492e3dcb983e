"""The real branches of Lambert's W, the inverse of w e^w."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from symbolic_mle.algebra.special.regions import Reals, columns, constant, evaluate

BRANCH_POINT = -math.exp(-1)


def lambert_w(x: ArrayLike, branch: int = 0) -> Reals:
    """w with w e^w = x: w ≥ −1 on branch 0 (x ≥ −1/e), w ≤ −1 on branch −1 (−1/e ≤ x < 0)."""
    shape, (x,) = columns(x)
    with np.errstate(all="ignore"):
        if branch == 0:
            regions = ((x == 0, np.copy), (np.isposinf(x), constant(np.inf)), (x >= BRANCH_POINT, _principal))
            result = evaluate([x], *regions)
        elif branch == -1:
            result = evaluate([x], ((x >= BRANCH_POINT) & (x < 0), _lower), (x == 0, constant(-np.inf)))
        else:
            result = np.full_like(x, np.nan)
    return result.reshape(shape)[()]


def _near_branch_point(x: Reals, sign: int) -> Reals:
    """−1 + p − p²/3 + 11 p³/72 − 43 p⁴/540 with p = ±√(2(e x + 1)), e x + 1 from e in two parts."""
    gap = math.e * (x - BRANCH_POINT) + (math.e * BRANCH_POINT + 1) + 1.4456468917292502e-16 * x
    p = sign * np.sqrt(np.maximum(2 * gap, 0))
    return -1 + p * (1 - p / 3 + p * p * 11 / 72 - p**3 * 43 / 540)


def _principal(x: Reals) -> Reals:
    log = np.log1p(x)
    start = np.where(x < -0.25, _near_branch_point(x, 1), log * (1 - np.log1p(log) / (2 + log)))
    return _halley(x, start, -0.36)


def _lower(x: Reals) -> Reals:
    log = np.log(-x)
    start = np.where(x < -0.25, _near_branch_point(x, -1), log - np.log(-log))
    return _halley(x, start, -0.36)


def _halley(x: Reals, w: Reals, from_x: float) -> Reals:
    """Fritsch's iteration on log(x/w) − w (fourth order), which neither overflows nor underflows."""
    start = w
    for _ in range(4):
        residual = np.log(x / w) - w
        q = 2 * (1 + w) * (1 + w + 2 * residual / 3)
        step = residual / (1 + w) * (q - residual) / (q - 2 * residual)
        w = np.where(np.isfinite(step), w * (1 + step), w)
    return np.where((x < -0.3678) & (np.abs(start + 1) < 1e-4), start, w)
