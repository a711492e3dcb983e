"""Every text gives an answer or a ReadingError; every expression that SymPy prints reads back as it was."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from sympy import Expr

from symbolic_mle.errors import ReadingError
from symbolic_mle.reading import Domain, read_domain, read_expression, read_name, read_relations

PLAIN = {name: sp.Symbol(name) for name in ("x", "k", "theta")}
POSITIVE = {name: sp.Symbol(name, positive=True) for name in ("x", "k", "theta")}
REAL = {"x": sp.Symbol("x", real=True), "k": sp.Symbol("k", integer=True), "theta": sp.Symbol("theta", negative=True)}

QUICK = settings(max_examples=150, deadline=None, derandomize=True)

WORDS = [
    *[
        "x",
        "k",
        "theta",
        "lambda",
        "e",
        "pi",
        "oo",
        "1",
        "2",
        "0",
        "0.5",
        "10",
        "exp",
        "log",
        "gamma",
        "max",
        "Max",
        "sqrt",
        "C",
    ],
    *[
        "+",
        "-",
        "*",
        "/",
        "^",
        "**",
        "!",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "|",
        ",",
        "<",
        "<=",
        "=",
        "!=",
        "in",
        "and",
        "or",
        "not",
    ],
    *[
        "Piecewise(",
        "Sum(",
        "integer",
        "real",
        "...",
        "1{",
        "θ",
        "²",
        "ⁿ",
        "₁",
        "√",
        "≤",
        "∈",
        "ℝ",
        "−",
        "·",
        "½",
        "𝟏",
        "x̄",
    ],
    *[
        "\\frac",
        "\\sqrt",
        "\\left(",
        "\\right)",
        "\\theta",
        "\\Gamma",
        "\\begin{cases}",
        "\\end{cases}",
        "\\\\",
        "&",
        "\\hat",
    ],
    *[
        "\\text{if}",
        "\\,",
        "\\log",
        "\\cdot",
        "\\infty",
        "_",
        ".",
        ":",
        ";",
        "'",
        "`",
        "$",
        " ",
        "  ",
        "\n",
        "\u200b",
        "\x00",
    ],
]

mostly_formulas = st.lists(st.sampled_from(WORDS), max_size=25).map(lambda words: " ".join(words))
close_formulas = st.lists(st.sampled_from(WORDS), max_size=25).map("".join)
anything = st.one_of(st.text(max_size=60), mostly_formulas, close_formulas)


@QUICK
@given(anything)
@example("\ud800")
@example("(" * 500)
@example("-" * 5000 + "x")
def test_any_text_gives_an_expression_or_a_reading_error(text: str) -> None:
    for names in (PLAIN, POSITIVE, REAL):
        try:
            found = read_expression(text, names)
        except ReadingError as error:
            assert error.text in ("", text)
            assert 0 <= error.position <= len(text)
            assert str(error).isprintable()
        else:
            assert isinstance(found, Expr)
            assert found.free_symbols <= set(names.values())
            assert not found.has(sp.nan, sp.zoo)


@QUICK
@given(anything)
def test_any_text_gives_relations_or_a_reading_error(text: str) -> None:
    try:
        found = read_relations(text, POSITIVE)
    except ReadingError:
        return
    assert all(isinstance(relation, sp.logic.boolalg.Boolean) for relation in found)


@QUICK
@given(anything, st.sampled_from([None, "x", "theta"]))
def test_any_text_gives_a_domain_or_a_reading_error(text: str, subject: str | None) -> None:
    try:
        found = read_domain(text, REAL, subject=subject)
    except ReadingError:
        return
    assert isinstance(found, Domain)
    assert found.points is None or found.points


@QUICK
@given(anything)
def test_any_name_that_is_let_through_is_a_plain_identifier(text: str) -> None:
    try:
        name = read_name(text)
    except ReadingError:
        return
    assert name.isascii()
    assert name.isidentifier()
    assert "__" not in name
    assert not name.startswith("_")
    assert len(name) <= 40
    assert read_name(name) == name


# Expressions that SymPy prints.


def leaves(names: dict[str, sp.Symbol]) -> st.SearchStrategy[Expr]:
    numbers = st.builds(sp.Rational, st.integers(-9, 9), st.integers(1, 7))
    return st.one_of(st.sampled_from([*names.values(), sp.pi, sp.E, sp.EulerGamma]), numbers)


UNARY = [
    sp.exp,
    sp.log,
    sp.sqrt,
    sp.gamma,
    sp.loggamma,
    sp.factorial,
    sp.Abs,
    sp.sin,
    sp.cos,
    sp.atan,
    sp.tanh,
    sp.erf,
    sp.sign,
]
BINARY: list[Any] = [
    lambda a, b: a + b,
    lambda a, b: a - b,
    lambda a, b: a * b,
    lambda a, b: a / b,
    lambda a, b: a * b,
    lambda a, b: a + b,
    lambda a, b: a**b,
    sp.beta,
    sp.binomial,
    sp.Max,
    sp.Min,
    sp.besseli,
    sp.atan2,
    sp.KroneckerDelta,
    lambda a, b: sp.polygamma(1, a) + b,
    lambda a, b: two_cases(a, b),
]


def two_cases(first: Expr, second: Expr) -> Expr:
    """Cases without cases in their conditions, which SymPy would rewrite."""
    if second.has(sp.Piecewise):
        return first
    return sp.Piecewise((first, second > 0), (second, True), evaluate=False)


def expressions(names: dict[str, sp.Symbol]) -> st.SearchStrategy[Expr]:
    def deeper(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
        one = st.builds(lambda f, a: safely(f, a), st.sampled_from(UNARY), inner)
        two = st.builds(lambda f, a, b: safely(f, a, b), st.sampled_from(BINARY), inner, inner)
        return st.one_of(one, two)

    return st.recursive(leaves(names), deeper, max_leaves=7)


def safely(function: Any, *arguments: Expr) -> Expr:
    """The value where it is a finite real one that is no monster; the first argument otherwise."""
    if any(argument.is_number and abs(sp.N(argument)) > 50 for argument in arguments):
        return arguments[0]
    try:
        value = function(*arguments)
    except (ValueError, TypeError):
        return arguments[0]
    if not isinstance(value, Expr) or value.has(sp.nan, sp.zoo, sp.oo, -sp.oo, sp.I, sp.re, sp.im):
        return arguments[0]
    return arguments[0] if value.is_number and not sp.N(value).is_real else value


@pytest.mark.parametrize("names", [PLAIN, POSITIVE], ids=["plain", "positive"])
@QUICK
@given(data=st.data())
def test_what_sympy_prints_reads_back_equal(names: dict[str, sp.Symbol], data: st.DataObject) -> None:
    expression = data.draw(expressions(names))
    assume(len(str(expression)) < 500)
    assert read_expression(str(expression), names) == expression


@QUICK
@given(st.lists(st.sampled_from(["x", "k", "theta"]), min_size=1, max_size=6), st.integers(1, 9))
def test_three_ways_to_write_a_product(factors: list[str], number: int) -> None:
    expected = number * sp.Mul(*(PLAIN[factor] for factor in factors))
    assert read_expression(f"{number}*" + "*".join(factors), PLAIN) == expected
    assert read_expression(f"{number} " + " ".join(factors), PLAIN) == expected
    latex = "".join("\\theta " if factor == "theta" else factor for factor in factors)
    assert read_expression(f"{number}{latex}\\,", PLAIN) == expected
    unicode = "·".join(factors).replace("theta", "θ")
    assert read_expression(f"{number}·{unicode}", PLAIN) == expected


@QUICK
@given(st.integers(-99, 99), st.integers(-99, 99), st.sampled_from(["<", "<=", ">", ">=", "=", "!="]))
def test_relations_between_numbers_are_decided(left: int, right: int, sign: str) -> None:
    truth = {
        "<": left < right,
        "<=": left <= right,
        ">": left > right,
        ">=": left >= right,
        "=": left == right,
        "!=": left != right,
    }[sign]
    assert read_relations(f"{left} {sign} {right}", {}) == (sp.true if truth else sp.false,)


@QUICK
@given(st.decimals(min_value=-1000, max_value=1000, places=4))
def test_decimals_are_exact(number: Any) -> None:
    assert read_expression(format(number, "f"), {}) == sp.Rational(str(number))
