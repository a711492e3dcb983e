"""A parameter on a circle: A cos μ + B sin μ is highest at atan2(B, A), and nothing else is taken for it."""

from __future__ import annotations

import math

import numpy as np
import pytest
import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle import Derivation, Model, derive
from symbolic_mle.algebra.numeric import compile_expression
from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.records import Existence, Proof, Specification
from symbolic_mle.stages.likelihood import build_likelihood
from symbolic_mle.stages.solution.direction import Direction, direction_of

DENSITY = "e^(kappa cos(x - mu)) / (2 pi besseli(0, kappa))"
CIRCLE = "-pi < mu, mu <= pi"
SAMPLES = [[0.4], [0.1, 0.5, -1.0], [3.0, -3.1, 2.9], [2.0, -2.0], [-0.4, -1.0, 3.1, 3.1], [1.5, -1.4, 0.2, 0.2, 2.2]]


def model(space: str = CIRCLE, kappa: str = "kappa > 0", density: str = DENSITY, checked: bool = True) -> Specification:
    return Model.parse(
        density, "x", {"mu": space}, "-pi < x, x <= pi", known={"kappa": kappa}, checked=checked
    ).specification


def direction(spec: Specification, function: Expr | None = None) -> Direction | None:
    (mu,) = spec.parameters
    return direction_of(build_likelihood(spec).log_likelihood if function is None else function, mu, spec)


def number(expr: Expr, spec: Specification, data: list[float], **values: float) -> float:
    names: dict[str, Symbol] = {s.name: s for s in (*spec.parameters, *spec.known)}
    evaluate = compile_expression(expr, tuple(names.values()), spec.observed, spec.size)
    return evaluate({names[k]: v for k, v in values.items()}, {spec.observed[0]: np.array(data)})


SPEC = model()
FOUND = direction(SPEC)
LOG_LIKELIHOOD = build_likelihood(SPEC).log_likelihood


@pytest.mark.parametrize("data", SAMPLES, ids=str)
@pytest.mark.parametrize("kappa", [0.3, 2.0])
def test_no_angle_is_higher(data: list[float], kappa: float) -> None:
    assert FOUND is not None
    root = number(FOUND.root, SPEC, data)
    value = number(FOUND.value, SPEC, data, kappa=kappa)
    assert -math.pi < root <= math.pi
    assert number(LOG_LIKELIHOOD, SPEC, data, mu=root, kappa=kappa) == pytest.approx(value, rel=1e-12, abs=1e-12)
    heights = [number(LOG_LIKELIHOOD, SPEC, data, mu=mu, kappa=kappa) for mu in np.linspace(-math.pi, math.pi, 73)]
    assert max(heights) <= value + 1e-12
    assert min(heights) < value


@pytest.mark.parametrize("data", SAMPLES, ids=str)
def test_the_equation_is_a_positive_multiple_of_the_score(data: list[float]) -> None:
    assert FOUND is not None
    (mu,) = SPEC.parameters
    score = LOG_LIKELIHOOD.diff(mu)
    for angle in (-2.5, 0.1, 1.0, 3.0):
        values = {"mu": angle, "kappa": 1.7}
        slope, multiplier = number(score, SPEC, data, **values), number(FOUND.multiplier, SPEC, data, **values)
        assert multiplier > 0
        assert number(FOUND.equation, SPEC, data, **values) == pytest.approx(multiplier * slope, rel=1e-9, abs=1e-12)


def test_the_flat_samples_are_those_whose_directions_cancel() -> None:
    assert FOUND is not None
    assert FOUND.flat.relation == "="
    cancelling = [[0.3, 0.3 - math.pi], [0.0, 2 * math.pi / 3, -2 * math.pi / 3]]
    for data in cancelling:
        assert number(FOUND.flat.statistic, SPEC, data) == pytest.approx(0, abs=1e-15)
        heights = [number(LOG_LIKELIHOOD, SPEC, data, mu=mu, kappa=2.0) for mu in (-3.0, 0.0, 1.0, 2.0)]
        assert max(heights) - min(heights) < 1e-12
    for data in SAMPLES:
        assert number(FOUND.flat.statistic, SPEC, data) > 1e-3


class TestPremises:
    """An interval (−π, π], a positive factor, one frequency."""

    @pytest.mark.parametrize(
        "space",
        ["0 <= mu, mu < 2 pi", "-pi <= mu, mu <= pi", "-pi/2 < mu, mu <= pi/2", "", "mu > 0", "0 < mu, mu <= pi"],
    )
    def test_another_interval(self, space: str) -> None:
        assert direction(model(space)) is None

    @pytest.mark.parametrize("kappa", ["", "kappa < 0"])
    def test_a_factor_that_is_not_positive(self, kappa: str) -> None:
        """For κ < 0 the direction is a minimum."""
        assert direction(model(kappa=kappa)) is None

    def test_other_functions_of_the_angle(self) -> None:
        (mu,), (x,), (kappa,) = SPEC.parameters, SPEC.observed, SPEC.known
        cosines, sines = DataSum(sp.cos(x), (x,)), DataSum(sp.sin(x), (x,))
        for function in (
            cosines * sp.cos(2 * mu) + sines * sp.sin(2 * mu),
            cosines * sp.cos(mu) + sines * sp.sin(mu) + mu,
            cosines * sp.cos(mu) ** 2 + sines * sp.sin(mu),
            cosines * sp.cos(mu) * sp.sin(mu) + sines * sp.sin(mu),
            cosines * sp.cos(mu),
            kappa * cosines * sp.cos(mu) + sines * sp.sin(mu),
            -kappa * (cosines * sp.cos(mu) + sines * sp.sin(mu)),
        ):
            assert direction(SPEC, function) is None, function


def derived(space: str) -> Derivation:
    return derive(Model.parse(DENSITY, "x", {"mu": space}, "-pi < x, x <= pi", known={"kappa": "kappa > 0"}))


class TestOnData:
    """The direction of samples, and the seam of the circle."""

    closed, opened = derived(CIRCLE), derived("-pi < mu, mu < pi")

    @pytest.mark.parametrize("data", SAMPLES, ids=str)
    def test_the_mean_direction(self, data: list[float]) -> None:
        estimate = self.closed.estimate(data, known={"kappa": 1.3})
        resultant = sum(complex(math.cos(x), math.sin(x)) for x in data)
        expected = math.atan2(resultant.imag, resultant.real)
        assert estimate.values == pytest.approx({"mu": expected})
        assert estimate.proof is Proof.GLOBAL

    def test_turning_the_data_turns_the_estimate(self) -> None:
        data = np.array([0.1, 0.5, -1.0])
        before, after = (self.closed.estimate(d, known={"kappa": 1.0}).values["mu"] for d in (data, data + 0.7))
        assert after - before == pytest.approx(0.7)

    def test_a_direction_that_the_space_leaves_out_is_not_reported(self) -> None:
        """Data whose resultant is (−R, 0) up to rounding point to π, which is not in (−π, π)."""
        data = [3.0, -3.0]
        assert self.closed.estimate(data, known={"kappa": 1.0}).values == pytest.approx({"mu": math.pi})
        estimate = self.opened.estimate(data, known={"kappa": 1.0})
        assert estimate.values is None
        assert estimate.existence in (Existence.UNKNOWN, Existence.NOT_ATTAINED)
