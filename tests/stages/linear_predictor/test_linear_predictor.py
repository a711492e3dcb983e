"""Generalised linear models against SciPy, and the data for which they have no maximum or many."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from scipy import stats
from scipy.optimize import minimize
from scipy.special import expit, logsumexp

from symbolic_mle import Derivation, Model, derive

Array = np.ndarray
LABEL = {"discrete": True, "support": "0 <= y, y <= 1"}
COUNT = {"discrete": True, "support": "integer, y >= 0"}
TIME = {"support": "y > 0"}
LINE = "a + b*x"
GAMMA = "y^(k-1) exp(-k y/exp({0})) (k/exp({0}))^k/gamma(k)"

MODELS: dict[str, tuple[str, dict[str, Any], Callable[[Array, Array], Array]]] = {
    "logistic": ("exp(y*({0}))/(1 + exp({0}))", LABEL, lambda y, u: stats.bernoulli(expit(u)).logpmf(y)),
    "logistic by odds": ("(1/(1 + exp(-({0}))))^y (1 - 1/(1 + exp(-({0}))))^(1-y)", LABEL,
                         lambda y, u: stats.bernoulli(expit(u)).logpmf(y)),
    "probit": ("((1 + erf(({0})/sqrt(2)))/2)^y ((1 - erf(({0})/sqrt(2)))/2)^(1-y)", LABEL,
               lambda y, u: np.where(y == 1, stats.norm.logcdf(u), stats.norm.logcdf(-u))),
    "complementary log-log": ("(1 - exp(-exp({0})))^y exp(-exp({0}))^(1-y)", LABEL,
                              lambda y, u: np.where(y == 1, np.log(-np.expm1(-np.exp(u))), -np.exp(u))),
    "Poisson": ("exp(y*({0}) - exp({0}))/factorial(y)", COUNT, lambda y, u: stats.poisson(np.exp(u)).logpmf(y)),
    "geometric": ("exp({0})^y/(1 + exp({0}))^(y+1)", COUNT, lambda y, u: stats.geom(expit(-u)).logpmf(y + 1)),
    "exponential": ("exp(-({0})) exp(-y exp(-({0})))", TIME, lambda y, u: stats.expon(scale=np.exp(u)).logpdf(y)),
    "gamma": (GAMMA, {**TIME, "known": {"k": "k > 0"}}, lambda y, u: stats.gamma(2.5, scale=np.exp(u) / 2.5).logpdf(y)),
}  # fmt: skip


def model(name: str, predictor: str = LINE, parameters: tuple[str, ...] = ("a", "b")) -> Derivation:
    density, options, _ = MODELS[name]
    covariates = ["x", "z"] if "z" in predictor else ["x"]
    return derive(
        Model.parse(density.format(predictor), "y", dict.fromkeys(parameters, ""), covariates=covariates, **options)
    )


def known(name: str) -> dict[str, float]:
    return {"k": 2.5} if "known" in MODELS[name][1] else {}


def sample(name: str, size: int, seed: int) -> dict[str, Array]:
    random = np.random.default_rng(seed)
    x = random.normal(size=size).round(2)
    options = MODELS[name][1]
    if options is LABEL:
        y = random.integers(0, 2, size)
    else:
        y = random.poisson(np.exp(0.3 + 0.4 * x)) if options is COUNT else random.exponential(1.5, size).round(3) + 0.01
    return {"y": y, "x": x}


@pytest.mark.parametrize("name", MODELS)
def test_the_maximum_agrees_with_a_search(name: str) -> None:
    found = model(name)
    assert str(found.form) == "implicit"
    assert str(found.proof) == "global"
    attained = 0
    for seed in range(4):
        data = sample(name, 20, seed)
        estimate = found.estimate(data, known=known(name))
        if estimate.values is None:
            continue
        attained += 1
        height = MODELS[name][2]
        best = minimize(
            lambda t, d=data, height=height: -height(d["y"], t[0] + t[1] * d["x"]).sum(), [0.0, 0.0], tol=1e-10
        )
        assert [estimate.values["a"], estimate.values["b"]] == pytest.approx(best.x, abs=2e-4)
        here = height(data["y"], estimate.values["a"] + estimate.values["b"] * data["x"]).sum()
        assert here >= -best.fun - 1e-9
        assert str(estimate.proof) == "global"
    assert attained >= 3


@pytest.mark.parametrize("name", ["logistic", "probit", "complementary log-log", "logistic by odds"])
@pytest.mark.parametrize(
    ("x", "y"),
    [
        ([1.0, 2.0, 3.0, 4.0], [0, 0, 1, 1]),
        ([1.0, 2.0, 2.0, 3.0], [1, 1, 0, 0]),
        ([0.1, 0.2, 0.3], [1, 1, 1]),
        ([5.0], [0]),
        ([2.0, 2.0], [0, 0]),
    ],
)
def test_separated_labels_have_no_maximum(name: str, x: list[float], y: list[int]) -> None:
    estimate = model(name).estimate({"x": x, "y": y})
    assert str(estimate.existence) == "not attained"
    assert estimate.values is None
    assert "separated" in estimate.note


def test_labels_that_overlap_by_little_have_a_maximum() -> None:
    estimate = model("logistic").estimate({"x": [1.0, 2.0, 2.01, 3.0], "y": [0, 1, 0, 1]})
    assert str(estimate.existence) == "attained"


def test_counts_of_zero_separate() -> None:
    """y = 0 in one group of two: the mean of that group runs to 0."""
    found = model("Poisson")
    assert str(found.estimate({"x": [0, 0, 1, 1], "y": [2, 3, 0, 0]}).existence) == "not attained"
    assert str(found.estimate({"x": [0, 1, 2], "y": [0, 0, 0]}).existence) == "not attained"
    attained = found.estimate({"x": [0, 0, 1, 1], "y": [2, 3, 0, 1]})
    assert attained.values == pytest.approx({"a": np.log(2.5), "b": np.log(0.5 / 2.5)})


def test_a_constant_covariate_leaves_a_line_of_maximisers() -> None:
    estimate = model("logistic").estimate({"x": [0.5] * 5, "y": [0, 1, 1, 0, 1]})
    assert str(estimate.existence) == "attained"
    assert estimate.values["a"] + 0.5 * estimate.values["b"] == pytest.approx(np.log(1.5))
    assert "do not determine" in estimate.note
    flat = model("exponential").estimate({"x": [2.0, 2.0], "y": [1.0, 4.0]})
    assert flat.values["a"] + 2 * flat.values["b"] == pytest.approx(np.log(2.5))


def test_two_covariates_and_collinear_ones() -> None:
    found = model("logistic", "a + b*x + c*z", ("a", "b", "c"))
    random = np.random.default_rng(3)
    x, z = random.normal(size=(2, 40)).round(2)
    y = random.integers(0, 2, 40)
    values = found.estimate({"x": x, "z": z, "y": y}).values
    best = minimize(lambda t: (np.logaddexp(0, u := t[0] + t[1] * x + t[2] * z) - y * u).sum(), np.zeros(3), tol=1e-10)
    assert [values[p] for p in "abc"] == pytest.approx(best.x, abs=1e-4)
    same = found.estimate({"x": x, "z": (1 - 2 * x).round(2), "y": y})
    plain = model("logistic").estimate({"x": x, "y": y})
    assert "do not determine" in same.note
    assert same.log_likelihood == pytest.approx(plain.log_likelihood)


def test_three_classes() -> None:
    bottom = "(1 + exp(a1 + b1 x) + exp(a2 + b2 x))"
    density = f"Piecewise((1/{bottom}, y < 1), (exp(a1 + b1 x)/{bottom}, y < 2), (exp(a2 + b2 x)/{bottom}, True))"
    names = ("a1", "b1", "a2", "b2")
    found = derive(
        Model.parse(density, "y", dict.fromkeys(names, ""), "0 <= y, y <= 2", discrete=True, covariates=["x"])
    )
    random = np.random.default_rng(1)
    x, y = random.normal(size=30).round(2), random.integers(0, 3, 30)

    def loss(t: Array) -> float:
        u = np.stack([0 * x, t[0] + t[1] * x, t[2] + t[3] * x])
        return float((logsumexp(u, axis=0) - u[y, np.arange(30)]).sum())

    values = found.estimate({"x": x, "y": y}).values
    assert [values[n] for n in names] == pytest.approx(minimize(loss, np.zeros(4), tol=1e-10).x, abs=1e-3)
    assert loss(np.array([values[n] for n in names])) <= minimize(loss, np.zeros(4), tol=1e-10).fun + 1e-9
    for x, y in (([0, 1, 2, 3, 4, 5], [0, 0, 1, 1, 2, 2]), ([0, 1, 2, 3], [0, 1, 0, 1])):
        assert str(found.estimate({"x": x, "y": y}).existence) == "not attained"


def test_what_is_not_concave_is_not_claimed() -> None:
    density = "(1 - exp(-y)) + 0*a + exp(y*(a + b*x)^3)/(1 + exp((a + b*x)^3))"
    found = derive(Model.parse(density, "y", {"a": "", "b": ""}, checked=False, covariates=["x"], **LABEL))
    assert str(found.proof) != "global"


@pytest.mark.parametrize("name", MODELS)
def test_it_is_told(name: str) -> None:
    text = " ".join(model(name).to_text().split())
    assert "concave" in text
    assert "No maximum" in text or "no maximum" in text
    assert ("cross-entropy" in text) == ("discrete" in MODELS[name][1])
