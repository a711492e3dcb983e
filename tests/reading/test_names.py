"""One canonical spelling for a name, and nothing else let through."""

from __future__ import annotations

import pytest
import sympy as sp

from symbolic_mle.errors import ReadingError
from symbolic_mle.reading import read_expression, read_name
from symbolic_mle.reading.names import NameTable, squared
from symbolic_mle.reading.tokenizer import tokenize


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("mu", "mu"),
        ("\\mu", "mu"),
        ("μ", "mu"),
        ("µ", "mu"),
        ("𝜇", "mu"),
        (" mu ", "mu"),
        ("\\mathrm{mu}", "mu"),
        ("lambda", "lambda"),
        ("λ", "lambda"),
        ("\\lambda", "lambda"),
        ("Λ", "Lambda"),
        ("\\Lambda", "Lambda"),
        ("\\lambda_0", "lambda_0"),
        ("\\lambda_{0}", "lambda_0"),
        ("λ₀", "lambda_0"),
        ("λ_0", "lambda_0"),
        ("λ0", "lambda0"),
        ("σ²", "sigma2"),
        ("\\sigma^2", "sigma2"),
        ("\\sigma^{2}", "sigma2"),
        ("sigma2", "sigma2"),
        ("sigma^2", "sigma2"),
        ("σ₁²", "sigma2_1"),
        ("\\sigma_1^2", "sigma2_1"),
        ("x_m", "x_m"),
        ("x_{m}", "x_m"),
        ("xₘ", "x_m"),
        ("xm", "xm"),
        ("t0", "t0"),
        ("rate", "rate"),
        ("p_{12}", "p_12"),
        ("\\mu_{\\epsilon}", "mu_epsilon"),
        ("μ_ε", "mu_epsilon"),
        ("\\varepsilon", "epsilon"),
        ("ϵ", "epsilon"),
        ("ϕ", "phi"),
        ("\\ell", "ell"),
        ("ℓ", "ell"),
        ("x" * 40, "x" * 40),
        *(
            (name, name)
            for name in ["E", "I", "S", "N", "Q", "O", "C", "B", "e", "pi", "gamma", "beta", "zeta", "psi", "Gamma"]
        ),
    ],
)
def test_a_name_has_one_canonical_spelling(written: str, canonical: str) -> None:
    assert read_name(written) == canonical
    assert read_name(canonical) == canonical


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "2x",
        "x y",
        "x,y",
        "a.b",
        "x;",
        "x()",
        "x(1)",
        "(x)",
        "x{}",
        "-x",
        "x!",
        "x'",
        "x+1",
        "x=1",
        "x^3",
        "x1^2",
        "x^",
        "__x",
        "x__y",
        "_x",
        "x_",
        "__import__",
        "x" * 41,
        "é",
        "ж",
        "\u0430",
        "x\u200b",
        "x\x00",
        "🙂",
        "`id`",
        "$(id)",
        '"x"',
        "\\input",
        "\\write18{id}",
        "\\",
        "\\mu\\mu",
        "\\hat{\\theta}",
        "θ̂",
        "x̄",
        "x₍ₙ₎",
        "x_{(n)}",
        "x_{i,j}",
        "\\text{x}",
        "exp",
        "log",
        "sqrt",
        "max",
        "binomial",
        "Piecewise",
        "Sum",
        "and",
        "or",
        "not",
        "in",
        "is",
        "if",
        "True",
        "None",
        "oo",
        "nan",
        "1",
        "λμ",
        "\\log",
        "\\infty",
        "∞",
        "...",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ReadingError) as caught:
        read_name(text)
    assert str(caught.value).isprintable()


def test_a_refused_name_says_what_is_wrong_with_it() -> None:
    with pytest.raises(ReadingError, match="a name of 41 characters"):
        read_name("x" * 41)
    with pytest.raises(ReadingError, match="'exp' has a meaning of its own"):
        read_name("exp")
    with pytest.raises(ReadingError, match="'x y' is not a name, at character 3"):
        read_name("x y")
    with pytest.raises(ReadingError, match="CYRILLIC SMALL LETTER A"):
        read_name("\u0430")
    with pytest.raises(ReadingError, match="text is needed, not int"):
        read_name(5)  # type: ignore[arg-type]


def test_the_square_of_a_name() -> None:
    assert squared("sigma") == "sigma2"
    assert squared("sigma_1") == "sigma2_1"
    assert squared("x1") is None  # x12 would be another name


def table(*names: str) -> NameTable:
    return NameTable({name: sp.Symbol(name) for name in names})


