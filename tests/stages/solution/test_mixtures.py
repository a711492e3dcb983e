"""Log-likelihoods Σ log(a(xᵢ) + θ b(xᵢ)): weights of mixtures, linear densities, and data that say nothing."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize_scalar

from symbolic_mle import Model, derive

MIXTURES = {
    "two Poissons": (
        Model.parse(
            density="(w*exp(-1) + (1-w)*exp(-5)*5^x)/x!",
            variable="x",
            discrete=True,
            support="x >= 0",
            parameters={"w": "0 <= w, w <= 1"},
        ),
        lambda x, w: w * np.exp(-1) + (1 - w) * np.exp(-5) * 5.0**x,
        lambda random: random.poisson(np.where(random.random(12) < 0.4, 1, 5)),
        (0.0, 1.0),
    ),
    "two exponentials": (
        Model.parse(
            density="q*exp(-y) + (1-q)*3*exp(-3*y)", variable="y", support="y > 0", parameters={"q": "0 <= q, q <= 1"}
        ),
        lambda x, w: w * np.exp(-x) + (1 - w) * 3 * np.exp(-3 * x),
        lambda random: random.exponential(np.where(random.random(12) < 0.5, 1, 1 / 3)),
        (0.0, 1.0),
    ),
    "a line": (
        Model.parse(
            density="(1 + t*x)/2", variable="x", support="-1 <= x, x <= 1", parameters={"t": "-1 <= t, t <= 1"}
        ),
        lambda x, t: 1 + t * x,
        lambda random: random.uniform(-1, 1, 12),
        (-1.0, 1.0),
    ),
    "a wave": (
        Model.parse(
            density="(1 + r*cos(x))/(2*pi)", variable="x", support="-pi < x, x <= pi", parameters={"r": "-1 <= r, r <= 1"}
        ),
        lambda x, r: 1 + r * np.cos(x),
        lambda random: random.uniform(-3, 3, 12),
        (-1.0, 1.0),
    ),
    "two lines": (
        Model.parse(density="2*(c*x + (1 - c)*(1 - x))", variable="x", support="0 < x, x < 1", parameters={"c": "0 <= c, c <= 1"}),
        lambda x, c: c * x + (1 - c) * (1 - x),
        lambda random: random.uniform(0, 1, 12),
        (0.0, 1.0),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MIXTURES)
def test_the_maximum_is_proved_and_found_inside_and_at_the_ends(name):
    model, density, draw, (low, high) = MIXTURES[name]
    derivation, random, places = derive(model), np.random.default_rng(3), set()
    assert derivation.proof == "global"
    for size in (1, 2, 3, 12, 12, 12):
        data = draw(random)[:size]
        estimate = derivation.estimate(data)
        assert (estimate.existence, estimate.proof) == ("attained", "global")

        def height(t, data=data):
            with np.errstate(divide="ignore"):
                return -float(np.sum(np.log(density(data, t))))

        best = min(
            (minimize_scalar(height, bounds=(low, high), method="bounded", options={"xatol": 1e-10}).x, low, high),
            key=height,
        )
        (value,) = estimate.values.values()
        assert height(value) <= height(best) + 1e-9
        assert value == pytest.approx(best, abs=2e-4)
        places.add("end" if value in (low, high) else "inside")
    assert places == {"end", "inside"}


@pytest.mark.parametrize(
    ("name", "data", "ends"),
    [("a line", [0.0, 0.0], (-1, 1)), ("two lines", [0.5], (0, 1)), ("two lines", [0.5, 0.5], (0, 1))],
)
def test_data_that_say_nothing_have_every_value_as_maximiser(name, data, ends):
    estimate = derive(MIXTURES[name][0]).estimate(data)
    assert (estimate.existence, estimate.proof) == ("attained", "global")
    (maximiser,) = estimate.maximisers
    assert tuple(maximiser.values()) == (ends,)


def test_data_that_say_nothing_are_told():
    text = derive(MIXTURES["a line"][0]).to_text()
    assert "every xᵢ is 0   Then the likelihood does not depend on t: every value of t is a maximiser." in text
