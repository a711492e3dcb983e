"""The modified Bessel functions I and K of real order, scaled or in logarithms, so that neither overflows.

K is its integral ∫₀^∞ exp(−x cosh t) cosh νt dt by the trapezoidal rule, which converges geometrically (Trefethen &
Weideman, SIAM Review 2014). I has only positive terms everywhere: Hankel's expansion where x is large beside ν²,
Debye's uniform one where ν is large, its power series elsewhere (Abramowitz & Stegun 9.6.10, 9.7.1, 9.7.7).
"""

from __future__ import annotations

import math
from fractions import Fraction
from functools import cache

import numpy as np
from numpy.typing import ArrayLike

from symbolic_mle.algebra.special.gamma_function import gamma, lgamma, sin_pi
from symbolic_mle.algebra.special.regions import Reals, columns, constant, evaluate, horner

HANKEL_FROM = 36.0
DEBYE_FROM = 30.0
DEBYE_TERMS = 16


def besseli(order: ArrayLike, x: ArrayLike, scaled: bool = False) -> Reals:
    """I_ν(x) for x ≥ 0, and for x < 0 with integer ν; times exp(−|x|) if ``scaled``."""
    shape, (order, x) = columns(order, x)
    size, odd = np.abs(x), np.mod(order, 2) == 1
    whole = order == np.floor(order)
    with np.errstate(all="ignore"):
        value = _scaled_i(np.abs(order), size)
        value = value if scaled else _unscale(value, np.abs(order), size)
        if (mirrored := (order < 0) & ~whole).any():  # I₋ᵥ = Iᵥ + (2/π) sin(νπ) Kᵥ
            k = np.exp(_log_scaled_k(np.abs(order), size) - (2 * size if scaled else size))
            value = np.where(mirrored, value + 2 / np.pi * sin_pi(-order) * k, value)
        value = np.where(x < 0, np.where(whole, np.where(odd, -value, value), np.nan), value)
    return value.reshape(shape)[()]


def log_besseli(order: ArrayLike, x: ArrayLike) -> Reals:
    """log I_ν(x) for ν ≥ 0 (or an integer) and x ≥ 0."""
    shape, (order, x) = columns(order, x)
    whole = order == np.floor(order)
    order = np.where(whole, np.abs(order), order)
    with np.errstate(all="ignore"):
        result = _log_scaled_i(order, x) + x
        near_one = (order == 0) & (x >= 0) & (x < 4)
        if near_one.any():
            result[near_one] = np.log1p(_power_series_after_one(order[near_one], x[near_one]))
        result = np.where((order < 0) | (x < 0), np.nan, result)
    return result.reshape(shape)[()]


def besselk(order: ArrayLike, x: ArrayLike, scaled: bool = False) -> Reals:
    """K_ν(x) for x > 0, times exp(x) if ``scaled``; +∞ at 0."""
    shape, (order, x) = columns(order, x)
    with np.errstate(all="ignore"):
        log = _log_scaled_k(np.abs(order), x)
        return np.exp(log if scaled else log - x).reshape(shape)[()]


def log_besselk(order: ArrayLike, x: ArrayLike) -> Reals:
    """log K_ν(x) for x > 0."""
    shape, (order, x) = columns(order, x)
    with np.errstate(all="ignore"):
        return (_log_scaled_k(np.abs(order), x) - x).reshape(shape)[()]


def _unscale(value: Reals, order: Reals, x: Reals) -> Reals:
    direct = value * np.exp(x)
    fits = np.isfinite(direct) & (value > 1e-290)
    return np.where(fits | (x == 0), direct, np.exp(_log_scaled_i(order, x) + x))


def _regions(order: Reals, x: Reals) -> tuple[Reals, Reals, Reals]:
    hankel = x >= np.maximum(HANKEL_FROM, order * order / 2)
    debye = order >= DEBYE_FROM
    return hankel, debye, x > 0  # type: ignore[return-value]


def _scaled_i(order: Reals, x: Reals) -> Reals:
    """exp(−x) I_ν(x) for ν, x ≥ 0."""
    hankel, debye, inside = _regions(order, x)
    return evaluate(
        [order, x],
        (np.isposinf(x), constant(0.0)),
        (hankel, lambda order, x: _hankel(order, x) / np.sqrt(2 * np.pi * x)),
        (debye, lambda order, x: np.exp(_log_debye(order, x))),
        (inside, lambda order, x: (x / 2) ** order / gamma(order + 1) * _power_series(order, x) * np.exp(-x)),
        (x == 0, lambda order, x: np.where(order == 0, 1.0, 0.0)),
    )


def _log_scaled_i(order: Reals, x: Reals) -> Reals:
    hankel, debye, inside = _regions(order, x)
    return evaluate(
        [order, x],
        (np.isposinf(x), constant(-np.inf)),
        (hankel, lambda order, x: np.log(_hankel(order, x)) - 0.5 * np.log(2 * np.pi * x)),
        (debye, _log_debye),
        (inside, lambda order, x: _log_power_series(order, x)),
        (x == 0, lambda order, x: np.where(order == 0, 0.0, -np.inf)),
    )


