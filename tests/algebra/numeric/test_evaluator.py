"""Compiled expressions against SymPy's evalf, mpmath and scipy."""

from __future__ import annotations

import math
import warnings

import mpmath
import numpy as np
import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from symbolic_mle.algebra.numeric import NotNumeric, compile_expression, compile_pointwise, evaluate_exactly
from symbolic_mle.algebra.sample import DataSum

x, y, z = sp.symbols("x y z", real=True)
a, b = sp.symbols("a b", positive=True)
k, theta, p = sp.symbols("k theta p", positive=True)
mu = sp.Symbol("mu", real=True)
n = sp.Symbol("n", integer=True, positive=True)


def value(expr: sp.Expr, values: dict[sp.Symbol, float] | None = None, sample: dict | None = None) -> float:
    values, sample = values or {}, sample or {}
    return compile_expression(expr, tuple(values), tuple(sample), n)(values, sample)


UNARY = [
    sp.exp, sp.sin, sp.cos, sp.tan, sp.sinh, sp.cosh, sp.tanh, sp.atan, sp.asinh, sp.erf, sp.erfc, sp.Abs, sp.sign,
    sp.floor, sp.ceiling, sp.sech, sp.acot, sp.Heaviside,
]  # fmt: skip
POSITIVE = [
    sp.log, sp.sqrt, sp.gamma, sp.loggamma, sp.digamma, sp.trigamma, sp.LambertW, sp.factorial, sp.coth, sp.csch,
    sp.harmonic, lambda u: sp.polygamma(3, u), lambda u: sp.zeta(u + 1), lambda u: sp.besseli(0, u),
    lambda u: sp.besselk(1, u), lambda u: sp.besseli(sp.Rational(1, 2), u), lambda u: sp.besselj(1, u),
    lambda u: sp.uppergamma(2, u), lambda u: sp.beta(u, 2), lambda u: sp.binomial(5, u), lambda u: sp.Mod(u, 2),
    lambda u: sp.expint(1, u),
]  # fmt: skip
SMALL = [sp.asin, sp.acos, sp.atanh, sp.erfinv]


@pytest.mark.parametrize("function", UNARY)
@pytest.mark.parametrize("at", [-2.7, -0.3, 0.4, 3.1])
def test_functions_of_reals_agree_with_sympy(function, at: float) -> None:
    assert value(function(x), {x: at}) == pytest.approx(float(function(sp.Float(at, 30)).evalf(25)), rel=1e-14)


@pytest.mark.parametrize("function", POSITIVE)
@pytest.mark.parametrize("at", [0.25, 1.5, 4.125])
def test_functions_of_positive_numbers_agree_with_sympy(function, at: float) -> None:
    expected = float(function(sp.Rational(at)).evalf(25))
    assert value(function(a), {a: at}) == pytest.approx(expected, rel=2e-14)
    assert float(evaluate_exactly(function(a), {a: at}, {})) == pytest.approx(expected, rel=1e-15)


@pytest.mark.parametrize("function", SMALL)
@pytest.mark.parametrize("at", [0.03, 0.6])
def test_functions_on_the_unit_interval_agree_with_sympy(function, at: float) -> None:
    expected = float(function(sp.Rational(at)).evalf(25))
    assert value(function(x), {x: at}) == pytest.approx(expected, rel=1e-14)
    assert float(evaluate_exactly(function(x), {x: sp.Rational(at)}, {})) == pytest.approx(expected, rel=1e-15)


def leaves() -> st.SearchStrategy[sp.Expr]:
    return st.sampled_from([a, b, sp.Integer(2), sp.Rational(1, 3), sp.pi, sp.Integer(-1), a * b, a + 1])


def grown(children: st.SearchStrategy[sp.Expr]) -> st.SearchStrategy[sp.Expr]:
    safe = st.sampled_from(
        [sp.sin, sp.atan, sp.tanh, sp.erf, lambda u: sp.exp(-(u**2)), lambda u: sp.log(1 + u**2), abs]
    )
    two = st.sampled_from(
        [sp.Add, sp.Mul, sp.Max, sp.Min, lambda u, v: u / (1 + v**2), lambda u, v: abs(u) ** sp.tanh(v)]
    )
    return st.one_of(
        st.builds(lambda f, u: f(u), safe, children), st.builds(lambda f, u, v: f(u, v), two, children, children)
    )


