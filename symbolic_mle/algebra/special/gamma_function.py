"""Γ, log|Γ| and ψ: Taylor series about 2, recurrence towards it, Stirling's series from 8 on, reflection below 0.

The Taylor coefficients are ζ(k) − 1, so that the zeros of log Γ at 1 and 2 keep their relative precision
(Abramowitz & Stegun 6.1.33, 6.1.41, 6.3.14, 6.3.18).
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from symbolic_mle.algebra.special.regions import Reals, columns, constant, evaluate, horner

EULER_GAMMA = 0.5772156649015329
ONE_MINUS_EULER_GAMMA = 0.42278433509846713
HALF_LOG_TWO_PI = 0.9189385332046728

ZETA_MINUS_ONE = (  # ζ(k) − 1 for k = 2, 3, …
    0.6449340668482264, 0.2020569031595943, 0.08232323371113819, 0.03692775514336993, 0.01734306198444914,
    0.008349277381922827, 0.00407735619794434, 0.0020083928260822143, 0.0009945751278180853, 0.0004941886041194645,
    0.0002460865533080483, 0.00012271334757848915, 6.124813505870483e-05, 3.058823630702049e-05, 1.528225940865187e-05,
    7.637197637899763e-06, 3.81729326499984e-06, 1.908212716553939e-06, 9.539620338727962e-07, 4.769329867878064e-07,
    2.38450502727733e-07, 1.1921992596531106e-07, 5.960818905125948e-08, 2.980350351465228e-08, 1.4901554828365043e-08,
    7.45071178983543e-09, 3.725334024788457e-09, 1.862659723513049e-09, 9.313274324196682e-10, 4.656629065033784e-10,
)  # fmt: skip
STIRLING = (  # B₂ⱼ / (2j (2j − 1)) for j = 1, 2, …
    0.08333333333333333, -0.002777777777777778, 0.0007936507936507937, -0.0005952380952380953, 0.0008417508417508417,
    -0.0019175269175269176, 0.00641025641025641, -0.029550653594771242, 0.17964437236883057, -1.3924322169059011,
)  # fmt: skip
STIRLING_FROM = 8.0


def _alternating(coefficients: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(c if k % 2 == 0 else -c for k, c in enumerate(coefficients))


LOG_GAMMA_TAYLOR = (
    ONE_MINUS_EULER_GAMMA,
    *_alternating(tuple(c / k for k, c in enumerate(ZETA_MINUS_ONE, start=2))),
)
DIGAMMA_TAYLOR = (ONE_MINUS_EULER_GAMMA, *_alternating(ZETA_MINUS_ONE))
DIGAMMA_STIRLING = tuple(c * (2 * j - 1) for j, c in enumerate(STIRLING, start=1))


def sin_pi(x: Reals) -> Reals:
    """sin(π x), exact in the reduction of x and hence zero at the integers."""
    nearest = np.rint(x)
    return np.where(np.mod(nearest, 2) == 0, 1.0, -1.0) * np.sin(np.pi * (x - nearest))


def stirling_remainder(x: Reals) -> Reals:
    """log Γ(x) − ((x − ½) log x − x + ½ log 2π), for x ≥ 8."""
    return horner(STIRLING, 1 / (x * x)) / x


def lgamma(x: ArrayLike) -> Reals:
    """log |Γ(x)|."""
    shape, (x,) = columns(x)
    with np.errstate(all="ignore"):
        return _lgamma(x).reshape(shape)[()]


def _lgamma(x: Reals) -> Reals:
    return evaluate(
        [x],
        (np.isposinf(x), constant(np.inf)),
        (x >= STIRLING_FROM, _lgamma_large),
        (x > 2.5, _lgamma_above),
        (x >= 1.5, lambda x: _lgamma_near_two(x - 2)),
        (x >= 0.5, lambda x: _lgamma_near_two(x - 1) - np.log1p(x - 1)),
        (x > 0, lambda x: _lgamma_near_two(x) - np.log1p(x) - np.log(x)),
        ((x <= 0) & (x == np.floor(x)), constant(np.inf)),
        (x < 0, lambda x: np.log(np.pi / np.abs(sin_pi(x))) - _lgamma(1 - x)),
    )


def _lgamma_near_two(offset: Reals) -> Reals:
    return offset * horner(LOG_GAMMA_TAYLOR, offset)


def _lgamma_above(x: Reals) -> Reals:
    """log Γ(x) = log Γ(x − k) + log((x − 1) … (x − k)), with x − k within ½ of 2."""
    reduced, product = x.copy(), np.ones_like(x)
    while (high := reduced > 2.5).any():
        reduced = np.where(high, reduced - 1, reduced)
        product = np.where(high, product * reduced, product)
    return _lgamma_near_two(reduced - 2) + np.log(product)


def _lgamma_large(x: Reals) -> Reals:
    log = np.log(x)
    return x * (log - 1) - 0.5 * log + HALF_LOG_TWO_PI + stirling_remainder(x)


def gamma(x: ArrayLike) -> Reals:
    """Γ(x), with +∞ at the pole 0 and nan at the other poles."""
    shape, (x,) = columns(x)
    with np.errstate(all="ignore"):
        return _gamma(x).reshape(shape)[()]


def _gamma(x: Reals) -> Reals:
    return evaluate(
        [x],
        (x > 171.7, constant(np.inf)),
        ((x > 0) & (x == np.floor(x)), lambda x: FACTORIALS[x.astype(int) - 1]),
        (x >= 16, _gamma_large),
        (x > 2.5, _gamma_above),
        (x >= 0.5, lambda x: np.exp(_lgamma(x))),
        (x > 0, lambda x: np.exp(_lgamma(1 + x)) / x),
        (x == 0, constant(np.inf)),
        ((x < 0) & (x != np.floor(x)), lambda x: np.pi / (sin_pi(x) * _gamma(1 - x))),
    )


FACTORIALS = np.array([float(math.factorial(k)) for k in range(171)])
FACTORIALS.setflags(write=False)


def _gamma_above(x: Reals) -> Reals:
    reduced, product = x.copy(), np.ones_like(x)
    while (high := reduced > 2.5).any():
        reduced = np.where(high, reduced - 1, reduced)
        product = np.where(high, product * reduced, product)
    return np.exp(_lgamma_near_two(reduced - 2)) * product


def _gamma_large(x: Reals) -> Reals:
    """√(2π) x^(x − ½) e^(−x + remainder), the power in two halves because it overflows before Γ does."""
    half = np.power(x, 0.5 * x - 0.25)
    return math.sqrt(2 * math.pi) * half * np.exp(-x) * half * np.exp(stirling_remainder(x))


def log_gamma_ratio(x: ArrayLike, step: ArrayLike) -> Reals:
    """log Γ(x + step) − log Γ(x) for x, x + step > 0, without cancellation for large x or small steps."""
    shape, (x, step) = columns(x, step)
    with np.errstate(all="ignore"):
        low, rise = np.minimum(x, x + step), np.abs(step)
        result = np.where(step < 0, -1.0, 1.0) * evaluate([low, rise], (low > 0, _log_gamma_rise))
    return result.reshape(shape)[()]


def _log_gamma_rise(x: Reals, step: Reals) -> Reals:
    """Γ(x + s)/Γ(x) = x/(x + s) Γ(x + 1 + s)/Γ(x + 1), up to where Stirling's series holds."""
    passed = np.zeros_like(x)
    while (low := x < STIRLING_FROM).any():
        passed = np.where(low, passed - np.log1p(step / x), passed)
        x = np.where(low, x + 1, x)
    return passed + evaluate([x, step], (step <= 5e-4 * x, _short_rise), (step > 0, _long_rise))


