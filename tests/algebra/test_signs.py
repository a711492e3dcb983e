"""True statements that the sign prover must prove, with exactly the sign that holds."""

from __future__ import annotations

import time

import pytest
import sympy as sp
from sympy import S, Symbol, diff, erf, erfc, exp, log, loggamma, oo, polygamma, sinh, sqrt, symbols, tanh, zeta

from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.algebra.signs import Finding, Sign, find_sign, monotone, sign_of

x, y, u, k, r, a, b, lam, s, t, n, m, nu, p, z, mu = symbols("x y u k r a b lam s t n m nu p z mu")
HALF_LINE, UNIT, LINE = Interval(S.Zero, oo), Interval(S.Zero, S.One), Interval()
AT_LEAST_0, AT_LEAST_1 = Interval(S.Zero, oo, closed_lower=True), Interval(S.One, oo, closed_lower=True)
ABOVE_1 = Interval(S.One, oo)
CLOSED_UNIT = Interval(S.Zero, S.One, True, True)
NATURAL = {v: HALF_LINE for v in (x, y, u, k, r, a, b, lam, s, t, n, m, nu)} | {p: UNIT, z: LINE, mu: LINE}

POSITIVE, NEGATIVE, NONNEGATIVE, NONPOSITIVE = Sign.POSITIVE, Sign.NEGATIVE, Sign.NONNEGATIVE, Sign.NONPOSITIVE

RATIONAL = [
    (-k / p**2 - n / (1 - p) ** 2, NEGATIVE, {}),
    (-k / p**2 - n / (1 - p) ** 2, NONPOSITIVE, {k: AT_LEAST_0, n: AT_LEAST_0}),
    (x, NONNEGATIVE, {x: AT_LEAST_0}),
    (x / (x + 1), POSITIVE, {}),
    (x / (x + 1), NONNEGATIVE, {x: AT_LEAST_0}),
    (2 * p - p**2, POSITIVE, {}),
    (p * (1 - p), NONNEGATIVE, {p: CLOSED_UNIT}),
    (x + 1 / x - 2, NONNEGATIVE, {}),
    (x**2 - x * y + y**2, POSITIVE, {}),
    (x**2 - 2 * x * mu + mu**2 + 1, POSITIVE, {x: LINE}),
    ((x - mu) ** 2 / s**2, NONNEGATIVE, {x: LINE}),
    (x - mu, POSITIVE, {x: Interval(mu, oo)}),
    (1 - x / t, POSITIVE, {x: Interval(S.Zero, t)}),
    (1 - x / t, NONNEGATIVE, {x: Interval(S.Zero, t, True, True)}),
    (diff(2 * x**2 / (s**2 + x**2), s), NEGATIVE, {}),
    (diff((nu + 1) * x**2 / (nu * s**2 + x**2), s), NEGATIVE, {}),
    (diff((nu + 1) * x**2 / (nu * s**2 + x**2), s), NONPOSITIVE, {x: LINE}),
    (n - 1, NONNEGATIVE, {n: Interval(S.Zero, oo, integer=True)}),
    (x - 3, NONPOSITIVE, {x: Interval(-oo, sp.Rational(7, 2), integer=True)}),
    (sqrt(x**2 + 1) - x, POSITIVE, {x: LINE}),
    (x + y - 2 * sqrt(x * y), NONNEGATIVE, {}),
]

ELEMENTARY = [
    (1 - exp(-lam * x), POSITIVE, {}),
    (1 - exp(-lam * x), NONNEGATIVE, {x: AT_LEAST_0}),
    (log(1 - p), NEGATIVE, {}),
    (log(1 + x), POSITIVE, {}),
    (-log(1 - exp(-lam * x)), POSITIVE, {}),
    (sp.cosh(z) - 1, NONNEGATIVE, {}),
    (1 - tanh(z) ** 2, POSITIVE, {}),
    (sp.sech(z) ** 2, POSITIVE, {}),
    (x - tanh(x), POSITIVE, {}),
    (x - tanh(x), NONNEGATIVE, {x: AT_LEAST_0}),
    (x**a, POSITIVE, {}),
    (1 - p**a, POSITIVE, {}),
    (1 - p**a, NONNEGATIVE, {p: Interval(S.Zero, S.One, False, True)}),
    (-exp(z) / (1 + exp(z)) ** 2, NEGATIVE, {}),
    (-exp(-(z - mu) / b) / b**2, NEGATIVE, {}),
    (a * p**a * log(p) ** 2 / (1 - p**a) ** 2, POSITIVE, {}),
    (2 - sp.cos(z), POSITIVE, {}),
    (sp.log(2) - sp.Rational(69, 100), POSITIVE, {}),
    (sp.EulerGamma - sp.Rational(1, 2), POSITIVE, {}),
    (sp.pi - sp.Rational(355, 113), NEGATIVE, {}),
    (exp(-exp(x)), POSITIVE, {}),
]

