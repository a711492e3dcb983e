"""Functions of the parameters: invariance, the delta method, one-to-one or not."""

from __future__ import annotations

import numpy as np
import pytest
import sympy as sp
from scipy import optimize, stats

from symbolic_mle.errors import InferenceError, ModelError
from tests.derivations import CATALOGUE, derivation


def test_the_odds() -> None:
    found = derivation("bernoulli").function("p/(1 - p)")
    assert found.one_to_one is True
    assert found.likelihood == "reparametrised"
    e = derivation("bernoulli").estimate([1, 0, 0, 0, 1])
    odds = e.function("p/(1-p)")
    assert odds.value == pytest.approx(2 / 3)
    assert odds.standard_error == pytest.approx(np.sqrt(0.4 * 0.6 / 5) / 0.6**2)  # se(p̂)·|g′(p̂)|
    low, high = odds.interval(0.9)
    assert (low + high) / 2 == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("name", "g", "one_to_one"),
    [
        ("poisson", "exp(-lambda)", True),
        ("poisson", "(lambda - 1)^2", False),
        ("exponential", "log(2)/lambda", True),
        ("bernoulli", "p (1 - p)", False),
        ("gamma", "k theta", False),
        ("normal", "mu + 1.5 sqrt(sigma2)", False),
        ("weibull", "exp(-(1/s)^k)", False),
        ("rayleigh", "sigma^2", True),
    ],
)
def test_value_and_error_against_derivatives_by_differences(name: str, g: str, one_to_one: bool) -> None:
    d, family = derivation(name), CATALOGUE[name]
    assert d.function(g).one_to_one is one_to_one
    e = d.estimate(family.sample, known=family.known_values)
    expression = d.read_function(g)
    names = list(d.model.parameters)
    function = sp.lambdify(names, expression)
    point = np.array([e.values[p.name] for p in names])
    slope = optimize.approx_fprime(point, lambda v: float(function(*v)), 1e-7)
    found = e.function(g)
    assert found.value == pytest.approx(float(function(*point)))
    assert found.standard_error == pytest.approx(np.sqrt(slope @ e.covariance @ slope), rel=1e-4)


@pytest.mark.parametrize(
    ("name", "g"), [("poisson", "exp(-lambda)"), ("exponential", "log(2)/lambda"), ("normal", "mu + 2 sqrt(sigma2)")]
)
def test_formulas_agree_with_numbers(name: str, g: str) -> None:
    d, family = derivation(name), CATALOGUE[name]
    found, e = d.function(g), d.estimate(family.sample)
    sample = [sp.Rational(str(v)) for v in family.sample]

    def number(expr: sp.Expr) -> float:
        (base,) = expr.atoms(sp.IndexedBase)
        (size,) = {s.limits[0][2] for s in expr.atoms(sp.Sum)}
        filled = expr.subs(size, len(sample)).doit()
        return float(filled.subs({base[k]: v for k, v in enumerate(sample, start=1)}))

    assert number(found.estimator) == pytest.approx(e.function(g).value)
    assert number(found.standard_error) == pytest.approx(e.function(g).standard_error)


def test_of_the_uniform_there_is_an_estimate_and_no_standard_error() -> None:
    e = derivation("uniform").estimate([0.2, 1.4, 0.9])
    assert e.function("theta/2").value == pytest.approx(0.7)
    assert e.function("theta/2").standard_error is None
    assert derivation("uniform").function("theta/2").standard_error is None
    with pytest.raises(InferenceError):
        e.function("theta/2").interval()


def test_a_flat_function_has_no_standard_error() -> None:
    assert derivation("bernoulli").estimate([1, 0]).function("p (1 - p)").standard_error is None  # g′(1/2) = 0


def test_what_is_not_a_function_of_the_parameters() -> None:
    with pytest.raises(ModelError, match="neither a parameter"):
        derivation("poisson").function(sp.Symbol("z") + 1)
    with pytest.raises(ModelError):
        derivation("poisson").function(3)
    with pytest.raises(InferenceError, match="finite"):
        derivation("bernoulli-closed").estimate([1, 1]).function("1/(1 - p)")


def test_the_error_is_the_spread_of_estimates() -> None:
    """P(X = 0) = e^(−λ): over 3000 samples of 200 its spread is λ̂'s times e^(−λ), up to 5 %."""
    samples = stats.poisson.rvs(1.4, size=(3000, 200), random_state=2)
    spread = np.exp(-samples.mean(axis=1)).std()
    errors = [derivation("poisson").estimate(s).function("exp(-lambda)").standard_error for s in samples[:5]]
    assert np.mean(errors) == pytest.approx(spread, rel=0.05)


@pytest.mark.parametrize(
    ("g", "one_to_one"),
    [("mu - 1/mu", None), ("tan(mu)", None), ("mu^3 + mu", True), ("mu^2", False), ("exp(mu)", True)],
)
def test_a_slope_of_one_sign_is_not_enough_across_a_pole(g: str, one_to_one: bool | None) -> None:
    assert derivation("normal-mean").function(g).one_to_one is one_to_one
