"""Likelihoods with corners or jumps, held against the likelihood itself at very many values of the parameter."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cache

import numpy as np
import pytest

from symbolic_mle import Model, derive
from symbolic_mle.derive import Derivation
from symbolic_mle.errors import DataError

LogDensity = Callable[[np.ndarray, float], np.ndarray]


def laplace(x: np.ndarray, t: float) -> np.ndarray:
    return -np.abs(x - t)


def tilted(x: np.ndarray, t: float) -> np.ndarray:
    return np.where(x >= t, -2 * (x - t), 3 * (x - t))


def huber(x: np.ndarray, t: float) -> np.ndarray:
    u = np.abs(x - t)
    return -np.where(u <= 1, u**2 / 2, u - 0.5)


def triangle(x: np.ndarray, t: float) -> np.ndarray:
    return np.log(np.maximum(1 - np.abs(x - t), 0))


def mode(x: np.ndarray, t: float) -> np.ndarray:
    return np.where(x <= t, np.log(2 * x / t), np.log(2 * (1 - x) / (1 - t)))


def steps(x: np.ndarray, t: float) -> np.ndarray:
    return np.where(x <= t, -math.log(2 * t), -math.log(2 * (1 - t)))


MODELS: dict[str, tuple[dict[str, object], LogDensity, tuple[float, float], tuple[float, float]]] = {
    # name: model, log-density, range of the parameter, range of the data
    "abs": ({"density": "exp(-Abs(x - t))/2", "parameters": {"t": ""}}, laplace, (-6, 6), (-4, 4)),
    "root of a square": ({"density": "exp(-sqrt((x - t)^2))/2", "parameters": {"t": ""}}, laplace, (-6, 6), (-4, 4)),
    "halves": (
        {"density": "Piecewise((exp(t - x)/2, x > t), (exp(x - t)/2, True))", "parameters": {"t": ""}},
        laplace, (-6, 6), (-4, 4),
    ),
    "larger of two": ({"density": "exp(-Max(x - t, t - x))/2", "parameters": {"t": ""}}, laplace, (-6, 6), (-4, 4)),
    "nonnegative": ({"density": "exp(-Abs(x - t))/2", "parameters": {"t": "t >= 0"}}, laplace, (0, 6), (-4, 4)),
    "between": ({"density": "exp(-Abs(x - t))/2", "parameters": {"t": "-1 <= t, t <= 2"}}, laplace, (-1, 2), (-4, 4)),
    "square root": (
        {"density": "exp(-Abs(x - t^2))/2", "parameters": {"t": "t >= 0"}}, lambda x, t: laplace(x, t * t), (0, 4), (-4, 4),
    ),
    "logarithm": (
        {"density": "exp(-Abs(x - log(t)))/2", "parameters": {"t": "t > 0"}},
        lambda x, t: laplace(x, math.log(t)), (0.001, 60), (-4, 4),
    ),
    "minus": (
        {"density": "exp(-2*Abs(x + 3*t))", "parameters": {"t": ""}}, lambda x, t: 2 * laplace(x, -3 * t), (-3, 3), (-4, 4),
    ),
    "different slopes": (
        {"density": "6/5*Piecewise((exp(-2*(x - t)), x >= t), (exp(3*(x - t)), True))", "parameters": {"t": ""}},
        tilted, (-6, 6), (-4, 4),
    ),
    "flat top": (
        {"density": "exp(1 - Max(Abs(x - t), 1))/4", "parameters": {"t": ""}},
        lambda x, t: -np.maximum(np.abs(x - t), 1), (-6, 6), (-4, 4),
    ),
    "huber": (
        {"density": "exp(-Piecewise(((x - t)^2/2, Abs(x - t) <= 1), (Abs(x - t) - 1/2, True)))", "parameters": {"t": ""},
         "checked": False},
        huber, (-6, 6), (-4, 4),
    ),
    "mixed tails": (
        {"density": "exp(-Abs(x - t) - (x - t)^2)", "parameters": {"t": ""}, "checked": False},
        lambda x, t: -np.abs(x - t) - (x - t) ** 2, (-6, 6), (-4, 4),
    ),
    "two corners": (
        {"density": "exp(-Abs(x - t) - 2*Abs(x - t - 1))", "parameters": {"t": ""}, "checked": False},
        lambda x, t: -np.abs(x - t) - 2 * np.abs(x - t - 1), (-6, 6), (-4, 4),
    ),
    "a corner of its own": (
        {"density": "exp(-Abs(x - t) - Abs(t)/2)", "parameters": {"t": ""}, "checked": False},
        lambda x, t: -np.abs(x - t) - abs(t) / 2, (-6, 6), (-4, 4),
    ),
    "triangle": (
        {"density": "1 - Abs(x - t)", "parameters": {"t": ""}, "support": "Abs(x - t) <= 1"}, triangle, (-3, 3), (0, 0.9),
    ),
    "mode": (
        {"density": "Piecewise((2*x/t, x <= t), (2*(1 - x)/(1 - t), True))", "parameters": {"t": "0 < t, t < 1"},
         "support": "0 < x, x < 1"},
        mode, (0.001, 0.999), (0.05, 0.95),
    ),
    "smaller of two": (
        {"density": "Min(x, t)/(t - t^2/2)", "parameters": {"t": "0 < t, t < 1"}, "support": "0 < x, x < 1"},
        lambda x, t: np.log(np.minimum(x, t) / (t - t * t / 2)), (0.001, 0.999), (0.05, 0.95),
    ),
    "location and scale in one": (
        {"density": "exp(-Abs(x - t)/t)/(2*t)", "parameters": {"t": "t > 0"}},
        lambda x, t: -np.abs(x - t) / t - math.log(2 * t), (0.01, 9), (-4, 4),
    ),
    "triangle from 0": (
        {"density": "Piecewise((x/t^2, x <= t), ((2*t - x)/t^2, True))", "parameters": {"t": "t > 0"},
         "support": "0 < x, x < 2*t"},
        lambda x, t: np.log(np.maximum(np.where(x <= t, x, 2 * t - x), 0) / t**2), (0.01, 9), (0.2, 4),
    ),
    "valley": (
        {"density": "exp(-Max(0, Abs(x - t)) + Min(1, Abs(x - t)))", "parameters": {"t": ""}, "checked": False},
        lambda x, t: np.minimum(1 - np.abs(x - t), 0), (-6, 6), (-4, 4),
    ),
}  # fmt: skip


@cache
def derived(name: str) -> Derivation:
    return derive(Model.parse(**{"variable": "x", "support": "", **MODELS[name][0]}))


def samples(low: float, high: float, seed: int) -> list[list[float]]:
    """Random samples of several sizes, with ties, all equal, and one observation."""
    generator = np.random.default_rng(seed)
    drawn = [np.round(generator.uniform(low, high, n), digits) for n in (2, 3, 4, 5, 8) for digits in (1, 5)]
    return [*(d.tolist() for d in drawn), [drawn[0][0].item()], [drawn[1][0].item()] * 3]


def trials(data: Sequence[float], low: float, high: float) -> np.ndarray:
    """A grid, the observations, and points beside them, in the range of the parameter."""
    shifts = np.array([0, -1, 1, -1e-6, 1e-6])
    beside = (np.asarray(data)[:, None] + shifts).ravel()
    found = np.concatenate([np.linspace(low, high, 1201), beside])
    return found[(found >= low) & (found <= high)]


@pytest.mark.parametrize("name", MODELS)
def test_no_value_is_better_and_all_that_are_as_good_are_named(name: str) -> None:
    _, log_density, (low, high), (start, stop) = MODELS[name]
    decided = 0
    for data in samples(start, stop, seed=len(name)):
        column, points = np.array(data), trials(data, low, high)
        with np.errstate(divide="ignore"):
            heights = np.array([log_density(column, t).sum() for t in points])
        estimate = derived(name).estimate(data)
        assert str(estimate.existence) == "attained"
        assert str(estimate.proof) == "global"
        top = log_density(column, estimate.values["t"]).sum()
        assert heights.max() <= top + 1e-9 * (1 + abs(top)), (data, points[heights.argmax()])
        ends = [v if isinstance(v := m["t"], tuple) else (v, v) for m in estimate.maximisers]
        for first, last in ends:
            assert log_density(column, max(first, low)).sum() == pytest.approx(top, abs=1e-7)
            assert log_density(column, min(last, high)).sum() == pytest.approx(top, abs=1e-7)
        ties = points[heights >= top - 1e-13 * (1 + abs(top))]
        assert all(any(a - 1e-6 <= t <= b + 1e-6 for a, b in ends) for t in ties), (data, ends)
        decided += 1
    assert decided == 12


def test_a_step_is_compared_with_its_limits() -> None:
    model = Model.parse(
        density="Piecewise((1/(2*t), x <= t), (1/(2*(1 - t)), True))", variable="x", support="0 < x, x < 1",
        parameters={"t": "0 < t, t < 1"},
    )  # fmt: skip
    derivation, generator = derive(model), np.random.default_rng(5)
    seen = set()
    for n in (1, 2, 3, 4, 7):
        for _ in range(6):
            data = np.round(generator.uniform(0.02, 0.98, n), 2)
            attained = max(steps(data, t).sum() for t in data)
            limits = max(np.where(data < t, -math.log(2 * t), -math.log(2 * (1 - t))).sum() for t in data)
            ends = max(n * math.log(0.5), limits)  # t → 0 and t → 1: every observation on one side of t
            estimate = derivation.estimate(data.tolist())
            if abs(attained - ends) > 1e-9:
                assert str(estimate.existence) == ("attained" if attained > ends else "not attained"), data
            if attained > ends + 1e-9:
                assert steps(data, estimate.values["t"]).sum() == pytest.approx(attained)
            seen.add(str(estimate.existence))
    assert seen == {"attained", "not attained"}


def test_ties_of_a_step_are_decided_exactly() -> None:
    model = Model.parse(
        density="Piecewise((1/(2*t), x <= t), (1/(2*(1 - t)), True))", variable="x", support="0 < x, x < 1",
        parameters={"t": "0 < t, t < 1"},
    )  # fmt: skip
    derivation = derive(model)
    assert derivation.estimate([0.125, 0.875]).maximisers == [{"t": 0.125}]
    assert derivation.estimate([0.3, 0.7]).maximisers == [{"t": 0.3}]
    assert str(derivation.estimate([0.75]).existence) == "not attained"


def test_data_too_far_apart_for_the_triangle_are_impossible() -> None:
    for data in ([0.0, 2.5], [0.0, 2.0]):
        with pytest.raises(DataError, match="positive density"):
            derived("triangle").estimate(data)
    assert derived("triangle").estimate([0.0, 1.0]).values["t"] == pytest.approx(0.5)


def test_an_open_end_is_not_attained() -> None:
    derivation = derive(Model.parse(density="exp(-Abs(x - t))/2", variable="x", support="", parameters={"t": "t > 0"}))
    assert str(derivation.estimate([-3.0, -1.0]).existence) == "not attained"
    assert derivation.estimate([-3.0, 2.0]).maximisers == [{"t": (0.0, 2.0)}]
    assert derivation.estimate([-3.0, 2.0, 3.0]).values == {"t": 2.0}


def test_a_location_and_a_scale() -> None:
    derivation = derive("laplace")
    generator = np.random.default_rng(3)
    for n in (2, 3, 6, 9):
        data = np.round(generator.normal(size=n), 3)
        estimate = derivation.estimate(data.tolist())
        assert estimate.values["b"] == pytest.approx(np.abs(data - np.median(data)).mean())
        low, high = np.sort(data)[[(n - 1) // 2, n // 2]]
        assert estimate.maximisers[0]["mu"] == pytest.approx((low, high) if n % 2 == 0 else low)
    assert str(derivation.estimate([2.0, 2.0]).existence) == "unbounded"
    assert str(derivation.estimate([7.0]).existence) == "unbounded"


def test_a_restricted_location_of_equal_data_outside_leaves_a_scale() -> None:
    model = Model.parse(
        density="exp(-Abs(x - m)/b)/(2*b)", variable="x", support="", parameters={"m": "m >= 0", "b": "b > 0"}
    )
    assert derive(model).estimate([-1.0, -1.0]).values == {"m": 0.0, "b": 1.0}
    assert str(derive(model).estimate([1.0, 1.0]).existence) == "unbounded"


def test_least_absolute_deviations_through_the_origin() -> None:
    model = Model.parse(
        density="exp(-Abs(y - b*x))/2", variable="y", support="", parameters={"b": ""}, covariates=["x"]
    )
    derivation, generator = derive(model), np.random.default_rng(8)
    for n in (1, 2, 3, 5, 10):
        x, y = np.round(generator.uniform(-3, 3, (2, n)), 1)
        x[x == 0] = 1
        estimate = derivation.estimate({"x": x, "y": y})
        total = np.abs(y - estimate.values["b"] * x).sum()
        assert total <= min(np.abs(y - b * x).sum() for b in y / x) + 1e-12
    whole = derivation.estimate({"x": [0.0, 0.0], "y": [1.0, 2.0]})
    assert whole.maximisers == [{"b": (-math.inf, math.inf)}]
    scaled = derive(
        Model.parse(
            density="exp(-Abs(y - b*x)/s)/(2*s)", variable="y", support="", parameters={"b": "", "s": "s > 0"}, covariates=["x"],
        )
    )  # fmt: skip
    assert str(scaled.estimate({"x": [0.3, 0.7, 0.0], "y": [0.1, 0.7 / 3, 0.0]}).existence) != "unknown"
    assert str(scaled.estimate({"x": [0.1, 0.3], "y": [0.7, 2.1]}).existence) == "unbounded"
    assert scaled.estimate({"x": [1.0, 1.0, 2.0], "y": [1.0, 2.0, 2.0]}).values == {"b": 1.0, "s": pytest.approx(1 / 3)}
