"""Mean and variance of one observation under given parameter values, by numerical integration or summation.

The trapezoidal rule after a double exponential change of variable (Takahasi and Mori 1974); sums of up to a few thousand
terms. None where the mass is not 1 or the moments do not settle.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sympy import Symbol

from symbolic_mle.algebra.numeric import NotNumeric, compile_pointwise
from symbolic_mle.marking.likelihood import ModelLikelihood
from symbolic_mle.marking.sampling import ends

TERMS = 4_000
CLOSE = 1e-4


@dataclass(frozen=True)
class Moments:
    """E[X], Var[X], and the variance of log X where X is positive."""

    mean: float
    variance: float
    log_variance: float | None


def moments(likelihood: ModelLikelihood, values: Mapping[Symbol, float]) -> Moments | None:
    """The moments of one observation; None for several variables, and where they are not found or do not exist."""
    model = likelihood.model
    if len(model.observed) != 1 or model.support.points is not None or model.support.relations:
        return None
    (x,) = model.variables
    low, high = ends(model.support.intervals[x], values)
    if not low < high:
        return None
    try:
        density = compile_pointwise(model.density, likelihood.names, (x,))
    except NotNumeric:
        return None
    points, weights = _whole(low, high) if model.discrete else _line(low, high)
    with np.errstate(all="ignore"):
        mass = np.nan_to_num(density({s: float(v) for s, v in values.items()}, {x: points}) * weights, posinf=0.0)
        mean = float(np.sum(mass * points))
        square = float(np.sum(mass * points**2))
        logs = np.log(points) if low >= 0 and not model.discrete else None
        spread = None if logs is None else float(np.sum(mass * logs**2) - np.sum(mass * logs) ** 2)
    tail = abs(float(np.sum(mass[-len(mass) // 50 :] * points[-len(mass) // 50 :] ** 2)))
    if abs(float(np.sum(mass)) - 1) > CLOSE or not math.isfinite(square) or tail > CLOSE * (1 + square):
        return None
    return Moments(mean, square - mean**2, spread)


def _whole(low: float, high: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    first = math.ceil(low) if math.isfinite(low) else -TERMS // 2
    last = min(high, first + TERMS)
    points = np.arange(first, math.floor(last) + 1, dtype=float)
    return points, np.ones_like(points)


def _line(low: float, high: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    t, step = np.linspace(-4.2, 4.2, 2401, retstep=True)
    bent = np.pi / 2 * np.sinh(t)
    rate = np.pi / 2 * np.cosh(t)
    if math.isfinite(low) and math.isfinite(high):
        half = (high - low) / 2
        points = np.where(
            t < 0, low + (high - low) / (1 + np.exp(-2 * bent)), high - (high - low) / (1 + np.exp(2 * bent))
        )
        return points, step * half * rate / np.cosh(bent) ** 2
    if math.isfinite(low) or math.isfinite(high):
        grown = np.exp(bent)
        return (low + grown if math.isfinite(low) else high - grown), step * grown * rate
    return np.sinh(bent), step * np.cosh(bent) * rate
