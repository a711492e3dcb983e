"""log of a product → sum of logs: the same number wherever the product is positive, no rule without its condition."""

from __future__ import annotations

import random

import pytest
import sympy as sp
from sympy import Expr

from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.algebra.logs import expand_log
from symbolic_mle.algebra.signs import Sign, sign_of

p, q = sp.symbols("p q", positive=True)
u = sp.Symbol("u", negative=True)
x, m = sp.symbols("x mu", real=True)
ABOVE, BELOW = Interval(lower=sp.Integer(0)), Interval(upper=sp.Integer(0))
REGION = {p: ABOVE, q: ABOVE, u: BELOW, x: Interval(), m: Interval()}


def positive(expr: Expr) -> bool:
    return bool(expr.is_positive) or sign_of(expr, REGION) is Sign.POSITIVE


def opened(expr: Expr) -> Expr:
    return expand_log(expr, positive)


def points(count: int = 25) -> list[dict[Expr, Expr]]:
    generator = random.Random(4)
    return [
        {
            p: sp.Float(generator.uniform(0.1, 3)),
            q: sp.Float(generator.uniform(0.1, 3)),
            u: sp.Float(generator.uniform(-3, -0.1)),
            x: sp.Float(generator.uniform(-3, 3)),
            m: sp.Float(generator.uniform(-3, 3)),
        }
        for _ in range(count)
    ]


PRODUCTS = [
    x**2,
    x**2 * sp.exp(-x),
    (x - m) ** 2 * p,
    (x - m) ** 4,
    x**2 * m**2 * p,
    u**2,
    -(u**3),
    -p * u,
    u**2 * x**2,
    (-u) ** p,
    (x**2) ** sp.Rational(1, 3) * p,
    (x**2) ** p,
    (p * x**2) ** q,
    p**x * q ** (-x),
    (p / q) ** x,
    (p * q) ** x,
    (1 + x**2) ** (-p),
    2 * p + 2 * p * x**2,
    sp.exp(x) * sp.exp(-p),
    sp.gamma(p) * q,
    sp.gamma(x) ** 2,
    1 / sp.gamma(p),
    sp.beta(p, q),
    sp.exp(-((x - m) ** 2) / (2 * p)) / sp.sqrt(2 * sp.pi * p),
    x**2 + 2 * x * m + m**2,
    1 / p - 1 / (p + 1),
    sp.exp(-sp.Abs(x - m) / p) / (2 * p),
    (x - m) ** 2 / (1 + (x - m) ** 2),
    sp.besseli(0, p),
    sp.factorial(p) * sp.binomial(7, 3),
    x * m,
    sp.sin(x) * p,
]


@pytest.mark.parametrize("product", PRODUCTS, ids=str)
def test_the_same_number_wherever_the_product_is_positive(product: Expr) -> None:
    logarithm, tried = opened(product), 0
    for values in points():
        size = complex(product.xreplace(values))
        if abs(size.imag) > 1e-12 or size.real <= 0:
            continue
        tried += 1
        there = complex(logarithm.xreplace(values))
        assert abs(there.imag) < 1e-12, f"{logarithm} is not real at {values}"
        assert there.real == pytest.approx(float(sp.log(size.real)), abs=1e-9)
    assert tried


def test_the_logarithm_of_a_square_keeps_the_absolute_value() -> None:
    """2·log x would be wrong for every negative x."""
    assert opened(x**2) == 2 * sp.log(sp.Abs(x))
    assert opened(x**2).subs(x, -3) == 2 * sp.log(3)
    assert opened(p**2) == 2 * sp.log(p)
    assert opened(u**2) == 2 * sp.log(-u)


def test_a_product_of_two_unknown_signs_is_not_split() -> None:
    assert opened(x * m) == sp.log(x * m)
    assert opened(p * x * m) == sp.log(p) + sp.log(x * m)


def test_a_negative_factor_gives_its_sign_away() -> None:
    assert opened(-p * u) == sp.log(p) + sp.log(-u)


def test_numbers_stay_together() -> None:
    assert opened(2 * sp.pi * p) == sp.log(p) + sp.log(2 * sp.pi)
    assert opened(p) == sp.log(p)


def test_logarithms_of_powers_and_exponentials() -> None:
    assert opened(p**x * sp.exp(-q)) == x * sp.log(p) - q
    assert opened(1 / (1 + p)) == -sp.log(1 + p)
    assert opened((p * q) ** 3).expand() == 3 * sp.log(p) + 3 * sp.log(q)


def test_gamma_functions_become_their_logarithms() -> None:
    assert opened(1 / sp.gamma(p)) == -sp.loggamma(p)
    assert opened(sp.beta(p, q)) == sp.loggamma(p) + sp.loggamma(q) - sp.loggamma(p + q)


def test_common_factors_of_a_sum_come_out() -> None:
    assert opened(p + p * x**2) == sp.log(p) + sp.log(1 + x**2)
