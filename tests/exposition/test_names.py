"""Names of programs become names of mathematics."""

from __future__ import annotations

import pytest

from symbolic_mle.exposition.mathematics import Name, Number
from symbolic_mle.exposition.names import draw_name, is_glyph, spell
from symbolic_mle.render import latex, text

CASES = [
    ("lambda", "λ", r"\lambda"),
    ("lam", "λ", r"\lambda"),
    ("λ", "λ", r"\lambda"),
    ("sigma2", "σ²", r"\sigma^{2}"),
    ("s2", "s²", "s^{2}"),
    ("tau2", "τ²", r"\tau^{2}"),
    ("theta2", "θ₂", r"\theta_{2}"),
    ("alpha1", "α₁", r"\alpha_{1}"),
    ("mu0", "μ₀", r"\mu_{0}"),
    ("eta1", "η₁", r"\eta_{1}"),
    ("v12", "v₁₂", "v_{12}"),
    ("x_m", "xₘ", "x_{m}"),
    ("xm", "xₘ", "x_{m}"),
    ("x_max", "xₘₐₓ", r"x_{\mathit{max}}"),
    ("mu_x", "μₓ", r"\mu_{x}"),
    ("p_1", "p₁", "p_{1}"),
    ("rate", "rate", r"\mathit{rate}"),
    ("rate2", "rate₂", r"\mathit{rate}_{2}"),
    ("Gamma", "Γ", r"\Gamma"),
    ("N", "N", "N"),
    ("nu", "ν", r"\nu"),
]


@pytest.mark.parametrize(("spelling", "drawn", "source"), CASES, ids=[spelling for spelling, *_ in CASES])
def test_a_name_is_drawn(spelling: str, drawn: str, source: str) -> None:
    assert text.inline(draw_name(spelling)) == drawn
    assert latex.inline(draw_name(spelling)) == source


def test_a_square_is_an_index_beside_a_sibling() -> None:
    assert draw_name("sigma2", {"sigma2", "mu"}) == Name("sigma", None, Number("2"))
    assert draw_name("sigma2", {"sigma1", "sigma2"}) == Name("sigma", Number("2"))
    assert draw_name("s2", {"s", "s2"}) == Name("s", Number("2"))


@pytest.mark.parametrize("spelling", ["a_b_c", "x#y", "100%", r"\input{/etc/passwd}", "", "_x", "é", "x y"])
def test_any_name_is_safe_in_latex(spelling: str) -> None:
    source = latex.inline(draw_name(spelling))
    assert source.isascii()
    assert r"\input" not in source
    assert "%" not in source.replace(r"\%", "")
    assert "#" not in source.replace(r"\#", "")


def test_spelling_of_letters() -> None:
    assert spell("Γ") == "Gamma"
    assert spell("ς") == "ς"
    assert spell("k") == "k"
    assert is_glyph("lambda") and is_glyph("k") and not is_glyph("rate")
