"""The premises of the exponential-family proof, each one missing in turn, and what the theorem then says, by numbers."""

from __future__ import annotations

import numpy as np
import pytest
import sympy as sp
from scipy.optimize import minimize

from symbolic_mle import Model, derive
from symbolic_mle.algebra.numeric import compile_expression
from symbolic_mle.records import Existence, Proof, Specification
from symbolic_mle.stages.likelihood import build_likelihood
from symbolic_mle.stages.verification.exponential_family import curve_is_convex, statistics_of_family

POSITIVE = {"a": "a > 0", "b": "b > 0"}


def statistics(model: Specification) -> set[sp.Expr] | None:
    found = statistics_of_family(build_likelihood(model), model)
    return None if found is None else set(found)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("poisson", lambda x: {x}),
        ("exponential", lambda x: {x}),
        ("normal", lambda x: {x, x**2}),
        ("gamma", lambda x: {x, sp.log(x)}),
        ("inverse-gamma", lambda x: {1 / x, sp.log(x)}),
        ("inverse-gaussian", lambda x: {x, 1 / x}),
        ("beta", lambda x: {sp.log(x), sp.log(1 - x)}),
        ("lognormal", lambda x: {sp.log(x), sp.log(x) ** 2}),
    ],
)
def test_the_statistics_of_families(name: str, expected: object) -> None:
    model = Model.named(name).specification
    (x,) = model.observed
    assert statistics(model) == expected(x)


def outside() -> list[tuple[str, Model]]:
    """A model for every premise that fails."""
    parse = Model.parse
    return [
        ("curved: N(θ, θ²)", parse("e^(-(x-t)^2/(2 t^2))/(t sqrt(2 pi))", "x", {"t": "t > 0"})),
        ("x² = x on {0, 1}", parse("e^(a x + b x^2)/(1 + e^(a + b))", "x", {"a": "", "b": ""}, "x = 0, 1")),
        ("x² = 1 on {−1, 1}",
         parse("e^(a x + b x^2)/(e^(a + b) + e^(b - a))", "x", {"a": "", "b": ""}, "x in {-1, 1}", discrete=True)),
        ("mixed terms: Weibull", Model.named("weibull")),
        ("mixed terms: logistic", Model.named("logistic")),
        ("mixed terms: Gumbel", Model.named("gumbel")),
        ("a Jacobian that vanishes: N(t³, 1)", parse("e^(-(x-t^3)^2/2)/sqrt(2 pi)", "x", {"t": ""})),
        ("a Jacobian that vanishes everywhere: N(a + b, 1)",
         parse("e^(-(x-a-b)^2/2)/sqrt(2 pi)", "x", {"a": "", "b": ""})),
        ("two parameters in one mean: exponential of rate ab", parse("a b e^(-a b x)", "x", POSITIVE, "x > 0")),
        ("the gamma, not checked",
         parse("x^(a-1) e^(-x/b)/(gamma(a) b^a)", "x", POSITIVE, "x > 0", checked=False)),
        ("not normalised: e^(−ax − b log x)", parse("e^(-a x) x^(-b)", "x", POSITIVE, "x > 0", checked=False)),
    ]  # fmt: skip


OUTSIDE = outside()


FAILING = [pytest.param(m, id=why) for why, m in OUTSIDE]
FLAT = [FAILING[k] for k in (1, 2, 7, 8)]  # the likelihood is constant along a curve in the parameter space


@pytest.mark.parametrize("model", FAILING)
def test_a_premise_that_fails(model: Model) -> None:
    assert statistics(model.specification) is None


@pytest.mark.parametrize("model", FLAT)
def test_without_identification_no_unique_maximum_is_claimed(model: Model) -> None:
    """Where the likelihood is constant along a curve no point can be the only maximiser."""
    case = derive(model).cases[0]
    unique = case.proof is Proof.GLOBAL and case.existence is Existence.ATTAINED
    assert not unique


def test_a_ridge_of_maximisers_is_not_taken_for_none() -> None:
    """P(X = 1) = 1/(1 + e^(−a−b)): every (a, b) with a + b = log 2 is a maximiser for 0, 1, 1."""
    estimate = derive(OUTSIDE[1][1]).estimate([0, 1, 1])
    assert estimate.existence in (Existence.ATTAINED, Existence.UNKNOWN)


