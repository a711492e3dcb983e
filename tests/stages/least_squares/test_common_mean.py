"""A mean common to two groups with variances of their own: one root, three roots, a tie, and no maximum."""

from __future__ import annotations

import numpy as np
import pytest

from symbolic_mle import Derivation, Model, derive

PARAMETERS = {"mu": "", "v0": "v0 > 0", "v1": "v1 > 0"}
POWERS = "exp(-(y - mu)^2/(2 v0^(1-g) v1^g))/sqrt(2 pi v0^(1-g) v1^g)"


@pytest.fixture(scope="module")
def found() -> Derivation:
    return derive(Model.parse(POWERS, "y", PARAMETERS, covariates=["g"]))


def profile(mu: np.ndarray, y: np.ndarray, g: np.ndarray) -> np.ndarray:
    return -sum((g == k).sum() / 2 * np.log(((y[g == k, None] - mu) ** 2).mean(axis=0)) for k in (0, 1))


@pytest.mark.parametrize("seed", range(8))
def test_it_is_the_highest_point_of_the_profile(seed: int, found: Derivation) -> None:
    random = np.random.default_rng(seed)
    g = np.arange(5 + seed) % 2
    y = random.normal(3 * g * (seed % 3), 1 + g).round(2)
    estimate = found.estimate({"y": y, "g": g})
    assert str(estimate.proof) == "global"
    grid = np.linspace(y.min() - 1, y.max() + 1, 200_001)
    heights = profile(grid, y, g)
    assert estimate.values["mu"] == pytest.approx(grid[heights.argmax()], abs=1e-3)
    assert profile(np.array([estimate.values["mu"]]), y, g)[0] >= heights.max() - 1e-9
    for k in (0, 1):
        spread = ((y[g == k] - estimate.values["mu"]) ** 2).mean()
        assert estimate.values[f"v{k}"] == pytest.approx(spread)


def test_symmetric_groups_far_apart_have_two_maximisers(found: Derivation) -> None:
    y = [-4.0, -3.0, -5.0, 4.0, 3.0, 5.0]
    estimate = found.estimate({"y": y, "g": [0, 0, 0, 1, 1, 1]})
    first, second = sorted(m["mu"] for m in estimate.maximisers)
    assert first == pytest.approx(-second)
    assert second > 3


def test_equal_observations_of_a_group_make_the_likelihood_unbounded(found: Derivation) -> None:
    assert str(found.estimate({"y": [1.5, 1.5, 2.0, 3.0], "g": [0, 0, 1, 1]}).existence) == "unbounded"
    assert str(found.estimate({"y": [1.5, 2.0, 3.0], "g": [0, 1, 1]}).existence) == "unbounded"


def test_an_empty_group_is_not_decided(found: Derivation) -> None:
    assert str(found.estimate({"y": [1.0, 2.0], "g": [0, 0]}).existence) == "unknown"


def test_a_common_slope() -> None:
    density = "exp(-(y - b x)^2/(2 v0^(1-g) v1^g))/sqrt(2 pi v0^(1-g) v1^g)"
    model = Model.parse(density, "y", {"b": "", "v0": "v0 > 0", "v1": "v1 > 0"}, covariates=["g", "x"])
    random = np.random.default_rng(4)
    g, x = np.arange(12) % 2, random.uniform(1, 3, 12).round(2)
    y = (1.5 * x + (1 + g) * random.normal(size=12)).round(2)
    values = derive(model).estimate({"y": y, "g": g, "x": x}).values
    grid = np.linspace(0, 3, 300_001)
    heights = -sum(
        (g == k).sum() / 2 * np.log(((y[g == k, None] - np.outer(x[g == k], grid)) ** 2).sum(axis=0)) for k in (0, 1)
    )
    assert values["b"] == pytest.approx(grid[heights.argmax()], abs=1e-4)


def test_two_means_and_two_variances() -> None:
    density = POWERS.replace("mu", "(m0 (1-g) + m1 g)")
    parameters = {"m0": "", "m1": "", "v0": "v0 > 0", "v1": "v1 > 0"}
    found = derive(Model.parse(density, "y", parameters, covariates=["g"]))
    y, g = np.array([1.0, 2.0, 4.0, 0.0, 5.0]), np.array([0, 0, 0, 1, 1])
    expected = {"m0": 7 / 3, "m1": 2.5, "v0": y[:3].var(), "v1": 6.25}
    assert found.estimate({"y": y, "g": g}).values == pytest.approx(expected)
    assert str(found.estimate({"y": y, "g": 0 * g}).existence) == "unknown"
    assert found.estimate({"y": [1.0, 1.0, 2.0, 3.0], "g": [0, 0, 1, 1]}).values is None


def test_it_is_told(found: Derivation) -> None:
    text = " ".join(found.to_text().split())
    assert "polynomial of degree 3" in text
    assert "Sugiura" in text
