"""Newton–Raphson and Fisher scoring end at the estimate, never lower the likelihood, and say what they refuse."""

from __future__ import annotations

import numpy as np
import pytest

from symbolic_mle import Model, derive
from symbolic_mle.errors import InferenceError
from tests.derivations import CATALOGUE, derivation


@pytest.mark.parametrize("method", ["newton", "scoring"])
@pytest.mark.parametrize(
    "name", ["poisson", "gamma", "weibull", "logistic", "beta", "von-mises", "negative-binomial-both", "zeta"]
)
def test_they_end_at_the_estimate(name: str, method: str) -> None:
    family = CATALOGUE[name]
    e = derivation(name).estimate(family.sample, known=family.known_values)
    if e.values is None:
        pytest.skip("no maximum")
    rows = e.iterations(method)
    assert rows[-1].values == pytest.approx(e.values, rel=1e-6)
    heights = [r.log_likelihood for r in rows]
    assert all(a <= b for a, b in zip(heights, heights[1:], strict=False))
    assert rows[-1].gradient < 1e-5 * (1 + rows[0].gradient)


def test_newton_doubles_the_digits() -> None:
    e = derivation("gamma").estimate([1.2, 0.7, 3.1, 2.2, 0.9, 1.7])
    errors = [abs(r.values["k"] - e.values["k"]) for r in e.iterations()]
    last = [v for v in errors if 1e-7 < v < 1e-1]
    assert all(b < 2 * a**1.7 for a, b in zip(last, last[1:], strict=False))


def test_scoring_of_a_regression_is_reweighted_least_squares() -> None:
    model = Model.parse(
        "exp(y (a + b z))/(1 + exp(a + b z))",
        "y",
        {"a": "", "b": ""},
        support="0 <= y, y <= 1",
        discrete=True,
        covariates=["z"],
    )
    generator = np.random.default_rng(3)
    z = generator.normal(size=80)
    y = generator.binomial(1, 1 / (1 + np.exp(-(0.4 + 1.1 * z))))
    e = derive(model).estimate({"y": y, "z": z})
    if e.values is None:
        pytest.skip("this model is not maximised")
    design, beta = np.column_stack([np.ones(80), z]), np.zeros(2)
    for _ in range(30):
        p = 1 / (1 + np.exp(-design @ beta))
        beta = beta + np.linalg.solve(design.T @ (design * (p * (1 - p))[:, None]), design.T @ (y - p))
    rows = e.iterations("scoring")
    assert list(rows[-1].values.values()) == pytest.approx(list(beta), rel=1e-7)
    p = 1 / (1 + np.exp(-design @ beta))
    assert e.covariance == pytest.approx(np.linalg.inv(design.T @ (design * (p * (1 - p))[:, None])), rel=1e-5)


def test_what_is_refused() -> None:
    with pytest.raises(InferenceError, match="support"):
        derivation("uniform").estimate([0.2, 0.7]).iterations()
    with pytest.raises(InferenceError, match="neither"):
        derivation("poisson").estimate([2, 3]).iterations("bisection")
    with pytest.raises(InferenceError):
        derivation("normal").estimate([2.0]).iterations()
