"""Information and standard errors against integrals and derivatives that the package has no part in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import numpy as np
import pytest
import sympy as sp
from scipy import stats
from sympy import Expr, Symbol

from symbolic_mle.algebra.numeric import compile_expression
from tests.derivations import CATALOGUE, derivation

Array = np.ndarray[Any, np.dtype[np.float64]]
CONTINUOUS = (
    "exponential", "normal", "normal-sd", "gamma", "beta", "inverse-gaussian", "rayleigh", "lognormal", "von-mises",
    "pareto", "normal-equal-mean-variance", "lindley", "truncated-exponential", "inverse-gamma",
    "weibull", "logistic", "gumbel", "cauchy-location", "cauchy-scale", "student-t-scale", "log-logistic", "lomax",
    "half-logistic", "frechet", "hyperbolic-secant", "gompertz", "exponentiated-exponential", "nakagami",
)  # fmt: skip
DISCRETE = ("poisson", "bernoulli", "binomial", "geometric", "negative-binomial", "borel", "logarithmic")
PANEL, WEIGHTS = np.polynomial.legendre.leggauss(60)
NODES = (
    np.concatenate([(PANEL + 2 * k - 39) / 40 for k in range(40)]),
    np.tile(WEIGHTS / 40, 40),
)  # 40 panels of [−1, 1]
POINTS = (0.7, 1.0, 1.2)  # times the example's values


def values_at(name: str, factor: float) -> dict[Symbol, float]:
    """Parameters moved away from the example, inside the space; known constants as they are."""
    d, example = derivation(name), CATALOGUE[name].example
    return {
        **{p: min(example[p.name] * factor, 0.95) if i.upper == 1 else example[p.name] * factor
           for p, i in d.model.parameters.items()},
        **{s: example[s.name] for s in d.model.known},
    }  # fmt: skip


@cache
def density(name: str) -> tuple[Callable[..., Array], list[list[Callable[..., Array]]]]:
    """f and −∂ᵢ∂ⱼ log f as functions of (x, parameters, known), by SymPy and SciPy."""
    model = derivation(name).model
    order = [*model.observed, *model.parameters, *model.known]
    log = sp.expand_log(sp.log(model.density), force=True)
    hessian = sp.hessian(log, list(model.parameters))
    size = len(model.parameters)
    second = [[sp.lambdify(order, -hessian[i, j], ["scipy", "numpy"]) for j in range(size)] for i in range(size)]
    return sp.lambdify(order, model.density, ["scipy", "numpy"]), second


def support_points(name: str) -> tuple[Array, Array]:
    """Nodes and weights: Gauss–Legendre in a variable in which the tails are short, or the integers."""
    model = derivation(name).model
    interval = model.support.intervals[model.observed[0]]
    constants = {s: CATALOGUE[name].example[s.name] for s in model.known}
    low, high = (float(e.subs(constants)) for e in (interval.lower, interval.upper))
    if name in DISCRETE:
        points = np.arange(low, min(high, low + (140 if name == "borel" else 160)) + 1)
        return points, np.ones_like(points)
    nodes, weights = NODES
    if np.isfinite(low) and np.isfinite(high):
        return low + (high - low) * (nodes + 1) / 2, weights * (high - low) / 2
    if np.isfinite(low):  # x = low + e^t
        t = 30 * nodes - 12
        return low + np.exp(t), weights * 30 * np.exp(t)
    t = 18 * nodes  # x = sinh t
    return np.sinh(t), weights * 18 * np.cosh(t)


def expected_information(name: str, values: Mapping[Symbol, float]) -> Array:
    """−E[∂ᵢ∂ⱼ log f]."""
    model = derivation(name).model
    function, second = density(name)
    points, weights = support_points(name)
    rest = [values[s] for s in (*model.parameters, *model.known)]
    with np.errstate(all="ignore"):
        mass = np.nan_to_num(function(points, *rest)) * weights
        kept = mass > 1e-60
        assert mass.sum() == pytest.approx(1, abs=1e-6)
        rows = [[np.broadcast_to(g(points, *rest), points.shape)[kept] @ mass[kept] for g in row] for row in second]
    return np.array(rows, dtype=float)


def number(expr: Expr, values: Mapping[Symbol, float]) -> float:
    return float(sp.N(expr.xreplace({s: sp.Float(v, 30) for s, v in values.items()})))


@pytest.mark.parametrize("factor", POINTS)
@pytest.mark.parametrize("name", [*CONTINUOUS, *DISCRETE])
def test_fisher_information_is_an_expectation(name: str, factor: float) -> None:
    d = derivation(name)
    fisher = d.precision.fisher
    assert fisher is not None
    values = values_at(name, factor)
    found = np.array([[number(e, values) for e in row] for row in fisher.tolist()])
    assert found == pytest.approx(expected_information(name, values), rel=1e-5, abs=1e-7)


@pytest.mark.parametrize("name", [*CONTINUOUS, *DISCRETE])
def test_the_means_of_the_statistics_are_expectations(name: str) -> None:
    d = derivation(name)
    model, values = d.model, values_at(name, 1.0)
    points, weights = support_points(name)
    rest = [values[s] for s in (*model.parameters, *model.known)]
    with np.errstate(all="ignore"):
        mass = np.nan_to_num(density(name)[0](points, *rest)) * weights
        kept = mass > 1e-60
        for statistic, mean in d.precision.information.means.items():
            function = sp.lambdify([*model.observed, *model.parameters, *model.known], statistic, ["scipy", "numpy"])
            each = np.broadcast_to(function(points, *rest), points.shape)[kept]
            assert number(mean.value, values) == pytest.approx(each @ mass[kept], rel=1e-5, abs=1e-6)


@pytest.mark.parametrize("name", [*CONTINUOUS, *DISCRETE])
def test_fisher_information_is_symmetric_and_positive_definite(name: str) -> None:
    d = derivation(name)
    for factor in POINTS:
        values = values_at(name, factor)
        matrix = np.array([[number(e, values) for e in row] for row in d.precision.fisher.tolist()])
        assert matrix == pytest.approx(matrix.T)
        assert np.linalg.eigvalsh(matrix)[0] > 0


CLOSED = (
    "exponential", "normal", "normal-sd", "inverse-gaussian", "rayleigh", "lognormal", "pareto", "poisson", "bernoulli",
    "negative-binomial", "borel", "lindley", "normal-equal-mean-variance", "weibull-power", "normal-mean", "topp-leone",
)  # fmt: skip


def evaluated(name: str, expr: Expr) -> float:
    """An expression in the sample, for the sample of the catalogue."""
    model, family = derivation(name).model, CATALOGUE[name]
    known = {s: float(family.known_values[s.name]) for s in model.known}
    return compile_expression(expr, tuple(known), model.observed, model.size)(
        known, {model.observed[0]: np.array(family.sample, dtype=float)}
    )


@pytest.mark.parametrize("name", CLOSED)
def test_observed_information_is_the_curvature_at_the_estimate(name: str) -> None:
    d, family = derivation(name), CATALOGUE[name]
    observed = d.precision.observed
    assert observed is not None
    at = d.estimate(family.sample, known=family.known_values).values
    _, second = density(name)
    rest = [at[p.name] for p in d.model.parameters] + [family.known_values[s.name] for s in d.model.known]
    data = np.array(family.sample, dtype=float)
    for i, row in enumerate(second):
        for j, function in enumerate(row):
            numeric = np.broadcast_to(function(data, *rest), data.shape).sum()
            assert evaluated(name, observed[i, j]) == pytest.approx(numeric, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("name", [n for n in CLOSED if n != "topp-leone"])
def test_standard_errors_are_those_of_the_information_at_the_estimate(name: str) -> None:
    d, family = derivation(name), CATALOGUE[name]
    at = d.estimate(family.sample, known=family.known_values).values
    values = {s: {**at, **family.known_values}[s.name] for s in (*d.model.parameters, *d.model.known)}
    matrix = np.array([[number(e, values) for e in row] for row in d.precision.fisher.tolist()])
    expected = np.sqrt(np.diag(np.linalg.inv(len(family.sample) * matrix)))
    found = [evaluated(name, d.precision.errors[p]) for p in d.model.parameters]
    assert found == pytest.approx(list(expected), rel=1e-9)


def test_in_a_full_family_observed_and_expected_information_agree_at_the_estimate() -> None:
    for name in ("exponential", "normal", "inverse-gaussian", "poisson", "negative-binomial", "lognormal"):
        d, family = derivation(name), CATALOGUE[name]
        at = d.estimate(family.sample, known=family.known_values).values
        values = {s: {**at, **family.known_values}[s.name] for s in (*d.model.parameters, *d.model.known)}
        size = len(family.sample)
        for mean, seen in zip(d.precision.fisher, d.precision.observed, strict=True):
            assert evaluated(name, seen) == pytest.approx(size * number(mean, values), rel=1e-9, abs=1e-9)


class TestPublished:
    """In the user's symbols, a scalar for one parameter and a matrix for several."""

    def test_textbook_formulas(self) -> None:
        rate = next(iter(derivation("poisson").estimators))
        assert sp.simplify(derivation("poisson").fisher_information - 1 / rate) == 0
        mu, sigma2 = derivation("normal").estimators
        expected = sp.Matrix([[1 / sigma2, 0], [0, 1 / (2 * sigma2**2)]])
        assert sp.simplify(derivation("normal").fisher_information - expected) == sp.zeros(2, 2)
        assert mu not in derivation("normal").fisher_information.free_symbols

    def test_of_the_gamma_by_its_trigamma(self) -> None:
        matrix = derivation("gamma").fisher_information
        k, theta = (p for p in derivation("gamma").model.public.values() if p.name in ("k", "theta"))
        assert matrix[0, 0] == sp.polygamma(1, k)
        assert sp.simplify(matrix[0, 1] - 1 / theta) == 0
        assert sp.simplify(matrix[1, 1] - k / theta**2) == 0

    def test_sums_are_those_of_sympy(self) -> None:
        found = derivation("exponential").observed_information
        (total,) = found.atoms(sp.Sum)
        size = total.limits[0][2]
        (base,) = found.atoms(sp.IndexedBase)
        value = found.subs(size, 3).doit().subs({base[1]: 1, base[2]: 2, base[3]: 4})
        assert value == sp.Rational(49, 3)  # n/λ̂², λ̂ = 3/7

    def test_the_standard_error_of_a_mean(self) -> None:
        (error,) = derivation("normal-mean").standard_errors.values()
        assert not error.has(sp.Sum)
        assert error.subs({s: 4 for s in error.free_symbols}) == 1  # √(σ²/n)


