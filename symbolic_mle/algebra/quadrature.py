"""∫ g and Σ g over an interval as numbers, with an honest word on whether they can be trusted.

Integrals by the double exponential rule (Takahasi & Mori 1974); sums over the integers term by term.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from symbolic_mle.algebra.intervals import Interval

Array = NDArray[np.float64]

TERMS = 20_000  # of a sum over an infinite support


def lattice(interval: Interval) -> tuple[Array, bool]:
    """The integers of an interval with numbers for ends, from the middle outwards when it is infinite; are these all?"""
    low, high = float(interval.lower), float(interval.upper)
    first = np.floor(low) + 1 if not interval.closed_lower else np.ceil(low)
    last = np.ceil(high) - 1 if not interval.closed_upper else np.floor(high)
    if np.isfinite(low) and np.isfinite(high):
        return np.arange(first, min(last, first + TERMS) + 1), last <= first + TERMS
    if np.isfinite(low):
        return np.arange(first, first + TERMS), False
    return np.concatenate([[0.0], np.repeat(np.arange(1.0, TERMS), 2) * np.tile([1.0, -1.0], TERMS - 1)]), False


def nodes(interval: Interval, step: float) -> tuple[Array, Array, Array]:
    """Points inside the interval, their weights, and their distance to the nearer end (or to 0, if that is nearer)."""
    t = np.arange(-4.6, 4.6, step)
    s = np.pi / 2 * np.sinh(t)
    ds = np.pi / 2 * np.cosh(t)
    low, high = float(interval.lower), float(interval.upper)
    with np.errstate(all="ignore"):
        if np.isfinite(low) and np.isfinite(high):
            half = (high - low) / 2
            near = half * 2 / (1 + np.exp(2 * np.abs(s)))  # distance to the nearer end, exact there
            points = np.where(s < 0, low + near, high - near)
            weights = half * ds / np.cosh(s) ** 2
        elif np.isfinite(low):
            points, weights = low + np.exp(s), np.exp(s) * ds
        elif np.isfinite(high):
            points, weights = high - np.exp(s), np.exp(s) * ds
        else:
            points, weights = np.sinh(s), np.cosh(s) * ds
        inside = np.isfinite(points) & (points > low) & (points < high)
        points, weights = points[inside], weights[inside]
        gaps = np.minimum(np.minimum(np.abs(points - low), np.abs(high - points)), np.abs(points))
    return points, weights * step, gaps


def integrate(at: Callable[[Array], Any], interval: Interval, step: float) -> tuple[float, float, float]:
    """∫ at(x) dx over the interval, the lowest value met, and what the ends may hide."""
    points, weights, gaps = nodes(interval, step)
    with np.errstate(all="ignore"):
        values = at(points)
        missing = max((abs(values[k]) * gaps[k] for k in (0, -1) if len(values)), default=0.0)
        terms = values * weights
    terms = terms[np.isfinite(terms)]
    finite = values[np.isfinite(values)]
    return float(terms.sum()), float(finite.min(initial=0.0)), float(missing)
