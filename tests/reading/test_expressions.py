"""Expressions in ASCII and Unicode: precedence, products without a sign, functions, cases."""

from __future__ import annotations

import pytest
import sympy as sp
from sympy import Rational, exp, gamma, log, sqrt

from symbolic_mle.errors import ReadingError
from symbolic_mle.reading import read_expression

NAMES = {
    name: sp.Symbol(name)
    for name in ["x", "y", "n", "k", "m", "p", "a", "b", "r", "s", "lambda", "mu", "theta", "sigma", "kappa"]
}
x, y, n, k, m, p, a, b, r, s, lam, mu, theta, sigma, kappa = NAMES.values()


def read(text: str) -> sp.Expr:
    return read_expression(text, NAMES)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", 1),
        ("007", 7),
        ("0.5", Rational(1, 2)),
        (".5", Rational(1, 2)),
        ("1e-3", Rational(1, 1000)),
        ("2.5E2", 250),
        ("½", Rational(1, 2)),
        ("¾", Rational(3, 4)),
        ("-2^2", -4),
        ("(-2)^2", 4),
        ("2^3^2", 512),
        ("2**-1", Rational(1, 2)),
        ("2^-2", Rational(1, 4)),
        ("-3!", -6),
        ("3!^2", 36),
        ("2^3!", 64),
        ("1 - 2 - 3", -4),
        ("8/4/2", 1),
        ("8/4*2", 4),
        ("8/(4*2)", 1),
        ("2 - -3", 5),
        ("--2", 2),
        ("+2", 2),
        ("2*-3", -6),
        ("1 − 2", -1),
        ("2×3", 6),
        ("6÷3", 2),
        ("2·3⋅4", 24),
        ("[1 + 2](3)", 9),
        ("{1 + 2}^2", 9),
        ("|−3|", 3),
        ("||1 - 3| - 5|", 3),
        ("2|−3|", 6),
        ("|2||3|", 6),
        ("√9", 3),
        ("√(16)", 4),
        ("8^(1/3)", 2),
        ("0^0", 1),
        ("10**9", 10**9),
        ("9!", 362880),
        ("binomial(5, 2)", 10),
        ("C(5, 2)", 10),
        ("Sum(i^2, (i, 1, 3))", 14),
        ("Sum(Sum(i*j, (j, 1, i)), (i, 1, 3))", 25),
        ("Sum(i, (i, 3, 1))", 0),
        ("Max(1, 3, 2)", 3),
        ("min(1, 3)", 1),
        ("floor(7/2)", 3),
        ("ceil(7/2)", 4),
        ("KroneckerDelta(1, 2)", 0),
        ("gamma(5)", 24),
    ],
)
def test_numbers(text: str, value: object) -> None:
    assert read(text) == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2x", 2 * x),
        ("x y", x * y),
        ("2x y^2", 2 * x * y**2),
        ("2(x+1)", 2 * (x + 1)),
        ("x(1-x)", x * (1 - x)),
        ("(1/n) x", x / n),
        ("(x+1)(x-1)", (x + 1) * (x - 1)),
        ("-x^2", -(x**2)),
        ("-x y", -x * y),
        ("2^-x", 2**-x),
        ("x^y^k", x ** (y**k)),
        ("x^-1", 1 / x),
        ("x^(-1) y", y / x),
        ("x^2y", x**2 * y),
        ("x!", sp.factorial(x)),
        ("-x!", -sp.factorial(x)),
        ("x!y!", sp.factorial(x) * sp.factorial(y)),
        ("(x + 1)!", sp.factorial(x + 1)),
        ("(x!)!", sp.factorial(sp.factorial(x))),
        ("p^x (1-p)^(1-x)", p**x * (1 - p) ** (1 - x)),
        ("lambda e^(-lambda x)", lam * exp(-lam * x)),
        ("x^(k-1) exp(-x/theta) / (gamma(k) theta^k)", x ** (k - 1) * exp(-x / theta) / (gamma(k) * theta**k)),
        ("b^a/gamma(a) x^(a-1) exp(-b x)", b**a / gamma(a) * x ** (a - 1) * exp(-b * x)),
        ("1/2 x", x / 2),
        ("1/theta exp(-x/theta)", exp(-x / theta) / theta),
        ("1/(2b) exp(-|x|/b)", exp(-sp.Abs(x) / b) / (2 * b)),
        ("1/(2b)exp(-x)", exp(-x) / (2 * b)),
        ("x/y/k", x / (y * k)),
        ("x/y*k", x * k / y),
        ("x^2/2", x**2 / 2),
        ("k log p + (n - k) log(1 - p)", k * log(p) + (n - k) * log(1 - p)),
        ("log x log y", log(x) * log(y)),
        ("log x^2", log(x**2)),
        ("sin^2 x + cos^2(x)", sp.sin(x) ** 2 + sp.cos(x) ** 2),
        ("exp{-x}", exp(-x)),
        ("exp[-x]", exp(-x)),
        ("log(x, 2)", log(x) / log(2)),
        ("log10(x)", log(x) / log(10)),
        ("e^x", exp(x)),
        ("E^(2x)", exp(2 * x)),
        ("2e", 2 * sp.E),
        ("2e^(-x)", 2 * exp(-x)),
        ("pi x", sp.pi * x),
        ("EulerGamma", sp.EulerGamma),
        ("x^(1/2)", sqrt(x)),
        ("√x y", sqrt(x) * y),
        ("e^2 x", exp(2) * x),
        ("2√x", 2 * sqrt(x)),
        ("psi(k)", sp.polygamma(0, k)),
        ("psi(1, k)", sp.polygamma(1, k)),
        ("Abs(x - mu)", sp.Abs(x - mu)),
        ("2|x - mu|", 2 * sp.Abs(x - mu)),
        ("|x||y|", sp.Abs(x) * sp.Abs(y)),
        ("||x| - 1|", sp.Abs(sp.Abs(x) - 1)),
        ("sech(x)", 1 / sp.cosh(x)),
        ("choose(n, k)", sp.binomial(n, k)),
        ("inf", sp.oo),
        ("-oo", -sp.oo),
        ("1/(2*(x + y))", sp.Mul(Rational(1, 2), 1 / (x + y))),
        ("2e3 x", 2000 * x),
        ("Sum(x^i, (i, 0, 2))", 1 + x + x**2),
        ("Sum(i! x, (i, 1, 3))", 9 * x),
        ("LambertW(x, -1)", sp.LambertW(x, -1)),
        ("x^+2", None),
        ("zeta(s)", sp.zeta(s)),
    ],
)
def test_ascii(text: str, expected: sp.Expr | None) -> None:
    if expected is None:
        with pytest.raises(ReadingError):
            read(text)
    else:
        assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("λ e^(−λ x)", lam * exp(-lam * x)),
        ("λe^(−λx)", lam * exp(-lam * x)),
        ("x²", x**2),
        ("xⁿ⁻¹", x ** (n - 1)),
        ("λˣ", lam**x),
        ("x⁻¹ y", y / x),
        ("x⁽ⁿ⁺¹⁾", x ** (n + 1)),
        ("σ²", sigma**2),
        ("2πσ²", 2 * sp.pi * sigma**2),
        ("√(2πσ²)", sqrt(2 * sp.pi * sigma**2)),
        ("θ·x^(θ−1)", theta * x ** (theta - 1)),
        ("b⁻ᵃ", b**-a),
        ("Γ(a)⁻ⁿ", gamma(a) ** -n),
        ("bⁿᵃ", b ** (n * a)),
        ("½x²", x**2 / 2),
        ("e^(−(x − μ)²/(2σ²))", exp(-((x - mu) ** 2) / (2 * sigma**2))),
        ("n log λ − λ x", n * log(lam) - lam * x),
        ("𝜆𝑥", lam * x),
        ("β(a, b)", sp.beta(a, b)),
        ("Γ(k)", gamma(k)),
        ("ψ(k)", sp.polygamma(0, k)),
        ("ζ(s)", sp.zeta(s)),
        ("x × y", x * y),
        ("x\u00a0y", x * y),
        ("x\u2009y", x * y),
        ("(1\t+\nx)", 1 + x),
        ("x – 1", x - 1),
        ("∞", sp.oo),
        ("e²ˣ", None),
        ("e⁻²ˣ", exp(-2 * x)),
    ],
)
def test_unicode(text: str, expected: sp.Expr | None) -> None:
    assert read(text) == (exp(2 * x) if expected is None else expected)