@settings(max_examples=60, deadline=None)
@given(st.recursive(leaves(), grown, max_leaves=8), st.integers(1, 40), st.integers(1, 40))
def test_random_expressions_agree_with_sympy(expr: sp.Expr, first: int, second: int) -> None:
    at = {a: sp.Rational(first, 8), b: sp.Rational(second, 16)}
    expected = expr.subs(at).evalf(30)
    if not expected.is_real or abs(expected) > 1e100:
        return
    found = value(expr, {a: first / 8, b: second / 16})
    exact = evaluate_exactly(expr, at, {}, 30)
    assert float(exact) == pytest.approx(float(expected), rel=1e-14, abs=1e-18)
    assert found == pytest.approx(float(expected), rel=1e-9, abs=1e-12)


def test_sums_over_the_sample_nest_and_share_variables() -> None:
    sample = {y: [1.0, 2.0, 4.0], z: [0.5, -1.0, 2.0]}
    centre = DataSum(y, y) / n
    assert value(DataSum((y - centre) ** 2, y), {}, sample) == pytest.approx(14 / 3)
    assert value(DataSum(y * z * a, (y, z)), {a: 2.0}, sample) == 2 * (0.5 - 2 + 8)
    assert value(DataSum(sp.S.One, y) - n, {}, sample) == 0
    assert value(DataSum(y * DataSum(z, z), y), {}, sample) == 7 * 1.5


def test_a_likelihood_agrees_with_scipy() -> None:
    data = np.random.default_rng(3).gamma(2.0, 3.0, 200)
    log_likelihood = DataSum((k - 1) * sp.log(a) - a / theta - sp.loggamma(k) - k * sp.log(theta), a)
    found = value(log_likelihood, {k: 1.7, theta: 2.5}, {a: data})
    assert found == pytest.approx(stats.gamma.logpdf(data, 1.7, scale=2.5).sum(), rel=1e-13)
    in_n = -n * k + DataSum(a, a) * sp.log(k)
    assert value(in_n, {k: 1.5}, {a: [1, 2, 3, 4]}) == pytest.approx(-6 + 10 * math.log(1.5))


def test_a_million_observations_are_summed_accurately() -> None:
    data = np.random.default_rng(0).normal(1e3, 1.0, 1_000_000)
    centre = DataSum(x, x) / n
    assert value(DataSum((x - centre) ** 2, x), {}, {x: data}) == pytest.approx(1e6 * data.var(), rel=1e-12)
    assert value(DataSum(x, x), {}, {x: data}) == pytest.approx(math.fsum(data), rel=1e-15)


@pytest.mark.parametrize("data", [[3.0], [2.0, 2.0, 2.0], [1.0, 1.0, 5.0]])
def test_degenerate_samples(data: list[float]) -> None:
    centre = DataSum(x, x) / n
    assert value(DataSum((x - centre) ** 2, x), {}, {x: data}) == pytest.approx(len(data) * np.var(data), rel=1e-15)


def test_evaluating_along_one_parameter_equals_evaluating() -> None:
    expr = DataSum(sp.log(a + k) * theta, a) - n * theta**2
    evaluator = compile_expression(expr, [k, theta], [a], n)
    sample, values = {a: [1.0, 3.0]}, {k: 2.0, theta: 0.7}
    assert evaluator.along(theta, values, sample)(0.7) == evaluator(values, sample) == evaluator.on(sample)(values)
    assert compile_expression(k, [k, theta]).along(theta, values, {})(99.0) == 2.0


def test_boundary_likelihoods_take_zero_times_log_zero_as_zero() -> None:
    bernoulli = DataSum(x, x) * sp.log(p) + (n - DataSum(x, x)) * sp.log(1 - p)
    assert value(bernoulli, {p: 1.0}, {x: [1, 1, 1]}) == 0
    assert value(bernoulli, {p: 0.0}, {x: [0, 0]}) == 0
    assert value(bernoulli, {p: 0.0}, {x: [0, 1]}) == -math.inf
    assert value(DataSum(x * sp.log(x), x), {}, {x: [0.0, 1.0, 2.0]}) == pytest.approx(2 * math.log(2))
    assert float(evaluate_exactly(bernoulli, {p: 1}, {x: [1, 1]}, size=n)) == 0
    assert float(evaluate_exactly(bernoulli, {p: 0}, {x: [0, 1]}, size=n)) == -math.inf


