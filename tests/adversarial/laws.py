"""What an adversary model is, and the log-densities that several of them share, written by hand.

Chosen for what they can trap: supports and spaces with closed ends, boundary samples, likelihoods with several peaks or
none, other parametrisations of the same law, names that mean something else elsewhere, densities left unsimplified. The
log-density takes (x, *parameters, *known) as floats, x an array; nothing here knows the package.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy import exp, log, log1p, pi
from scipy import special

gammaln, betaln, xlogy, xlog1py = special.gammaln, special.betaln, special.xlogy, special.xlog1py
softplus = np.logaddexp

POSITIVE, LINE, UNIT = "x > 0", "", "0 < x, x < 1"
COUNTS, POINTS = "x = 0, 1, 2, ...", (0.0, 1.0, 2.0, 7.0)
AMOUNTS, REALS, SHARES = (0.5, 1.0, 2.0, 7.0), (-3.0, 0.0, 0.8, 4.0), (0.02, 0.5, 0.6, 0.97)


class Adversary(NamedTuple):
    """``values``: four values of the support, of which the degenerate samples are made (equal, tied, at an end)."""

    name: str
    density: str
    parameters: Mapping[str, str]
    support: str
    log_density: Callable[..., Any]
    draw: Callable[[np.random.Generator, int], Any]
    values: tuple[float, ...]
    known: Mapping[str, float] = {}
    several_peaks: bool = False  # for some samples: "global" must not be claimed


def above_zero(*names: str) -> dict[str, str]:
    return {name: f"{name} > 0" for name in names}


def share(name: str) -> dict[str, str]:
    return {name: f"0 < {name}, {name} < 1"}


def normal(x: Any, mean: Any, variance: Any) -> Any:
    return -0.5 * log(2 * pi * variance) - (x - mean) ** 2 / (2 * variance)


def gamma(x: Any, shape: Any, scale: Any) -> Any:
    return (shape - 1) * log(x) - x / scale - gammaln(shape) - shape * log(scale)


def beta(x: Any, a: Any, b: Any) -> Any:
    return (a - 1) * log(x) + (b - 1) * log1p(-x) - betaln(a, b)


def inverse_gaussian(x: Any, mean: Any, shape: Any) -> Any:
    return 0.5 * log(shape / (2 * pi * x**3)) - shape * (x - mean) ** 2 / (2 * mean**2 * x)


def bernoulli(x: Any, p: Any) -> Any:
    return xlogy(x, p) + xlog1py(1 - x, -p)


def gumbel(x: Any, mu: Any, s: Any) -> Any:
    return -(x - mu) / s - exp(-(x - mu) / s) - log(s)


def cells(x: Any, *probabilities: float) -> Any:
    return log(np.choose(np.asarray(x).astype(int), probabilities))
