"""Workings: right ones in any notation have no wrong line; a mistake is found on its line, by its name."""

from __future__ import annotations

import pytest

from symbolic_mle import Model, check_working
from symbolic_mle.errors import ReadingError

POISSON = {"density": "lam^x e^(-lam)/x!", "parameters": {"lam": "lam > 0"}, "support": "x = 0, 1, 2, ..."}
NORMAL = {"density": "exp(-(x-mu)^2/(2*sigma2))/sqrt(2*pi*sigma2)", "parameters": {"mu": "", "sigma2": "sigma2 > 0"}}
PARETO = {"density": "a m^a/x^(a+1)", "parameters": {"a": "a > 0"}, "known": {"m": "m > 0"}, "support": "x >= m"}
UNIFORM = {"density": "1/theta", "parameters": {"theta": "theta > 0"}, "support": "0 <= x, x <= theta"}
BERNOULLI = {"density": "p^x (1-p)^(1-x)", "parameters": {"p": "0 <= p, p <= 1"}, "support": "x = 0, 1"}

POISSON_LINES = [
    "Let S = sum(x_i). The observations are independent.",
    "L(lam) = prod(e^(-lam) lam^(x_i) / x_i!)",
    "l(lam) = -n lam + S log(lam) - sum(log(x_i!))",
    "l'(lam) = -n + S/lam",
    "l'(lam) = 0 => S = n lam",
    "lam_hat = S/n = xbar",
    "l''(lam) = -S/lam^2 < 0 for S > 0, so this is the maximum",
]
RIGHT = [
    (POISSON, POISSON_LINES),
    (POISSON, [
        r"\begin{aligned} \ell(\lambda) &= \sum_{i=1}^n \left( x_i \ln\lambda - \lambda - \ln x_i! \right) \\"
        r" &= \ln\lambda \sum_{i=1}^n x_i - n\lambda + \text{const} \end{aligned}",
        r"\frac{\partial \ell}{\partial \lambda} = \frac{1}{\lambda}\sum_{i=1}^n x_i - n \stackrel{!}{=} 0",
        r"\therefore \hat{\lambda} = \frac{1}{n}\sum_{i=1}^n x_i = \bar{x}",
        r"\left.\frac{\partial^2 \ell}{\partial \lambda^2}\right. = -\frac{n\bar{x}}{\lambda^2} < 0",
    ]),
    (POISSON, ["ln L = −nλ + (Σ xᵢ) ln λ − Σ ln xᵢ!", "d ln L/dλ = −n + Σxᵢ/λ = 0 → λ̂ = x̄"]),
    (NORMAL, [
        "log L(μ, σ²) = −(n/2) log(2π) − (n/2) log σ² − (1/(2σ²)) ∑ᵢ (xᵢ − μ)²",
        "∂ℓ/∂μ = (n/σ²)(x̄ − μ) = 0 ⇒ μ̂ = x̄, for every σ²",
        "ℓ(μ̂, σ²) = −(n/2) log σ² − Q/(2σ²) + const, where Q = ∑ᵢ (xᵢ − x̄)²",
        "∂ℓ/∂σ² = −n/(2σ²) + Q/(2σ⁴) = 0",
        "σ̂² = Q/n",
    ]),
    (PARETO, ["Put y_i = log(x_i/m).", "l(a) = n log(a) - a sum(y_i) + const", "l'(a) = n/a - sum(y_i)", "a_hat = 1/ybar"]),
    (UNIFORM, ["L(theta) = 1/theta^n if theta >= max(x_i), and 0 otherwise", "L is decreasing in theta, so theta_hat = max(x_i)"]),
    (POISSON, ["ℓ(λ) = n x̄ log λ − nλ", r"\left.\frac{d^2\ell}{d\lambda^2}\right|_{\lambda=\hat\lambda} = -\frac{n}{\bar{x}}"]),
    (BERNOULLI, ["k = sum(x_i)", "L(p) = p^k (1-p)^(n-k)", "log L = k log(p) + (n-k) log(1-p)",
                 "k/p = (n-k)/(1-p)", "k - k p = n p - k p",
                 "p_hat = k/n"]),
]  # fmt: skip