def test_zero_times_infinity_is_zero_only_between_strangers() -> None:
    assert value((n - DataSum(x, x)) / (1 - p), {p: 1.0}, {x: [1.0, 1.0]}) == 0
    assert math.isnan(value(sp.sin(a) / a, {a: 0.0}))
    assert math.isnan(float(evaluate_exactly(sp.sin(a) / a, {a: 0}, {})))


def test_poles_have_a_sign_only_where_the_assumptions_give_one() -> None:
    assert value(1 / a, {a: 0.0}) == math.inf
    assert value(1 / x**2, {x: 0.0}) == math.inf
    assert math.isnan(value(1 / x, {x: 0.0}))
    assert math.isnan(value(DataSum(x, x) / (1 - p), {p: 1.0}, {x: [1.0]}))


@pytest.mark.parametrize(
    ("expr", "at", "expected"),
    [
        (sp.log(1 + a), {a: 1e-20}, 1e-20),
        (sp.exp(a) - 1, {a: 1e-20}, 1e-20),
        (1 - sp.exp(-a), {a: 1e-20}, 1e-20),
        (sp.log(1 - sp.exp(-a)), {a: 50.0}, -math.exp(-50)),
        (sp.log(1 - sp.exp(-a)), {a: 1e-20}, math.log(1e-20)),
        (sp.log(1 + sp.exp(a)), {a: 1e4}, 1e4),
        (sp.log(1 + sp.exp(-a)), {a: 50.0}, math.exp(-50)),
        (sp.log(sp.exp(a) + 2 * sp.exp(b)), {a: -3000.0, b: -3001.0}, -3000 + math.log1p(2 * math.exp(-1))),
        (sp.log(sp.gamma(a)), {a: 1e10}, math.lgamma(1e10)),
        (sp.gamma(a + 1) / sp.gamma(a), {a: 500.0}, 500.0),
        (sp.gamma(a) * a**-a, {a: 200.0}, math.exp(math.lgamma(200) - 200 * math.log(200))),
        (sp.log(sp.gamma(a) * sp.exp(-b)), {a: 400.0, b: 900.0}, math.lgamma(400) - 900),
        (sp.log(sp.erfc(a)), {a: 100.0}, float(sp.log(sp.erfc(100)).evalf(20))),
        (sp.log(1 - sp.erf(a)), {a: 30.0}, float(sp.log(sp.erfc(30)).evalf(20))),
        (sp.log(sp.Rational(1, 2) - sp.erf(a) / 2), {a: 30.0}, float(sp.log(sp.erfc(30) / 2).evalf(20))),
        (sp.Rational(1, 2) + sp.erf(-a) / 2, {a: 7.0}, float((sp.erfc(7) / 2).evalf(20))),
        (sp.log(a) - sp.digamma(a), {a: 1e12}, 5e-13),
        (3 * sp.digamma(a) - 3 * sp.log(a), {a: 1e12}, -1.5e-12),
        (sp.log(sp.besseli(0, a)) - a, {a: 2000.0}, float((sp.log(sp.besseli(0, 2000)) - 2000).evalf(20))),
        (sp.log(sp.binomial(a, b)), {a: 5000.0, b: 2500.0}, float(sp.log(sp.binomial(5000, 2500)).evalf(20))),
        (sp.log(a**2), {a: 1e-200}, 2 * math.log(1e-200)),
    ],
)
def test_stable_where_the_plain_formula_is_not(expr: sp.Expr, at: dict, expected: float) -> None:
    assert value(expr, at) == pytest.approx(expected, rel=2e-13)


def test_ratios_of_sums_of_powers_do_not_overflow() -> None:
    score = DataSum(a**k * sp.log(a), a) / DataSum(a**k, a)
    assert value(score, {k: 1e5}, {a: [10.0, 2000.0, 5000.0]}) == pytest.approx(math.log(5000))
    assert value(score, {k: 2.0}, {a: [1.0, 2.0]}) == pytest.approx(4 * math.log(2) / 5)
    soft = sp.log(DataSum(sp.exp(x / theta), x))
    assert value(soft, {theta: 1e-4}, {x: [1.0, 3.0, 3.0]}) == pytest.approx(3e4 + math.log(2))