BY_DERIVATIVES = [
    (log(y) + 1 - y, NEGATIVE, {y: UNIT}),
    (log(y) + 1 - y, NONPOSITIVE, {}),
    (y - 1 - log(y), NONNEGATIVE, {}),
    (exp(x) - 1 - x, POSITIVE, {}),
    (exp(z) - 1 - z, NONNEGATIVE, {}),
    (sinh(u) - u, POSITIVE, {}),
    (x * log(x) - x + 1, NONNEGATIVE, {}),
    (x**a - 1 - a * log(x), NONNEGATIVE, {}),
    (1 - (1 + x) * exp(-x), POSITIVE, {}),
    (log(1 + x) - x / (1 + x), POSITIVE, {}),
    (x**2 * exp(-lam * x) / (1 - exp(-lam * x)) ** 2 - 1 / lam**2, NEGATIVE, {}),
    (1 / lam**2 - p**lam * log(p) ** 2 / (1 - p**lam) ** 2, POSITIVE, {}),
    (diff(log(y) * (1 - b * y) / (1 - y), y), POSITIVE, {y: UNIT}),
    (diff(log(1 - exp(-x)), x, 2), NEGATIVE, {}),
    (diff(log((exp(b * x) - 1) / b), b, 2), POSITIVE, {}),
    (diff(log(-log(1 - exp(-u))), u, 2), POSITIVE, {}),
    (sp.Rational(1, 2) - 1 / u + 1 / (exp(u) - 1), POSITIVE, {}),
    (diff(x / (exp(x) - 1), x), NEGATIVE, {}),
    (-1 / p - log(1 - p) / p**2, POSITIVE, {}),
    (diff(-p / ((1 - p) * log(1 - p)), p), POSITIVE, {}),
    (exp(x) - sp.E * x, NONNEGATIVE, {}),
    (exp(x) - sp.Rational(271828, 100000) * x, POSITIVE, {}),
    (sp.Rational(55, 100) - x**2 * exp(-x), POSITIVE, {}),
]

SPECIAL = [
    (polygamma(1, k), POSITIVE, {}),
    (polygamma(2, k), NEGATIVE, {}),
    (polygamma(3, k), POSITIVE, {}),
    (polygamma(1, k) - 1 / k, POSITIVE, {}),
    (k * polygamma(1, k) - 1, POSITIVE, {}),
    (polygamma(1, k) - 1 / k - 1 / (2 * k**2), POSITIVE, {}),
    (polygamma(1, k) - 1 / k - 1 / k**2, NEGATIVE, {}),
    (log(k) - polygamma(0, k), POSITIVE, {}),
    (log(k) - polygamma(0, k) - 1 / (2 * k), POSITIVE, {}),
    (log(k) - polygamma(0, k) - 1 / k, NEGATIVE, {}),
    (diff(log(k) - polygamma(0, k), k), NEGATIVE, {}),
    (polygamma(1, k) - polygamma(1, k + r), POSITIVE, {}),
    (polygamma(0, x + r) - polygamma(0, r), NONNEGATIVE, {x: AT_LEAST_0}),
    (diff(loggamma(k), k, 2), POSITIVE, {}),
    (sp.gamma(k), POSITIVE, {}),
    (sp.beta(a, b), POSITIVE, {}),
    (1 - erf(z), POSITIVE, {}),
    (erf(x), POSITIVE, {}),
    (diff(erf(z), z), POSITIVE, {}),
    (exp(-(z**2)) / sqrt(sp.pi) - z * erfc(z), POSITIVE, {}),
    (sp.besseli(1, k), POSITIVE, {}),
    (sp.besseli(0, k) - sp.besseli(1, k), POSITIVE, {}),
    (sp.besseli(0, z) - 1, NONNEGATIVE, {}),
    (zeta(s) - 1, POSITIVE, {s: ABOVE_1}),
    (diff(zeta(s), s), NEGATIVE, {s: ABOVE_1}),
    (diff(log(zeta(s)), s, 2), POSITIVE, {s: ABOVE_1}),
]

OVER_THE_SAMPLE = [
    (-DataSum(x, (x,)) / lam**2, NEGATIVE, {}),
    (-DataSum(x, (x,)) / lam**2, NONPOSITIVE, {x: AT_LEAST_0}),
    (DataSum(x, (x,)) - 1, NONNEGATIVE, {x: AT_LEAST_1}),
    (DataSum((x - mu) ** 2, (x,)), NONNEGATIVE, {x: LINE}),
    (-n / k**2 - DataSum(x**k * log(x) ** 2, (x,)), NEGATIVE, {}),
    (-n / k**2 - DataSum((x / lam) ** k * log(x / lam) ** 2, (x,)), NEGATIVE, {}),
    (DataSum(polygamma(1, x + r), (x,)) - DataSum(polygamma(1, r), (x,)), NONPOSITIVE, {x: AT_LEAST_0}),
    (DataSum(log(x / t), (x,)), POSITIVE, {x: Interval(t, oo)}),
    (-DataSum(x * y, (x, y)), NEGATIVE, {}),
    (DataSum(exp(x), (x,)) - DataSum(1 + x, (x,)), POSITIVE, {}),
]