def test_an_underscore_before_an_index_may_be_left_out() -> None:
    assert table("lambda_0").find("lambda0") == "lambda_0"
    assert table("lambda0").find("lambda_0") == "lambda0"
    assert table("x_m", "xm").find("x_m") == "x_m"
    assert table("x_m", "xm").find("xm") == "xm"
    assert table("x_1_2", "x_12").find("x12") is None  # two candidates: neither
    assert table("x").find("y") is None


@pytest.mark.parametrize("text", ["λ₀ x", "λ_0 x", "\\lambda_0 x", "\\lambda_{0}x", "lambda_0 x", "lambda0 x", "λ0 x"])
def test_every_spelling_finds_the_symbol(text: str) -> None:
    names = {"lambda_0": sp.Symbol("lambda_0"), "x": sp.Symbol("x")}
    assert read_expression(text, names) == names["lambda_0"] * names["x"]


def test_the_square_stands_for_the_parameter() -> None:
    v, x = sp.symbols("sigma2 x")
    names = {"sigma2": v, "x": x}
    for text in ("σ²", "\\sigma^2", "\\sigma^{2}", "sigma^2", "sigma**2", "sigma2"):
        assert read_expression(f"x/({text})", names) == x / v
    assert read_expression("\\frac{x}{\\sigma^4}", names) == x / v**2
    for text in ("σ", "σ³", "sigma^x", "σ^(2x)"):
        with pytest.raises(ReadingError, match="unknown name 'sigma'"):
            read_expression(text, names)


def test_the_name_itself_comes_before_the_square() -> None:
    sigma, v = sp.symbols("sigma sigma2")
    assert read_expression("σ²", {"sigma": sigma, "sigma2": v}) == sigma**2


def test_marks_make_names_that_a_caller_may_offer() -> None:
    names = {
        "theta_hat": sp.Symbol("t"),
        "x_bar": sp.Symbol("m"),
        "x_(n)": sp.Symbol("top"),
        "x_1_bar": sp.Symbol("m1"),
    }
    for text in ("\\hat\\theta", "\\hat{\\theta}", "θ̂", "\\widehat{\\theta}", "theta_hat", "thetahat"):
        assert read_expression(text, names) == names["theta_hat"]
    for text in ("\\bar{x}", "\\bar x", "\\overline{x}", "x̄", "xbar", "x_bar"):
        assert read_expression(text, names) == names["x_bar"]
    assert read_expression("x_{(n)}", names) == read_expression("x₍ₙ₎", names) == names["x_(n)"]
    assert read_expression("\\bar{x}_1", names) == names["x_1_bar"]


def test_marks_are_refused_where_no_such_name_is_known() -> None:
    for text in ("\\hat{\\theta}", "θ̂", "\\bar{\\theta}"):
        with pytest.raises(ReadingError, match="hats and bars belong to estimates"):
            read_expression(text, {"theta": sp.Symbol("theta")})
    for text in ("\\hat{x + 1}", "\\hat", "\\hat{}", "\\hat{2}"):
        with pytest.raises(ReadingError):
            read_expression(text, {"x": sp.Symbol("x")})


def test_an_unknown_name_comes_with_its_place_and_its_neighbours() -> None:
    names = {"lambda": sp.Symbol("lambda"), "x": sp.Symbol("x")}
    with pytest.raises(ReadingError) as caught:
        read_expression("x exp(-lamda x)", names)
    assert caught.value.position == 7
    assert "unknown name 'lamda'" in str(caught.value)
    assert "known: lambda, x" in str(caught.value)
    assert "did you mean lambda?" in str(caught.value)


def test_letters_side_by_side_are_a_product_only_in_typeset_text() -> None:
    n, m, x = (sp.Symbol(name) for name in "nmx")
    names = {"n": n, "m": m, "x": x, "mu": sp.Symbol("mu"), "x_1": sp.Symbol("x_1")}
    assert read_expression("\\frac{1}{nm}x", names) == x / (n * m)
    assert read_expression("μnm²", names) == names["mu"] * n * m**2
    assert read_expression("xⁿᵐ", names) == x ** (n * m)
    assert read_expression("\\mu nx_1", names) == names["mu"] * n * names["x_1"]
    with pytest.raises(ReadingError, match=r"write n\*m for the product"):
        read_expression("nm", names)


def test_a_long_name_is_not_taken_apart() -> None:
    names = {name: sp.Symbol(name) for name in ("r", "a", "t", "e", "rate", "theta")}
    assert read_expression("\\theta rate", names) == names["theta"] * names["rate"]


def test_tokens_keep_their_places() -> None:
    text = "λ₁ x² + \\frac{1}{y}"
    for token in tokenize(text)[:-1]:
        assert 0 <= token.start <= token.end <= len(text)
    assert [token.value for token in tokenize("λ₁ x²")] == ["lambda_1", "x", "superscript", "", "2", "", ""]
