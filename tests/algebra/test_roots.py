"""Roots to the last bit, at any scale, or the end that they ran to."""

from __future__ import annotations

import math

import numpy as np
import pytest
import sympy as sp
from hypothesis import example, given
from hypothesis import strategies as st
from scipy import optimize, special

from symbolic_mle.algebra.numeric import compile_expression
from symbolic_mle.algebra.roots import Crossing, Place, find_root, find_roots, polish
from symbolic_mle.algebra.sample import DataSum

x, k = sp.symbols("x k", positive=True)
n = sp.Symbol("n", integer=True, positive=True)
INF = math.inf


@given(st.floats(1e-290, 1e290))
@example(1.0)
@example(1e-290)
def test_positive_roots_at_any_scale(target: float) -> None:
    root = find_root(lambda v: math.log(target) - math.log(v), 0, INF)
    assert root is not None and root.place is Place.INSIDE and root.is_falling
    assert root.value == pytest.approx(target, rel=1e-12)
    assert find_root(lambda v: target - v, 0, INF).value == target


@given(st.floats(-1e290, 1e290))
@example(0.0)
def test_real_roots_at_any_scale(target: float) -> None:
    root = find_root(lambda v: target - v, -INF, INF)
    assert root is not None and root.value == target


@given(st.floats(1e-200, 1 - 1e-15))
def test_roots_on_an_interval(target: float) -> None:
    root = find_root(lambda v: target / v - (1 - target) / (1 - v), 0, 1)
    assert root is not None and root.value == pytest.approx(target, rel=1e-13)
    assert find_root(lambda v: target - v, -3, 1).value == target


@given(st.floats(-1e6, 1e6), st.floats(1e-6, 1e6))
def test_half_lines_that_do_not_start_at_zero(end: float, gap: float) -> None:
    above, below = end + gap, end - gap
    if above > end:
        assert find_root(lambda v: above - v, end, INF).value == above
    if below < end:
        assert find_root(lambda v: below - v, -INF, end).value == below


@pytest.mark.parametrize("start", [None, 1e-100, 3.0, 1e100])
def test_the_start_does_not_change_the_root(start: float | None) -> None:
    def score(v: float) -> float:
        return math.log(v) - float(special.digamma(v)) - 0.2

    expected = optimize.brentq(score, 0.1, 100, xtol=1e-15)
    assert find_root(score, 0, 1e6, start).value == pytest.approx(expected, rel=1e-13)


@pytest.mark.parametrize(
    "function", [lambda v: (0.3 - v) ** 3, lambda v: math.atan(1e8 * (0.3 - v)), lambda v: 0.3**9 - v**9]
)
def test_flat_and_steep_crossings(function) -> None:
    root = find_root(function, 0, 1)
    assert root is not None and root.value == pytest.approx(0.3, abs=1e-5)


def test_no_sign_change_names_the_end() -> None:
    up = find_root(lambda v: 1 / v, 0, INF)
    assert up.place is Place.AT_UPPER and up.signs == (1, 1) and up.complete and math.isnan(up.value)
    down = find_root(lambda v: -v, 0, 1)
    assert down.place is Place.AT_LOWER and down.signs == (-1, -1) and down.complete
    assert find_root(lambda v: math.exp(-v), -INF, INF).place is Place.AT_UPPER
    assert not find_root(lambda v: math.exp(-v), -INF, INF).complete  # underflow: 0 has no sign


def test_nan_shrinks_the_search_and_infinity_has_a_sign() -> None:
    def narrow(v: float) -> float:
        return 5 - v if v < 5.5 else math.nan

    assert find_root(narrow, 0, INF).value == 5
    cut = find_root(lambda v: 1.0 if v < 5.5 else math.nan, 0, INF)
    assert cut.place is Place.AT_UPPER and not cut.complete and cut.bracket[1] == pytest.approx(5.5)
    assert find_root(lambda v: INF if v < 2 else (3 - v if v < 4 else -INF), 0, INF).value == 3
    assert find_root(lambda v: math.nan, 0, 1) is None
    assert find_root(lambda v: 0.0, 0, 1) is None
    assert find_root(lambda v: math.nan if v < 7 else 9 - v, 0, INF).value == 9


