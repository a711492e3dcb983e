"""A weighted least-squares fit of the working response is a step of Fisher scoring."""

from __future__ import annotations

import numpy as np
import pytest

from symbolic_mle import Model, derive

X = [1.0, 2.0, 3.0, 4.0, 5.5]
LOGISTIC = "exp(y (a + b x)) / (1 + exp(a + b x))"
POISSON = "exp(y (a + b x) - exp(a + b x)) / y!"
EXPONENTIAL = "exp(-(a + b x) - y exp(-(a + b x)))"
REGRESSIONS = {
    "logistic": (LOGISTIC, "y = 0, 1", [0, 1, 0, 1, 1]),
    "logistic, another sign": (LOGISTIC.replace("+ b", "- b"), "y = 0, 1", [0, 1, 0, 1, 1]),
    "poisson": (POISSON, "y = 0, 1, 2, ...", [1, 0, 3, 4, 9]),
    "poisson with exposure": ("(x e^(a + b x))^y exp(-x exp(a + b x)) / y!", "y = 0, 1, 2, ...", [1, 0, 3, 4, 9]),
    "exponential": (EXPONENTIAL, "y > 0", [1.0, 0.3, 3.0, 4.0, 9.0]),
}


def regression(density: str, support: str, covariates: tuple[str, ...] = ("x",)) -> Model:
    return Model.parse(
        density=density, variable="y", parameters={"a": "", "b": ""}, support=support, covariates=covariates
    )


@pytest.mark.parametrize("name", REGRESSIONS)
def test_a_fit_is_a_step_of_fisher_scoring(name: str) -> None:
    density, support, y = REGRESSIONS[name]
    d = derive(regression(density, support))
    found = d.reweighting
    assert found is not None
    first, second = d.estimate({"x": X, "y": y}).iterations("scoring")[:2]
    (covariate,), (response,) = d.model.covariates, d.model.variables
    at = {p: first.values[p.name] for p in d.model.parameters}
    rows, slopes, weights, predictors = [], [], [], []
    for x, value in zip(X, y, strict=True):
        observed = {covariate: x, response: value}
        eta = float(found.predictor.xreplace({**observed, **at}))
        rows.append([float(r.subs(observed)) for r in found.rows])
        predictors.append(eta)
        slopes.append(float(found.slope.subs({**observed, found.symbol: eta})))
        weights.append(float(found.weight.subs({**observed, found.symbol: eta})))
    root = np.sqrt(weights)
    target = np.array(predictors) + np.array(slopes) / np.array(weights)
    fit = np.linalg.lstsq(np.array(rows) * root[:, None], target * root, rcond=None)[0]
    step = fit - np.array(list(at.values()))
    taken = np.array([second.values[p.name] for p in d.model.parameters]) - np.array(list(at.values()))
    halvings = np.round(np.log2(np.linalg.norm(step) / np.linalg.norm(taken)))
    assert halvings >= 0
    np.testing.assert_allclose(taken, step / 2**halvings, rtol=1e-8)


@pytest.mark.parametrize(("name", "newton"), [("logistic", True), ("poisson", True), ("exponential", False)])
def test_newton_has_the_same_step_where_the_curvature_is_free_of_the_response(name: str, newton: bool) -> None:
    d = derive(regression(*REGRESSIONS[name][:2]))
    assert d.reweighting is not None
    assert d.reweighting.newton is newton
    assert ("is Newton–Raphson too" in d.to_text(sections="numerics", width=200)) is newton


def test_no_weights_without_one_linear_predictor() -> None:
    assert derive("gamma").reweighting is None
    assert derive("logistic").reweighting is None


def test_the_curvature_of_several_parameters_is_written_out() -> None:
    told = derive("gamma").to_text(sections="numerics")
    assert "J(k, θ) = −∇²ℓ" in told
    assert "n ψ′(k)" in told


def test_a_true_value_may_lie_inside_the_space_though_the_support_moves() -> None:
    held = {c.name: c.holds for c in derive("uniform").conditions}
    assert held["support"] is False
    assert held["interior"] is None
