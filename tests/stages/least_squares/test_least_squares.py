"""Least squares against NumPy's own, and what is said of data without a unique line or without a remainder."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.stats import norm

from symbolic_mle import Derivation, Model, derive

NORMAL = "exp(-({residual})^2/(2*{variance}))/sqrt(2*pi*{variance})"
VARIANCE = {"s2": "s2 > 0"}

DESIGNS: dict[str, tuple[str, tuple[str, ...], tuple[str, ...], Any]] = {
    "origin": ("y - b*x", ("b",), ("x",), lambda x: [x]),
    "line": ("y - a - b*x", ("a", "b"), ("x",), lambda x: [1 + 0 * x, x]),
    "parabola": ("y - a - b*x - c*x^2", ("a", "b", "c"), ("x",), lambda x: [1 + 0 * x, x, x**2]),
    "two covariates": ("y - a - b*x - c*z", ("a", "b", "c"), ("x", "z"), lambda x, z: [1 + 0 * x, x, z]),
    "two without intercept": ("y - b*x - c*z", ("b", "c"), ("x", "z"), lambda x, z: [x, z]),
    "cubic": ("y - a - b*x - c*x^2 - d*x^3", ("a", "b", "c", "d"), ("x",), lambda x: [1 + 0 * x, x, x**2, x**3]),
    "wave": ("y - b*cos(x) - c*sin(x)", ("b", "c"), ("x",), lambda x: [np.cos(x), np.sin(x)]),
    "turned round": ("a + b*x - y", ("a", "b"), ("x",), lambda x: [1 + 0 * x, x]),
}


def regression(name: str, variance: str = "s2") -> Derivation:
    residual, coefficients, covariates, _ = DESIGNS[name]
    spread = VARIANCE if variance == "s2" else {}
    density = NORMAL.format(residual=residual, variance=variance)
    parameters = {**dict.fromkeys(coefficients, ""), **spread}
    return derive(Model.parse(density, "y", parameters, covariates=covariates))


def sample(name: str, size: int, seed: int) -> dict[str, np.ndarray]:
    random = np.random.default_rng(seed)
    columns = {z: random.normal(size=size).round(3) for z in DESIGNS[name][2]}
    return {"y": random.normal(size=size).round(3), **columns}


@pytest.mark.parametrize("name", DESIGNS)
def test_it_agrees_with_numpy(name: str) -> None:
    found = regression(name)
    assert str(found.form) == "closed"
    assert str(found.proof) == "global"
    for seed in range(3):
        data = sample(name, 9 + 10 * seed, seed)
        _, coefficients, covariates, columns = DESIGNS[name]
        design = np.column_stack(columns(*(data[z] for z in covariates)))
        best, *_ = np.linalg.lstsq(design, data["y"], rcond=None)
        estimate = found.estimate(data)
        assert estimate.values is not None
        assert [estimate.values[c] for c in coefficients] == pytest.approx(best, rel=1e-8)
        assert estimate.values["s2"] == pytest.approx(np.mean((data["y"] - design @ best) ** 2), rel=1e-8)
        spread = np.sqrt(estimate.values["s2"])
        height = norm(design @ best, spread).logpdf(data["y"]).sum()
        assert estimate.log_likelihood is not None
        others = (
            norm(design @ (best + d), spread * f).logpdf(data["y"]).sum() for d in (0, 0.01) for f in (0.9, 1, 1.1)
        )
        assert all(height >= other - 1e-12 for other in others)


@pytest.mark.parametrize("name", ["line", "parabola", "two covariates"])
def test_data_on_the_line_have_no_maximum(name: str) -> None:
    data = sample(name, 7, 3)
    first = data[DESIGNS[name][2][0]]
    data["y"] = np.array([float(f"{1 + 2 * v:.6g}") for v in first])
    assert str(regression(name).estimate(data).existence) == "unbounded"
    few = {c: v[: len(DESIGNS[name][1])] for c, v in sample(name, 7, 4).items()}
    assert str(regression(name).estimate(few).existence) == "unbounded"
    one = {c: v[:1] for c, v in few.items()}
    assert str(regression(name).estimate(one).existence) == "unbounded"


@pytest.mark.parametrize("variance", ["s2", "1"])
def test_equal_covariates_leave_a_line_of_maximisers(variance: str) -> None:
    data = {"y": [1.0, 2.5, 4.0], "x": [0.3, 0.3, 0.3]}
    estimate = regression("line", variance).estimate(data)
    assert str(estimate.existence) == "attained"
    assert str(estimate.proof) == "global"
    assert estimate.values["a"] + 0.3 * estimate.values["b"] == pytest.approx(2.5)
    assert "do not determine" in estimate.note


def test_collinear_covariates_are_fitted_as_by_the_pseudoinverse() -> None:
    x = np.array([1.0, 2.0, 3.0, 5.0, 8.0])
    data = {"y": np.array([1.0, 0.5, 2.5, 2.0, 4.5]), "x": x, "z": 3 - 2 * x}
    estimate = regression("two covariates").estimate(data)
    best = np.linalg.pinv(np.column_stack([1 + 0 * x, x, data["z"]])) @ data["y"]
    assert [estimate.values[c] for c in ("a", "b", "c")] == pytest.approx(best)
    exact = {**data, "y": 2 - 3 * x}
    assert str(regression("two covariates").estimate(exact).existence) == "unbounded"


def test_weights_and_a_variance_that_grows_with_the_covariate() -> None:
    random = np.random.default_rng(5)
    x, w = random.uniform(0.5, 3, 12).round(3), random.uniform(0.5, 3, 12).round(3)
    y = random.normal(1 + x).round(3)
    density = "sqrt(w/(2*pi*s2)) exp(-w (y - a - b x)^2/(2 s2))"
    model = Model.parse(density, "y", {"a": "", "b": "", **VARIANCE}, covariates=["x", "w"])
    found = derive(model).estimate({"y": y, "x": x, "w": w}).values
    slope, intercept = np.polyfit(x, y, 1, w=np.sqrt(w))
    assert (found["a"], found["b"]) == pytest.approx((intercept, slope))
    density = "exp(-(y - b x)^2/(2 s2 x))/sqrt(2 pi s2 x)"
    ratio = derive(Model.parse(density, "y", {"b": "", **VARIANCE}, covariates=["x"]))
    values = ratio.estimate({"y": y, "x": x}).values
    assert values["b"] == pytest.approx(y.sum() / x.sum())
    assert values["s2"] == pytest.approx(np.mean((y - values["b"] * x) ** 2 / x))


def test_pairs_with_a_common_variance() -> None:
    density = "exp(-((x - m1)^2 + (y - m2)^2)/(2 s2))/(2 pi s2)"
    found = derive(Model.parse(density, "x,y", {"m1": "", "m2": "", **VARIANCE}))
    x, y = np.array([1.0, 2.0, 4.0]), np.array([0.0, 1.0, 5.0])
    values = found.estimate({"x": x, "y": y}).values
    assert values == pytest.approx({"m1": x.mean(), "m2": 2.0, "s2": (x.var() + y.var()) / 2})
    assert str(found.estimate([(1.0, 2.0)] * 3).existence) == "unbounded"


def test_a_regression_written_as_a_joint_density() -> None:
    density = "exp(-(x - m)^2/(2 v) - (y - a - b x)^2/(2 s2))/(2 pi sqrt(v s2))"
    found = derive(Model.parse(density, "x,y", {"m": "", "v": "v > 0", "a": "", "b": "", **VARIANCE}))
    data = sample("line", 15, 8)
    slope, intercept = np.polyfit(data["x"], data["y"], 1)
    spread = np.mean((data["y"] - intercept - slope * data["x"]) ** 2)
    expected = {"m": data["x"].mean(), "v": data["x"].var(), "a": intercept, "b": slope, "s2": spread}
    assert found.estimate(data).values == pytest.approx(expected)
    assert str(found.estimate({"x": [1.0, 1.0, 1.0], "y": [1.0, 2.0, 4.0]}).existence) == "unbounded"


@pytest.mark.parametrize("name", ["line", "origin", "two covariates"])
def test_it_is_told(name: str) -> None:
    text = regression(name).to_text()
    assert "maximum likelihood is least squares here" in " ".join(text.split())
    assert "not identically distributed" in text
    assert f"n − {len(DESIGNS[name][1])}" in text
    assert regression(name).to_latex(document=True).isascii()
