"""ζ(s), Hurwitz's ζ(s, a) and their derivatives in s, by Euler and Maclaurin's formula.

ζ(s, a) = Σ_{k<N} (a + k)^−s + M^(1−s)/(s − 1) + M^−s/2 + Σⱼ B₂ⱼ/(2j)! s(s + 1)…(s + 2j − 2) M^(1−s−2j),  M = a + N
(Johansson, "Rigorous high-precision computation of the Hurwitz zeta function", 2015). A derivative in s is a
coefficient of the same formula on power series in s, so there is one formula for all of them.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from symbolic_mle.algebra.special.gamma_function import gamma
from symbolic_mle.algebra.special.regions import Reals, columns, constant, evaluate

Series = list[Reals]
"""f(s + δ) = f₀ + f₁ δ + …, cut after the order that is wanted."""

BERNOULLI = (  # B₂ⱼ / (2j)! for j = 1, 2, …
    0.08333333333333333, -0.001388888888888889, 3.306878306878307e-05, -8.267195767195768e-07, 2.08767569878681e-08,
    -5.284190138687493e-10, 1.3382536530684679e-11, -3.3896802963225827e-13, 8.586062056277845e-15,
    -2.174868698558062e-16, 5.5090028283602295e-18, -1.3954464685812522e-19, 3.534707039629467e-21,
    -8.953517427037546e-23,
)  # fmt: skip


def zeta(s: ArrayLike, derivative: int = 0) -> Reals:
    """ζ(s), or its derivative of the given order, for real s; ±∞ at the pole; derivatives only for s > 0."""
    shape, (s,) = columns(s)
    with np.errstate(all="ignore"):
        result = evaluate(
            [s],
            (np.isposinf(s), constant(1.0 if derivative == 0 else 0.0)),
            (s == 1, constant(math.inf * (-1) ** derivative)),
            (s > 0, lambda s: _euler_maclaurin(s, np.ones_like(s), derivative)),
            (s == 0, constant(-0.5 if derivative == 0 else math.nan)),
            ((s < 0) & (derivative == 0), _reflected),
        )
    return result.reshape(shape)[()]


def _reflected(s: Reals) -> Reals:
    """ζ(s) = 2^s π^(s − 1) sin(π s/2) Γ(1 − s) ζ(1 − s)."""
    half = np.mod(s, 4) / 2
    sine = np.where(np.mod(half, 1) == 0, 0.0, np.sin(np.pi * half))
    return 2**s * np.pi ** (s - 1) * sine * gamma(1 - s) * _euler_maclaurin(1 - s, np.ones_like(s), 0)


def hurwitz_zeta(s: ArrayLike, a: ArrayLike, derivative: int = 0) -> Reals:
    """ζ(s, a) = Σ_{k≥0} (a + k)^−s, or its derivative in s, for s > 1 and a > 0."""
    shape, (s, a) = columns(s, a)
    with np.errstate(all="ignore"):
        result = evaluate([s, a], ((s > 1) & (a > 0), lambda s, a: _euler_maclaurin(s, a, derivative)))
    return result.reshape(shape)[()]


def _euler_maclaurin(s: Reals, a: Reals, order: int) -> Reals:
    terms = 12 + int(min(50.0, np.max(s, where=np.isfinite(s), initial=0.0)))
    direct = sum((_power(a + k, s, order) for k in reversed(range(terms))), np.zeros_like(s))
    return direct + _tail(s, a + terms, order)


def _power(base: Reals, s: Reals, order: int) -> Reals:
    """dᵐ/dsᵐ base^−s."""
    power = base**-s
    return power if order == 0 else power * (-np.log(base)) ** order


def _tail(s: Reals, start: Reals, order: int) -> Reals:
    """M^(1 − s) × (1/(s − 1) + 1/(2M) + Σⱼ …), differentiated by multiplying power series."""
    total = _inverse(s - 1, order)
    total[0] = total[0] + 0.5 / start
    rising, scale = _linear(s, order), 1 / start**2
    for j, coefficient in enumerate(BERNOULLI, start=1):
        total = [old + coefficient * scale * new for old, new in zip(total, rising, strict=True)]
        rising = _times(_times(rising, _linear(s + 2 * j - 1, order)), _linear(s + 2 * j, order))
        scale = scale / start**2
    log = -np.log(start)
    power = [start ** (1 - s) * log**m / math.factorial(m) for m in range(order + 1)]
    return _times(total, power)[order] * math.factorial(order)


def _linear(value: Reals, order: int) -> Series:
    return [value, np.ones_like(value), *(np.zeros_like(value) for _ in range(order - 1))][: order + 1]


def _inverse(value: Reals, order: int) -> Series:
    return [(-1) ** m / value ** (m + 1) for m in range(order + 1)]


def _times(left: Series, right: Series) -> Series:
    return [sum(left[i] * right[m - i] for i in range(m + 1)) for m in range(len(left))]  # type: ignore[misc]