class TestNone:
    """Where the theorem does not apply nothing is stated."""

    @pytest.mark.parametrize(
        "name",
        [
            "uniform",
            "uniform-interval",
            "laplace",
            "laplace-location",
            "pareto-both",
            "exponential-shifted",
            "triangular-right",
        ],
    )
    def test_no_information_where_a_condition_fails(self, name: str) -> None:
        assert derivation(name).fisher_information is None
        assert derivation(name).observed_information is None
        assert derivation(name).standard_errors is None
        assert derivation(name).precision.failure

    @pytest.mark.parametrize("name", ["gamma", "beta", "uniform", "weibull", "logistic", "zeta", "laplace"])
    def test_no_observed_information_without_a_formula_for_the_estimate(self, name: str) -> None:
        assert derivation(name).observed_information is None
        assert derivation(name).standard_errors is None


def test_the_standard_error_is_the_spread_of_estimates() -> None:
    """4000 samples of 200: the spread of λ̂ is √(λ/n) up to 4 %."""
    samples = stats.poisson.rvs(2.5, size=(4000, 200), random_state=1)
    (error,) = derivation("poisson").precision.errors.values()
    model = derivation("poisson").model
    claimed = compile_expression(error, (), model.observed, model.size)({}, {model.observed[0]: samples[0]})
    assert claimed == pytest.approx(samples.mean(axis=1).std(), rel=0.04)


def test_with_covariates_the_likelihood_equations_do_not_give_the_observed_information() -> None:
    """For y ~ exponential with rate e^(bz), J(b̂) = Σ z² y e^(bz) is not Σ z² = I, though Σ z (1 − y e^(bz)) = 0."""
    from symbolic_mle import Model
    from symbolic_mle.inference.fisher import fisher_information
    from symbolic_mle.stages.likelihood import build_likelihood

    model = Model.parse("exp(b z - y exp(b z))", "y", {"b": ""}, support="y > 0", covariates=["z"]).specification
    found = fisher_information(build_likelihood(model), model)
    assert found is not None
    (z,) = model.covariates
    assert sp.simplify(found.matrix[0, 0] - z**2) == 0
    assert not found.observed_agrees