# The name table comes first.


@pytest.mark.parametrize(
    "name", ["gamma", "beta", "zeta", "psi", "E", "I", "S", "N", "Q", "O", "C", "B", "e", "pi", "lambda", "Gamma"]
)
def test_a_name_of_the_table_is_that_symbol(name: str) -> None:
    symbol, point = sp.Symbol(name), sp.Symbol("x")
    names = {name: symbol, "x": point}
    assert read_expression(f"{name}*exp(-{name}*x)", names) == symbol * exp(-symbol * point)
    assert read_expression(f"exp(-x/{name})/{name}", names) == exp(-point / symbol) / symbol
    assert read_expression(f"{name}(1 - x)", names) == symbol * (1 - point)


def test_a_function_that_is_a_name_too_is_multiplied() -> None:
    g = sp.Symbol("gamma")
    assert read_expression("gamma(k)", {"gamma": g, "k": k}) == g * k
    assert read_expression("gamma(k)", {"k": k}) == gamma(k)
    assert read_expression("Γ(k) γ", {"gamma": g, "k": k}) == gamma(k) * g


def test_symbols_are_used_as_they_are_given() -> None:
    positive = sp.Symbol("anything", positive=True)
    found = read_expression("sqrt(x^2)", {"x": positive})
    assert found == positive
    assert read_expression("x - 1", {"x": positive}).free_symbols == {positive}


