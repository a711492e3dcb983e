"""Brackets stand where every format needs them, and nowhere else."""

from __future__ import annotations

import pytest

from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.mathematics import Call, Maths, Name, Number, Parentheses, Product, Sum, contains, size
from symbolic_mle.render.text import inline

k, n, x, mu = Name("k"), Name("n"), Name("x"), Name("mu")
difference = make.total(n, make.negative(k))
total = make.big("sum", Name("i"), make.name("x", "i"), make.ONE, n)
log_x = make.call("log", x)

DRAWN = [
    (make.product(k, difference), "k (n − k)"),
    (make.product(difference, difference), "(n − k)(n − k)"),
    (make.product(Number("2"), difference), "2(n − k)"),
    (make.product(make.number(-2), k), "−2k"),
    (make.product(make.number(-2), make.negative(k)), "2k"),
    (make.product(make.ONE, k), "k"),
    (make.product(), "1"),
    (make.product(total, log_x), "(∑ᵢ xᵢ) log x"),
    (make.product(log_x, total), "(log x) ∑ᵢ xᵢ"),
    (make.power(difference, make.number(2)), "(n − k)²"),
    (make.power(make.fraction(k, n), Number("2")), "(k/n)²"),
    (make.power(log_x, Number("2")), "(log x)²"),
    (make.power(make.power(x, k), n), "(x^k)ⁿ"),
    (make.power(make.power(k, Number("2")), Number("3")), "(k²)³"),
    (make.power(Name("sigma", None, Number("2")), Number("2")), "σ⁴"),
    (make.power(Name("sigma", None, Number("2")), k), "(σ²)^k"),
    (make.power(make.call(Name("Gamma"), k), n), "Γ(k)ⁿ"),
    (make.power(x, make.number(-1)), "x⁻¹"),
    (make.fraction(make.negative(k), n), "−k/n"),
    (make.fraction(k, make.ONE), "k"),
    (make.fraction(difference, make.total(make.ONE, k)), "(n − k)/(1 + k)"),
    (make.fraction(make.ONE, make.product(Number("2"), mu)), "1/(2μ)"),
    (make.fraction(total, mu), "(∑ᵢ xᵢ)/μ"),
    (make.fraction(make.fraction(k, n), mu), "(k/n)/μ"),
    (make.product(make.fraction(n, Number("2")), log_x), "(n/2) log x"),
    (make.negative(difference), "−(n − k)"),
    (make.negative(make.negative(k)), "k"),
    (make.total(k, make.negative(n)), "k − n"),
    (make.total(make.negative(k)), "−k"),
    (make.call("log", difference), "log(n − k)"),
    (make.call("log", make.factorial(x)), "log x!"),
    (make.call("log", make.call(Name("Gamma"), k)), "log Γ(k)"),
    (make.call("exp", make.brackets(k)), "exp(k)"),
    (make.call("max", k, n), "max(k, n)"),
    (make.factorial(difference), "(n − k)!"),
    (make.root(make.fraction(k, n)), "√(k/n)"),
    (make.root(k), "√k"),
    (make.absolute(difference), "|n − k|"),
    (make.big("sum", Name("i"), difference), "∑ᵢ (n − k)"),
    (make.chain(k, "=", n, "<=", mu), "k = n ≤ μ"),
    (make.chain(mu, "to", make.from_above(make.ZERO)), "μ → 0⁺"),
    (make.limit(mu, make.from_above(make.ZERO), log_x), "lim_{μ → 0⁺} log x"),
    (make.interval(make.ZERO, make.INFINITY), "(0, ∞)"),
    (make.indicator(make.chain(x, "<=", mu)), "1{x ≤ μ}"),
    (make.product(make.fraction(make.ONE, mu), make.indicator(make.chain(x, "<=", mu))), "(1/μ) · 1{x ≤ μ}"),
    (make.product(Number("2"), make.power(Number("3"), x)), "2 · 3ˣ"),
    (make.order_statistic("x", n), "x₍ₙ₎"),
    (make.matrix([[k, n], [n, k]]), "[k, n; n, k]"),
]


@pytest.mark.parametrize(("node", "text"), DRAWN, ids=[text for _, text in DRAWN])
def test_is_drawn_with_the_right_brackets(node: Maths, text: str) -> None:
    assert inline(node) == text


def test_nodes_compare_by_what_they_hold() -> None:
    assert make.product(k, n) == Product((Name("k"), Name("n")))
    assert make.product(k, n) != make.product(n, k)
    assert hash(difference) == hash(make.total(n, make.negative(k)))


def test_products_and_sums_inside_each_other_are_one() -> None:
    assert make.product(make.product(k, n), x) == Product((k, n, x))
    nested = make.total(make.total(k, make.negative(n)), x)
    assert isinstance(nested, Sum) and len(nested.terms) == 3


def test_a_chain_needs_a_side_for_every_relation() -> None:
    with pytest.raises(ValueError):
        make.chain(k, "=", n, "<")


def test_size_counts_leaves_and_contains_looks_inside() -> None:
    assert size(difference) == 2
    assert size(make.product(k, difference)) == 3
    assert contains(make.product(k, difference), Parentheses)
    assert not contains(difference, Call)
