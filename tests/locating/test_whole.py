"""Whole-number locations of concave likelihoods with corners, held against all whole numbers near the data."""

from __future__ import annotations

import numpy as np
import pytest

from symbolic_mle import Model, derive


def huber(x: np.ndarray, t: float) -> np.ndarray:
    u = np.abs(x - t)
    return -np.where(u <= 1, u**2 / 2, u - 0.5)


def laplace(x: np.ndarray, t: float) -> np.ndarray:
    return -np.abs(x - t)


MODELS = [
    ({"density": "exp(-Abs(x - t))/2", "parameters": {"t": "integer"}}, laplace, range(-8, 9), (0, 1, 2)),
    ({"density": "exp(-Abs(x - t))/2", "parameters": {"t": "integer, t >= 0"}}, laplace, range(9), (0, 1)),
    ({"density": "(1 - q)/(1 + q)*q^Abs(x - t)", "parameters": {"t": "integer"}, "support": "integer", "discrete": True,
      "known": {"q": "0 < q, q < 1"}}, laplace, range(-8, 9), (0,)),
    ({"density": "exp(-Piecewise(((x - t)^2/2, Abs(x - t) <= 1), (Abs(x - t) - 1/2, True)))", "parameters": {"t": "integer"},
      "checked": False}, huber, range(-8, 9), (0, 1, 2)),
]  # fmt: skip


@pytest.mark.parametrize(("model", "log_density", "space", "digits"), MODELS)
def test_the_best_whole_numbers_are_named(model, log_density, space, digits) -> None:  # type: ignore[no-untyped-def]
    derivation, generator = derive(Model.parse(**{"variable": "x", "support": "", **model})), np.random.default_rng(1)
    known = {"q": 0.4} if "known" in model else None
    for n in (1, 2, 3, 4, 6):
        for places in digits:
            data = np.round(generator.uniform(-4, 4, n), places)
            heights = np.array([log_density(data, t).sum() for t in space])
            best = [float(t) for t, height in zip(space, heights, strict=True) if height >= heights.max() - 1e-12]
            estimate = derivation.estimate(data.tolist(), known)
            assert sorted(m["t"] for m in estimate.maximisers) == best
            assert str(estimate.proof) == "global"


def test_a_whole_location_and_a_rate() -> None:
    model = Model.parse(
        density="(1 - p)/(1 + p)*p^Abs(x - m)", variable="x", support="integer", discrete=True,
        parameters={"m": "integer", "p": "0 < p, p < 1"},
    )  # fmt: skip
    estimate = derive(model).estimate([1, 2, 4, 4])
    assert [m["m"] for m in estimate.maximisers] == [2.0, 3.0, 4.0]
    p = estimate.values["p"]
    assert 2 * 4 * p / (1 - p**2) == pytest.approx(5)  # E|x − m| = 2p/(1 − p²), and Σ|xᵢ − m̂| = 5
    assert str(derive(model).estimate([2, 2]).existence) == "not attained"
