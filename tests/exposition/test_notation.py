"""Expressions are drawn as in a textbook, and the drawing has the value of the expression."""

from __future__ import annotations

import pytest
import sympy as sp
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.algebra.zeta_derivatives import ZetaDerivative
from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.notation import Notation
from symbolic_mle.render.text import inline
from tests.exposition.tree_value import Reader, expected

x, k, theta, lam, p, b, sigma = sp.symbols("x k theta lambda p b sigma", positive=True)
mu, y, z, a = sp.symbols("mu y z a", real=True)
sigma2 = sp.Symbol("sigma2", positive=True)
n = Notation().size
S, SL = DataSum(x, x), DataSum(sp.log(x), x)

ONE = Notation((x,), (lam,))
BERNOULLI = Notation((x,), (p,), statistics=(k,))
GAMMA = Notation((x,), (k, theta))
NORMAL = Notation((x,), (mu, sigma))
LINE = Notation((y,), (a, b, sigma2), covariates=(z,))

DRAWN = [
    (ONE, lam**x * sp.exp(-lam) / sp.factorial(x), "λˣ e^(−λ) / x!"),
    (ONE, S * sp.log(lam) - n * lam - DataSum(sp.log(sp.factorial(x)), x), "(∑ᵢ xᵢ) log λ − nλ − ∑ᵢ log xᵢ!"),
    (ONE, S / lam - n, "(∑ᵢ xᵢ)/λ − n"),
    (ONE.with_hats(), S / lam - n, "(∑ᵢ xᵢ)/λ̂ − n"),
    (ONE, n / lam - S, "n/λ − ∑ᵢ xᵢ"),
    (ONE, n * sp.log(lam) - lam * S, "n log λ − λ ∑ᵢ xᵢ"),
    (ONE, -S / lam**2, "−(∑ᵢ xᵢ)/λ²"),
    (ONE, S / n, "x̄"),
    (ONE, 2 * S / n, "2x̄"),
    (ONE, n / S, "1/x̄"),
    (ONE, S**2 / n, "n x̄²"),
    (ONE, SL / n, "(1/n) ∑ᵢ log xᵢ"),
    (ONE.without_means(), S / n, "(1/n) ∑ᵢ xᵢ"),
    (BERNOULLI, p**x * (1 - p) ** (1 - x), "pˣ (1 − p)^(1−x)"),
    (BERNOULLI, k * sp.log(p) + (n - k) * sp.log(1 - p), "k log p + (n − k) log(1 − p)"),
    (BERNOULLI, k / p - (n - k) / (1 - p), "k/p − (n − k)/(1 − p)"),
    (BERNOULLI, -k / p**2 - (n - k) / (1 - p) ** 2, "−k/p² − (n − k)/(1 − p)²"),
    (BERNOULLI.with_hats(), k * (1 - p) - (n - k) * p, "k (1 − p̂) − (n − k) p̂"),
    (BERNOULLI.with_hats(), k - n * p, "k − n p̂"),
    (GAMMA, x ** (k - 1) * sp.exp(-x / theta) / (sp.gamma(k) * theta**k), "x^(k−1) e^(−x/θ) / (Γ(k) θ^k)"),
    (
        GAMMA,
        (k - 1) * sp.log(x) - x / theta - sp.loggamma(k) - k * sp.log(theta),
        "(k − 1) log x − x/θ − log Γ(k) − k log θ",
    ),
    (GAMMA, SL - n * sp.digamma(k) - n * sp.log(theta), "∑ᵢ log xᵢ − n ψ(k) − n log θ"),
    (GAMMA, sp.polygamma(1, k) - 1 / k, "ψ′(k) − 1/k"),
    (NORMAL, DataSum((x - S / n) ** 2, x) / n, "(1/n) ∑ᵢ (xᵢ − x̄)²"),
    (
        NORMAL,
        -n * sp.log(sigma) - DataSum((x - mu) ** 2, x) / (2 * sigma**2),
        "−n log σ − (1/(2σ²)) ∑ᵢ (xᵢ − μ)²",
    ),
    (NORMAL, sp.exp(-sp.Abs(x - mu) / b) / (2 * b), "(1/(2b)) e^(−|x − μ|/b)"),
    (NORMAL, 1 / sp.sqrt(2 * sp.pi), "1/√(2π)"),
    (NORMAL, sp.sqrt(2 / sp.pi) * x**2, "√(2/π) x²"),
    (NORMAL, (mu - x) ** 2, "(x − μ)²"),
    (NORMAL, mu - x, "μ − x"),
    (
        LINE,
        -n / 2 * sp.log(2 * sp.pi * sigma2) - DataSum((y - a - b * z) ** 2, (y, z)) / (2 * sigma2),
        "−(n/2) log(2πσ²) − (1/(2σ²)) ∑ᵢ (yᵢ − a − b zᵢ)²",
    ),
    (LINE, sigma2**2, "σ⁴"),
    (ONE, sp.exp(1 - sp.exp(-lam)), "exp(1 − e^(−λ))"),
    (ONE, sp.besseli(0, lam), "I₀(λ)"),
    (ONE, sp.zeta(lam).diff(lam) / sp.zeta(lam), "ζ′(λ)/ζ(λ)"),
    (ONE, ZetaDerivative(2, lam + 1), "ζ″(λ + 1)"),
    (ONE, sp.binomial(n, x), "C(n, x)"),
    (ONE, sp.log(x) ** 2, "(log x)²"),
    (ONE, sp.gamma((lam + 1) / 2), "Γ((λ + 1)/2)"),
    (ONE, 1 + sp.exp(lam), "1 + e^λ"),
    (ONE, lam - 1, "λ − 1"),
    (ONE, DataSum(sp.Piecewise((1, x > lam), (0, True)), x), "#{xᵢ > λ}"),
    (ONE, sp.Piecewise((lam, x < 1), (1 / lam, True)), "{ λ if x < 1; 1/λ otherwise }"),
    (ONE, sp.Integer(0), "0"),
    (ONE, -lam, "−λ"),
    (ONE, sp.oo, "∞"),
    (ONE, -sp.oo, "−∞"),
]


