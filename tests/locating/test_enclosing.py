"""Intervals hold every value: against evaluation at random points of random boxes."""

from __future__ import annotations

import mpmath
import numpy as np
import pytest
import sympy as sp

from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.locating.enclosing import Data, NotEnclosedError, enclose
from symbolic_mle.locating.interval_arithmetic import Intervals, is_negative_definite
from symbolic_mle.locating.narrow_forms import nested, with_counts

a, b = sp.symbols("a b", positive=True)
x, n = sp.Symbol("x", real=True), sp.Symbol("n", integer=True, positive=True)
SAMPLE = {x: np.array([0.5, 1.0, 2.0, 2.0, -1.5])}
COUNTS = {x: np.array([0.0, 1.0, 3.0, 3.0])}

EXPRESSIONS = [
    a + b - 3, a * b - b**2, 1 / a - 1 / b**2, (a - 2) ** 3, (a - 2) ** 2, (a - b) ** -2, sp.exp(-a * b), sp.log(a +
    b**2), sp.sqrt(a), a ** sp.Rational(-1, 3), a**b, sp.sin(a - b), sp.cos(3 * a), sp.sinh(a - 1), sp.cosh(a - b),
    sp.sech(a - b), sp.tanh(a - b), sp.atan(a - b), sp.asinh(a - b), sp.Abs(a - b), sp.erf(a - b), sp.loggamma(a),
    sp.polygamma(0, a + b), sp.polygamma(1, a), sp.polygamma(2, b), sp.pi * a - sp.E, DataSum(sp.log(1 + (x - a) ** 2
    / b), x), DataSum(x * sp.tanh(a * x), x) - n * b, DataSum(sp.exp(-a * x**2), x) / n, DataSum(sp.Piecewise((a * x,
    x > 0), (b, True)), x), DataSum((x - DataSum(x, x) / n) ** 2, x) * a,
]  # fmt: skip


def at(expr, values, sample):
    """The value in many digits, sums written out."""
    size = len(sample[x])

    def written(e):
        if not isinstance(e, DataSum):
            return e.func(*map(written, e.args)) if e.args else e
        inner = written(e.summand)
        return sp.Add(*(inner.xreplace({x: sp.Rational(float(v))}) for v in sample[x]))

    exact = {s: sp.Rational(float(v)) for s, v in values.items()}
    return written(expr.subs(n, size)).xreplace(exact).evalf(40)


@pytest.mark.parametrize("expr", EXPRESSIONS, ids=str)
@pytest.mark.parametrize("form", ["as it is", "nested"])
def test_values_lie_in_the_intervals(expr, form):
    random, data = np.random.default_rng(1), Data.of(SAMPLE, {}, n)
    shown = expr if form == "as it is" else nested(expr, [a, b])
    low = random.uniform(0.01, 4, (12, 2))
    high = low + random.exponential(0.5, (12, 2)) * (random.random((12, 2)) < 0.8)
    found = enclose(shown, {s: Intervals(low[:, k], high[:, k]) for k, s in enumerate((a, b))}, data)
    assert np.isfinite(found.high - found.low).any() or (expr - 0).has(sp.Pow)
    for row in range(12):
        for share in ((0, 0), (1, 1), (0, 1), (0.3, 0.8)):
            values = {s: low[row, k] + share[k] * (high[row, k] - low[row, k]) for k, s in enumerate((a, b))}
            value = at(expr, values, SAMPLE)
            assert mpmath.mpf(found.low[row]) <= value <= mpmath.mpf(found.high[row])


def test_unbounded_boxes_and_ends():
    box = {
        a: Intervals(np.array([0.0, 4.0]), np.array([1.0, np.inf])),
        b: Intervals(np.array([1.0, 1.0]), np.array([1.0, 1.0])),
    }
    data = Data.of(SAMPLE, {}, n)
    found = enclose(1 / a, box, data)
    assert found.high[0] == np.inf and 0.99 < found.low[0] <= 1 and found.low[1] == 0 and found.high[1] >= 0.25
    assert enclose(sp.log(a), box, data).low[0] == -np.inf
    assert enclose(nested(a**2 - 3 * a, [a]), box, data).low[1] > -np.inf
    assert enclose(a / (a + sp.exp(-a)), box, data).low.min() >= 0  # rounding outwards does not pass 0


def test_what_is_not_known_is_refused():
    data, box = Data.of(SAMPLE, {}, n), {a: Intervals.point(np.array([1.0]))}
    with pytest.raises(NotEnclosedError):
        enclose(sp.besseli(0, a), box, data)
    with pytest.raises(NotEnclosedError):
        enclose(DataSum(sp.Piecewise((1, x > a), (0, True)), x), box, data)


def test_sums_over_counts_are_written_out_so_that_terms_cancel():
    data = Data.of(COUNTS, {}, n)
    expr = DataSum(sp.polygamma(0, a + x) - sp.polygamma(0, a) + (x - 1) * sp.log(b), x)
    shown = with_counts(expr, data)
    assert not shown.has(sp.polygamma, DataSum)
    values = {a: 1.7, b: 0.4}
    assert float(shown.subs(values)) == pytest.approx(float(at(expr, values, COUNTS)))


def test_definiteness():
    def matrix(*rows):
        return [[Intervals.point(np.array([float(v)])) for v in row] for row in rows]

    assert is_negative_definite(matrix((-2, 1), (1, -2)))
    assert not is_negative_definite(matrix((-1, 2), (2, -1)))
    assert not is_negative_definite(matrix((-1, 0), (0, 0)))
    assert is_negative_definite(matrix((-4, 1, 1), (1, -4, 1), (1, 1, -4)))