def test_cases_relations_and_finite_sums() -> None:
    cases = sp.Piecewise((sp.log(x), x > 1), (x**2, sp.And(x >= 0, x <= 1)), (sp.KroneckerDelta(x, -1), True))
    assert value(DataSum(cases, x), {}, {x: [2.0, 0.5, -1.0, -2.0]}) == pytest.approx(math.log(2) + 0.25 + 1)
    assert math.isnan(value(sp.Piecewise((sp.S.One, x > 0)), {x: -1.0}))
    i = sp.Symbol("i", integer=True)
    assert value(sp.Sum(a**i / i, (i, 1, 3)), {a: 2.0}) == pytest.approx(2 + 2 + 8 / 3)
    assert value(sp.Max(x, 1, a), {x: 0.0, a: 3.0}) == 3
    assert value(sp.Or(x > 1, sp.Not(x > 0)), {x: 0.5}) == 0


def test_derivatives_that_sympy_leaves_standing() -> None:
    s = sp.Symbol("s", positive=True)
    assert value(sp.zeta(s).diff(s), {s: 2.5}) == pytest.approx(float(mpmath.zeta(2.5, 1, 1)))
    twice = sp.zeta(s**2 + 1).diff(s, 2)
    step = 1e-3
    around = [float(sp.zeta(1 + sp.Float(1.5 + d, 30) ** 2).evalf(30)) for d in (-step, 0, step)]
    assert value(twice, {s: 1.5}) == pytest.approx((around[0] - 2 * around[1] + around[2]) / step**2, rel=1e-4)
    nu_derivative = sp.besselk(2 * s, a).diff(s)
    exact = evaluate_exactly(nu_derivative, {s: 1, a: 2}, {}, 30)
    assert value(nu_derivative, {s: 1.0, a: 2.0}) == pytest.approx(float(exact), rel=1e-10)


def test_what_has_no_numerical_meaning_is_refused() -> None:
    unknown = sp.Function("f")
    for expr in (unknown(a), sp.I * a, sp.Sum(a**x, (x, 1, sp.oo)), sp.Integral(sp.exp(-(x**2)), (x, 0, a)), b * a):
        with pytest.raises(NotNumeric):
            value(expr, {a: 1.0})
    with pytest.raises(NotNumeric):
        compile_expression(x * a, [a], [x])
    with pytest.raises(NotNumeric):
        compile_expression(DataSum(y * z, y), [], [y, z])
    with pytest.raises(NotNumeric):
        value(DataSum(y * z, (y, z)), {}, {y: [1.0], z: [1.0, 2.0]})


def test_no_warning_and_no_exception_at_the_extremes() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert value(sp.exp(a), {a: 1e4}) == math.inf
        assert value(sp.log(a), {a: 0.0}) == -math.inf
        assert math.isnan(value(sp.log(x), {x: -1.0}))
        assert math.isnan(value(sp.sqrt(x), {x: -1.0}))
        assert value(a**0 + a**b, {a: 0.0, b: 0.0}) == 2
        assert value(sp.Integer(10) ** 400 * a, {a: 1.0}) == math.inf


def test_pointwise_evaluation_keeps_the_observations_apart() -> None:
    density = compile_pointwise(theta * sp.exp(-theta * a), [theta], [a])
    np.testing.assert_allclose(density({theta: 2.0}, {a: [0.0, 1.0]}), [2.0, 2 * math.exp(-2)])
    np.testing.assert_array_equal(compile_pointwise(theta, [theta], [a])({theta: 2.0}, {a: [0.0, 1.0]}), [2.0, 2.0])


def test_floats_stand_for_their_shortest_decimals() -> None:
    assert evaluate_exactly(DataSum(x, x) - sp.Rational(6, 10), {}, {x: [0.1, 0.2, 0.3]}, 60) == 0
    assert evaluate_exactly(a - sp.Rational(1, 10), {a: 0.1}, {}, 60) == 0
    assert str(evaluate_exactly(sp.pi * a, {a: 1}, {}, 30)) == "3.14159265358979323846264338328"


def test_exact_evaluation_leaves_the_global_context_alone() -> None:
    before = mpmath.mp.dps
    evaluate_exactly(sp.exp(a), {a: 1}, {}, 80)
    assert mpmath.mp.dps == before
