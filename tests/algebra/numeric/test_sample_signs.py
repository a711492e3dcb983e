"""Signs of statistics, on samples where doubles alone would get them wrong."""

from __future__ import annotations

import math

import numpy as np
import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from symbolic_mle.algebra.numeric import compile_expression, error_scale, evaluate_exactly, sign_on_sample
from symbolic_mle.algebra.sample import DataSum

x = sp.Symbol("x", positive=True)
k = sp.Symbol("k", positive=True)
n = sp.Symbol("n", integer=True, positive=True)
CENTRED = DataSum((x - DataSum(x, x) / n) ** 2, x)
EXPANDED = DataSum(x**2, x) - DataSum(x, x) ** 2 / n
JENSEN = sp.log(DataSum(x, x) / n) - DataSum(sp.log(x), x) / n
STATISTICS = pytest.mark.parametrize("statistic", [CENTRED, EXPANDED, JENSEN], ids=["centred", "expanded", "jensen"])


@STATISTICS
@pytest.mark.parametrize("common", [1.0, 0.1, 1e-12, 7.3e15, 1 / 3, 5e-300])
@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_zero_for_equal_observations(statistic: sp.Expr, common: float, size: int) -> None:
    assert sign_on_sample(statistic, {}, {x: [common] * size}, n) == 0


@STATISTICS
@pytest.mark.parametrize("common", [1.0, 0.1, 1 / 3, 1e15 / 7])
@pytest.mark.parametrize("size", [2, 3, 100])
def test_positive_when_one_observation_differs_in_its_last_bit(statistic: sp.Expr, common: float, size: int) -> None:
    assert sign_on_sample(statistic, {}, {x: [common] * (size - 1) + [math.nextafter(common, 2 * common)]}, n) == 1


@STATISTICS
def test_large_samples(statistic: sp.Expr) -> None:
    spread = np.random.default_rng(0).gamma(2.0, 1.0, 300_000)
    assert sign_on_sample(statistic, {}, {x: spread}, n) == 1
    assert sign_on_sample(-statistic, {}, {x: spread}, n) == -1
    assert sign_on_sample(statistic, {}, {x: np.full(300_000, 0.1)}, n) == 0
    assert sign_on_sample(statistic, {}, {x: np.where(np.arange(300_000) == 7, 0.3, 0.1)}, n) == 1


def test_large_samples_in_the_doubtful_zone_are_left_open() -> None:
    close = 1.0 + 1e-13 * np.random.default_rng(0).permutation(200_000)
    assert sign_on_sample(EXPANDED, {}, {x: close}, n) in (None, 1)
    assert sign_on_sample(DataSum(x, x) - DataSum(x, x) * (1 + sp.Rational(1, 10**14)), {}, {x: close}, n) in (None, -1)


def test_infinite_and_undefined_values() -> None:
    real = sp.Symbol("x", real=True)
    assert sign_on_sample(-DataSum(sp.log(x), x), {}, {x: [0.0, 1.0]}) == 1
    assert sign_on_sample(DataSum(sp.log(real), real), {}, {real: [-1.0]}) is None


@settings(max_examples=40, deadline=None)
@given(st.lists(st.decimals("0.01", "99.99", places=2).map(float), min_size=1, max_size=8))
def test_decimals_decide_as_rational_numbers_do(data: list[float]) -> None:
    exact = [sp.Rational(repr(value)) for value in data]
    mean = sum(exact) / len(exact)
    for target in (sp.Rational(1, 10), mean, mean + sp.Rational(1, 10**20)):
        statistic = DataSum(x, x) - n * target
        assert sign_on_sample(statistic, {}, {x: data}, n) == sp.sign(mean - target)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(1e-3, 1e3), min_size=1, max_size=10), st.floats(0.01, 50))
def test_the_scale_bounds_the_rounding_error(data: list[float], shape: float) -> None:
    for statistic in (CENTRED, EXPANDED, JENSEN, DataSum(x**k, x) - DataSum(x, x) ** k / n, k - sp.exp(sp.log(k))):
        values = {k: shape}
        computed = compile_expression(statistic, [k], [x], n)(values, {x: data})
        true = evaluate_exactly(statistic, values, {x: data}, 60, n)
        scale = compile_expression(error_scale(statistic), [k], [x], n)(values, {x: data})
        assert abs(computed - true) <= 32 * 2.0**-53 * scale
