"""What is refused in expressions: wrong syntax, two readings, characters that hide, values that do not exist."""

from __future__ import annotations

import pytest
import sympy as sp

from symbolic_mle.errors import MLEError, ReadingError
from symbolic_mle.reading import read_expression

NAMES = {name: sp.Symbol(name) for name in ("x", "y", "k", "lam", "theta", "sigma", "b")}
x, y, k, lam, theta, sigma, b = NAMES.values()


def refused(text: str) -> ReadingError:
    with pytest.raises(ReadingError) as caught:
        read_expression(text, NAMES)
    return caught.value


@pytest.mark.parametrize(
    ("text", "position", "problem"),
    [
        ("", 0, "nothing was given"),
        ("   \t ", 5, "nothing was given"),
        ("x +", 3, "the text ends after '+'"),
        ("lam*exp(-lam*x),", 15, "a list of several"),
        ("lam ** * x", 7, "'*' is not expected"),
        ("x + + y", 4, "'+' is not expected"),
        ("exp(-(lam*x", 11, "')' to close '(' of character 6"),
        ("exp[-lam*x)", 10, "']' to close '[' of character 4"),
        ("x)", 1, "')' is not expected"),
        ("(x, y)", 2, "a list can stand only"),
        ("|x", 2, "a bar to close that of character 1"),
        ("()", 1, "')' is not expected"),
        ("x y z", 4, "unknown name 'z'"),
        ("2 3", 2, "'3' after a factor"),
        ("x 2", 2, "'2' after a factor"),
        ("x > 0", 0, "is a condition"),
        ("True", 0, "is a condition"),
        ("x!!", 1, "two ways"),
        ("1.2.3", 3, "'.3' after a factor"),
        ("5.", 1, "'.' has no meaning"),
        ("x.y", 1, "attributes are not read"),
        ("x.__class__", 1, "attributes are not read"),
        ("__import__('os')", 0, "an underscore stands inside a name"),
        ("__builtins__", 0, "an underscore stands inside a name"),
        ("x['a']", 2, "quotes and primes"),
        ("open('x')", 5, "quotes and primes"),
        ('"x"', 0, "quotes are not read"),
        ("`id`", 0, "quotes are not read"),
        ("$(id)", 0, "dollar"),
        ("x; y", 1, "give one expression"),
        ("(y := 3)", 3, "assignments"),
        ("lambda: 1", 6, "an expression, not a statement"),
        ("x # y", 2, "'#' has no meaning"),
        ("x @ y", 2, "'@' has no meaning"),
        ("x % 2", 2, "percentage"),
        ("ψ′(k)", 1, "polygamma(1, k)"),
        ("x⇒y", 1, "implication"),
        ("nan*x", 0, "not a number"),
        ("x[0]", 1, "write x_1"),
        ("e(x)", 0, "write e^"),
        ("E[x]", 0, "write E^"),
    ],
)
def test_what_and_where(text: str, position: int, problem: str) -> None:
    error = refused(text)
    assert problem in str(error)
    assert (error.position, error.text) == (position, text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("e\u200bxp(-x)", "ZERO WIDTH SPACE (U+200B)"),
        ("x\u2060", "WORD JOINER"),
        ("x\ufeff", "ZERO WIDTH NO-BREAK SPACE"),
        ("x\u202ey", "RIGHT-TO-LEFT OVERRIDE"),
        ("x\u2062y", "INVISIBLE TIMES"),
        ("x\u00ad", "SOFT HYPHEN"),
        ("x\x00", "NULL (U+0000)"),
        ("x\x1b", "ESCAPE (U+001B)"),
        ("x\x7f", "DELETE"),
        ("x\ud800", "U+D800"),
        ("x🙂", "SLIGHTLY SMILING FACE"),
        ("\u0445", "CYRILLIC SMALL LETTER HA"),
        ("\uff58", "FULLWIDTH LATIN SMALL LETTER X"),
        ("x\u0301", "COMBINING ACUTE ACCENT"),
        ("é", "LATIN SMALL LETTER E WITH ACUTE"),
    ],
)
def test_characters_that_hide_are_named(text: str, name: str) -> None:
    error = refused(text)
    assert name in str(error)
    assert str(error).isprintable()
    str(error).encode("utf-8")


