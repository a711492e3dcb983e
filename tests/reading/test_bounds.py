"""Text that is short to write and long to compute: refused, or built as it stands. Nothing here may hang."""

from __future__ import annotations

import math

import pytest
import sympy as sp

from symbolic_mle.errors import ReadingError
from symbolic_mle.reading import read_domain, read_expression, read_relations
from symbolic_mle.reading.bounds import Bounds, estimate

x, t = sp.symbols("x t")
NAMES = {"x": x, "t": t}
KINDS: list[dict[str, bool]] = [
    {},
    {"real": True},
    {"positive": True},
    {"integer": True, "positive": True},
    {"negative": True},
]


def nested(before: str, inside: str, after: str, times: int) -> str:
    return before * times + inside + after * times


@pytest.mark.parametrize(
    "text",
    [
        *[
            "9^9^9^9",
            "x*t*(((9!)!)!)",
            "(9!)!",
            "gamma(10**9)*x",
            "loggamma(10**9)",
            "digamma(10^9)",
            "polygamma(10^6, 1)",
        ],
        *[
            "(10^9)!",
            "binomial(10^9, 5*10^8)",
            "C(1/2, 10^6)",
            "beta(10^9, 2)",
            "zeta(-10^6)",
            "zeta(10^7)",
            "2^(10^9)",
        ],
        *["2^(10^5)", "(1/3)^(10^6)", "2^(10^9/7)", "(2x)^(10^9)", "(2x)^(10^9 t)", "2^(x + 10^9)", "(2x + 2)^(10^9)"],
        *[
            "exp(10^9*log(2))",
            "exp(x + 10^9 log(2))",
            "2^(10^9 log(3)/log(2))",
            "exp(10^9)",
            "exp(-10^9)",
            "pi^pi^pi^pi",
        ],
        *["exp(exp(exp(100)))", "floor(exp(10^9))", "floor(exp(exp(100)))", "Max(exp(exp(10)), 2)", "cosh(10^9)"],
        *[" + ".join(f"1/{10**9 + i}" for i in range(1000))],
        *["sin(exp(100))", "(((2^99)^99)^99)^99", "(1 + sqrt(2))^(10^9)", "gamma(x + 10^9)", "*".join(["900!"] * 50)],
        *[
            "*".join(["10^2000"] * 100),
            "9" * 401,
            "1e401",
            "1e-401",
            "1e999999999999",
            "9" * 19000,
            "floor(exp(99) pi^99)",
        ],
    ],
    ids=lambda text: text[:25],
)
def test_numbers_too_large(text: str) -> None:
    with pytest.raises(ReadingError, match="too large|400 digits"):
        read_expression(text, NAMES)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("9!", math.factorial(9)),
        ("100!", math.factorial(100)),
        ("10**9", 10**9),
        ("2^1000", 2**1000),
        ("9" * 400, int("9" * 400)),
        ("1e300", 10**300),
        ("binomial(10000, 3)", math.comb(10000, 3)),
        ("gamma(50)", math.factorial(49)),
        ("log(10^300)", sp.log(10**300)),
        ("exp(-1000)", sp.exp(-1000)),
        ("(x^2)^3", x**6),
        ("x^(10^9)", x ** (10**9)),
        ("exp(-x/10^9)", sp.exp(-x / 10**9)),
        ("gamma(x + 1000)", sp.gamma(x + 1000)),
        ("(1 - x)^500", (1 - x) ** 500),
    ],
    ids=lambda value: str(value)[:25],
)
def test_numbers_that_are_large_enough(text: str, value: object) -> None:
    assert read_expression(text, NAMES) == value


