"""A correlation with known means and variances: every root of the cubic is compared."""

from __future__ import annotations

import numpy as np
import pytest

from symbolic_mle import Model, derive


@pytest.fixture(scope="module")
def correlation():
    density = "exp(-(x^2 - 2 r x y + y^2)/(2 (1 - r^2)))/(2 pi sqrt(1 - r^2))"
    return derive(Model.parse(density=density, variable="x,y", parameters={"r": "-1 < r, r < 1"}, support=""))


@pytest.mark.parametrize("seed", range(5))
def test_the_highest_root_is_that_of_a_grid(correlation, seed):
    random = np.random.default_rng(seed)
    rho, size = random.uniform(-0.9, 0.9), int(random.integers(1, 8))
    data = random.multivariate_normal([0, 0], [[1, rho], [rho, 1]], size) * random.choice([0.2, 1.0])
    found = correlation.estimate([tuple(row) for row in data])
    grid = np.concatenate([np.linspace(-1, 1, 200_001)[1:-1], 1 - np.geomspace(1e-9, 0.1, 20_000)])
    grid = np.concatenate([grid, -grid])
    (x, y), gap = data.T, 1 - grid**2
    heights = -size / 2 * np.log(gap) - (np.sum(x**2 + y**2) - 2 * grid * np.sum(x * y)) / (2 * gap)
    assert (found.existence, found.proof) == ("attained", "global")
    assert found.values["r"] == pytest.approx(grid[np.argmax(heights)], abs=2e-5)


@pytest.mark.parametrize("data", [[(1.0, 1.0)], [(1.0, -1.0), (-0.5, 0.5)], [(0.0, 0.0)]])
def test_no_estimate_where_the_likelihood_grows_at_an_end(correlation, data):
    assert correlation.estimate(data).values is None


def test_two_peaks_as_high_as_each_other_are_not_called_one(correlation):
    found = correlation.estimate([(0.3, 0.0)])
    assert found.values is None or len(found.maximisers) == 2
