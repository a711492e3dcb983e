"""Exact laws, expectations and variances for small n, against many simulated samples; and their premises."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import sympy as sp
from scipy import stats

from symbolic_mle import Derivation, Model, derive
from symbolic_mle.algebra.sample import DataSum, OrderStatistic, outermost_statistics
from tests.derivations import derivation

REPEATS = 40_000
Rng = np.random.Generator
Draw = Callable[[Rng, tuple[int, int]], Any]

POSITIVE = {"q": "q > 0"}
MODELS: dict[str, tuple[Callable[[], Derivation], Draw, dict[str, float]]] = {
    "normal": (lambda: derivation("normal"), lambda r, s: r.normal(1.0, 2.0, s), {"mu": 1.0, "sigma2": 4.0}),
    "normal-sd": (lambda: derivation("normal-sd"), lambda r, s: r.normal(1.0, 2.0, s), {"mu": 1.0, "sigma": 2.0}),
    "normal-precision": (lambda: derivation("normal-precision"), lambda r, s: r.normal(1.0, 2.0, s), {"mu": 1.0, "tau": 0.25}),
    "lognormal": (lambda: derivation("lognormal"), lambda r, s: r.lognormal(0.3, 0.8, s), {"mu": 0.3, "sigma2": 0.64}),
    "pareto": (lambda: derivation("pareto"), lambda r, s: 2 * (1 + r.pareto(3.0, s)), {"alpha": 3.0, "m": 2.0}),
    "pareto-both": (lambda: derivation("pareto-both"), lambda r, s: 2 * (1 + r.pareto(3.0, s)), {"alpha": 3.0, "m": 2.0}),
    "uniform-interval": (lambda: derivation("uniform-interval"), lambda r, s: r.uniform(-1.0, 2.0, s), {"a": -1.0, "b": 2.0}),
    "shifted exponential": (
        lambda: derivation("exponential-two-parameter"), lambda r, s: 0.7 + r.exponential(1.5, s), {"a": 0.7, "theta": 1.5},
    ),
    "weibull-scale": (lambda: derivation("weibull-scale"), lambda r, s: 1.4 * r.weibull(1.7, s), {"s": 1.4, "k": 1.7}),
    "lomax": (lambda: derivation("lomax"), lambda r, s: 1.2 * r.pareto(3.0, s), {"alpha": 3.0, "s": 1.2}),
    "inverse-gamma-scale": (lambda: derivation("inverse-gamma-scale"), lambda r, s: 2 / r.gamma(3.0, 1.0, s), {"b": 2.0, "a": 3.0}),
    "exponential, rate 1/q²": (
        lambda: derive(Model.parse("exp(-w/q^2)/q^2", "w", POSITIVE, support="w > 0")), lambda r, s: r.exponential(2.25, s),
        {"q": 1.5},
    ),
    "log of a gamma": (
        lambda: derive(Model.parse("q^3 exp(3 w - q exp(w))/2", "w", POSITIVE)),
        lambda r, s: np.log(r.gamma(3.0, 0.5, s)), {"q": 2.0},
    ),
    "normal on a log scale": (
        lambda: derive(Model.parse("exp(-(log(w) - m)^2 q/2) sqrt(q/(2*pi))/w", "w", {"m": "", **POSITIVE}, support="w > 0")),
        lambda r, s: r.lognormal(0.3, 0.5, s), {"m": 0.3, "q": 4.0},
    ),
    "power on (0, u)": (
        lambda: derive(Model.parse("3 w^2/q^3", "w", POSITIVE, support="0 <= w, w <= q")),
        lambda r, s: 1.3 * r.uniform(0, 1, s) ** (1 / 3), {"q": 1.3},
    ),
}  # fmt: skip


@pytest.mark.parametrize("size", [2, 3, 5, 8])
@pytest.mark.parametrize("name", MODELS)
def test_moments_are_those_of_many_small_samples(name: str, size: int) -> None:
    """Where the fourth moment is finite, to tell the spread; the mean where the variance is."""
    make, draw, truth = MODELS[name]
    d = make()
    assert len(d.finite_sample) == len(d.model.parameters)
    samples = draw(np.random.default_rng(8), (REPEATS, size))
    values = {s: sp.Float(truth[s.name]) for s in (*d.model.parameters, *d.model.known)} | {
        d.model.size: sp.Integer(size)
    }
    for facts in d.finite_sample:
        needs = 1.0 if facts.variance_needs is None else float(facts.variance_needs.xreplace(values))
        if needs <= 0 or (facts.mean_needs is not None and float(facts.mean_needs.xreplace(values)) <= 0):
            continue
        estimates = _estimates(d, facts.parameter, samples, truth)
        spread = float(np.sqrt(float(facts.variance.xreplace(values))))
        assert float(facts.mean.xreplace(values)) == pytest.approx(estimates.mean(), abs=5 * spread / np.sqrt(REPEATS))
        if needs > 4 or facts.variance_needs is None:
            assert spread == pytest.approx(estimates.std(), rel=0.05)


def _estimates(d: Derivation, parameter: sp.Symbol, samples: Any, truth: dict[str, float]) -> Any:
    known = {s: truth[s.name] for s in d.model.known}
    formula = d.cases[0].estimators[parameter]
    return evaluated(formula, d, known, samples)


def evaluated(formula: sp.Expr, d: Derivation, known: dict[sp.Symbol, float], samples: Any) -> Any:
    """The formula on every row, statistic by statistic."""
    (x,), n = d.model.variables, d.model.size
    size = samples.shape[1]

    def value(expr: sp.Expr) -> Any:
        slots = {}
        for s in outermost_statistics(expr):
            if isinstance(s, OrderStatistic):
                slots[s] = samples.min(1) if s.rank == 1 else samples.max(1)
            else:
                inner = {t: sp.Dummy("t") for t in outermost_statistics(s.summand)}
                summand = s.summand.xreplace(inner)
                columns = {dummy: value(t)[:, None] for t, dummy in inner.items()}
                function = sp.lambdify([x, n, *columns, *known], summand, "numpy")
                slots[s] = np.broadcast_to(
                    function(samples, size, *columns.values(), *known.values()), samples.shape
                ).sum(1)
        names = {s: sp.Dummy("s") for s in slots}
        return sp.lambdify([n, *names.values(), *known], expr.xreplace(names), "numpy")(
            size, *slots.values(), *known.values()
        )

    return value(formula)


LAW_TESTS = ["normal", "normal-sd", "normal-precision", "lognormal", "pareto", "pareto-both", "shifted exponential",
             "weibull-scale", "lomax", "exponential, rate 1/q²", "log of a gamma", "normal on a log scale"]  # fmt: skip


@pytest.mark.parametrize("name", LAW_TESTS)
def test_named_laws_are_those_of_many_small_samples(name: str) -> None:
    """Kolmogorov and Smirnov's distance of the quantity from its law, at n = 4."""
    make, draw, truth = MODELS[name]
    d = make()
    size = 4
    samples = draw(np.random.default_rng(9), (10_000, size))
    known = {s: truth[s.name] for s in d.model.known}
    values = {s: sp.Float(truth[s.name]) for s in (*d.model.parameters, *d.model.known)} | {
        d.model.size: sp.Integer(size)
    }
    seen = 0
    for facts in d.finite_sample:
        law = facts.exact
        if law is None:
            continue
        arguments = [float(a.xreplace(values)) for a in law.arguments]
        if law.estimate is None:
            quantity = evaluated(law.quantity, d, known, samples)
        else:
            estimates = evaluated(d.cases[0].estimators[facts.parameter], d, known, samples)
            quantity = sp.lambdify(law.estimate, law.quantity.xreplace(values), "numpy")(estimates)
        reference = {
            "normal": lambda a: stats.norm(a[0], np.sqrt(a[1])),
            "chi-square": lambda a: stats.chi2(a[0]),
            "gamma": lambda a: stats.gamma(a[0], scale=1 / a[1]),
        }[law.name](arguments)
        assert stats.kstest(quantity, reference.cdf).pvalue > 1e-4
        seen += 1
    assert seen


