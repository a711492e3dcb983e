"""Special functions against mpmath, over the range of the doubles.

Allowed is a relative error of 1e−14, and besides what a unit in the last place of the arguments does to the value.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable

import mpmath
import numpy as np
import pytest
from scipy import special as oracle

from symbolic_mle.algebra import special

RNG = np.random.default_rng(20)
POSITIVE = np.concatenate(
    [
        10.0 ** RNG.uniform(-300, 300, 20),
        10.0 ** RNG.uniform(-3, 3, 80),
        RNG.uniform(0.5, 3, 60),
        1 + 10.0 ** RNG.uniform(-15, -1, 10),
        2 - 10.0 ** RNG.uniform(-15, -1, 10),
    ]
)
NEGATIVE = -RNG.uniform(0.01, 30, 40)


def check(found: np.ndarray, reference: Callable[..., object], *arguments: np.ndarray, rel: float = 1e-14) -> None:
    """|found − true| ≤ (1e−14 + conditioning · 2⁻⁵²) |true|, in 60 digits."""
    context = mpmath.MPContext()
    context.dps = 60
    for value, *point in zip(found, *arguments, strict=True):
        exact = [context.mpf(float(u)) for u in point]
        true = context.mpf(context.re(reference(context, *exact)))
        if abs(true) > 1.7e308:
            assert value == math.copysign(math.inf, true)
        elif abs(true) < 1e-290:
            assert abs(value) < 1e-280
        else:
            spread = (
                sum(
                    abs(
                        context.re(reference(context, *exact[:i], u * (1 + context.mpf(2) ** -80), *exact[i + 1 :]))
                        - true
                    )
                    for i, u in enumerate(exact)
                )
                * context.mpf(2) ** 28
            )
            assert abs(context.mpf(float(value)) - true) <= rel * abs(true) + spread, point


@pytest.mark.parametrize(
    ("ours", "reference", "arguments"),
    [
        (special.lgamma, lambda m, x: m.loggamma(x), POSITIVE),
        (special.lgamma, lambda m, x: m.loggamma(x), NEGATIVE),
        (special.gamma, lambda m, x: m.gamma(x), np.concatenate([RNG.uniform(1e-3, 171.6, 80), NEGATIVE])),
        (special.gamma, lambda m, x: m.gamma(x), np.arange(1.0, 171.0, 7)),
        (special.digamma, lambda m, x: m.digamma(x), np.concatenate([POSITIVE[POSITIVE > 1e-290], NEGATIVE])),
        (special.log_minus_digamma, lambda m, x: m.log(x) - m.digamma(x), POSITIVE[np.abs(np.log(POSITIVE)) < 70]),
        (special.erf, lambda m, x: m.erf(x), np.concatenate([POSITIVE[POSITIVE < 1e9], NEGATIVE])),
        (special.erfc, lambda m, x: m.erfc(x), RNG.uniform(-7, 26, 100)),
        (special.log_erfc, lambda m, x: m.log(m.erfc(x)), np.concatenate([RNG.uniform(-5, 30, 80), [1e3, 1e6]])),
        (special.zeta, lambda m, s: m.zeta(s), 1 + 10.0 ** RNG.uniform(-12, 1.8, 50)),
        (special.zeta, lambda m, s: m.zeta(s), -RNG.uniform(0, 20, 20)),
        (lambda s: special.zeta(s, 1), lambda m, s: m.zeta(s, 1, 1), RNG.uniform(1.001, 60, 20)),
        (lambda s: special.zeta(s, 2), lambda m, s: m.zeta(s, 1, 2), RNG.uniform(1.001, 60, 20)),
        (special.lambert_w, lambda m, x: m.lambertw(x), np.concatenate([POSITIVE, -RNG.uniform(0, 0.3678, 30)])),
        (lambda x: special.lambert_w(x, -1), lambda m, x: m.lambertw(x, -1), -(10.0 ** RNG.uniform(-300, -0.435, 40))),
    ],
)  # fmt: skip
def test_functions_of_one_argument(ours: Callable, reference: Callable, arguments: np.ndarray) -> None:
    check(ours(arguments), reference, arguments)


@pytest.mark.parametrize("order", [1, 2, 3, 8, 20])
def test_polygamma(order: int) -> None:
    points = POSITIVE[(POSITIVE > 1e-10) & (POSITIVE < 1e5)]
    check(special.polygamma(order, points), lambda m, x: m.psi(order, x), points)
    large = np.array([1e30, 1e60])
    np.testing.assert_allclose(special.polygamma(1, large), 1 / large, rtol=1e-15)


def test_hurwitz_zeta_and_its_derivative() -> None:
    s, a = RNG.uniform(1.1, 30, 40), 10.0 ** RNG.uniform(-2, 1.5, 40)

    def sharp(m: object, *arguments: object) -> object:
        with m.workdps(120):  # type: ignore[attr-defined]
            return m.zeta(*arguments)  # type: ignore[attr-defined]

    check(special.hurwitz_zeta(s, a), sharp, s, a)
    check(special.hurwitz_zeta(s, a, 1), lambda m, s, a: sharp(m, s, a, 1), s, a)


def ratio(m: object, x: object, step: object) -> object:
    with m.workdps(120):  # type: ignore[attr-defined]
        return m.loggamma(x + step) - m.loggamma(x)  # type: ignore[attr-defined]


def test_gamma_ratios_and_betas_do_not_cancel() -> None:
    a, b = 10.0 ** RNG.uniform(-10, 12, 150), 10.0 ** RNG.uniform(-10, 12, 150)
    check(special.log_gamma_ratio(a, b), ratio, a, b, rel=5e-14)
    check(special.betaln(a, b), lambda m, a, b: m.loggamma(b) - ratio(m, a, b), a, b)
    near = np.abs(special.betaln(a, b)) < 100
    check(special.beta(a, b)[near], lambda m, a, b: m.beta(a, b), a[near], b[near], rel=5e-14)
    assert special.log_gamma_ratio(5.0, -2.0) == pytest.approx(-math.log(12), rel=1e-15)


def test_binomial_coefficients() -> None:
    for n in range(45):
        exact = [math.comb(n, k) for k in range(n + 1)]
        assert special.binomial(float(n), np.arange(n + 1.0)).tolist() == exact
    assert special.binomial(5.0, [-1.0, 6.0]).tolist() == [0, 0]
    assert special.binomial(-3.0, [0.0, 1.0, 2.0, 3.0]).tolist() == [1, -3, 6, -10]
    np.testing.assert_allclose(
        special.log_binomial(1e6, 5e5), float(mpmath.log(mpmath.binomial(10**6, 5 * 10**5))), rtol=1e-14
    )
    assert special.log_binomial(5.0, 6.0) == -math.inf
    np.testing.assert_allclose(special.binomial(2.5, 1.25), float(mpmath.binomial(2.5, 1.25)), rtol=1e-14)


def test_inverses_of_the_error_function() -> None:
    centre = np.concatenate([RNG.uniform(-1, 1, 100), 10.0 ** RNG.uniform(-300, 0, 30)])
    check(special.erfinv(centre), lambda m, y: m.erfinv(y), centre)
    tail = 10.0 ** RNG.uniform(-307, -1, 60)
    found = special.erfcinv(tail)
    np.testing.assert_allclose(special.log_erfc(found), np.log(tail), rtol=5e-15)
    np.testing.assert_allclose(special.erfcinv(2 - 0.25), -special.erfcinv(0.25), rtol=1e-15)


def test_bessel_functions_of_moderate_order() -> None:
    order = np.concatenate([RNG.integers(0, 40, 60), RNG.uniform(0, 60, 60)]).astype(float)
    x = 10.0 ** RNG.uniform(-3, 2.7, 120)
    check(special.besseli(order, x), lambda m, v, x: m.besseli(v, x), order, x, rel=1e-13)
    check(special.log_besseli(order, x), lambda m, v, x: m.log(m.besseli(v, x)), order, x)
    check(special.besseli(order, x, scaled=True), lambda m, v, x: m.besseli(v, x) * m.exp(-x), order, x, rel=1e-13)
    smaller = order < 30
    check(special.log_besselk(order, x)[smaller], lambda m, v, x: m.log(m.besselk(v, x)), order[smaller], x[smaller])


def test_bessel_functions_at_the_extremes() -> None:
    np.testing.assert_allclose(special.log_besseli(0.0, 1e8), 1e8 - 0.5 * math.log(2 * math.pi * 1e8), rtol=1e-15)
    np.testing.assert_allclose(special.log_besseli(0.0, 1e-8), 2.5e-17, rtol=1e-14)
    np.testing.assert_allclose(special.besselk(0.0, 1e-300), oracle.k0(1e-300), rtol=1e-14)
    np.testing.assert_allclose(special.besselk(1.0, 700.0), oracle.k1(700.0), rtol=1e-13)
    order, x = np.array([200.0, 900.0, 5000.0]), np.array([150.0, 900.0, 10.0])
    check(
        special.log_besseli(order, x),
        lambda m, v, x: m.log(m.hyp0f1(v + 1, x * x / 4)) - m.loggamma(v + 1) + v * m.log(x / 2),
        order,
        x,
    )
    wronskian = np.exp(special.log_besseli(order, x) + special.log_besselk(order + 1, x))
    wronskian += np.exp(special.log_besseli(order + 1, x) + special.log_besselk(order, x))
    np.testing.assert_allclose(wronskian * x, 1, rtol=1e-11)


def test_bessel_functions_of_negative_order_and_argument() -> None:
    order, x = -RNG.uniform(0, 10, 20), RNG.uniform(0.1, 20, 20)
    check(special.besseli(order, x), lambda m, v, x: m.besseli(v, x), order, x, rel=1e-13)
    assert special.besseli(-1, 2.0) == special.besseli(1, 2.0) == -special.besseli(1, -2.0)
    assert math.isnan(special.besseli(0.5, -1.0))
    assert special.besseli([0, 1], 0.0).tolist() == [1, 0]


NAMES = ("lgamma", "gamma", "digamma", "erf", "erfc", "log_erfc", "erfinv", "zeta", "lambert_w")


@pytest.mark.parametrize("name", NAMES)
def test_extremes_neither_warn_nor_raise_and_shapes_are_kept(name: str) -> None:
    function = getattr(special, name)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        values = function(np.array([[-math.inf, -2.0, -0.5], [0.0, math.inf, math.nan]]))
    assert values.shape == (2, 3) and math.isnan(values[1, 2])
    assert isinstance(function(0.5), float)
    assert function(np.array([])).shape == (0,)


def test_values_at_the_ends() -> None:
    assert special.lgamma([0.0, -3.0, math.inf, 1.0, 2.0]).tolist() == [math.inf, math.inf, math.inf, 0, 0]
    assert special.gamma([0.0, 172.0]).tolist() == [math.inf, math.inf] and math.isnan(special.gamma(-3.0))
    assert special.digamma(0.0) == -math.inf and special.digamma(math.inf) == math.inf
    assert special.erfinv([-1.0, 1.0]).tolist() == [-math.inf, math.inf] and math.isnan(special.erfinv(1.5))
    assert special.erf([-math.inf, math.inf]).tolist() == [-1, 1] and special.erfc(-math.inf) == 2
    assert special.lambert_w(math.inf) == math.inf and math.isnan(special.lambert_w(-1.0))
    assert special.lambert_w(0.0, -1) == -math.inf
    assert special.zeta([1.0, 0.0, -2.0, math.inf]).tolist() == [math.inf, -0.5, 0.0, 1.0]
    assert special.polygamma(1, 0.0) != special.polygamma(1, 0.0)


def test_a_million_points_agree_with_scipy() -> None:
    x = RNG.gamma(2.0, 5.0, 1_000_000)
    for ours, theirs in (
        (special.lgamma, oracle.gammaln),
        (special.digamma, oracle.digamma),
        (special.erfc, oracle.erfc),
    ):
        np.testing.assert_allclose(ours(x), theirs(x), rtol=1e-12, atol=1e-14)
