"""A space with two bounds on one side, of which none is known to be the tighter: the end is the larger (smaller) of them."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize_scalar
from scipy.stats import poisson

from symbolic_mle import Model, derive

NORMAL = Model.parse(
    density="exp(-(x - m)^2/2)/sqrt(2 pi)", variable="x", parameters={"m": "m >= a, m >= b, m <= c"}, support="",
    known={"a": "", "b": "", "c": "c > a, c > b"},
)  # fmt: skip


@pytest.mark.parametrize("ends", [(0.0, 1.0, 2.0), (1.0, 0.0, 2.0), (-3.0, -2.0, -1.0)])
@pytest.mark.parametrize("data", [[0.2], [1.0, 1.0], [5.0, 4.0], [-2.0, 3.0, 0.5]])
def test_a_normal_mean_is_cut_to_the_tighter_bound(ends: tuple[float, float, float], data: list[float]) -> None:
    low, other, high = ends
    found = derive(NORMAL).estimate(data, known={"a": low, "b": other, "c": high})
    expected = np.clip(np.mean(data), max(low, other), high)
    assert found.proof == "global" and found.values == pytest.approx({"m": expected})


def test_a_poisson_rate_below_two_bounds() -> None:
    model = Model.parse(
        density="r^x exp(-r)/x!", variable="x", parameters={"r": "r > 0, r <= a, r <= b"}, support="x = 0, 1, 2, ...",
        known={"a": "a > 0", "b": "b > 0"},
    )  # fmt: skip
    data = np.array([1, 2, 4])
    for known in ({"a": 1.0, "b": 0.2}, {"a": 3.0, "b": 5.0}, {"a": 9.0, "b": 2.0}):
        top = min(known.values())
        best = minimize_scalar(lambda r: -poisson.logpmf(data, r).sum(), bounds=(1e-9, top), method="bounded").x
        assert derive(model).estimate(data, known=known).values == pytest.approx({"r": best}, rel=1e-4)
