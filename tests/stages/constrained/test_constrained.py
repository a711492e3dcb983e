"""Equations and one inequality among parameters against SciPy on the same space."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.stats import binom, expon, gamma, norm, poisson

from symbolic_mle import Model, derive

Loss = Callable[[np.ndarray, np.ndarray], float]


@dataclass(frozen=True)
class Case:
    """A model as text, its log-likelihood in SciPy, how to draw data, and its constraint as g(θ) = 0 or ≥ 0."""

    name: str
    density: str
    variable: str
    spaces: dict[str, str]
    constraint: str
    log_likelihood: Callable[[np.ndarray, np.ndarray], float]
    draw: Callable[[np.random.Generator, int], np.ndarray]
    gap: Callable[[np.ndarray], float]
    support: str = ""
    discrete: bool = False
    lower: float = 1e-6
    upper: float = 50.0

    @property
    def model(self) -> Model:
        return Model.parse(
            density=self.density, variable=self.variable, parameters=self.spaces, constraints=[self.constraint],
            support=self.support, discrete=self.discrete,
        )  # fmt: skip

    def search(self, data: np.ndarray, random: np.random.Generator) -> float:
        kind = "eq" if "==" in self.constraint else "ineq"
        names = list(self.spaces)
        box: Any = [(self.lower if self.spaces[n] else -50.0, self.upper) for n in names]
        best = -np.inf
        for _ in range(6):
            start = np.clip(random.uniform(0.2, 2.0, len(names)), *np.array(box).T)
            with np.errstate(all="ignore"):
                found = minimize(
                    lambda t: -self.log_likelihood(np.clip(t, *np.array(box).T), data) / len(data), start, bounds=box,
                    constraints=[{"type": kind, "fun": self.gap}], method="SLSQP", options={"ftol": 1e-13, "maxiter": 500},
                )  # fmt: skip
            inside = abs(self.gap(found.x)) < 1e-7 if kind == "eq" else self.gap(found.x) > -1e-7
            if inside and np.isfinite(found.fun):
                best = max(best, -found.fun * len(data))
        return best


def pairs(draw: Callable[[np.random.Generator, int], np.ndarray]) -> Callable[[np.random.Generator, int], np.ndarray]:
    return lambda random, n: np.column_stack([draw(random, n), draw(random, n)])


CASES = (
    Case("different spreads", "exp(-(x-a)**2/2 - (y-b)**2/8)/(4*pi)", "x,y", {"a": "", "b": ""}, "a <= b",
         lambda t, d: norm.logpdf(d[:, 0], t[0]).sum() + norm.logpdf(d[:, 1], t[1], 2).sum(),
         pairs(lambda r, n: r.normal(0, 1, n)), lambda t: t[1] - t[0]),
    Case("common variance", "exp(-(x-a)**2/(2*v) - (y-b)**2/(2*v))/(2*pi*v)", "x,y", {"a": "", "b": "", "v": "v > 0"}, "a <= b",
         lambda t, d: norm.logpdf(d[:, 0], t[0], t[2]**0.5).sum() + norm.logpdf(d[:, 1], t[1], t[2]**0.5).sum(),
         pairs(lambda r, n: r.normal(0, 1, n)), lambda t: t[1] - t[0]),
    Case("twice the rate", "a*exp(-a*x)*b*exp(-b*y)", "x,y", {"a": "a > 0", "b": "b > 0"}, "a >= 2*b",
         lambda t, d: expon.logpdf(d[:, 0], scale=1/t[0]).sum() + expon.logpdf(d[:, 1], scale=1/t[1]).sum(),
         pairs(lambda r, n: r.exponential(1, n)), lambda t: t[0] - 2*t[1], support="x > 0, y > 0"),
    Case("mean is variance", "exp(-(x-m)**2/(2*v))/sqrt(2*pi*v)", "x", {"m": "", "v": "v > 0"}, "m == v",
         lambda t, d: norm.logpdf(d, t[0], t[1]**0.5).sum(), lambda r, n: r.normal(1, 1, n), lambda t: t[0] - t[1]),
    Case("mean below variance", "exp(-(x-m)**2/(2*v))/sqrt(2*pi*v)", "x", {"m": "", "v": "v > 0"}, "m <= v",
         lambda t, d: norm.logpdf(d, t[0], t[1]**0.5).sum(), lambda r, n: r.normal(1, 1, n), lambda t: t[1] - t[0]),
    Case("shape is scale", "x**(k-1)*exp(-x/t)/(gamma(k)*t**k)", "x", {"k": "k > 0", "t": "t > 0"}, "k == t",
         lambda t, d: gamma.logpdf(d, t[0], scale=t[1]).sum(), lambda r, n: r.gamma(2, 2, n), lambda t: t[0] - t[1],
         support="x > 0"),
    Case("equal rates", "a**x*exp(-a)/factorial(x) * b**y*exp(-b)/factorial(y)", "x,y", {"a": "a > 0", "b": "b > 0"}, "a == b",
         lambda t, d: poisson.logpmf(d[:, 0], t[0]).sum() + poisson.logpmf(d[:, 1], t[1]).sum(),
         pairs(lambda r, n: r.poisson(2, n) + 1.0), lambda t: t[0] - t[1], support="integer, x >= 0, y >= 0", discrete=True),
    Case("two binomials", "binomial(3,x)*a**x*(1-a)**(3-x) * binomial(5,y)*b**y*(1-b)**(5-y)", "x,y",
         {"a": "0 < a, a < 1", "b": "0 < b, b < 1"}, "a <= b",
         lambda t, d: binom.logpmf(d[:, 0], 3, t[0]).sum() + binom.logpmf(d[:, 1], 5, t[1]).sum(),
         lambda r, n: np.column_stack([r.binomial(3, 0.5, n), r.binomial(5, 0.5, n)]).astype(float), lambda t: t[1] - t[0],
         support="integer, 0 <= x, x <= 3, 0 <= y, y <= 5", discrete=True, upper=1 - 1e-6),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_the_estimate_is_the_maximum_that_a_search_finds(case: Case) -> None:
    random = np.random.default_rng(12)
    derivation = derive(case.model)
    assert derivation.proof == "global" and derivation.to_text() and derivation.to_latex()
    for size in (4, 5, 9, 25):
        data = case.draw(random, size)
        estimate = derivation.estimate(data.tolist())
        assert estimate.values is not None, estimate.note
        point = np.array([estimate.values[n] for n in case.spaces])
        assert case.gap(point) > -1e-9 and ("==" not in case.constraint or case.gap(point) < 1e-9)
        assert case.log_likelihood(point, data) == pytest.approx(case.search(data, random), rel=1e-5, abs=1e-5)


def test_a_strict_inequality_that_the_maximiser_breaks_has_no_maximum() -> None:
    model = Model.parse(
        density="exp(-(x-a)**2/2 - (y-b)**2/8)/(4*pi)",
        variable="x,y",
        parameters={"a": "", "b": ""},
        constraints=["a < b"],
    )
    derivation = derive(model)
    assert derivation.estimate([(0.0, 1.0)]).values == {"a": 0.0, "b": 1.0}
    assert derivation.estimate([(1.0, 0.0)]).existence == "not attained"
    assert derivation.estimate([(1.0, 1.0)]).existence == "not attained"


def test_data_without_an_unrestricted_maximum_are_decided_where_the_likelihood_is_concave() -> None:
    derivation = derive(next(c for c in CASES if c.name == "two binomials").model)
    assert derivation.form == "closed"
    assert derivation.estimate([(3, 0), (3, 0)]).values == pytest.approx({"a": 6 / 16, "b": 6 / 16})
    assert derivation.estimate([(0, 2), (0, 1)]).existence == "not attained"
