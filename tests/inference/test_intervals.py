"""Standard errors and confidence intervals on data: against formulas, against the definition, and by their coverage."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from scipy import optimize, stats
from sympy import Symbol

from symbolic_mle import Model
from symbolic_mle.errors import InferenceError
from tests.derivations import CATALOGUE, derivation

Z = stats.norm.ppf(0.975)


class TestFormulas:
    def test_the_score_interval_of_a_share_is_wilsons(self) -> None:
        e = derivation("bernoulli").estimate([1] * 13 + [0] * 37)
        p, n = 13 / 50, 50
        centre, half = p + Z**2 / (2 * n), Z * np.sqrt(p * (1 - p) / n + Z**2 / (4 * n**2))
        expected = ((centre - half) / (1 + Z**2 / n), (centre + half) / (1 + Z**2 / n))
        assert e.interval("p", method="score") == pytest.approx(expected, rel=1e-9)

    def test_the_wald_interval_of_a_share(self) -> None:
        e = derivation("bernoulli").estimate([1] * 13 + [0] * 37)
        half = Z * np.sqrt(0.26 * 0.74 / 50)
        assert e.interval("p", method="wald") == pytest.approx((0.26 - half, 0.26 + half))
        assert e.standard_errors == pytest.approx({"p": np.sqrt(0.26 * 0.74 / 50)})

    def test_the_profile_interval_of_a_normal_mean(self) -> None:
        """n log(1 + (x̄ − μ)²/σ̂²) = z²"""
        data = [1.2, 0.4, 3.3, 2.2, 1.9, -0.7]
        e = derivation("normal").estimate(data)
        half = np.std(data) * np.sqrt(np.exp(Z**2 / 6) - 1)
        assert e.interval("mu") == pytest.approx((np.mean(data) - half, np.mean(data) + half), rel=1e-8)

    def test_of_a_normal_mean_with_known_variance_all_agree(self) -> None:
        e = derivation("normal-mean").estimate([1.0, 2.0, 4.0], known={"sigma2": 2.0})
        found = [e.interval("mu", method=m, level=0.9) for m in ("wald", "score", "profile")]
        half = stats.norm.ppf(0.95) * np.sqrt(2 / 3)
        for interval in found:
            assert interval == pytest.approx((7 / 3 - half, 7 / 3 + half))

    def test_covariance_of_the_gamma(self) -> None:
        data = stats.gamma.rvs(2.3, scale=1.4, size=70, random_state=4)
        e = derivation("gamma").estimate(data)
        k, theta = e.values["k"], e.values["theta"]
        from scipy.special import polygamma

        information = 70 * np.array([[polygamma(1, k), 1 / theta], [1 / theta, k / theta**2]])
        assert e.covariance == pytest.approx(np.linalg.inv(information), rel=1e-6)


@pytest.mark.parametrize("name", ["gamma", "weibull", "inverse-gaussian", "logistic", "beta"])
def test_the_profile_interval_ends_where_the_likelihood_ratio_is_z_squared(name: str) -> None:
    family = CATALOGUE[name]
    d = derivation(name)
    e = d.estimate(family.sample)
    model = d.model
    from symbolic_mle.algebra.numeric import compile_expression

    names = list(model.parameters)
    height = compile_expression(d.likelihood.log_likelihood, names, model.observed, model.size)
    sample = {model.observed[0]: np.array(family.sample, dtype=float)}
    first, second = names
    for fixed, other in ((first, second), (second, first)):
        start = e.values[other.name]
        around = (start / 8, start * 8) if model.parameters[other].lower == 0 else (start - 4, start + 4)

        def restricted(end: float, fixed: Symbol = fixed, other: Symbol = other, around: Any = around) -> float:
            return optimize.minimize_scalar(
                lambda v: -height({fixed: end, other: v}, sample),
                bounds=around,
                method="bounded",
                options={"xatol": 1e-10},
            ).fun

        for end in e.interval(fixed.name, level=0.8):
            assert 2 * (e.log_likelihood + restricted(end)) == pytest.approx(stats.chi2.ppf(0.8, 1), abs=1e-4)


class TestRefused:
    @pytest.mark.parametrize(
        ("name", "data", "why"),
        [
            ("uniform", [0.3, 1.2, 0.8], "support"),
            ("laplace-location", [0.3, 1.2, 0.8], "corner"),
            ("bernoulli-closed", [0, 0, 0], "boundary"),
            ("discrete-uniform", [3, 5, 2], "separate|support"),
        ],
    )
    def test_where_the_theory_does_not_apply(self, name: str, data: list[float], why: str) -> None:
        known = {s.name: CATALOGUE[name].known_values[s.name] for s in derivation(name).model.known}
        e = derivation(name).estimate(data, known=known)
        assert e.standard_errors is None
        assert e.covariance is None
        with pytest.raises(InferenceError, match=why):
            e.interval(next(iter(derivation(name).model.parameters)).name)

    def test_without_a_maximum(self) -> None:
        e = derivation("normal").estimate([2.0, 2.0])
        assert e.standard_errors is None
        with pytest.raises(InferenceError):
            e.interval("mu")

    def test_requests_that_are_none(self) -> None:
        e = derivation("gamma").estimate([1.0, 2.0, 4.0])
        requests: list[dict[str, Any]] = [
            {"parameter": "z"},
            {"parameter": "k", "level": 1.5},
            {"parameter": "k", "method": "exact"},
            {"parameter": "k", "method": "score"},
            {"parameter": "k", "information": "more", "method": "wald"},
        ]
        for arguments in requests:
            with pytest.raises(InferenceError):
                e.interval(**arguments)

    def test_an_interval_stays_in_the_space(self) -> None:
        model = Model.parse("p^x (1-p)^(1-x)", "x", {"p": "0 <= p, p <= 1"}, support="0 <= x, x <= 1", discrete=True)
        from symbolic_mle import derive

        e = derive(model).estimate([1, 0, 0, 0])
        low, high = e.interval("p", method="wald")
        assert low == 0.0
        assert high < 1


Rng = np.random.Generator
COVERED: dict[str, tuple[Callable[[Rng], Any], dict[str, float], dict[str, float]]] = {
    "bernoulli": (lambda r: r.binomial(1, 0.3, 200), {"p": 0.3}, {}),
    "poisson": (lambda r: r.poisson(2.5, 200), {"lambda": 2.5}, {}),
    "geometric": (lambda r: r.geometric(0.35, 200), {"p": 0.35}, {}),
    "exponential": (lambda r: r.exponential(1 / 1.7, 200), {"lambda": 1.7}, {}),
    "rayleigh": (lambda r: r.rayleigh(1.3, 200), {"sigma": 1.3}, {}),
    "normal": (lambda r: r.normal(1.0, np.sqrt(2.0), 200), {"mu": 1.0, "sigma2": 2.0}, {}),
    "gamma": (lambda r: r.gamma(2.0, 1.5, 200), {"k": 2.0, "theta": 1.5}, {}),
    "weibull": (lambda r: 1.2 * r.weibull(1.6, 200), {"k": 1.6, "s": 1.2}, {}),
    "inverse-gaussian": (lambda r: r.wald(1.5, 2.0, 200), {"mu": 1.5, "lambda": 2.0}, {}),
    "beta": (lambda r: r.beta(2.0, 3.0, 200), {"a": 2.0, "b": 3.0}, {}),
}
REPEATS = 60


@pytest.mark.parametrize("name", COVERED)
def test_coverage_is_nominal(name: str) -> None:
    """At n = 200 the share of intervals that hold the truth is 95 %, up to four standard deviations of that share."""
    draw, truth, known = COVERED[name]
    generator = np.random.default_rng(5)
    first = next(iter(truth))
    hits = {"wald": 0, "profile": 0}
    for _ in range(REPEATS):
        e = derivation(name).estimate(draw(generator), known=known)
        for method in hits:
            low, high = e.interval(first, method=method)
            hits[method] += low <= truth[first] <= high
    slack = 4 * np.sqrt(0.95 * 0.05 / REPEATS)
    assert all(abs(h / REPEATS - 0.95) <= slack for h in hits.values()), hits


def test_coverage_of_a_share_is_exact() -> None:
    """Summed over the binomial law at n = 200, p = 0.3, the intervals cover as their definitions say they must."""
    size, truth = 200, 0.3
    successes = np.arange(35, 90)
    weights = stats.binom.pmf(successes, size, truth)
    covered = {"wald": 0.0, "profile": 0.0, "score": 0.0}
    for k, weight in zip(successes, weights, strict=True):
        e = derivation("bernoulli").estimate([1] * int(k) + [0] * int(size - k))
        for method in covered:
            low, high = e.interval("p", method=method)
            covered[method] += weight * (low <= truth <= high)
    assert all(abs(share - 0.95) < 0.012 for share in covered.values()), covered
