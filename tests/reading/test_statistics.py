"""Functions of the sample: one value for every way to write them."""

from __future__ import annotations

import mpmath
import pytest
from sympy import Symbol

from symbolic_mle.errors import ReadingError
from symbolic_mle.marking.evaluation import Point, evaluate
from symbolic_mle.marking.functions import NoValueError
from symbolic_mle.reading.statistic_parser import parse_statistic

SAMPLE = ("1.5", "2.5", "5", "0.25")
NAMES = ("x", "n", "theta", "sigma2", "mu")


def value(text: str) -> float:
    context = mpmath.MPContext()
    context.dps = 30
    sample = {"x": tuple(map(context.mpf, SAMPLE))}
    numbers = {"n": context.mpf(4), "theta": context.mpf(2), "sigma2": context.mpf(7), "mu": context.mpf(1)}
    tree = parse_statistic(text, {name: Symbol(name) for name in NAMES}, frozenset(["x"]))
    return float(evaluate(tree, Point(context, sample, numbers)))


SAME = [
    (2.3125, ["xbar", "x_bar", r"\bar x", r"\bar{X}", "x̄", "X̄", r"\overline{x}", "mean(x)", "sum(x)/n", "sum(x_i)/n", r"\bar X_n",
              "∑ᵢ xᵢ / n", "(1/n) ∑ᵢ₌₁ⁿ xᵢ", r"\frac{1}{n}\sum_{i=1}^n x_i", r"\frac1n \sum_{j} x_j", "(x_1 + x_2 + ... + x_n)/n",
              r"\frac{\sum_{k=1}^{n} x_k}{n}", "Σ xᵢ/n", "sum_{i=1}^n x_i / n", "sum(x_i, i=1..n)/n", "x̅"]),
    (33.5625, ["sum(x^2)", "sum(x_i^2)", r"\sum_{i=1}^n x_i^2", "∑ᵢ xᵢ²", r"n\overline{x^2}", "x_1^2 + x_2^2 + … + x_n^2"]),
    (5, ["max(x)", "max(x_i)", "x_(n)", "x_{(n)}", "x₍ₙ₎", "maxᵢ xᵢ", r"\max_i x_i", r"\max_{1 \le i \le n} x_i",
         "max(x_1, ..., x_n)", r"\max\{x_1, \dots, x_n\}", "x_(4)"]),
    (0.25, ["min(x)", "x_(1)", r"x_{(1)}", r"\min_i x_i", "x₍₁₎"]),
    (2, ["median(x)", "(x_(2) + x_(3))/2"]),
    (4.6875, [r"\prod_{i=1}^n x_i", "prod(x_i)", "∏ᵢ xᵢ", "exp(sum(log(x_i)))", r"e^{\sum_i \ln x_i}"]),
    (12.171875, ["sum((x_i - xbar)^2)", r"\sum_{i=1}^n (x_i-\bar{x})^2", "∑ᵢ (xᵢ − x̄)²", "sum(x_i^2) - n*xbar^2",
                 r"\sum_i \left(x_i - \frac{1}{n}\sum_j x_j\right)^2"]),
    (85.5625, ["sum(x_i)^2", r"\left(\sum_i x_i\right)^2", r"\sum_i \sum_j x_i x_j"]),
    (5.25, [r"\sum_{i=1}^n x_i - n", "sum(x_i) - n", "∑ᵢ xᵢ − n", "∑ᵢ (xᵢ − μ)"]),
    (5, ["max(-min(x), max(x))", r"\max(\bar x, 5)", "max(|x_i|)"]),
]  # fmt: skip


@pytest.mark.parametrize(("wanted", "text"), [(wanted, text) for wanted, texts in SAME for text in texts])
def test_a_statistic_has_one_value_however_it_is_written(wanted: float, text: str) -> None:
    assert value(text) == pytest.approx(wanted, rel=1e-14)


@pytest.mark.parametrize(
    "text",
    ["sum()", "max(3)", r"\sum_{i=2}^n x_i", r"\sum_{i=1}^{m} x_i", "sum(x_i y_j)", "(x_1 + ... + x_3^2)/n", "max(x_1, ..., x_n^2)",
     "mean(x, 2)", r"\overline{x", "sum(sum(sum(sum(sum(x)))))", "xbaz", "∑ᵢ", "x_(n", "median(2)"],
)  # fmt: skip
def test_what_is_no_statistic_is_refused_with_its_place(text: str) -> None:
    with pytest.raises(ReadingError) as caught:
        value(text)
    assert 0 <= caught.value.position <= len(text)


@pytest.mark.parametrize(
    "text", ["x_9", "x", "x_i", "1/(xbar - xbar)", "log(-x_1)", "9^9^9^9^9", "gamma(10^9)", "sqrt(-n)", "x_(7)"]
)
def test_what_has_no_value_says_so(text: str) -> None:
    with pytest.raises(NoValueError):
        value(text)
