"""Order statistics as expressions: signs, numbers in both arithmetics, drawings, and SymPy's spelling."""

from __future__ import annotations

import numpy as np
import pytest
import sympy as sp

from symbolic_mle.algebra.numeric import compile_expression, evaluate_exactly, sign_on_sample
from symbolic_mle.algebra.sample import DataSum, OrderStatistic, as_sympy_sum, outermost_statistics, outermost_sums
from symbolic_mle.exposition.document import display, document, line, section
from symbolic_mle.exposition.notation import Notation
from symbolic_mle.render import latex, text

x, theta = sp.symbols("x theta", positive=True)
n = sp.Symbol("n", integer=True, positive=True)
LARGEST, SMALLEST = OrderStatistic(x, x, n), OrderStatistic(x, x, 1)
SHAPE = n / DataSum(sp.log(LARGEST / x), x)


def test_it_binds_its_variable_and_keeps_its_sign():
    assert LARGEST.free_symbols == {n} and LARGEST.is_positive and LARGEST.diff(theta) == 0
    with pytest.raises(ValueError, match="no derivative in theta"):
        OrderStatistic(x * theta, x, n).diff(theta)


@pytest.mark.parametrize("seed", range(5))
def test_numbers_in_both_arithmetics(seed: int):
    column = np.random.default_rng(seed).integers(1, 6, size=7).astype(float)
    for rank in range(1, 8):
        expected = np.sort(column)[rank - 1]
        found = OrderStatistic(x, x, sp.Integer(rank))
        assert compile_expression(found, (), (x,), n)({}, {x: column}) == expected
        assert evaluate_exactly(found, {}, {x: column}, 20, n) == expected
    shape = 7 / np.log(column.max() / column).sum()
    assert compile_expression(SHAPE, (), (x,), n)({}, {x: column}) == pytest.approx(shape)


def test_the_sign_of_a_range():
    assert sign_on_sample(LARGEST - SMALLEST, {}, {x: np.array([2.0, 2.0])}, n) == 0
    assert sign_on_sample(LARGEST - SMALLEST, {}, {x: np.array([2.0, 2.1])}, n) == 1


def test_statistics_inside_a_sum_are_not_outermost():
    assert outermost_statistics(SHAPE) == outermost_sums(SHAPE) and len(outermost_sums(SHAPE)) == 1


def test_drawings():
    notation = Notation(variables=(x,), parameters=(theta,), size=n)
    squared = OrderStatistic(x**2 + 1, x, n)
    shown = document(("T",), section("A", *(display(line(None, "=", notation.write(e))) for e in (LARGEST, squared))))
    assert "x_{(n)}" in latex.render(shown) and r"\max_{i}(1 + x_{i}^{2})" in latex.render(shown)
    assert "x₍ₙ₎" in text.render(shown) and "maxᵢ(1 + xᵢ²)" in text.render(shown)


def test_what_goes_to_users():
    assert str(as_sympy_sum(SHAPE, n)) == "n/Sum(log(max(x[i])/x[j]), (j, 1, n))"


def test_a_root_of_zero_does_not_hide_a_sign():
    root = sp.sqrt(sp.Max(0, LARGEST - 1))
    assert sign_on_sample(1 - root, {}, {x: np.array([0.5, 1.0])}, n) == 1
    assert sign_on_sample(root - 1, {}, {x: np.array([0.5, 1.0])}, n) == -1
