"""The method of moments: its equations hold for the law, its solution solves them, and "the same" is what samples say."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import sympy as sp
from scipy import stats

from symbolic_mle import Derivation, Model, derive
from symbolic_mle.algebra.numeric import compile_expression
from tests.derivations import CATALOGUE, derivation

LAWS: dict[str, tuple[Any, dict[str, float], dict[str, float]]] = {
    "normal": (stats.norm(1.3, np.sqrt(2.0)), {"mu": 1.3, "sigma2": 2.0}, {}),
    "normal-precision": (stats.norm(1.3, np.sqrt(0.5)), {"mu": 1.3, "tau": 2.0}, {}),
    "gamma": (stats.gamma(2.5, scale=0.7), {"k": 2.5, "theta": 0.7}, {}),
    "gamma-rate": (stats.gamma(2.5, scale=0.7), {"a": 2.5, "b": 1 / 0.7}, {}),
    "beta": (stats.beta(2.5, 0.7), {"a": 2.5, "b": 0.7}, {}),
    "beta-prime": (stats.betaprime(2.5, 4.2), {"a": 2.5, "b": 4.2}, {}),
    "uniform": (stats.uniform(0, 2.5), {"theta": 2.5}, {}),
    "uniform-interval": (stats.uniform(-0.5, 3.0), {"a": -0.5, "b": 2.5}, {}),
    "discrete-uniform": (stats.randint(1, 8), {"N": 7}, {}),
    "lognormal": (stats.lognorm(0.5, scale=np.exp(0.2)), {"mu": 0.2, "sigma2": 0.25}, {}),
    "inverse-gaussian": (stats.invgauss(1.5 / 2.2, scale=2.2), {"mu": 1.5, "lambda": 2.2}, {}),
    "inverse-gamma": (stats.invgamma(4.5, scale=2.0), {"a": 4.5, "b": 2.0}, {}),
    "negative-binomial-both": (stats.nbinom(2.5, 0.4), {"r": 2.5, "p": 0.4}, {}),
    "laplace": (stats.laplace(0.3, 1.2), {"mu": 0.3, "b": 1.2}, {}),
    "laplace-scale": (stats.laplace(0.3, 1.2), {"b": 1.2}, {"mu": 0.3}),
    "logistic": (stats.logistic(0.3, 1.2), {"mu": 0.3, "s": 1.2}, {}),
    "gumbel": (stats.gumbel_r(0.3, 1.2), {"mu": 0.3, "b": 1.2}, {}),
    "exponential-two-parameter": (stats.expon(0.3, 1.2), {"a": 0.3, "theta": 1.2}, {}),
    "pareto-both": (stats.pareto(4.5, scale=2.0), {"alpha": 4.5, "m": 2.0}, {}),
    "pareto": (stats.pareto(2.5, scale=2.0), {"alpha": 2.5}, {"m": 2.0}),
    "weibull": (stats.weibull_min(1.5, scale=2.0), {"k": 1.5, "s": 2.0}, {}),
    "frechet": (stats.invweibull(3.5, scale=2.0), {"a": 3.5, "s": 2.0}, {}),
    "log-logistic": (stats.fisk(3.5, scale=2.0), {"b": 3.5, "a": 2.0}, {}),
    "student-t-scale": (stats.t(5.0, scale=2.0), {"s": 2.0}, {"nu": 5.0}),
    "geometric": (stats.geom(0.3), {"p": 0.3}, {}),
    "logarithmic": (stats.logser(0.3), {"p": 0.3}, {}),
}


def values_of(d: Derivation, numbers: dict[str, float]) -> dict[sp.Symbol, float]:
    return {s: numbers[s.name] for s in (*d.model.parameters, *d.model.known)}


@pytest.mark.parametrize("name", LAWS)
def test_the_moments_are_those_of_the_law(name: str) -> None:
    law, truth, known = LAWS[name]
    d = derivation(name)
    found = d.method_of_moments
    assert found is not None
    assert len(found.equations) == len(d.model.parameters)
    for equation in found.equations:
        wanted = law.var() if equation.central else law.moment(equation.order)
        value = float(equation.mean.xreplace({s: sp.Float(v) for s, v in values_of(d, truth | known).items()}))
        assert value == pytest.approx(wanted, rel=1e-7)


@pytest.mark.parametrize("name", [n for n in LAWS if n not in ("weibull", "frechet", "log-logistic", "logarithmic")])
def test_the_solution_solves_the_equations_on_data(name: str) -> None:
    law, _, known = LAWS[name]
    d = derivation(name)
    found = d.method_of_moments
    assert found is not None
    assert found.estimators is not None
    (x,), n = d.model.variables, d.model.size
    given = {s: known[s.name] for s in d.model.known}
    for seed in (1, 2, 3):
        sample = {x: law.rvs(size=40, random_state=seed).astype(float)}
        at = dict(given)
        for p, formula in found.estimators.items():
            at[p] = compile_expression(formula, tuple(given), (x,), n)(given, sample)
        for equation in found.equations:
            model_side = compile_expression(equation.mean, tuple(at), (x,), n)(at, sample)
            wanted = sample[x].var() if equation.central else (sample[x] ** equation.order).mean()
            assert model_side == pytest.approx(wanted, rel=1e-9)


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("poisson", True),
        ("exponential", True),
        ("geometric", True),
        ("lindley", True),
        ("poisson-truncated", True),
        ("normal", True),
        ("normal-precision", True),
        ("rayleigh", False),
        ("beta-theta-one", False),
        ("uniform", False),
        ("uniform-interval", False),
        ("gamma", False),
        ("beta", False),
        ("lognormal", False),
        ("logistic", False),
        ("laplace", False),
        ("inverse-gaussian", False),
        ("negative-binomial-both", False),
        ("normal-variance", False),
    ],
)
def test_whether_it_is_the_maximum_likelihood_estimate(name: str, same: bool) -> None:
    found = derivation(name).method_of_moments
    assert found is not None
    assert found.same is same
    law = LAWS.get(name)
    if law is None or found.estimators is None:
        return
    d = derivation(name)  # and on data
    (x,), n = d.model.variables, d.model.size
    sample = law[0].rvs(size=60, random_state=4).astype(float)
    given = {s: law[2][s.name] for s in d.model.known}
    e = d.estimate(sample, known={s.name: v for s, v in given.items()})
    gaps = [
        compile_expression(formula, tuple(given), (x,), n)(given, {x: sample}) - e.values[p.name]
        for p, formula in found.estimators.items()
    ]
    assert (max(abs(g) for g in gaps) < 1e-6) is same


def test_no_equation_where_the_moments_are_infinite_or_not_derived() -> None:
    for name in ("cauchy-location", "cauchy-scale", "levy", "zeta"):
        assert derivation(name).method_of_moments is None


def test_an_infinite_moment_is_a_premise() -> None:
    for name, least in (("pareto", 1), ("lomax", 1), ("pareto-both", 2), ("inverse-gamma", 2), ("student-t-scale", 2)):
        found = derivation(name).method_of_moments
        assert found is not None
        assert list(found.above.values()) == [least]


def test_moments_that_are_free_of_the_parameter_are_left_out() -> None:
    for density, support in (
        ("1/(2*t)", "-t <= x, x <= t"),
        ("exp(-abs(x)/t)/(2*t)", ""),
        ("exp(-x^2/(2*t))/sqrt(2*pi*t)", ""),
    ):
        found = derive(Model.parse(density, "x", {"t": "t > 0"}, support=support)).method_of_moments
        assert found is not None
        assert [e.order for e in found.equations] == [2]
        assert found.estimators is not None


def test_renamed_and_reparametrised_densities() -> None:
    """The gamma law by its mean and variance; the beta by mean and size; with other letters."""
    density = "w^(q^2/v - 1) exp(-w q/v) / (gamma(q^2/v) (v/q)^(q^2/v))"
    d = derive(Model.parse(density, "w", {"q": "q > 0", "v": "v > 0"}, support="w > 0"))
    found = d.method_of_moments
    assert found is not None
    assert [sp.simplify(e.mean - p) for e, p in zip(found.equations, d.model.parameters, strict=True)] == [0, 0]
    assert found.same is False


def test_what_can_go_wrong_with_the_solution_is_said() -> None:
    assert derivation("uniform").method_of_moments.excludes
    assert derivation("negative-binomial-both").method_of_moments.leaves
    assert derivation("gamma").method_of_moments.leaves is None
    assert derivation("gamma").method_of_moments.excludes is None


@pytest.mark.parametrize("name", list(CATALOGUE)[::9])
def test_it_is_told(name: str) -> None:
    d = derivation(name)
    text = d.to_text(sections="finite-sample")
    if d.method_of_moments is not None:
        assert "method of moments" in text
