"""Equations in one unknown: clearing keeps sign and zeros, inverses give the root, quadratics the right one."""

from __future__ import annotations

import random

import pytest
import sympy as sp
from sympy import Expr

from symbolic_mle.algebra.equations import cleared, isolated, quadratic_root, undone

t, a, b = sp.symbols("t a b", positive=True)
m, S = sp.symbols("mu S", real=True)


def sign(expr: Expr) -> int:
    return 1 if expr.is_positive else -1 if expr.is_negative else 0


def random_point(seed: int) -> dict[Expr, Expr]:
    generator = random.Random(seed)
    values = {s: sp.Float(generator.uniform(0.2, 4)) for s in (t, a, b)}
    return values | {s: sp.Float(generator.uniform(-4, 4)) for s in (m, S)}


SCORES = [
    S / t - a,
    a / t - b / (1 + t),
    -a / t + b / t**2,
    -a / (2 * t) + b / (2 * t**2),
    (a - b * t) / (t * (1 + t)),
    -a + b / (t * (1 + t)),
    sp.exp(-t) * (a - t),
    (a - t) * (t + b) / t**3,
    a * sp.exp(-2 * t) - b * sp.exp(-t),
]


@pytest.mark.parametrize("score", SCORES, ids=str)
def test_clearing_keeps_the_sign_and_the_zeros(score: Expr) -> None:
    found = cleared(score, sign)
    assert found is not None
    assert sp.simplify(score * found.multiplier - found.numerator) == 0
    for seed in range(10):
        assert found.multiplier.xreplace(random_point(seed)) > 0


def test_a_denominator_of_unknown_sign_is_not_cleared() -> None:
    assert cleared(1 / (t - a) - 1, sign) is None
    assert cleared(S / m - 1, sign) is None


def test_a_negative_denominator_turns_the_numerator() -> None:
    found = cleared(S / (-t) + a, sign)
    assert found is not None
    assert sp.expand(found.numerator) == a * t - S


def test_a_factor_of_unknown_sign_is_kept() -> None:
    found = cleared(S * (a - t), sign)
    assert found is not None
    assert found.numerator.has(S)


@pytest.mark.parametrize(
    ("numerator", "unknown", "degree"),
    [
        (S - a * t, t, 1),
        (a - b * t**2, t, 2),
        (a - b * sp.exp(t), sp.exp(t), 1),
        (a - b * sp.log(t), sp.log(t), 1),
        (a - b * sp.sqrt(t) - t, sp.sqrt(t), 2),
        (sp.exp(2 * t) - a * sp.exp(t) - b, sp.exp(t), 2),
        (a * t ** sp.Rational(3, 2) - b, t ** sp.Rational(3, 2), 1),
    ],
    ids=str,
)
def test_the_expression_through_which_the_unknown_enters(numerator: Expr, unknown: Expr, degree: int) -> None:
    found = isolated(numerator, t)
    assert found is not None
    assert found.unknown == unknown
    assert len(found.coefficients) == degree + 1
    assert not any(c.has(t) for c in found.coefficients)
    rebuilt = sum(c * found.unknown**k for k, c in enumerate(found.coefficients))
    assert sp.simplify(rebuilt - numerator) == 0


@pytest.mark.parametrize(
    "numerator", [a - t * sp.log(t), sp.log(t) - sp.digamma(t) - a, t**3 + t - a, a + 0 * t], ids=str
)
def test_what_has_no_such_expression_stays_an_equation(numerator: Expr) -> None:
    assert isolated(numerator, t) is None


@pytest.mark.parametrize(
    ("unknown", "value", "root"),
    [
        (t, a, a),
        (t**2, a, sp.sqrt(a)),
        (1 / t, a, 1 / a),
        (sp.sqrt(t), a, a**2),
        (sp.exp(t), a, sp.log(a)),
        (sp.log(t), m, sp.exp(m)),
        (sp.exp(-b * t), a, -sp.log(a) / b),
        (b**t, a, sp.log(a) / sp.log(b)),
        (sp.log(1 + t), m, sp.exp(m) - 1),
        (sp.tanh(t), a, sp.atanh(a)),
        (sp.erf(t), a, sp.erfinv(a)),
    ],
    ids=str,
)
def test_inverse_functions_one_at_a_time(unknown: Expr, value: Expr, root: Expr) -> None:
    lines = undone(unknown, value, t, sign)
    assert lines is not None
    assert lines[0] == (unknown, value)
    left, right = lines[-1]
    assert left == t
    assert sp.simplify(right - root) == 0


def test_an_even_power_of_an_unknown_sign_is_not_undone() -> None:
    """m² = a has two solutions when m may be negative."""
    assert undone(m**2, a, m, sign) is None
    assert undone((m - 1) ** 2, a, m, sign) is None


def test_the_unknown_in_base_and_exponent_is_not_undone() -> None:
    assert undone(t**t, a, t, sign) is None


@pytest.mark.parametrize("coefficients", [(6, -5, 1), (-6, 5, -1), (-6, -1, 1), (6, 1, -1), (-1, 0, 4), (1, 0, -4)])
def test_the_root_at_which_a_quadratic_falls(coefficients: tuple[int, int, int]) -> None:
    c0, c1, c2 = map(sp.Integer, coefficients)
    root = quadratic_root(c0, c1, c2)
    assert sp.simplify(c0 + c1 * root + c2 * root**2) == 0
    assert c1 + 2 * c2 * root < 0


def test_the_root_of_a_quadratic_with_letters() -> None:
    """σ² − aσ − b = 0 falls at its negative root, −σ² + aσ + b at its positive one."""
    for c0, c1, c2 in ((b, a, sp.Integer(-1)), (-b, -a, sp.Integer(1))):
        root = quadratic_root(c0, c1, c2)
        assert sp.simplify(c0 + c1 * root + c2 * root**2) == 0
        for seed in range(5):
            assert (c1 + 2 * c2 * root).xreplace(random_point(seed)) < 0
