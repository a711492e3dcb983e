"""Fisher information in any spelling of the density: textbook values, stated integrals, covariates, and refusals."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import sympy as sp
from scipy import integrate, stats

from symbolic_mle import Model, derive
from symbolic_mle.inference.fisher import fisher_information
from symbolic_mle.inference.stated import StatedIntegral, StatedSum
from symbolic_mle.stages.likelihood import build_likelihood
from tests.derivations import derivation


def information(**model: Any) -> Any:
    specification = Model.parse(**model).specification
    return specification, fisher_information(build_likelihood(specification), specification)


def value(matrix: sp.Matrix, **numbers: float) -> Any:
    filled = matrix.xreplace({s: sp.Float(numbers[s.name]) for s in matrix.free_symbols})
    return np.array(filled.evalf().tolist(), dtype=float)


POSITIVE = "x > 0"
SPELLINGS: dict[str, tuple[dict[str, Any], dict[str, float], list[list[float]]]] = {
    "student, renamed": (
        {"density": "gamma((d+1)/2) / (w sqrt(d pi) gamma(d/2)) (1 + (y/w)^2/d)^(-(d+1)/2)", "variable": "y",
         "parameters": {"w": "w > 0"}, "known": {"d": "d > 0"}}, {"w": 1.7, "d": 4.0}, [[2 * 4 / (7 * 1.7**2)]],
    ),
    "logistic by its hyperbolic cosine": (
        {"density": "1/(4 s cosh((x - m)/(2 s))^2)", "parameters": {"m": "", "s": "s > 0"}}, {"m": 0.3, "s": 1.4},
        [[1 / (3 * 1.4**2), 0], [0, (3 + np.pi**2) / (9 * 1.4**2)]],
    ),
    "Weibull by its rate": (
        {"density": "k b^k x^(k-1) exp(-(b x)^k)", "parameters": {"k": "k > 0"}, "known": {"b": "b > 0"}, "support": POSITIVE},
        {"k": 2.0, "b": 3.0}, [[((1 - np.euler_gamma) ** 2 + np.pi**2 / 6) / 4]],
    ),
    "mixture of two points": (
        {"density": "Piecewise((q + (1-q) e^(-2), x = 0), (2^x (1-q) e^(-2)/x!, True))", "parameters": {"q": "0 < q, q < 1"},
         "support": "x = 0, 1, 2, ..."}, {"q": 0.3},
        [[(1 - np.exp(-2)) ** 2 / (0.3 + 0.7 * np.exp(-2)) + (1 - np.exp(-2)) / 0.7]],
    ),
    "angular": (
        {"density": "(1 + a x)/2", "parameters": {"a": "-1 < a, a < 1"}, "support": "-1 <= x, x <= 1"}, {"a": 0.5},
        [[(np.log(3) - 1) / (2 * 0.125)]],
    ),
    "two-sided scale": (
        {"density": "exp(-(x - t)^2/(2 t^2))/(sqrt(2 pi) |t|)", "parameters": {"t": "t != 0"}}, {"t": -1.5}, [[3 / 1.5**2]],
    ),
    "mixture of two straight lines": (
        {"density": "t + 2 (1 - t) x", "parameters": {"t": "0 <= t, t <= 1"}, "support": "0 < x, x < 1"}, {"t": 0.25},
        [[integrate.quad(lambda x: (1 - 2 * x) ** 2 / (0.25 + 1.5 * x), 0, 1)[0]]],
    ),
    "double exponential of known location": (
        {"density": "exp(-|x - m|/b)/(2 b)", "parameters": {"b": "b > 0"}, "known": {"m": ""}},
        {"b": 1.5, "m": 0.2}, [[1 / 1.5**2]],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SPELLINGS)
def test_textbook_values(name: str) -> None:
    model, numbers, expected = SPELLINGS[name]
    _, found = information(**model)
    assert found is not None
    assert found.closed
    assert value(found.matrix, **numbers) == pytest.approx(np.array(expected), rel=1e-9, abs=1e-12)


class TestStated:
    """Without a closed form the integral or sum itself is the answer, and has a value."""

    def test_an_integral(self) -> None:
        f = derivation("birnbaum-saunders").fisher_information
        assert f.has(StatedIntegral)

    def test_its_value_is_that_of_scipy(self) -> None:
        density = "(exp(-(x - t)^2/2) + exp(-(x + t)^2/2))/(2 sqrt(2 pi))"
        _, found = information(density=density, parameters={"t": "t > 0"})
        assert found.matrix.has(StatedIntegral)

        def slope(x: float) -> float:
            a, b = stats.norm.pdf(x - 1.2), stats.norm.pdf(x + 1.2)
            return ((x - 1.2) * a - (x + 1.2) * b) ** 2 / (2 * (a + b))

        expected = integrate.quad(slope, -12, 12)[0]
        assert value(found.matrix, t=1.2)[0, 0] == pytest.approx(expected, rel=1e-8)

    def test_a_sum(self) -> None:
        d = derivation("negative-binomial-both")
        found = d.precision.information
        assert found.matrix.has(StatedSum)
        assert not found.closed
        numbers = {"r": 2.3, "p": 0.4}
        x = np.arange(2000)
        from scipy.special import polygamma

        expected = polygamma(1, 2.3) - (stats.nbinom.pmf(x, 2.3, 0.4) * polygamma(1, x + 2.3)).sum()
        assert value(found.matrix, **numbers)[0, 0] == pytest.approx(expected, rel=1e-9)

    def test_a_heavy_tail_has_no_number_rather_than_a_wrong_one(self) -> None:
        x = sp.Symbol("x", positive=True)
        assert not StatedSum(1 / x**2, (x, 1, sp.oo)).evalf().is_Float


class TestCovariates:
    def test_given_the_covariate(self) -> None:
        _, found = information(
            density="b z exp(-b z y)", variable="y", parameters={"b": "b > 0"}, support="y > 0", covariates=["z"]
        )
        assert value(found.matrix, b=2.0, z=0.7)[0, 0] == pytest.approx(1 / 4)

    def test_a_contribution_that_does_not_integrate_to_1_has_none(self) -> None:
        _, found = information(
            density="t^(-d) exp(-y/t)", variable="y", parameters={"t": "t > 0"}, support="y > 0", covariates=["d"]
        )
        assert found is None


class TestRefused:
    @pytest.mark.parametrize(
        "model",
        [
            {"density": "exp(-|x - m|)/2", "parameters": {"m": ""}},
            {"density": "exp(t - x)", "parameters": {"t": ""}, "support": "x > t"},
            {"density": "1/N", "parameters": {"N": "integer, N >= 1"}, "support": "integer, 1 <= x, x <= N"},
            {"density": "exp(-t x)", "parameters": {"t": "t > 0"}, "support": POSITIVE, "checked": False},
            {"density": "Piecewise((1/(2 t), x <= t), (1/(2 (1 - t)), True))", "parameters": {"t": "0 < t, t < 1"},
             "support": "0 < x, x < 1"},
        ],
    )  # fmt: skip
    def test_where_a_condition_fails(self, model: dict[str, Any]) -> None:
        assert information(**model)[1] is None

    @pytest.mark.parametrize(
        "model",
        [
            {"density": "exp(-(x - a - b)^2/2)/sqrt(2 pi)", "parameters": {"a": "", "b": ""}},
            {"density": "a b exp(-a b x)", "parameters": {"a": "a > 0", "b": "b > 0"}, "support": POSITIVE},
            {"density": "(a b)^x (1 - a b)^(1 - x)", "parameters": {"a": "0 < a, a < 1", "b": "0 < b, b < 1"},
             "support": "0 <= x, x <= 1", "discrete": True},
        ],
    )  # fmt: skip
    def test_where_the_parameters_are_not_identified(self, model: dict[str, Any]) -> None:
        d = derive(Model.parse(**model))
        assert d.fisher_information is None
        assert d.standard_errors is None
        assert [c.name for c in d.conditions if c.holds is False] == ["identified"]

    def test_the_conditions_say_which(self) -> None:
        failed = [c.name for c in derivation("uniform").conditions if c.holds is False]
        assert "support" in failed
        assert [c.name for c in derivation("laplace-location").conditions if c.holds is False][0] == "smooth"
        assert not [c for c in derivation("poisson").conditions if c.holds is False]
        assert not any(
            c.holds for c in derivation("poisson").conditions if c.name in ("interior", "dominated", "identified")
        )


def test_the_result_is_in_the_users_symbols() -> None:
    x, s = sp.symbols("x s", positive=True)
    assert sp.simplify(derive(sp.exp(-x / s) / s, x, s).fisher_information - 1 / s**2) == 0


def test_derivatives_of_the_zeta_function_have_a_value() -> None:
    """Var(log X) for P(X = x) = x^(−s)/ζ(s), s = a + 1 = 3.5, from the sums themselves."""
    model = Model.parse(
        density="1/(zeta(a + 1) x^(a + 1))", parameters={"a": "a > 0"}, support="integer, x >= 1", discrete=True
    )
    found = derive(model).fisher_information
    x = np.arange(1.0, 2e6)
    mass = x**-3.5 / (x**-3.5).sum()
    expected = mass @ np.log(x) ** 2 - (mass @ np.log(x)) ** 2
    assert float(found.subs({s: 2.5 for s in found.free_symbols}).evalf()) == pytest.approx(expected, rel=1e-9)
    assert "zeta" in sp.latex(found)