@pytest.mark.parametrize(("model", "lines"), RIGHT)
def test_right_workings_have_no_wrong_line(model: dict[str, object], lines: list[str]) -> None:
    report = check_working(Model.parse(**model), lines)  # type: ignore[arg-type]
    assert report.first_wrong is None, report
    assert all(line.verdict.startswith("follows") for line in report.lines), report


MISTAKES = [
    (1, "L(lam) = prod(e^(-lam) lam^(x_i))", None),
    (1, "L(lam) = prod(e^(-lam) lam^(x_i)/lam)", "wrong-likelihood"),
    (2, "l(lam) = n lam + S log(lam)", "sign-error"),
    (2, "l(lam) = -n lam + log(S lam)", "wrong-log"),
    (2, "l(lam) = S log(lam)", "dropped-term"),
    (3, "l'(lam) = n + S/lam", "wrong-derivative"),
    (3, "l'(lam) = -n + S/lam^2", "wrong-derivative"),
    (4, "-n + S/lam = 0 => S = -n lam", "sign-error"),
    (4, "S - n lam^2 = 0", "algebra"),
    (5, "lam_hat = n/S", "wrong-estimate"),
    (5, "lam_hat = S/n = 1/xbar", "algebra"),
    (6, "l''(lam) = -S/lam^3 < 0", "wrong-second-derivative"),
    (6, "l''(lam) = -S/lam^2 < 0, so lam_hat is a minimum", "wrong-conclusion"),
    (6, "l''(lam) = -S/lam^2 > 0", "wrong-conclusion"),
]


@pytest.mark.parametrize(("place", "line", "mistake"), MISTAKES)
def test_a_mistake_is_found_on_its_line(place: int, line: str, mistake: str | None) -> None:
    lines = [*POISSON_LINES[:place], line, *POISSON_LINES[place + 1 :]]
    report = check_working(Model.parse(**POISSON), lines)  # type: ignore[arg-type]
    assert report.first_wrong == (None if mistake is None else place), report
    assert report.mistake == mistake, report


@pytest.mark.parametrize(("condition", "wrong"), [("k = 0", True), ("all x_i = 0", True)])
def test_existence_is_judged_for_the_data_that_are_named(condition: str, wrong: bool) -> None:
    lines = ["k = sum(x_i)", f"For {condition} there is no maximum likelihood estimate."]
    closed = check_working(Model.parse(**BERNOULLI), lines)  # type: ignore[arg-type]
    opened = check_working(Model.parse(**{**BERNOULLI, "parameters": {"p": "0 < p, p < 1"}}), lines)  # type: ignore[arg-type]
    assert opened.first_wrong is None, opened
    if condition == "k = 0":
        assert (closed.first_wrong == 1) is wrong, closed


def test_what_is_missing_is_listed() -> None:
    bare = check_working(Model.parse(**POISSON), [*POISSON_LINES[1:6]][1:])  # type: ignore[arg-type]
    assert set(bare.incomplete) >= {"no-second-order-check", "no-independence-statement", "existence-not-treated"}
    full = check_working(Model.parse(**POISSON), POISSON_LINES)  # type: ignore[arg-type]
    assert full.incomplete == ()


@pytest.mark.parametrize(
    "lines", [["@#!"], [""], ["theta = "], ["= 3"], ["((((("], ["\\frac{"], ["L(lam) = exp("], ["qwerty = uiop"], []]
)
def test_what_is_not_understood_is_not_wrong(lines: list[str]) -> None:
    assert check_working(Model.parse(**POISSON), lines).first_wrong is None  # type: ignore[arg-type]


@pytest.mark.parametrize("lines", [None, 3, [3], ["x"] * 1000, ["x" * 100_000]])
def test_what_is_no_working_is_refused(lines: object) -> None:
    with pytest.raises(ReadingError):
        check_working(Model.parse(**POISSON), lines)  # type: ignore[arg-type]