@pytest.mark.parametrize(("notation", "expr", "text"), DRAWN, ids=[text for *_, text in DRAWN])
def test_is_drawn_as_in_a_textbook(notation: Notation, expr: sp.Expr, text: str) -> None:
    assert inline(notation.write(expr)) == text


def test_a_sum_inside_a_sum_has_its_own_letter() -> None:
    inner = DataSum((sp.log(x) - SL / n) ** 2, x)
    assert inline(ONE.write(inner)) == "∑ᵢ (log xᵢ − (1/n) ∑ⱼ log xⱼ)²"


def test_the_index_avoids_the_names_in_use() -> None:
    i = sp.Symbol("i", positive=True)
    assert inline(Notation((x,), (i,)).write(DataSum(x * i, x))) == "∑ⱼ i xⱼ"


def test_conditions_have_the_data_first_and_bounds_in_a_chain() -> None:
    assert inline(ONE.write(sp.Le(lam, x))) == "x ≥ λ"
    assert inline(ONE.write(sp.And(sp.Le(lam, x), sp.Lt(x, 2 * lam)))) == "λ ≤ x < 2λ"
    assert inline(ONE.write(sp.Or(x < lam, x > 2 * lam))) in ("x < λ or x > 2λ", "x > 2λ or x < λ")


def test_sums_and_products_keep_a_given_order() -> None:
    assert inline(GAMMA.sum([-n * theta, k])) == "−nθ + k"
    assert inline(GAMMA.product([theta, k - 1, n])) == "θ (k − 1) n"


def test_unevaluated_input_is_shown_in_human_order() -> None:
    jumbled = sp.Add(-n, sp.Mul(S, sp.Pow(lam, -1), evaluate=False), evaluate=False)
    assert inline(ONE.write(jumbled)) == "(∑ᵢ xᵢ)/λ − n"
    assert inline(ONE.write(sp.Mul(1, lam, evaluate=False))) == "λ"


def test_one_observation_and_the_product_over_all() -> None:
    density = lam**x * sp.exp(-lam) / sp.factorial(x)
    assert inline(ONE.observed(x - lam)) == "xᵢ − λ"
    assert inline(ONE.product_over_sample(density)) == "∏ᵢ λ^(xᵢ) e^(−λ) / xᵢ!"
    assert inline(ONE.sum_over_sample(sp.log(x) - lam)) == "∑ᵢ (log xᵢ − λ)"