@pytest.mark.parametrize(
    ("text", "alternatives"),
    [
        ("1/2x", ("1/2 * x", "1/(2 * x)")),
        ("x / 2y", ("x/2 * y", "x/(2 * y)")),
        ("1/σ√(2π)", ("1/σ * √(2π)", "1/(σ * √(2π))")),
        ("1/sigma sqrt(2 pi)", ("1/sigma * sqrt(2 pi)",)),
        ("exp(-x^2/2 sigma^2)", ("(-x^2)/2 * sigma^2", "(-x^2)/(2 * sigma^2)")),
        ("x/ y k", ()),
        ("log x y", ("log(x y)", "log(x) y")),
        ("log x/y", ("log(x/y)", "log(x)/y")),
        ("-log x y", ("log(x y)",)),
        ("e^-x y", ("a^(-x y)", "a^(-x) y")),
        ("e^-x/2", ("a^(-x/y)",)),
        ("x^1/2", ("x^(1/2)",)),
        ("e^2x", ("e^(2x)",)),
        ("2^3x", ("e^(2x)",)),
        ("√2π", ("√(2x)",)),
        ("√x²", ("in brackets",)),
        ("√x!", ("in brackets",)),
        ("sin^-1(x)", ("1/f(x)",)),
        ("sin^(-1) x", ("1/f(x)",)),
    ],
)
def test_two_readings_are_refused_with_both(text: str, alternatives: tuple[str, ...]) -> None:
    error = refused(text)
    assert "two ways" in str(error)
    for alternative in alternatives:
        assert alternative in str(error)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1/2*x", x / 2),
        ("(1/2)x", x / 2),
        ("1/(2x)", 1 / (2 * x)),
        ("1/2 x", x / 2),
        ("x^2/2", x**2 / 2),
        ("x/(2)y", x * y / 2),
        ("x/y k/b", x * k / (y * b)),
        ("log(x) y", y * sp.log(x)),
        ("log x / y", sp.log(x) / y),
        ("log x * y", y * sp.log(x)),
        ("e^-x * y", y * sp.exp(-x)),
        ("(e^-x) y", y * sp.exp(-x)),
        ("e^(-x) y", y * sp.exp(-x)),
        ("x^2y", x**2 * y),
        ("√2 y", sp.sqrt(2) * y),
        ("log x log y", sp.log(x) * sp.log(y)),
    ],
)
def test_the_clear_neighbours_of_unclear_text_are_read(text: str, expected: sp.Expr) -> None:
    assert read_expression(text, NAMES) == expected


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("x/0", "division by zero"),
        ("x/(1 - 1)", "division by zero"),
        ("x/(x - x)", "division by zero"),
        ("x/(2*(y - y))", "division by zero"),
        ("\\frac{x}{0}", "division by zero"),
        ("0**(-1)*x", "division by zero"),
        ("0^-1", "division by zero"),
        ("(x - x)^(-2)", "division by zero"),
        ("log(0)", "no finite value"),
        ("gamma(0)", "no finite value"),
        ("gamma(-3)", "no finite value"),
        ("tan(pi/2)", "no finite value"),
        ("(-1)!", "no finite value"),
        ("digamma(0)", "no finite value"),
        ("sqrt(-1)", "not a real number"),
        ("sqrt(-2) x", "not a real number"),
        ("log(-1)", "not a real number"),
        ("(-8)^(1/3)", "not a real number"),
        ("oo x", "∞ inside an expression"),
        ("oo - oo", "∞ inside an expression"),
        ("exp(-oo)", "∞ inside an expression"),
        ("1/oo", "∞ inside an expression"),
        ("0*oo", "∞ inside an expression"),
    ],
)
def test_values_that_do_not_exist(text: str, problem: str) -> None:
    assert problem in str(refused(text))


def test_a_reading_error_is_an_error_of_the_package() -> None:
    assert isinstance(refused("?"), MLEError)


def test_the_snippet_shows_the_neighbourhood_only() -> None:
    error = refused("x + " * 500 + "? " + "+ x" * 500)
    assert len(str(error)) < 200
    assert error.position == 2000
    assert "…" in str(error)


def test_what_was_expected_is_a_part_of_the_error() -> None:
    assert refused("x +").expected == "a number, a name, a function or a bracket"
    assert "to close" in refused("(x").expected
