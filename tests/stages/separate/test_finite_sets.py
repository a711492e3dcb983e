"""Parameters with finitely many values, held against each likelihood computed by SciPy."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from functools import cache

import numpy as np
import pytest
from scipy import stats

from symbolic_mle import Model, derive
from symbolic_mle.derive import Derivation

Height = Callable[[np.ndarray, float], np.ndarray]
MODELS: Mapping[str, tuple[dict[str, object], Height, Sequence[float], Sequence[float]]] = {
    "three coins": (
        {"density": "p^x (1 - p)^(1 - x)", "parameters": {"p": "in {1/4, 1/2, 3/4}"}, "support": "x = 0, 1"},
        lambda x, t: stats.bernoulli.logpmf(x, t), [0.25, 0.5, 0.75], [0, 1],
    ),
    "a certain coin among them": (
        {"density": "p^x (1 - p)^(1 - x)", "parameters": {"p": "in {0, 1/2, 1}"}, "support": "x = 0, 1"},
        lambda x, t: stats.bernoulli.logpmf(x, t), [0, 0.5, 1], [0, 1],
    ),
    "normal means": (
        {"density": "exp(-(x - m)^2/2)/sqrt(2 pi)", "parameters": {"m": "in {-1, 0, 3}"}},
        lambda x, t: stats.norm.logpdf(x, t), [-1, 0, 3], [-2, -0.5, 0, 0.25, 1.5, 4],
    ),
    "a line that is never the highest": (
        {"density": "exp(-(x - m^2)^2/2)/sqrt(2 pi)", "parameters": {"m": "in {-1, 0, 1, 3}"}},
        lambda x, t: stats.norm.logpdf(x, t * t), [-1, 0, 1, 3], [-2, 0.5, 1, 4, 5, 9],
    ),
    "Poisson rates": (
        {"density": "l^x exp(-l)/x!", "parameters": {"l": "in {1/2, 1, 2, 7}"}, "support": "x = 0, 1, 2, ..."},
        lambda x, t: stats.poisson.logpmf(x, t), [0.5, 1, 2, 7], [0, 1, 2, 3, 8],
    ),
    "exponential means": (
        {"density": "exp(-x/t)/t", "parameters": {"t": "in {1, 2, 4}"}, "support": "x > 0"},
        lambda x, t: stats.expon.logpdf(x, 0, t), [1, 2, 4], [0.1, 1, 1.5, 3, 9],
    ),
    "Laplace locations": (
        {"density": "exp(-abs(x - m))/2", "parameters": {"m": "in {0, 1, 3}"}},
        lambda x, t: stats.laplace.logpdf(x, t), [0, 1, 3], [-1, 0, 0.5, 1, 2, 4],
    ),
    "Cauchy locations": (
        {"density": "1/(pi (1 + (x - m)^2))", "parameters": {"m": "in {0, 1, 5}"}},
        lambda x, t: stats.cauchy.logpdf(x, t), [0, 1, 5], [-1, 0, 0.5, 1, 3, 6],
    ),
    "uniform ends": (
        {"density": "1/t", "parameters": {"t": "in {1, 2, 3}"}, "support": "0 <= x, x <= t"},
        lambda x, t: stats.uniform.logpdf(x, 0, t), [1, 2, 3], [0.5, 1, 1.5, 2, 3],
    ),
    "two parameters of one set each": (
        {"density": "exp(-x^2/(2 v))/sqrt(2 pi v)", "parameters": {"v": "in {1, 4, 9}"}},
        lambda x, t: stats.norm.logpdf(x, 0, math.sqrt(t)), [1, 4, 9], [0, 1, 2, 3, 5],
    ),
}  # fmt: skip


@cache
def derived(name: str) -> Derivation:
    return derive(Model.parse(**MODELS[name][0]))  # type: ignore[arg-type]


def best(name: str, sample: Sequence[float]) -> set[float]:
    _, height, points, _ = MODELS[name]
    with np.errstate(all="ignore"):
        heights = {t: float(np.sum(height(np.asarray(sample, dtype=float), t))) for t in points}
    top = max(heights.values())
    return {t for t, h in heights.items() if h > top - 1e-9 * (1 + abs(top))}


@pytest.mark.parametrize("name", MODELS)
def test_every_small_sample(name: str) -> None:
    values = MODELS[name][3]
    for size in (1, 2, 3):
        for sample in itertools.combinations_with_replacement(values, size):
            wanted = best(name, sample)
            found = derived(name).estimate(list(sample))
            assert {next(iter(m.values())) for m in found.maximisers} == wanted, sample
            assert found.existence == "attained" and found.proof == "global"


def test_thresholds_are_formulas() -> None:
    coins = derived("three coins")
    assert coins.form == "closed" and coins.proof == "global"
    assert len(coins.cases) == 5  # three values and two thresholds
    assert derived("a line that is never the highest").estimate([4.0]).maximisers == [{"m": -1.0}, {"m": 1.0}]


def test_a_line_below_the_others_is_left_out() -> None:
    """ℓ(0.4) for one value too close to both neighbours in slope and lower than their mixture."""
    density = "exp(-(x - m)^2/(2 m^2 + 2))/sqrt(2 pi (m^2 + 1))"
    found = derive(Model.parse(density, "x", {"m": "in {0, 1, 2}"}))
    for sample in ([0.0], [1.0], [2.0], [3.0, -1.0]):
        heights = {t: stats.norm.logpdf(sample, t, math.sqrt(t * t + 1)).sum() for t in (0, 1, 2)}
        assert found.estimate(sample).values == {"m": float(max(heights, key=lambda t: heights[t]))}


def test_values_that_are_known_constants() -> None:
    found = derive(
        Model.parse("exp(-x/t)/t", "x", {"t": "in {a, b}"}, support="x > 0", known={"a": "a > 0", "b": "b > 0"})
    )
    assert found.estimate([1.0, 2.0], known={"a": 1.0, "b": 2.0}).values == {"t": 2.0}
    assert found.estimate([0.5], known={"a": 1.0, "b": 2.0}).values == {"t": 1.0}
    assert found.estimate([1.0], known={"a": 3.0, "b": 3.0}).values == {"t": 3.0}


@pytest.mark.parametrize("name", MODELS)
def test_it_is_told(name: str) -> None:
    assert "no derivative to set to zero" in derived(name).to_text() and "\\hat" in derived(name).to_latex()