STATEMENTS = [*RATIONAL, *ELEMENTARY, *BY_DERIVATIVES, *SPECIAL, *OVER_THE_SAMPLE]


@pytest.mark.parametrize(("expr", "sign", "changes"), STATEMENTS, ids=lambda value: str(value)[:60])
def test_a_true_statement_is_proved_with_its_exact_sign(
    expr: sp.Expr, sign: Sign, changes: dict[Symbol, Interval]
) -> None:
    assert sign_of(expr, NATURAL | changes) is sign


@pytest.mark.parametrize(("expr", "sign", "changes"), STATEMENTS, ids=lambda value: str(value)[:60])
def test_the_negative_has_the_opposite_sign(expr: sp.Expr, sign: Sign, changes: dict[Symbol, Interval]) -> None:
    assert sign_of(-expr, NATURAL | changes) is sign.negative()


def test_zero_is_recognised() -> None:
    assert sign_of(S.Zero, {}) is Sign.ZERO
    assert sign_of((x + y) ** 2 - x**2 - 2 * x * y - y**2, NATURAL) is Sign.ZERO
    assert sign_of((1 + sqrt(2)) ** 2 - 3 - 2 * sqrt(2), {}) is Sign.ZERO


def test_symbols_outside_the_region_are_known_by_their_assumptions() -> None:
    positive, integer = Symbol("c", positive=True), Symbol("j", integer=True, positive=True)
    assert sign_of(1 - exp(-positive), {}) is POSITIVE
    assert sign_of(integer - 1, {}) is NONNEGATIVE
    assert sign_of(Symbol("w", real=True) ** 2, {}) is NONNEGATIVE
    assert sign_of(Symbol("w") ** 2, {}) is None


def test_ends_may_be_expressions_in_other_symbols() -> None:
    assert sign_of(y - x, {x: HALF_LINE, y: Interval(x, oo)}) is POSITIVE
    assert sign_of(log(y) - log(x), {x: HALF_LINE, y: Interval(x, oo, closed_lower=True)}) is NONNEGATIVE
    assert sign_of(t - x, {t: LINE, x: Interval(-oo, t)}) is POSITIVE
    assert sign_of((x - a) * (b - x), {a: LINE, b: Interval(a, oo), x: Interval(a, b)}) is POSITIVE


def test_ends_in_a_circle_are_only_a_wider_box() -> None:
    assert sign_of(x**2 + 1, {x: Interval(-oo, y), y: Interval(x, oo)}) is POSITIVE


def test_monotone_is_the_sign_of_the_derivative() -> None:
    assert monotone(exp(-lam * x), lam, NATURAL) is NEGATIVE
    assert monotone(x / (1 + x), x, NATURAL) is POSITIVE
    assert monotone(log(k) - polygamma(0, k), k, NATURAL) is NEGATIVE
    assert monotone(z**3, z, NATURAL) is NONNEGATIVE
    assert monotone(sp.sin(z), z, NATURAL) is None


def test_an_obvious_sign_needs_no_argument() -> None:
    assert find_sign(x / (1 + x), NATURAL) == Finding(POSITIVE)


def test_the_argument_ends_with_the_statement_and_names_its_reason() -> None:
    found = find_sign(polygamma(1, k) - 1 / k, NATURAL)
    assert found is not None
    statement, reason = found.lines[-1]
    assert isinstance(statement, sp.StrictGreaterThan | sp.StrictLessThan)
    assert "ψ" in " ".join(why for _, why in found.lines)
    assert reason


def test_the_lines_of_an_argument_are_true_statements_about_the_original_symbols() -> None:
    expr = x**2 * exp(-lam * x) / (1 - exp(-lam * x)) ** 2 - 1 / lam**2
    found = find_sign(expr, NATURAL)
    assert found is not None and len(found.lines) >= 2
    for statement, _ in found.lines:
        assert statement.free_symbols <= {x, lam}
        for point in ({x: 0.7, lam: 1.9}, {x: 3.1, lam: 0.4}):
            assert statement.subs(point) == True  # noqa: E712


def test_asking_twice_gives_the_same_answer_and_the_same_argument() -> None:
    expr = diff(x / (exp(x) - 1), x)
    assert find_sign(expr, NATURAL) == find_sign(expr, NATURAL)


def test_a_deadline_in_the_past_leaves_only_what_is_obvious() -> None:
    past = time.thread_time() - 1
    assert find_sign(sinh(u) - u, NATURAL, deadline=past) is None


def test_depth_limits_the_nesting_of_techniques() -> None:
    assert find_sign(sinh(u) - u, NATURAL, depth=0) is None
    assert find_sign(sinh(u) - u, NATURAL, depth=2) is not None