@pytest.mark.parametrize("name", ["uniform-interval", "pareto-both", "shifted exponential", "power on (0, u)"])
def test_tails_of_extremes(name: str) -> None:
    make, draw, truth = MODELS[name]
    d = make()
    samples = draw(np.random.default_rng(10), (REPEATS, 3))
    values = {s: sp.Float(truth[s.name]) for s in d.model.parameters} | {d.model.size: sp.Integer(3)}
    for facts in d.finite_sample:
        if facts.tail is None:
            continue
        estimates = evaluated(d.cases[0].estimators[facts.parameter], d, {}, samples)
        t = float(np.quantile(estimates, 0.35))
        assert float(facts.tail.low.xreplace(values)) < t < float(facts.tail.high.xreplace(values))
        share = (estimates <= t).mean() if facts.tail.relation == "<=" else (estimates > t).mean()
        assert float(facts.tail.probability.xreplace({**values, facts.tail.at: sp.Float(t)})) == pytest.approx(
            share, abs=0.015
        )


class TestLinearModels:
    Z = np.array([0.3, 1.1, 2.0, 2.2, 3.9])
    MODELS = (
        ("exp(-(y - a - b*z)^2/(2*v))/sqrt(2*pi*v)", {"a": "", "b": "", "v": "v > 0"}, {"a": 0.4, "b": -1.2, "v": 0.7}),
        ("exp(-(y - b*z)^2/(2*s^2))/(s*sqrt(2*pi))", {"b": "", "s": "s > 0"}, {"b": -1.2, "s": 0.8}),
        ("exp(-(y - a - b*z - c*z^2)^2/2)/sqrt(2*pi)", {"a": "", "b": "", "c": ""}, {"a": 0.4, "b": -1.2, "c": 0.3}),
    )

    @pytest.mark.parametrize(("density", "space", "truth"), MODELS)
    def test_coefficients_and_residuals(self, density: str, space: dict[str, str], truth: dict[str, float]) -> None:
        d = derive(Model.parse(density, "y", space, covariates=["z"]))
        facts = {f.parameter.name: f for f in d.finite_sample}
        assert set(facts) == set(truth)
        z, size, generator = self.Z, len(self.Z), np.random.default_rng(3)
        design = np.stack([z**k for k in range(3)], 1) if "c" in truth else np.stack([np.ones_like(z), z], 1)
        if "a" not in truth:
            design = z[:, None]
        names = [n for n in truth if n in "abc"]
        spread = truth.get("v", truth.get("s", 1.0) ** 2)
        covariance = spread * np.linalg.inv(design.T @ design)
        values = {s: sp.Float(truth[s.name]) for s in d.model.parameters} | {d.model.size: sp.Integer(size)}
        (zs,) = d.model.covariates
        for k, name in enumerate(names):
            assert facts[name].bias == 0
            at = {
                t: sp.Float(sum(float(t.summand.xreplace({zs: sp.Float(v)})) for v in z))
                for t in facts[name].variance.atoms(DataSum)
            }
            assert float(facts[name].variance.xreplace(at).xreplace(values)) == pytest.approx(
                covariance[k, k], rel=1e-9
            )
        noise = generator.normal(size=(REPEATS, size)) * np.sqrt(spread)
        hat = np.eye(size) - design @ np.linalg.solve(design.T @ design, design.T)
        residual = ((noise @ hat) ** 2).sum(1) / size
        for name, power in (("v", 1.0), ("s", 0.5)):
            if name in truth:
                assert float(facts[name].mean.xreplace(values)) == pytest.approx((residual**power).mean(), rel=0.02)
                assert float(facts[name].variance.xreplace(values)) == pytest.approx((residual**power).var(), rel=0.06)

    def test_not_without_the_premises(self) -> None:
        """A mean that is not linear, a spread that depends on z, a coefficient that is bounded."""
        for density, space in (
            ("exp(-(y - exp(b*z))^2/2)/sqrt(2*pi)", {"b": ""}),
            ("exp(-(y - b*z)^2/(2*v*z^2))/sqrt(2*pi*v*z^2)", {"b": "", "v": "v > 0"}),
            ("exp(-(y - b*z)^2/2)/sqrt(2*pi)", {"b": "b >= 0"}),
        ):
            assert derive(Model.parse(density, "y", space, covariates=["z"])).finite_sample == ()