# Cases and indicators.


def test_piecewise() -> None:
    found = read("Piecewise((x, x > 0), (-x, Eq(x, 0)), (1, True))")
    assert found == sp.Piecewise((x, x > 0), (-x, sp.Eq(x, 0)), (1, True))
    assert read("Piecewise((x, And(x > 0, y < 1)), (0, True))") == sp.Piecewise((x, (x > 0) & (y < 1)), (0, True))
    assert read("Piecewise((x, (x > 0) & (y < 1)), (0, True))") == sp.Piecewise((x, (x > 0) & (y < 1)), (0, True))
    assert read("Piecewise((x, (x > 0) | (y < 1)), (0, True))") == sp.Piecewise((x, (x > 0) | (y < 1)), (0, True))
    assert read("Piecewise((x, Or(x > 0, Ne(y, 1))), (0, True))") == sp.Piecewise((x, (x > 0) | sp.Ne(y, 1)), (0, True))
    assert read("Piecewise((x, not x > 0), (0, True))") == sp.Piecewise((x, x <= 0), (0, True))
    assert read("2 Piecewise((x, 0 < x < 1), (0, True))").subs(x, Rational(1, 2)) == 1


def test_cases_that_are_decided_are_decided() -> None:
    positive = {"x": sp.Symbol("x", positive=True)}
    assert read_expression("Piecewise((x, x > 0), (0, True))", positive) == positive["x"]
    assert read_expression("Piecewise((7, x < 0), (8, x < 1), (9, True))", positive).args[0][0] == 8
    with pytest.raises(ReadingError, match="no case can hold"):
        read_expression("Piecewise((x, x < 0))", positive)


@pytest.mark.parametrize(
    "text", ["1{x > 0}", "𝟏{x > 0}", "𝟙{x > 0}", "1{0 < x}", "𝟏(x > 0)", "𝟏_{x > 0}", "1{x > 0, x > -1}"]
)
def test_indicators(text: str) -> None:
    found = read(text)
    assert (found.subs(x, 3), found.subs(x, -3)) == (1, 0)


def test_an_indicator_is_a_factor() -> None:
    found = read("exp(-x) 1{x > 0}")
    assert (found.subs(x, 2), found.subs(x, -2)) == (exp(-2), 0)
    with pytest.raises(ReadingError, match="not a condition"):
        read("𝟏{x}")
