"""The oracle itself, on likelihoods whose maximum anyone can check: what judges must be judged."""

from __future__ import annotations

import numpy as np
import pytest

from symbolic_mle.families import catalogue
from tests.oracle import Oracle, ends

CATALOGUE = catalogue()


def test_ends() -> None:
    assert (ends("0 < p, p <= 1", "p").lower, ends("0 < p, p <= 1", "p").closed_upper) == ("0", True)
    assert ends("x >= m", "x").lower == "m"
    assert ends("", "mu").lower == ends("", "mu").upper == ""
    assert ends("integer, N >= 1", "N").integer


@pytest.mark.parametrize("name", CATALOGUE)
def test_densities_are_densities(name: str) -> None:
    """Summed, or by the midpoint rule on a fine grid: 1 up to the tails that the grid leaves out."""
    oracle = Oracle(CATALOGUE[name])
    values = dict(CATALOGUE[name].example)
    low, high = (oracle.end(t, values, o) for t, o in ((oracle.support.lower, -4000.0), (oracle.support.upper, 4000.0)))
    if CATALOGUE[name].discrete:
        grid, widths = np.arange(low, min(high, low + 3000) + 1), 1.0
    else:
        u = np.linspace(0, 1, 400_002)[1:-1]
        grid = low + (high - low) * u**6 if (low, high) == (0, 4000) else low + (high - low) * u
        widths = np.gradient(grid)
    total = float(np.sum(np.exp(oracle.log_likelihood(grid[:, None], values)) * widths))
    assert total == pytest.approx(1, abs=0.03)


@pytest.mark.parametrize("name", CATALOGUE)
def test_samples_are_possible(name: str) -> None:
    oracle = Oracle(CATALOGUE[name])
    for data in (CATALOGUE[name].sample, oracle.draw(np.random.default_rng(1), 20)):
        assert np.isfinite(oracle.log_likelihood(data, CATALOGUE[name].example))


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("poisson", [2, 0, 3, 1], {"lambda": 1.5}),
        ("bernoulli-closed", [1, 1, 1], {"p": 1.0}),
        ("exponential", [0.5, 1.5], {"lambda": 1.0}),
        ("uniform", [0.3, 2.0, 1.1], {"theta": 2.0}),
        ("normal", [1.0, 3.0], {"mu": 2.0, "sigma2": 1.0}),
        ("discrete-uniform", [3, 9, 11], {"N": 11}),
        ("laplace-location", [1.0, 2.0, 7.0], {"mu": 2.0}),
    ],
)
def test_maxima_that_anyone_can_check(name: str, data: list[float], expected: dict[str, float]) -> None:
    _, point = Oracle(CATALOGUE[name]).search(data, CATALOGUE[name].known_values)
    assert point == pytest.approx(expected, rel=1e-5)