def test_nothing_where_an_inequality_parts_the_data() -> None:
    """max(x̄, 0) is not unbiased."""
    d = derive(Model.parse("exp(-(x - m)^2/2)/sqrt(2*pi)", "x", {"m": "m >= 0"}))
    assert d.finite_sample == ()
    assert derivation("normal-nonnegative-mean").finite_sample == ()


def test_exact_enumeration_of_discrete_averages() -> None:
    for name, draw in (
        ("bernoulli", stats.bernoulli(0.3)),
        ("binomial", stats.binom(4, 0.3)),
        ("bernoulli-closed", stats.bernoulli(0.3)),
    ):
        d = derivation(name)
        (facts,) = d.finite_sample
        trials, size = (4, 3) if name == "binomial" else (1, 3)
        points = np.stack(np.meshgrid(*[np.arange(trials + 1)] * size), -1).reshape(-1, size)
        weights = draw.pmf(points).prod(1)
        estimates = points.sum(1) / (size * trials)
        mean = (weights * estimates).sum()
        values = {s: sp.Float({"p": 0.3, "m": trials}[s.name]) for s in (*d.model.parameters, *d.model.known)}
        values |= {d.model.size: sp.Integer(size)}
        assert float(facts.mean.xreplace(values)) == pytest.approx(mean)
        assert float(facts.variance.xreplace(values)) == pytest.approx((weights * (estimates - mean) ** 2).sum())


def test_consistency_of_extremes_is_told_with_its_law() -> None:
    text = derivation("uniform-interval").to_text(sections="asymptotics")
    assert "consistent" in text
    assert "→ 0" in text
