"""Least absolute deviations in several parameters, held against linear programming."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.optimize import linprog

from symbolic_mle import Model, derive
from symbolic_mle.derive import Derivation

MODELS = {  # density, covariates, slopes of the loss above and below the fit
    "line": ("exp(-Abs(y - a - b*x))/2", ["x"], (1, 1)),
    "quantile line": ("3/16*exp(-Piecewise(((y - a - b*x)/4, y >= a + b*x), (3*(a + b*x - y)/4, True)))", ["x"], (0.25, 0.75)),
    "plane": ("exp(-Abs(y - a - b*x - c*z))/2", ["x", "z"], (1, 1)),
    "line with a scale": ("exp(-Abs(y - a - b*x)/s)/(2*s)", ["x"], (1, 1)),
}  # fmt: skip


def derived(name: str) -> Derivation:
    density, covariates, _ = MODELS[name]
    parameters = {p: "" for p in "abc"[: len(covariates) + 1]} | ({"s": "s > 0"} if "scale" in name else {})
    return derive(Model.parse(density=density, variable="y", parameters=parameters, covariates=covariates))


def least(design: np.ndarray, y: np.ndarray, above: float, below: float) -> float:
    """The least loss, by linear programming: residuals in a positive and a negative part."""
    n, k = design.shape
    cost = np.r_[np.zeros(k), np.full(n, above), np.full(n, below)]
    bounds = [(None, None)] * k + [(0, None)] * (2 * n)
    return float(linprog(cost, A_eq=np.c_[design, np.eye(n), -np.eye(n)], b_eq=y, bounds=bounds).fun)


@pytest.mark.parametrize("name", MODELS)
def test_no_fit_is_better_by_linear_programming(name: str) -> None:
    _, covariates, (above, below) = MODELS[name]
    derivation, generator = derived(name), np.random.default_rng(len(name))
    for n, digits in ((4, 0), (5, 1), (6, 0), (8, 0), (10, 3), (25, 1)):
        data = {c: np.round(generator.uniform(-3, 3, n), digits) for c in covariates}
        y = np.round(1 + data["x"] + generator.normal(size=n), digits)
        design = np.column_stack([np.ones(n), *data.values()])
        estimate = derivation.estimate({"y": y, **data})
        best = least(design, y, above, below)
        if str(estimate.existence) == "unbounded":
            assert best == pytest.approx(0, abs=1e-9)
            continue
        for maximiser in estimate.maximisers:
            ends = [
                maximiser[p] if isinstance(maximiser[p], tuple) else (maximiser[p],) for p in "abc"[: design.shape[1]]
            ]
            for choose in (0, -1):
                residuals = y - design @ np.array([e[choose] for e in ends])
                loss = np.where(residuals > 0, above * residuals, -below * residuals).sum()
                assert loss == pytest.approx(best, abs=1e-9)
        if "scale" in name:
            assert estimate.values["s"] == pytest.approx(best / n)


def test_all_maximisers_of_a_line_are_named() -> None:
    derivation = derived("line")
    estimate = derivation.estimate({"x": [0.0, 0.0, 1.0, 1.0], "y": [0.0, 1.0, 0.0, 1.0]})
    corners = {(m["a"], m["b"]) for m in estimate.maximisers}
    assert corners == {(0.0, 0.0), (0.0, 1.0), (1.0, -1.0), (1.0, 0.0)}
    assert "convex combination" in estimate.note


def test_a_perfect_fit_has_no_scale_and_one_place_gives_no_line() -> None:
    scaled, plain = derived("line with a scale"), derived("line")
    assert str(scaled.estimate({"x": [0.1, 0.2, 0.3], "y": [0.7, 0.9, 1.1]}).existence) == "unbounded"
    assert str(plain.estimate({"x": [1.0, 1.0], "y": [0.0, 3.0]}).existence) == "unknown"
    fit = plain.estimate({"x": [1.0, 2.0, 4.0], "y": [0.1, 0.2, 0.4]})
    assert fit.values["a"] == pytest.approx(0) and math.isclose(fit.values["b"], 0.1)
