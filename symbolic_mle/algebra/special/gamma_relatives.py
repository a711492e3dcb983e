"""Functions made of Γ: the beta function, binomial coefficients, polygammas."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from symbolic_mle.algebra.special.gamma_function import (
    HALF_LOG_TWO_PI,
    STIRLING_FROM,
    digamma,
    gamma,
    lgamma,
    log_gamma_ratio,
    stirling_remainder,
)
from symbolic_mle.algebra.special.regions import Reals, columns, evaluate
from symbolic_mle.algebra.special.zeta_function import hurwitz_zeta


def polygamma(order: int, x: ArrayLike) -> Reals:
    """ψ⁽ᵐ⁾(x) = (−1)^(m+1) m! ζ(m + 1, x) for m ≥ 1 and x > 0; ψ for m = 0."""
    if order == 0:
        return digamma(x)
    return (-1) ** (order + 1) * math.gamma(order + 1) * hurwitz_zeta(order + 1, x)


def betaln(a: ArrayLike, b: ArrayLike) -> Reals:
    """log B(a, b) = log Γ(a) + log Γ(b) − log Γ(a + b), for a, b > 0."""
    shape, (a, b) = columns(a, b)
    small, large = np.minimum(a, b), np.maximum(a, b)
    with np.errstate(all="ignore"):
        result = evaluate(
            [small, large],
            (small >= STIRLING_FROM, _betaln_large),
            (small > 0, lambda small, large: lgamma(small) - log_gamma_ratio(large, small)),
        )
    return result.reshape(shape)[()]


def _betaln_large(small: Reals, large: Reals) -> Reals:
    ratio = small / large
    remainder = stirling_remainder(small) + stirling_remainder(large) - stirling_remainder(small + large)
    powers = (small - 0.5) * np.log(ratio / (1 + ratio)) - large * np.log1p(ratio)
    return HALF_LOG_TWO_PI - 0.5 * np.log(large) + powers + remainder


def beta(a: ArrayLike, b: ArrayLike) -> Reals:
    """B(a, b) = Γ(a) Γ(b) / Γ(a + b), for a, b > 0."""
    with np.errstate(all="ignore"):
        return np.exp(betaln(a, b))


def log_binomial(n: ArrayLike, k: ArrayLike) -> Reals:
    """log C(n, k) for n > −1 and −1 < k < n + 1; −∞ where an integer k makes C(n, k) zero."""
    shape, (n, k) = columns(n, k)
    with np.errstate(all="ignore"):
        inside = (n > -1) & (k > -1) & (n - k > -1)
        empty = (k == np.floor(k)) & ((k < 0) | ((n == np.floor(n)) & (n >= 0) & (k > n)))
        value = np.where(inside, -np.log1p(n) - betaln(n - k + 1, k + 1), np.nan)
        return np.where(empty, -np.inf, value).reshape(shape)[()]


def binomial(n: ArrayLike, k: ArrayLike) -> Reals:
    """C(n, k) = Γ(n + 1) / (Γ(k + 1) Γ(n − k + 1)); for integers an integer, and 0 for k < 0 or k > n."""
    shape, (n, k) = columns(n, k)
    with np.errstate(all="ignore"):
        whole = (k == np.floor(k)) & (k >= 0)
        flipped = whole & (n <= -1)  # C(n, k) = (−1)^k C(k − n − 1, k)
        top = np.where(flipped, k - n - 1, n)
        ratio = gamma(top + 1) / gamma(k + 1) / gamma(top - k + 1)
        value = np.where(np.isfinite(ratio) & (ratio != 0), ratio, np.exp(log_binomial(top, k)))
        value = np.where(np.isneginf(log_binomial(top, k)), 0.0, value)
        value = np.where(whole & (top == np.floor(top)) & (value < 1e14), np.rint(value), value)
        return np.where(flipped & (np.mod(k, 2) == 1), -value, value).reshape(shape)[()]
