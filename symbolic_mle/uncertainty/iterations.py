"""Newton–Raphson and Fisher scoring on data, step by step: what the section "Computation" of a derivation describes.

θ ← θ + M⁻¹ ∇ℓ(θ), with M = −∇²ℓ(θ) (Newton–Raphson) or the expected information of the sample (Fisher scoring; for regressions
it is iteratively reweighted least squares). A step that lowers ℓ or leaves the space is halved; where −∇²ℓ is not positive definite
Newton's method takes the gradient scaled by its diagonal. (Lange 2010, chapters 10 and 14.)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

MOST_STEPS = 100
MOST_HALVINGS = 40
SETTLED = 1e-10


@dataclass(frozen=True, slots=True)
class Iteration:
    """One row of the table: the values of the parameters, ℓ there (up to its constant), and the length of the gradient."""

    values: dict[str, float]
    log_likelihood: float
    gradient: float


def iterate(
    names: Sequence[str],
    height: Callable[[Array], float],
    gradient: Callable[[Array], Array],
    information: Callable[[Array], Array],
    start: Array,
    boxes: Sequence[tuple[float, float]],
) -> list[Iteration]:
    """The rows from ``start`` until a step changes no parameter by more than 1e−10 of its size."""
    point, rows = start, list[Iteration]()
    for _ in range(MOST_STEPS):
        here, slope = height(point), gradient(point)
        rows.append(Iteration(dict(zip(names, map(float, point), strict=True)), here, float(np.linalg.norm(slope))))
        step = _step(information(point), slope)
        following = _advance(height, point, here, step, boxes)
        if following is None or np.all(np.abs(following - point) <= SETTLED * (1e-3 + np.abs(point))):
            break
        point = following
    return rows


def _step(matrix: Array, slope: Array) -> Array:
    if np.isfinite(matrix).all() and np.all(np.linalg.eigvalsh(matrix) > 0):
        return np.asarray(np.linalg.solve(matrix, slope))
    return slope / np.maximum(np.abs(np.diag(matrix)), 1e-300)


def _advance(
    height: Callable[[Array], float], point: Array, here: float, step: Array, boxes: Sequence[tuple[float, float]]
) -> Array | None:
    """The point after the step, halved until it lies inside the space and does not lower ℓ; None if none does."""
    for k in range(MOST_HALVINGS):
        following = point + step / 2**k
        inside = all(low < v < high for v, (low, high) in zip(following, boxes, strict=True))
        if inside and height(following) >= here:
            return np.asarray(following)
    return None
