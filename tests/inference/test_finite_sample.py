"""Expectations and variances for every n, against the mean and spread of simulated estimates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import sympy as sp
from scipy import stats

from symbolic_mle import Model, derive
from tests.derivations import derivation

SIZE, REPEATS = 7, 40_000
Draw = Callable[..., Any]
CASES: dict[str, tuple[Draw, dict[str, float], Callable[[Any], Any], dict[str, float]]] = {
    "poisson": (lambda s: stats.poisson.rvs(2.5, size=s, random_state=1), {"lambda": 2.5}, lambda x: x.mean(1), {}),
    "bernoulli": (lambda s: stats.bernoulli.rvs(0.3, size=s, random_state=1), {"p": 0.3}, lambda x: x.mean(1), {}),
    "exponential": (lambda s: stats.expon.rvs(scale=0.5, size=s, random_state=1), {"lambda": 2.0}, lambda x: 1 / x.mean(1), {}),
    "half-normal": (
        lambda s: stats.halfnorm.rvs(scale=1.4, size=s, random_state=1), {"sigma": 1.4}, lambda x: np.sqrt((x**2).mean(1)), {},
    ),
    "beta-theta-one": (
        lambda s: stats.beta.rvs(1.7, 1, size=s, random_state=1), {"theta": 1.7}, lambda x: -1 / np.log(x).mean(1), {},
    ),
    "uniform": (lambda s: stats.uniform.rvs(0, 3.0, size=s, random_state=1), {"theta": 3.0}, lambda x: x.max(1), {}),
    "exponential-shifted": (
        lambda s: 1.2 + stats.expon.rvs(scale=0.5, size=s, random_state=1), {"theta": 1.2}, lambda x: x.min(1), {"lambda": 2.0},
    ),
    "normal": (lambda s: stats.norm.rvs(1.0, 2.0, size=s, random_state=1), {"sigma2": 4.0, "mu": 1.0}, lambda x: x.var(1), {}),
    "inverse-gaussian-mean": (
        lambda s: np.random.default_rng(1).wald(1.5, 2.0, s), {"mu": 1.5}, lambda x: x.mean(1), {"lambda": 2.0},
    ),
    "rayleigh": (
        lambda s: stats.rayleigh.rvs(scale=1.3, size=s, random_state=1), {"sigma": 1.3}, lambda x: np.sqrt((x**2).mean(1) / 2), {},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_moments_are_those_of_many_samples(name: str) -> None:
    draw, truth, estimator, known = CASES[name]
    d = derivation(name)
    wanted = next(iter(truth))
    (facts,) = [f for f in d.finite_sample if f.parameter.name == wanted]
    values = {s: {**truth, **known}[s.name] for s in (*d.model.parameters, *d.model.known)} | {d.model.size: SIZE}
    estimates = estimator(draw((REPEATS, SIZE)))
    spread = estimates.std()
    assert float(facts.mean.subs(values)) == pytest.approx(estimates.mean(), abs=5 * spread / np.sqrt(REPEATS))
    if facts.variance is not None:
        assert float(facts.variance.subs(values)) == pytest.approx(spread**2, rel=0.06)
    if facts.tail is not None:
        t = float(np.quantile(estimates, 0.4))
        share = (estimates <= t).mean() if facts.tail.relation == "<=" else (estimates > t).mean()
        assert float(facts.tail.probability.subs({**values, facts.tail.at: t})) == pytest.approx(share, abs=0.02)


@pytest.mark.parametrize(
    ("name", "attained"),
    [
        ("poisson", True),
        ("bernoulli", True),
        ("exponential-mean", True),
        ("normal-variance", True),
        ("exponential", False),
    ],
)
def test_the_bound_is_attained_by_linear_scores_only(name: str, attained: bool) -> None:
    (facts,) = derivation(name).finite_sample
    assert facts.attains_bound is attained
    if attained:
        (entry,) = derivation(name).precision.fisher
        assert sp.simplify(facts.variance * derivation(name).model.size * entry - 1) == 0


@pytest.mark.parametrize("name", ["gamma", "weibull", "logistic", "cauchy-location", "laplace-location"])
def test_nothing_is_claimed_where_the_law_is_not_known(name: str) -> None:
    """θ̂ = x̄/k̂ is no average of the sample: k̂ depends on it."""
    assert derivation(name).finite_sample == ()


def test_a_contribution_that_is_no_density_has_no_expectations() -> None:
    model = Model.parse("exp(-t x)", "x", {"t": "t > 0"}, support="x > 0", checked=False)
    assert derive(model).finite_sample == ()


class TestSections:
    def test_each_can_be_told_alone(self) -> None:
        text = derivation("poisson").to_text(sections="finite-sample")
        assert "Cramér–Rao" in text
        assert "Log-likelihood" not in text

    def test_all_of_them_render_in_every_format(self) -> None:
        for name in ("poisson", "uniform", "gamma", "weibull", "laplace-location", "cauchy-location", "normal"):
            d = derivation(name)
            for written in (d.to_text(sections="all"), d.to_latex(sections="all"), d.to_markdown(sections="all"),
                            d.to_html(sections="all"), d.to_json(sections="all")):  # fmt: skip
                assert len(written) > 500

    def test_what_is_no_section(self) -> None:
        from symbolic_mle.errors import ModelError

        with pytest.raises(ModelError, match="not a section"):
            derivation("poisson").to_text(sections=["precision", "nonsense"])