def _hankel(order: Reals, x: Reals) -> Reals:
    """Σₖ (−1)ᵏ (4ν² − 1²)(4ν² − 3²)… / (k! (8x)ᵏ), each element up to its smallest term."""
    total, term = np.ones_like(x), np.ones_like(x)
    for k in range(1, 80):
        following = -term * (4 * order * order - (2 * k - 1) ** 2) / (8 * k * x)
        term = np.where((np.abs(following) < np.abs(term)) | (k == 1), following, 0.0)
        total = total + term
        if np.all(np.abs(term) <= 1e-18):
            break
    return total


def _power_series(order: Reals, x: Reals) -> Reals:
    """Σₖ (x²/4)ᵏ / (k! (ν + 1)…(ν + k))."""
    return 1 + _power_series_after_one(order, x)


def _power_series_after_one(order: Reals, x: Reals) -> Reals:
    quarter, total, term, k = x * x / 4, np.zeros_like(x), np.ones_like(x), 0
    while np.any(term > 1e-18 * total):
        k += 1
        term = term * quarter / (k * (order + k))
        total = total + term
    return total


def _log_power_series(order: Reals, x: Reals) -> Reals:
    return order * np.log(x / 2) - lgamma(order + 1) + np.log(_power_series(order, x)) - x


def _log_debye(order: Reals, x: Reals) -> Reals:
    """ν η − x − ½ log(2πν) − ¼ log(1 + z²) + log Σ uₖ(t)/νᵏ with z = x/ν, t = 1/√(1 + z²)."""
    z = x / order
    root = np.sqrt(1 + z * z)
    t, total, scale = 1 / root, np.zeros_like(x), np.ones_like(x)
    for k in range(DEBYE_TERMS):
        total = total + scale * t**k * horner(_debye_polynomial(k), t * t)
        scale = scale / order
    exponent = order * (1 / (root + z) + np.log(z / (1 + root)))  # η − z = (√(1 + z²) − z) + log(z / (1 + √(1 + z²)))
    return exponent - 0.5 * np.log(2 * np.pi * order) - 0.5 * np.log(root) + np.log(total)


@cache
def _debye_polynomial(k: int) -> tuple[float, ...]:
    """uₖ(t) / tᵏ as ascending powers of t²."""
    return tuple(float(coefficient) for coefficient in _debye_exact(k))


@cache
def _debye_exact(k: int) -> tuple[Fraction, ...]:
    """uₖ₊₁ = ½ t² (1 − t²) uₖ' + ⅛ ∫₀ᵗ (1 − 5 s²) uₖ ds."""
    if k == 0:
        return (Fraction(1),)
    following = [Fraction(0)] * (k + 1)
    for j, coefficient in enumerate(_debye_exact(k - 1)):
        power = k - 1 + 2 * j
        following[j] += coefficient * (Fraction(power, 2) + Fraction(1, 8 * (power + 1)))
        following[j + 1] -= coefficient * (Fraction(power, 2) + Fraction(5, 8 * (power + 3)))
    return tuple(following)


def _log_scaled_k(order: Reals, x: Reals) -> Reals:
    """log(exp(x) K_ν(x)) for ν ≥ 0."""
    return evaluate(
        [order, x],
        (np.isposinf(x), constant(-np.inf)),
        (x > 0, _log_k_integral),
        (x == 0, constant(np.inf)),
    )


def _log_k_integral(order: Reals, x: Reals) -> Reals:
    """The trapezoidal rule from the left of the peak of the integrand to where it is below 1e−20 of it."""
    peak = np.arcsinh(order / x)
    top = _exponent(order, x, peak)
    width = 1 / np.sqrt(np.hypot(x, order))
    first = np.maximum(peak - 12 * np.maximum(width, 0), 0)
    first = np.where(order < 20, 0.0, first)
    last = _edge(order, x, peak, width, top)
    step_limit = np.minimum(width / 1.6, 0.2)
    count = math.ceil(float(np.max((last - first) / step_limit, initial=1.0)))
    step = (last - first) / count
    total = np.zeros_like(x)
    for i in range(count + 1):
        t = first + i * step
        height = np.exp(_exponent(order, x, t) - top) * 0.5 * (1 + np.exp(-2 * order * t))
        total = total + (0.5 * height if i == 0 else height)
    return top + np.log(total * step)


def _exponent(order: Reals, x: Reals, t: Reals) -> Reals:
    """νt − x (cosh t − 1), without cancellation for small t."""
    half = np.sinh(t / 2)
    return order * t - 2 * x * half * half


def _edge(order: Reals, x: Reals, peak: Reals, width: Reals, top: Reals) -> Reals:
    """A t beyond the peak where the integrand has fallen by e^46."""
    low, high = peak, peak + np.minimum(width, 1.0)
    while (short := _exponent(order, x, high) > top - 46).any():
        low, high = np.where(short, high, low), np.where(short, peak + 2 * (high - peak), high)
    for _ in range(6):
        middle = 0.5 * (low + high)
        above = _exponent(order, x, middle) > top - 46
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    return high
