"""Parting the data from the parameters: the parts add up to the term, and no power is split without its condition."""

from __future__ import annotations

import random

import pytest
import sympy as sp
from sympy import Expr

from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.algebra.separation import separate
from symbolic_mle.algebra.signs import Sign, sign_of

x, m = sp.symbols("x mu", real=True)
y, s, k = sp.symbols("y sigma k", positive=True)
ABOVE = Interval(lower=sp.Integer(0))
REGION = {x: Interval(), m: Interval(), y: ABOVE, s: ABOVE, k: ABOVE}
DATA, PARAMETERS = {x, y}, {m, s, k}


def positive(expr: Expr) -> bool:
    return bool(expr.is_positive) or sign_of(expr, REGION) is Sign.POSITIVE


def random_point(seed: int) -> dict[Expr, Expr]:
    generator = random.Random(seed)
    values = {symbol: sp.Float(generator.uniform(0.2, 3)) for symbol in (y, s, k)}
    return values | {symbol: sp.Float(generator.uniform(-3, 3)) for symbol in (x, m)}


TERMS = [
    (x - m) ** 2 / s,
    (x - m) ** 3,
    s * (x + m) * (x - m),
    sp.log(y / s) * k,
    k * sp.log(y) - sp.log(s),
    (y / s) ** 2,
    (y / s) ** k,
    (y / s) ** sp.Rational(1, 2),
    sp.exp(-(x - m) / s),
    sp.exp(x - m),
    sp.log(s * y + s * y**2),
    sp.cos(x - m) * k,
    sp.sin(x + m),
    sp.log(1 + y) * k + sp.Abs(x) * s,
    sp.log((x - m) ** 2),
    (x * s) ** 2,
    sp.log(y) ** 2 / s,
    (sp.log(y) - m) ** 2,
    sp.log(1 + (x - m) ** 2),
    (y**2) ** k,
    sp.Abs(x - m) / s,
]


@pytest.mark.parametrize("term", TERMS, ids=str)
def test_the_parts_add_up_to_the_term(term: Expr) -> None:
    parted, mixed = separate(term, DATA, PARAMETERS, positive)
    total = sp.Add(*(c * t for c, t in parted), *mixed)
    for seed in range(12):
        values = random_point(seed)
        assert complex((total - term).xreplace(values)) == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("term", TERMS, ids=str)
def test_coefficients_are_free_of_the_data_and_statistics_of_the_parameters(term: Expr) -> None:
    parted, mixed = separate(term, DATA, PARAMETERS, positive)
    for coefficient, statistic in parted:
        assert not coefficient.free_symbols & DATA
        assert not statistic.free_symbols & PARAMETERS
    for rest in mixed:
        assert rest.free_symbols & DATA
        assert rest.free_symbols & PARAMETERS


@pytest.mark.parametrize(
    "term",
    [
        (x - m) ** 2 / s,
        k * sp.log(y / s),
        (y / s) ** 2,
        sp.exp(x - m),
        sp.cos(x - m) * k,
        (sp.log(y) - m) ** 2,
        sp.log(s * y + s * y**2),
    ],
    ids=str,
)
def test_what_algebra_can_part_is_parted(term: Expr) -> None:
    assert not separate(term, DATA, PARAMETERS, positive)[1]


@pytest.mark.parametrize(
    "term", [sp.log(1 + (x - m) ** 2), sp.Abs(x - m), sp.log(y + s), (y / s) ** k, sp.log(x - m), y**k], ids=str
)
def test_what_cannot_be_parted_stays_mixed(term: Expr) -> None:
    _, mixed = separate(term, DATA, PARAMETERS, positive)
    assert sp.simplify(sp.Add(*mixed) - term) == 0


def test_a_root_of_a_product_of_unknown_signs_is_not_split() -> None:
    """√(x·μ) is not √x·√μ when both are negative."""
    _, mixed = separate(sp.sqrt(x * m), DATA, PARAMETERS, positive)
    assert mixed == [sp.sqrt(x * m)]


def test_a_square_keeps_its_absolute_value() -> None:
    """log (xμ)² = 2 log |x| + 2 log |μ|, also for negative numbers."""
    parted, mixed = separate(sp.log(x**2 * m**2), DATA, PARAMETERS, positive)
    total = sp.Add(*(c * t for c, t in parted), *mixed)
    assert complex(total.subs({x: -2, m: -3})) == pytest.approx(float(sp.log(36)))


def test_terms_of_either_kind_alone() -> None:
    assert separate(x**2, DATA, PARAMETERS, positive) == ([(1, x**2)], [])
    assert separate(s**2, DATA, PARAMETERS, positive) == ([(s**2, 1)], [])
    assert separate(3 * s * x, DATA, PARAMETERS, positive) == ([(3 * s, x)], [])