def _short_rise(x: Reals, step: Reals) -> Reals:
    """The midpoint rule for ∫ψ with its first correction, step³ ψ″/24."""
    y = x + step / 2
    second = -1 / y**2 - 1 / y**3 - 1 / (2 * y**4)
    return step * (_digamma(y) + step * step / 24 * second)


def _long_rise(x: Reals, step: Reals) -> Reals:
    total = x + step
    growth = (x - 0.5) * np.log1p(step / x) + step * (np.log(total) - 1)
    return growth + (stirling_remainder(total) - stirling_remainder(x))


def digamma(x: ArrayLike) -> Reals:
    """ψ(x) = Γ'(x)/Γ(x), with −∞ at 0 and nan at the other poles."""
    shape, (x,) = columns(x)
    with np.errstate(all="ignore"):
        return _digamma(x).reshape(shape)[()]


def _digamma(x: Reals) -> Reals:
    return evaluate(
        [x],
        (x >= STIRLING_FROM, _digamma_large),
        (x > 2.4, _digamma_above),
        (x >= 1.4, lambda x: horner(DIGAMMA_TAYLOR, x - 2)),
        (x >= 0.4, lambda x: horner(DIGAMMA_TAYLOR, x - 1) - 1 / x),
        (x > 0, lambda x: horner(DIGAMMA_TAYLOR, x) - 1 / (x + 1) - 1 / x),
        (x == 0, constant(-np.inf)),
        ((x < 0) & (x != np.floor(x)), lambda x: _digamma(1 - x) - np.pi / np.tan(np.pi * (x - np.rint(x)))),
    )


def _digamma_large(x: Reals) -> Reals:
    inverse = 1 / x
    return np.log(x) - 0.5 * inverse - inverse * inverse * horner(DIGAMMA_STIRLING, inverse * inverse)


def log_minus_digamma(x: ArrayLike) -> Reals:
    """log x − ψ(x) = 1/(2x) + 1/(12x²) − … for x > 0, without the cancellation for large x."""
    shape, (x,) = columns(x)
    with np.errstate(all="ignore"):
        result = evaluate(
            [x],
            (x >= STIRLING_FROM, lambda x: (0.5 + horner(DIGAMMA_STIRLING, (1 / x) ** 2) / x) / x),
            (x > 0, lambda x: np.log(x) - _digamma(x)),
            (x == 0, constant(np.inf)),
        )
    return result.reshape(shape)[()]


def _digamma_above(x: Reals) -> Reals:
    reduced, total = x.copy(), np.zeros_like(x)
    while (high := reduced > 2.4).any():
        reduced = np.where(high, reduced - 1, reduced)
        total = np.where(high, total + 1 / reduced, total)
    return horner(DIGAMMA_TAYLOR, reduced - 2) + total
