"""Claims: right ones in any shape are right, wrong ones are wrong with a counterexample that proves it."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
import sympy as sp

from symbolic_mle import Model, Verdict, check
from symbolic_mle.errors import ReadingError

POISSON = {"density": "lam^x e^(-lam)/x!", "parameters": {"lam": "lam > 0"}, "support": "x = 0, 1, 2, ..."}
RATE = {"density": "r e^(-r x)", "parameters": {"r": "r > 0"}, "support": "x > 0"}
NORMAL = {"density": "exp(-(x-mu)^2/(2v))/sqrt(2 pi v)", "parameters": {"mu": "", "v": "v > 0"}}
UNIFORM = {"density": "1/theta", "parameters": {"theta": "theta > 0"}, "support": "0 <= x, x <= theta"}
GAMMA = {"density": "x^(k-1) e^(-x/s)/(gamma(k) s^k)", "parameters": {"k": "k > 0", "s": "s > 0"}, "support": "x > 0"}
CAPPED = {"density": "e^(-x/t)/t", "parameters": {"t": "0 < t, t <= 2"}, "support": "x > 0"}


def verdict(model: dict[str, object], **claims: object) -> Verdict:
    return check(Model.parse(**model), claims)  # type: ignore[arg-type]


RIGHT = [
    (POISSON, {"lam": "xbar"}),
    (POISSON, {"lam": r"\hat{\lambda}_{\text{MLE}} = \frac{x_1 + x_2 + \cdots + x_n}{n} = \bar{x}"}),
    (POISSON, {"lam": "λ̂ = x̄ if x̄ > 0"}),
    (RATE, {"r": "n/(x_1 + ... + x_n)"}),
    (RATE, {"r": r"\left(\overline{X}\right)^{-1}"}),
    (RATE, {"r": "r solves n/r - sum(x_i) = 0"}),
    (NORMAL, {"mu": "x̄", "v": "v̂ = (1/n) ∑ᵢ (xᵢ − μ̂)²"}),
    (NORMAL, {"v": r"\overline{x^2} - \bar{x}^2"}),
    (NORMAL, {"mu": "mean(x)"}),
    (UNIFORM, {"theta": "max(x)"}),
    (GAMMA, {"k": "log(k) - psi(k) = log(xbar) - mean(log(x))", "s": r"\bar{x}/\hat{k}"}),
    (CAPPED, {"t": "min(xbar, 2)"}),
    (CAPPED, {"t": r"\begin{cases} \bar{x} & \text{if } \bar{x} \le 2 \\ 2 & \text{otherwise} \end{cases}"}),
]


@pytest.mark.parametrize(("model", "claims"), RIGHT)
def test_right_claims_are_right(model: dict[str, object], claims: dict[str, str]) -> None:
    found = verdict(model, **claims)
    assert found.correct is True, found.explanation
    assert found.diagnosis is None


WRONG = [
    (POISSON, {"lam": "-xbar"}, {"sign-error"}),
    (POISSON, {"lam": "sum(x_i)"}, {"missing-factor"}),
    (POISSON, {"lam": "median(x)"}, {"other", "outside-space"}),
    (RATE, {"r": "xbar"}, {"wrong-parametrisation"}),
    (RATE, {"r": "1/E[X]"}, {"not-an-estimator"}),
    (RATE, {"r": "3"}, {"not-an-estimator"}),
    (RATE, {"r": "n/(r + sum(x_i))"}, {"depends-on-parameter"}),
    (NORMAL, {"mu": "xbar", "v": "sum((x_i - xbar)^2)/(n-1)"}, {"unbiased-variance"}),
    (NORMAL, {"mu": "xbar", "v": "sum((x_i + xbar)^2)/n"}, {"sign-error"}),
    (NORMAL, {"mu": "xbar", "v": "sqrt(sum((x_i - xbar)^2)/n)"}, {"wrong-parametrisation"}),
    (NORMAL, {"v": "sum((x_i - mu)^2)/n"}, {"depends-on-parameter"}),
    (UNIFORM, {"theta": "2 xbar"}, {"method-of-moments"}),
    (UNIFORM, {"theta": "min(x)"}, {"ignores-support"}),
    (GAMMA, {"k": "xbar^2/mean((x - xbar)^2)", "s": "mean((x - xbar)^2)/xbar"}, {"method-of-moments"}),
    (CAPPED, {"t": "xbar"}, {"ignores-boundary"}),
]


@pytest.mark.parametrize(("model", "claims", "words"), WRONG)
def test_wrong_claims_are_diagnosed(model: dict[str, object], claims: dict[str, str], words: set[str]) -> None:
    found = verdict(model, **claims)
    assert found.correct is False
    assert found.diagnosis in words, found.explanation


LIKELIHOODS: list[tuple[dict[str, object], dict[str, str], Callable[[np.ndarray, dict[str, float]], float]]] = [
    (POISSON, {"lam": "median(x) + 1"},
     lambda x, t: float(np.sum(x * math.log(t["lam"]) - t["lam"] - [math.lgamma(v + 1) for v in x]))),
    (RATE, {"r": "1/median(x)"}, lambda x, t: float(np.sum(math.log(t["r"]) - t["r"] * x))),
    (NORMAL, {"mu": "median(x)", "v": "mean((x - median(x))^2)"},
     lambda x, t: float(np.sum(-((x - t["mu"]) ** 2) / (2 * t["v"]) - math.log(2 * math.pi * t["v"]) / 2))),
]  # fmt: skip


@pytest.mark.parametrize(("model", "claims", "height"), LIKELIHOODS)
def test_a_counterexample_proves_the_claim_wrong(
    model: dict[str, object], claims: dict[str, str], height: Callable[[np.ndarray, dict[str, float]], float]
) -> None:
    found = verdict(model, **claims).counterexample
    assert found is not None
    assert found.true is not None
    data = np.array(found.data, dtype=float)
    assert height(data, dict(found.true)) > height(data, dict(found.claimed))
    assert found.claimed_log_likelihood == pytest.approx(height(data, dict(found.claimed)), rel=1e-9)
    assert found.true_log_likelihood == pytest.approx(height(data, dict(found.true)), rel=1e-9)


def test_any_point_of_an_interval_of_maximisers_is_right() -> None:
    model = {"density": "exp(-|x - m|)/2", "parameters": {"m": ""}}
    for claim in ("median(x)", "x_(n) + x_(1) - median(x)", "xbar"):
        assert verdict(model, m=claim).correct is (claim == "median(x)")


def test_sympy_claims_are_read() -> None:
    x, i, n = sp.IndexedBase("x"), sp.Symbol("i", integer=True), sp.Symbol("n", integer=True, positive=True)
    assert verdict(POISSON, lam=sp.Sum(x[i], (i, 1, n)) / n).correct is True
    assert verdict(POISSON, lam=sp.Sum(x[i] ** 2, (i, 1, n)) / n).correct is False


@pytest.mark.parametrize(
    "claims",
    [
        {},
        {"mu": "xbar"},
        {"lam": "x̄ +"},
        {"lam": "("},
        {"lam": "xbar; import os"},
        {"lam": "__import__('os')"},
        {"lam": None},
    ],
)
def test_what_is_not_understood_is_neither_right_nor_wrong(claims: dict[str, object]) -> None:
    with pytest.raises(ReadingError):
        verdict(POISSON, **claims)