def test_the_bracket_is_two_neighbours_with_the_signs() -> None:
    root = find_root(lambda v: 2 - v * v, 0, INF)
    low, high = root.bracket
    assert math.nextafter(low, INF) == high and 2 - low * low > 0 > 2 - high * high and root.value in (low, high)


def test_few_evaluations() -> None:
    seen: list[float] = []

    def score(v: float) -> float:
        seen.append(v)
        return 1 / v - 1e-7

    assert find_root(score, 0, INF).value == pytest.approx(1e7, rel=1e-15)
    assert len(seen) < 60


def test_every_change_of_sign_is_found_in_order() -> None:
    roots = find_roots(math.cos, 0, 20)
    assert [root.value for root in roots] == pytest.approx([math.pi * (i + 0.5) for i in range(6)], rel=1e-15)
    assert [root.is_falling for root in roots] == [True, False] * 3
    assert {root.crossing for root in roots} == {Crossing.ZERO}


def test_cauchy_scores_have_several_roots() -> None:
    data = np.array([-10.0, 0.0, 12.0])

    def score(m: float) -> float:
        return math.fsum(2 * (d - m) / (1 + (d - m) * (d - m)) for d in data.tolist())

    roots = find_roots(score, -INF, INF, extra=list(data))
    squares = [np.poly1d([1, -2 * c, 1 + c * c]) for c in data]
    numerators = [np.poly1d([-1, c]) * squares[(i + 1) % 3] * squares[(i + 2) % 3] for i, c in enumerate(data)]
    expected = sorted(r.real for r in np.roots(sum(numerators, np.poly1d([0]))) if abs(r.imag) < 1e-9)
    assert [root.value for root in roots] == pytest.approx(expected, abs=1e-9)


def test_jumps_and_poles_are_told_from_zeros() -> None:
    (jump,) = find_roots(lambda v: math.copysign(1.0, 0.3 - v), 0, 1)
    assert jump.crossing is Crossing.JUMP and jump.bracket[0] <= 0.3 <= jump.bracket[1]
    (pole,) = find_roots(lambda v: 1 / (v - 1 / 3) if v != 1 / 3 else math.nan, 0, 1) or (None,)
    assert pole is None or pole.crossing is Crossing.POLE
    (pole,) = find_roots(math.tan, 1, 2)
    assert pole.crossing is Crossing.POLE
    (zero,) = find_roots(lambda v: 1e30 * (0.3 - v), 0, 1)
    assert zero.crossing is Crossing.ZERO


GAMMA_SHAPE = DataSum(sp.log(x), x) - n * sp.polygamma(0, k) - n * sp.log(DataSum(x, x) / n) + n * sp.log(k)


@pytest.mark.parametrize("spread", [1.0, 1e-3, 1e-6, 1e-9])
def test_polish_undoes_cancellation(spread: float) -> None:
    data = [1.0, 1 + spread, 1 + 2 * spread, 1 - spread / 2]
    score = compile_expression(GAMMA_SHAPE, [k], [x], n).along(k, {}, {x: data})
    rough = find_root(score, 0, INF)
    fine = polish(GAMMA_SHAPE, k, rough.value, {}, {x: data}, n)
    exact = [sp.Rational(repr(value)) for value in data]
    mean = sum(exact) / len(exact)
    jensen = sp.log(mean).evalf(60) - sum(sp.log(value).evalf(60) for value in exact) / len(exact)
    residual = (sp.log(sp.Float(fine, 60)) - sp.digamma(sp.Float(fine, 60))).evalf(60) - jensen
    assert abs(residual) < 1e-15 * jensen


def test_polish_leaves_alone_what_it_cannot_improve() -> None:
    assert polish(k**2 - 2, k, math.sqrt(2), {}, {}) == math.sqrt(2)
    assert polish(k**2 - 2, k, 1.41421356, {}, {}) == math.sqrt(2)
    assert polish(k**2 + 2, k, 1.0, {}, {}) == 1.0
    assert math.isnan(polish(k**2 - 2, k, math.nan, {}, {}))
    assert polish(k - DataSum(x, x), k, 3.0, {}, {x: np.ones(5000)}, n) == 3.0
