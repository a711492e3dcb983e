"""A parameter on both sides of a gap around 0, held against a grid on both sides."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from symbolic_mle import Model, derive

NORMAL = "exp(-(x - m)^2/2)/sqrt(2 pi)"
EQUAL_SPREAD = "exp(-(x - t)^2/(2 t^2))/sqrt(2 pi t^2)"


@pytest.fixture(scope="module")
def spread_is_mean():
    return derive(Model.parse(density=EQUAL_SPREAD, variable="x", parameters={"t": "t != 0"}, support=""))


@pytest.mark.parametrize("data", [[2.0], [-2.0], [1.0, -3.0], [0.5, 0.1, 4.0, -1.0], [0.0, 1.0], [-1e-3, -5.0]])
def test_the_mean_that_is_the_deviation_is_on_the_side_of_the_sum(spread_is_mean, data):
    found = spread_is_mean.estimate(data)
    grid = np.concatenate([side * np.geomspace(1e-4, 50, 40_001) for side in (-1, 1)])
    heights = stats.norm.logpdf(np.array(data)[:, None], grid, np.abs(grid)).sum(axis=0)
    assert (found.existence, found.proof, len(found.maximisers)) == ("attained", "global", 1)
    assert found.values["t"] == pytest.approx(grid[np.argmax(heights)], rel=1e-3)


def test_a_sum_of_zero_ties_and_zeros_have_no_maximum(spread_is_mean):
    tied = spread_is_mean.estimate([1.0, -1.0])
    assert tied.proof == "global" and sorted(m["t"] for m in tied.maximisers) == [-1.0, 1.0]
    assert [spread_is_mean.estimate(d).existence for d in ([0.0], [0.0, 0.0])] == ["unbounded"] * 2


@pytest.mark.parametrize("relation", [">=", ">"])
@pytest.mark.parametrize("data", [[0.2], [-0.2, 0.1], [1.5], [-3.0, -2.0], [0.5], [0.1, -0.1]])
def test_a_gap_that_ends_at_a_known_constant(relation, data):
    model = Model.parse(
        density=NORMAL, variable="x", parameters={"m": f"abs(m) {relation} c"}, support="", known={"c": "c > 0"}
    )
    derivation, mean = derive(model), np.mean(data)
    found = derivation.estimate(data, known={"c": 0.5})
    inside = abs(mean) > 0.5 or (relation == ">=" and abs(mean) == 0.5)
    if not inside and relation == ">":
        assert (found.existence, found.maximisers) == ("not attained", [])
        return
    expected = [mean] if inside else [-0.5, 0.5] if mean == 0 else [0.5 * np.sign(mean)]
    assert found.proof == "global" and sorted(m["m"] for m in found.maximisers) == pytest.approx(expected)


def test_an_unknown_variance_beside_the_gap():
    model = Model.parse(
        density="exp(-(x - m)^2/(2 v))/sqrt(2 pi v)", variable="x", parameters={"m": "abs(m) >= c", "v": "v > 0"},
        support="", known={"c": "c > 0"},
    )  # fmt: skip
    derivation = derive(model)
    for data in ([0.1, 0.4], [-0.1, -0.6, 0.2], [2.0, 3.5]):
        mean, found = np.mean(data), derivation.estimate(data, known={"c": 0.5})
        m = mean if abs(mean) >= 0.5 else 0.5 * np.sign(mean)
        assert found.proof == "global"
        assert found.values == pytest.approx({"m": m, "v": np.mean((np.array(data) - m) ** 2)})
