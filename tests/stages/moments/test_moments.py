"""Normal pairs and other coupled families against searches; data on a line have no maximum."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.stats import multivariate_normal

from symbolic_mle import Derivation, Model, derive

PAIR = "exp(-((x-m1)^2/v1 - 2 r (x-m1)(y-m2)/sqrt(v1 v2) + (y-m2)^2/v2)/(2(1-r^2)))/(2 pi sqrt(v1 v2 (1-r^2)))"
MEANS, CORRELATION = {"m1": "", "m2": ""}, {"r": "-1 < r, r < 1"}
VARIANCES = {"v1": "v1 > 0", "v2": "v2 > 0"}


def pairs(seed: int, size: int = 12) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    x = random.normal(1, 2, size).round(2)
    return x, (0.5 * x + random.normal(size=size)).round(2)


@pytest.fixture(scope="module")
def full() -> Derivation:
    return derive(Model.parse(PAIR, "x,y", {**MEANS, **VARIANCES, **CORRELATION}))


def test_the_normal_pair_has_the_moments_of_the_sample(full: Derivation) -> None:
    assert str(full.proof) == "global"
    assert str(full.form) == "closed"
    for seed in range(3):
        x, y = pairs(seed)
        values = full.estimate({"x": x, "y": y}).values
        expected = {"m1": x.mean(), "m2": y.mean(), "v1": x.var(), "v2": y.var(), "r": np.corrcoef(x, y)[0, 1]}
        assert values == pytest.approx(expected)


@pytest.mark.parametrize(
    ("x", "y"), [([1, 2], [0, 5]), ([1, 2, 4], [3, 5, 9]), ([1, 1, 1], [1, 2, 4]), ([1, 2, 4], [3, 3, 3]), ([1], [2])]
)
def test_pairs_on_a_line_have_no_maximum(full: Derivation, x: list[float], y: list[float]) -> None:
    estimate = full.estimate({"x": x, "y": y})
    assert estimate.values is None
    assert str(estimate.existence) == "not attained"


def test_decimals_on_a_line_are_seen_to_be(full: Derivation) -> None:
    x = [0.1, 0.2, 0.7]
    assert full.estimate({"x": x, "y": [0.3, 0.6, 2.1]}).values is None
    assert full.estimate({"x": x, "y": [0.3, 0.6, 2.1001]}).values is not None


def test_standard_deviations_in_place_of_variances(full: Derivation) -> None:
    density = PAIR.replace("sqrt(v1 v2)", "(s1 s2)").replace("v1", "s1^2").replace("v2", "s2^2")
    found = derive(Model.parse(density, "x,y", {**MEANS, "s1": "s1 > 0", "s2": "s2 > 0", **CORRELATION}))
    x, y = pairs(4)
    values, variances = found.estimate({"x": x, "y": y}).values, full.estimate({"x": x, "y": y}).values
    assert values["s1"] == pytest.approx(np.sqrt(variances["v1"]))
    assert values["r"] == pytest.approx(variances["r"])


def test_a_covariance_in_a_space_that_is_no_box() -> None:
    density = "exp(-(v2 (x-m1)^2 - 2 c (x-m1)(y-m2) + v1 (y-m2)^2)/(2(v1 v2 - c^2)))/(2 pi sqrt(v1 v2 - c^2))"
    found = derive(Model.parse(density, "x,y", {**MEANS, **VARIANCES, "c": ""}, constraints=["c^2 < v1*v2"]))
    x, y = pairs(5)
    values = found.estimate({"x": x, "y": y}).values
    assert values["c"] == pytest.approx(np.cov(x, y, bias=True)[0, 1])
    assert str(found.proof) == "global"
    assert found.estimate({"x": [1, 2, 3], "y": [2, 4, 6]}).values is None


def test_known_means_and_a_common_variance() -> None:
    density = "exp(-(x^2 - 2 r x y + y^2)/(2 v (1-r^2)))/(2 pi v sqrt(1-r^2))"
    found = derive(Model.parse(density, "x,y", {"v": "v > 0", **CORRELATION}))
    x, y = pairs(6)
    values = found.estimate({"x": x, "y": y}).values

    def loss(t: np.ndarray) -> float:
        v, r = np.exp(t[0]), np.tanh(t[1])
        return -float(multivariate_normal([0, 0], v * np.array([[1, r], [r, 1]])).logpdf(np.column_stack([x, y])).sum())

    best = minimize(loss, [0.0, 0.0], tol=1e-12)
    assert values["v"] == pytest.approx(np.exp(best.x[0]), rel=1e-4)
    assert values["r"] == pytest.approx(np.tanh(best.x[1]), abs=1e-4)
    assert found.estimate({"x": [1, 2], "y": [1, 2]}).values is None
    assert found.estimate({"x": [0], "y": [0]}).values is None


def test_it_is_told(full: Derivation) -> None:
    text = " ".join(full.to_text().split())
    assert "E[x y]" in text
    assert "not all equal" in text
    assert full.to_latex(document=True).isascii()