def test_names_of_statistics() -> None:
    assert inline(ONE.likelihood()) == "L(λ)"
    assert inline(ONE.score(lam)) == "ℓ′(λ)"
    assert inline(ONE.curvature(lam)) == "ℓ″(λ)"
    assert inline(GAMMA.score(theta)) == "∂ℓ/∂θ"
    assert inline(GAMMA.curvature(k, theta)) == "∂²ℓ/∂k∂θ"
    assert inline(GAMMA.curvature(k)) == "∂²ℓ/∂k²"
    assert inline(LINE.curvature(sigma2)) == "∂²ℓ/∂(σ²)²"
    assert inline(GAMMA.profile(k, primes=1)) == "ℓₚ′(k)"
    assert inline(GAMMA.density()) == "f(x | k, θ)"
    assert inline(LINE.density()) == "f(y | z, a, b, σ²)"
    assert inline(ONE.sample()) == "x₁, …, xₙ"
    assert inline(ONE.order_statistic(n)) == "x₍ₙ₎"
    assert inline(ONE.with_hats().log_likelihood(primes=1)) == "ℓ′(λ̂)"


def test_spaces_and_intervals() -> None:
    unit = Interval(sp.Integer(0), sp.Integer(1), closed_upper=True)
    assert inline(BERNOULLI.space(p, unit)) == "0 < p ≤ 1"
    assert inline(BERNOULLI.interval(unit)) == "(0, 1]"
    assert inline(ONE.space(lam, Interval(sp.Integer(0)))) == "λ > 0"
    assert inline(NORMAL.space(mu, Interval())) == "μ ∈ ℝ"


def test_statistics_can_be_drawn_in_a_way_of_their_own() -> None:
    szz = sp.Symbol("T1", positive=True)
    notation = Notation((x,), (lam,), statistics=(szz,)).with_names({szz: make.name("S", "zz")})
    assert inline(notation.write(lam * szz)) == "λ S_zz"


# the drawing has the value of the expression

VALUES = {lam: 0.7, theta: 1.3, mu: 0.4, n: 4}
SAMPLE = {x: (0.5, 1.25, 2.0, 3.5)}
READER = Reader({"λ": 0.7, "θ": 1.3, "μ": 0.4, "n": 4}, {"x": SAMPLE[x]})
MIXED = Notation((x,), (lam, theta, mu))


def expressions(*symbols: sp.Symbol) -> st.SearchStrategy[sp.Expr]:
    leaves = st.sampled_from([*symbols, *map(sp.Integer, (1, 2, 3, -1, -2)), sp.Rational(1, 2), sp.pi])
    return st.recursive(leaves, grown, max_leaves=7)


def grown(inner: st.SearchStrategy[sp.Expr]) -> st.SearchStrategy[sp.Expr]:
    exponents = st.sampled_from([-2, -1, 2, 3, sp.Rational(1, 2), sp.Rational(-1, 2), lam, -lam])
    return st.one_of(
        st.builds(lambda u, v: u + v, inner, inner),
        st.builds(lambda u, v: u - v, inner, inner),
        st.builds(lambda u, v: u * v, inner, inner),
        st.builds(lambda u, v: u / v if v != 0 else u, inner, inner),
        st.builds(lambda u, e: u**e if u != 0 else u, inner, exponents),
        st.builds(lambda u: sp.exp(-u), inner),
        st.builds(lambda u: sp.log(1 + u**2), inner),
        st.builds(sp.Abs, inner),
    )


per_observation = expressions(x, lam, mu)
of_the_sample = st.one_of(
    expressions(lam, theta, mu, n),
    st.builds(lambda g, c: c * DataSum(g, x), per_observation, expressions(lam, n)),
    st.builds(lambda g, c: c + DataSum(g, x) / n, per_observation, expressions(lam, theta)),
    st.builds(lambda g, c: c * DataSum((g - S / n) ** 2, x) - lam, per_observation, expressions(theta)),
)


@given(of_the_sample)
@settings(max_examples=150, deadline=None)
def test_a_drawing_has_the_value_of_its_expression(expr: sp.Expr) -> None:
    assume(not expr.has(sp.zoo, sp.nan, sp.oo, sp.I))
    try:
        true = expected(expr, VALUES, SAMPLE)
        drawn = READER.value(MIXED.write(expr))
    except (OverflowError, ZeroDivisionError, TypeError):
        assume(False)
    assume(abs(true) < 1e12)
    assert drawn == pytest.approx(true, rel=1e-6, abs=1e-6)


@given(of_the_sample)
@settings(max_examples=60, deadline=None)
def test_the_drawing_does_not_depend_on_the_order_of_the_arguments(expr: sp.Expr) -> None:
    assume(not expr.has(sp.zoo, sp.nan, sp.oo, sp.I))
    turned = expr
    if isinstance(expr, (sp.Add, sp.Mul)):
        turned = expr.func(*reversed(expr.args), evaluate=False)
    assert MIXED.write(turned) == MIXED.write(expr)