def test_an_unchecked_function_may_have_two_peaks() -> None:
    """e^(tx/10 − (t² − 1)²) has the form of a family, but a(t) is no log-normaliser."""
    density = "e^(-x^2/2 + t x/10 - (t^2 - 1)^2)"
    d = derive(Model.parse(density, "x", {"t": ""}, checked=False))
    assert statistics(d.model) is None
    estimate = d.estimate([0.0])
    assert estimate.proof is not Proof.GLOBAL or len(estimate.maximisers) == 2


@pytest.mark.parametrize(
    "name", ["gamma", "inverse-gamma", "beta", "inverse-gaussian", "normal", "lognormal", "beta-prime"]
)
def test_there_is_one_peak_from_every_start(name: str) -> None:
    """Climbs from everywhere end at the estimate: what the theorem says."""
    model = Model.named(name).specification
    d = derive(Model.named(name))
    assert statistics(model) is not None
    data = np.array([0.2, 0.5, 0.7, 0.35])
    estimate = d.estimate(data)
    names = tuple(d.model.parameters)
    evaluate = compile_expression(d.likelihood.log_likelihood, names, d.model.observed, d.model.size).on(
        {d.model.observed[0]: data}
    )
    positive = [d.model.parameters[p].lower == 0 for p in names]

    def descent(t: np.ndarray) -> float:
        value = evaluate({p: np.exp(v) if up else v for p, v, up in zip(names, t, positive, strict=True)})
        return -value if np.isfinite(value) else 1e6

    for start in ((-1.0, -1.0), (1.0, 1.0), (-0.5, 1.5), (1.5, -0.5)):
        found = minimize(descent, start, method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-12, "maxiter": 4000})
        there = [np.exp(v) if up else v for v, up in zip(found.x, positive, strict=True)]
        assert there == pytest.approx([estimate.values[p.name] for p in names], rel=1e-4)


class TestTheCurveOfTwoStatistics:
    """x ↦ (T₁, T₂) bends one way: then equal data have no maximum."""

    @pytest.mark.parametrize("name", ["normal", "gamma", "beta", "inverse-gaussian", "lognormal", "inverse-gamma"])
    def test_convex_curves(self, name: str) -> None:
        model = Model.named(name).specification
        found = statistics_of_family(build_likelihood(model), model)
        assert found is not None
        assert curve_is_convex(found, model)
        assert derive(Model.named(name)).estimate([0.4, 0.4]).existence in (Existence.NOT_ATTAINED, Existence.UNBOUNDED)

    def test_curves_that_bend_both_ways(self) -> None:
        model = Model.named("normal").specification
        (x,) = model.observed
        assert not curve_is_convex((x, x**3), model)
        assert not curve_is_convex((sp.cos(x), sp.sin(x)), model)
        assert not curve_is_convex((x, 2 * x + 1), model)
        assert not curve_is_convex((x**2, x**4), model)  # x² is not monotone on the line
        assert not curve_is_convex((x,), model)

    def test_a_discrete_observation_is_no_curve(self) -> None:
        model = Model.named("poisson").specification
        (x,) = model.observed
        assert not curve_is_convex((x, x**2), model)


def test_a_closed_space_does_not_lose_its_boundary() -> None:
    """N(μ, s), μ ≥ 0: the maximum for a negative mean is at μ = 0, which is no stationary point."""
    density = "e^(-(x-mu)^2/(2 s))/sqrt(2 pi s)"
    d = derive(Model.parse(density, "x", {"mu": "mu >= 0", "s": "s > 0"}))
    for data in ([-1.0, -2.0], [-1.0, -1.0], [-3.0, 1.0]):
        estimate = d.estimate(data)
        assert estimate.existence in (Existence.ATTAINED, Existence.UNKNOWN)
        if estimate.values is not None:
            assert estimate.values == pytest.approx({"mu": 0.0, "s": np.mean(np.square(data))})
    assert d.estimate([1.0, 3.0]).values == pytest.approx({"mu": 2.0, "s": 1.0})


def test_a_support_that_moves_is_no_such_family_however_little_time_there_is() -> None:
    model = Model.parse(
        density="x exp(1/2 - x^2/(2 theta^2))/theta^2",
        variable="x",
        parameters={"theta": "theta > 0"},
        support="x >= theta",
    )
    assert statistics(model.specification) is None
    generic = derive(model, budget=1e-6).cases[0]
    assert generic.existence is Existence.UNKNOWN and generic.proof is Proof.NONE