@pytest.mark.parametrize("assumptions", KINDS, ids=str)
@pytest.mark.parametrize(
    "text",
    [
        nested("(", "x", ")**t", 60),
        nested("(", "x", "+1)^2", 60),
        nested("(", "x", "+t)^t", 60),
        nested("exp(-", "x", ")", 60),
        nested("log(1 + ", "x", ")", 60),
        nested("gamma(1 + ", "x", ")", 60),
        nested("|", "x", " - t|", 60),
        nested("Max(t, ", "x", " + 1)", 60),
        nested("floor(t*", "x", ")", 60),
        nested("1/(1 + ", "x", ")", 60),
        nested("(", "x", ")", 90),
        "floor((x - 3)^64 - 5x + 2)",
        "((x + 1)^1000 + 1)^2",
        "Abs((x - 3)^200 - 5x + 2)",
        " + ".join(f"Abs((x - {i})^3 - t)" for i in range(150)),
        "Max(" + ", ".join(f"x + {i} t" for i in range(40)) + ")",
        " + ".join(["x"] * 5000),
        "*".join(["exp(-x)"] * 1000),
        "*".join(f"(x + {i})" for i in range(1, 500)),
        "^".join(["x"] * 90),
        "-" * 9000 + "x",
    ],
    ids=lambda text: text[:20],
)
def test_deep_and_long_text_is_read(text: str, assumptions: dict[str, bool]) -> None:
    names = {name: sp.Symbol(name, **assumptions) for name in ("x", "t")}
    assert isinstance(read_expression(text, names), sp.Expr)


@pytest.mark.parametrize("read", [read_expression, read_relations, read_domain])
@pytest.mark.parametrize(
    "text",
    [
        "(" * 9000 + "x",
        nested("(", "x", ")", 5000),
        "^".join(["x"] * 9000),
        "|" * 9000,
        nested("{", "x", "}", 5000),
        nested("\\frac{1}{", "x", "}", 1000),
        nested("exp(", "x", ")", 2000),
        nested("Sum(", "x", ", (i, 1, 9))", 50),
        "not " * 4000 + "x > 0",
        "x" * 20001,
        "Sum(" + " + ".join(["x^i exp(-i x)"] * 900) + ", (i, 1, 99))",
    ],
    ids=lambda text: text[:12],
)
def test_deeper_and_longer_text_is_refused(read: object, text: str) -> None:
    assert callable(read)
    with pytest.raises(ReadingError):
        read(text, NAMES)


def test_a_nearly_full_stack_is_no_overflow() -> None:
    text = nested("(1 + ", "x", ")", 90)

    def below(levels: int) -> object:
        return below(levels - 1) if levels else read_expression(text, NAMES)

    for levels in range(0, 850, 50):
        try:
            assert isinstance(below(levels), sp.Expr)
        except ReadingError as error:
            assert "too deep" in str(error)


def iterated(text: str, times: int, value: float) -> float:
    for _ in range(times):
        value = math.sqrt(1 + value) if text.startswith("sqrt") else 1 / (1 + value)
    return value


@pytest.mark.parametrize("before", ["sqrt(1 + ", "1/(1 + "])
def test_what_is_built_as_it_stands_means_the_same(before: str) -> None:
    found = read_expression(nested(before, "x", ")", 45), NAMES)
    assert float(found.subs(x, 2).evalf()) == pytest.approx(iterated(before, 45, 2.0))


def test_the_same_text_is_always_built_the_same_way() -> None:
    text = " + ".join(f"sqrt((x - {i})^3 - t)" for i in range(200))
    assert read_expression(text, NAMES) == read_expression(text, NAMES)


@pytest.mark.parametrize(
    "expression",
    [
        sp.sqrt(2) + sp.pi,
        sp.exp(3) / 7,
        sp.log(10) * sp.sin(1),
        sp.Rational(22, 7),
        sp.gamma(sp.Rational(1, 3)),
        -(sp.E**2),
    ],
)
def test_estimates(expression: sp.Expr) -> None:
    assert estimate(expression) == pytest.approx(float(expression.evalf()))


def test_an_estimate_beyond_floats_is_infinite_and_an_unknown_one_is_below_no_bound() -> None:
    assert estimate(sp.exp(1000)) == math.inf
    assert not estimate(sp.zeta(sp.Integer(10) ** 9 + sp.Rational(1, 2))) <= 1e15


def test_bits_are_counted_over_the_whole_text() -> None:
    bounds = Bounds()
    answers = [bounds.power(sp.Integer(2), sp.Integer(4000)) for _ in range(40)]
    assert answers[0] is None
    assert answers[-1] is not None
