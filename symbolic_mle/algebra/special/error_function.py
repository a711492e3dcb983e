"""erf, erfc, log erfc and their inverses.

The rational approximations are W. J. Cody's ("Rational Chebyshev approximations for the error function", Math. Comp.
1969); the inverses are Halley steps on them, started from Winitzki's closed form or from the tail's asymptotics.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from symbolic_mle.algebra.special.regions import Reals, columns, constant, evaluate, horner

# numerators and denominators in ascending powers
SMALL = (
    (3209.37758913846947, 377.485237685302021, 113.864154151050156, 3.16112374387056560, 0.185777706184603153),
    (2844.23683343917062, 1282.61652607737228, 244.024637934444173, 23.6012909523441209, 1.0),
)
MIDDLE = (
    (1230.33935479799725, 2051.07837782607147, 1712.04761263407058, 881.952221241769090, 298.635138197400131,
     66.1191906371416295, 8.88314979438837594, 0.564188496988670089, 2.15311535474403846e-8),
    (1230.33935480374942, 3439.36767414372164, 4362.61909014324716, 3290.79923573345963, 1621.38957456669019,
     537.181101862009858, 117.693950891312499, 15.7449261107098347, 1.0),
)  # fmt: skip
TAIL = (
    (6.58749161529837803e-4, 0.0160837851487422766, 0.125781726111229246, 0.360344899949804439, 0.305326634961232344,
     0.0163153871373020978),
    (2.33520497626869185e-3, 0.0605183413124143191, 0.527905102951428412, 1.87295284992346725, 2.56852019228982242,
     1.0),
)  # fmt: skip
INVERSE_SQRT_PI = 0.5641895835477563
TWO_OVER_SQRT_PI = 1.1283791670955126


def _quotient(table: tuple[tuple[float, ...], tuple[float, ...]], x: Reals) -> Reals:
    return horner(table[0], x) / horner(table[1], x)


def _erf_small(x: Reals) -> Reals:
    return x * _quotient(SMALL, x * x)


def _scaled(x: Reals) -> Reals:
    """exp(x²) erfc(x) for x ≥ 0.46875."""
    return evaluate([x], (x <= 4, lambda x: _quotient(MIDDLE, x)), (x > 4, _scaled_tail))


def _scaled_tail(x: Reals) -> Reals:
    inverse = 1 / (x * x)
    return (INVERSE_SQRT_PI - inverse * _quotient(TAIL, inverse)) / x


def _gauss(x: Reals) -> Reals:
    """exp(−x²), with x² = h² + (x − h)(x + h) and h² exact, so that rounding x² does no harm."""
    head = np.trunc(x * 16) / 16
    return np.exp(-head * head) * np.exp(-(x - head) * (x + head))


def erf(x: ArrayLike) -> Reals:
    """erf(x) = 2/√π ∫₀ˣ exp(−t²) dt."""
    shape, (x,) = columns(x)
    size = np.abs(x)
    with np.errstate(all="ignore"):
        result = evaluate(
            [x],
            (size <= 0.46875, _erf_small),
            (size > 6, np.sign),
            (size > 0, lambda x: np.sign(x) * (1 - _gauss(np.abs(x)) * _scaled(np.abs(x)))),
        )
    return result.reshape(shape)[()]


def erfc(x: ArrayLike) -> Reals:
    """erfc(x) = 1 − erf(x)."""
    shape, (x,) = columns(x)
    with np.errstate(all="ignore"):
        return _erfc(x).reshape(shape)[()]


def _erfc(x: Reals) -> Reals:
    return evaluate(
        [x],
        (np.abs(x) <= 0.46875, lambda x: 1 - _erf_small(x)),
        (x > 27.5, constant(0.0)),
        (x > 0, lambda x: _gauss(x) * _scaled(x)),
        (x < -6, constant(2.0)),
        (x < 0, lambda x: 2 - _gauss(-x) * _scaled(-x)),
    )


def log_erfc(x: ArrayLike) -> Reals:
    """log erfc(x), also where erfc(x) underflows or is close to 1 or 2."""
    shape, (x,) = columns(x)
    with np.errstate(all="ignore"):
        result = evaluate(
            [x],
            (np.abs(x) <= 0.46875, lambda x: np.log1p(-_erf_small(x))),
            (np.isposinf(x), constant(-np.inf)),
            (x > 0, lambda x: np.log(_scaled(x)) - x * x),
            (x < -27.5, constant(math.log(2.0))),
            (x < 0, lambda x: math.log(2.0) + np.log1p(-0.5 * _gauss(-x) * _scaled(-x))),
        )
    return result.reshape(shape)[()]


def erfinv(y: ArrayLike) -> Reals:
    """The x with erf(x) = y, for −1 ≤ y ≤ 1."""
    shape, (y,) = columns(y)
    with np.errstate(all="ignore"):
        result = evaluate(
            [y],
            (np.abs(y) <= 0.5, _erfinv_centre),
            (np.abs(y) < 1, lambda y: np.sign(y) * _erfcinv_tail(1 - np.abs(y))),
            (np.abs(y) == 1, lambda y: y * np.inf),
        )
    return result.reshape(shape)[()]


def erfcinv(y: ArrayLike) -> Reals:
    """The x with erfc(x) = y, for 0 ≤ y ≤ 2."""
    shape, (y,) = columns(y)
    with np.errstate(all="ignore"):
        result = evaluate(
            [y],
            (np.abs(y - 1) <= 0.5, lambda y: _erfinv_centre(1 - y)),
            ((y > 0) & (y < 1), _erfcinv_tail),
            ((y > 1) & (y < 2), lambda y: -_erfcinv_tail(2 - y)),
            (y == 0, constant(np.inf)),
            (y == 2, constant(-np.inf)),
        )
    return result.reshape(shape)[()]


def _erfinv_centre(y: Reals) -> Reals:
    x = _winitzki(y)
    for _ in range(3):
        step = (erf(x) - y) / (TWO_OVER_SQRT_PI * np.exp(-x * x))
        x = x - step / (1 + x * step)
    return x


def _winitzki(y: Reals) -> Reals:
    log = np.log1p(-y * y)
    middle = 2 / (math.pi * 0.147) + log / 2
    return np.sign(y) * np.sqrt(np.maximum(np.sqrt(middle * middle - log / 0.147) - middle, 0))


def _erfcinv_tail(y: Reals) -> Reals:
    """Halley on log erfc(x) = log y, which is nearly quadratic in x, hence from a rough start as far as y = 5e−324."""
    target = np.log(y)
    x = np.sqrt(np.maximum(-target - 0.5 * np.log(np.maximum(-target, 0.5) * math.pi), 0.1))
    for _ in range(5):
        scaled = _scaled(np.maximum(x, 0.46875))
        slope = -TWO_OVER_SQRT_PI / np.where(x >= 0.46875, scaled, np.exp(x * x) * _erfc(x))
        step = (log_erfc(x) - target) / slope
        curvature = -2 * x - slope  # second derivative over first
        x = x - step / (1 - 0.5 * step * curvature)
    return x
