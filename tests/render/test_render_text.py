"""Documents as plain text: aligned, wrapped, in Unicode or ASCII."""

from __future__ import annotations

import pytest
import sympy as sp

from symbolic_mle.exposition import building as make
from symbolic_mle.exposition import document as d
from symbolic_mle.exposition.mathematics import Name
from symbolic_mle.render import text
from symbolic_mle.render.plain import spell_out
from symbolic_mle.render.text_layout import break_formula, width, wrap
from tests.render import sample_documents as sample

EXPECTED = """\
Maximum likelihood: Gamma(k, θ)

Model
    x₁, …, xₙ are independent observations from
        f(x | k, θ) = x^(k−1) e^(−x/θ) / (Γ(k) θ^k)

1. Log-likelihood
        ℓ(k, θ) = ∑ᵢ ((k − 1) log xᵢ − xᵢ/θ − log Γ(k) − k log θ)
                = (k − 1) ∑ᵢ log xᵢ − (∑ᵢ xᵢ)/θ − n log Γ(k) − n k log θ    constants out of the
                                                                            sums

2. Score
        ∂ℓ/∂k = ∑ᵢ log xᵢ − n ψ(k) − n log θ
        ∂ℓ/∂θ = (∑ᵢ xᵢ)/θ² − n k/θ

3. Likelihood equation
        (∑ᵢ xᵢ)/θ̂² − n k̂/θ̂ = 0
        ∑ᵢ xᵢ − n k̂ θ̂ = 0    multiply by θ̂² > 0
        θ̂ = x̄/k̂              divide by n k̂

4. Which case are the data in?
    s > 0   There is one root, by a sign change. There is one root, by a sign change. There is one
            root, by a sign change. There is one root, by a sign change.
            log k − ψ(k)

    all observations are equal to each other
        The likelihood is unbounded.

    Theorem. The maximiser is unique.

    Proof. By the Cramér–Rao inequality & Jensen's; 100% of it. ∎

Precision
    Observed information   J = n/θ
"""


def test_the_layout_of_a_document() -> None:
    assert text.render(sample.document()).startswith(EXPECTED)


@pytest.mark.parametrize("columns", [60, 80, 100, 120])
def test_no_line_is_wider_than_asked(columns: int) -> None:
    for ascii_only in (False, True):
        lines = text.render(sample.document(), width=columns, ascii=ascii_only).splitlines()
        assert max(map(width, lines)) <= columns


def test_ascii_is_ascii_and_has_no_markup() -> None:
    plain = text.render(sample.document(), ascii=True)
    assert plain.isascii()
    assert "\\" not in plain
    assert "theta_hat = xbar/k_hat" in plain
    assert "sum_i log x_i" in plain


def test_no_line_ends_in_a_space() -> None:
    rendered = text.render(sample.document())
    assert all(line == line.rstrip() for line in rendered.splitlines())
    assert rendered.endswith("\n") and not rendered.endswith("\n\n")


def test_a_line_without_a_left_side_goes_on_below_the_relation() -> None:
    lines = d.display(d.line(Name("L"), "=", Name("a")), d.line(None, "<=", Name("b")))
    rendered = text.render(d.document("t", lines))
    assert "        L = a\n          ≤ b\n" in rendered


def test_accents_take_no_column() -> None:
    assert width("λ̂") == 1
    assert width(text.inline(Name("x", accent="bar"))) == 1


def test_a_short_formula_stays_on_one_line() -> None:
    formula = make.chain(Name("a"), "=", Name("b"))
    for columns in range(24, 60):
        body = text.render(
            d.document("t", d.paragraph("Some words before it and then ", formula, " follows.")), columns
        )
        assert "a = b" in body


def test_wrapping_keeps_every_word() -> None:
    words = "the quick brown fox jumps over the lazy dog " * 5
    assert " ".join(wrap(words.strip(), 30)) == words.strip()


def test_formulas_break_as_far_out_as_possible() -> None:
    assert break_formula("aaaa + (bbbb + cccc) + dddd", 22) == ["aaaa + (bbbb + cccc)", "  + dddd"]
    assert break_formula("x = aaaa + bbbb = cccc", 18) == ["x = aaaa + bbbb", "  = cccc"]
    assert break_formula("indivisible_formula", 5) == ["indivisible_formula"]


def test_prose_in_ascii() -> None:
    assert (
        spell_out("Cramér–Rao: θ̂ ≤ σ² → ∞, “so” x̄ …") == 'Cramer-Rao: theta_hat <= sigma^2 -> infinity, "so" xbar ...'
    )


def test_ascii_formulas() -> None:
    drawn = sample.NOTATION.write(sp.sqrt(sample.theta) * sp.exp(-sample.k) / 2 + sample.S)
    assert text.inline(drawn, ascii=True) == "sqrt(theta) e^(-k) / 2 + sum_i x_i"


def test_a_long_formula_breaks_within_the_columns() -> None:
    terms = [f"x̄{k}" for k in range(5_000)]
    lines = break_formula("S = " + " + ".join(terms), 60)
    assert all(width(line) <= 60 for line in lines)
    assert " ".join(line.strip() for line in lines) == "S = " + " + ".join(terms)
