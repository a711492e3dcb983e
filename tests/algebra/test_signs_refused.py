"""Statements that fail somewhere in their box: the sign prover refuses them, or finds the weaker sign that is true."""

from __future__ import annotations

import mpmath
import pytest
import sympy as sp
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sympy import Expr, S, Symbol, cosh, erf, erfc, exp, log, oo, polygamma, sinh, sqrt, symbols, tanh, zeta

from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.algebra.signs import Sign, find_sign, sign_of

x, y, u, k, r, a, b, lam, s, t, n, p, z, mu = symbols("x y u k r a b lam s t n p z mu")
HALF_LINE, UNIT, LINE = Interval(S.Zero, oo), Interval(S.Zero, S.One), Interval()
AT_LEAST_0, AT_LEAST_1 = Interval(S.Zero, oo, closed_lower=True), Interval(S.One, oo, closed_lower=True)
CLOSED_UNIT = Interval(S.Zero, S.One, True, True)
NATURAL = {v: HALF_LINE for v in (x, y, u, k, r, a, b, lam, s, t, n)} | {p: UNIT, z: LINE, mu: LINE}
TINY = sp.Rational(1, 10**12)

ZERO_AT_AN_INCLUDED_END = [
    (x, {x: AT_LEAST_0}),
    (x / (x + 1), {x: AT_LEAST_0}),
    (1 - exp(-x), {x: AT_LEAST_0}),
    (1 - p, {p: CLOSED_UNIT}),
    (sqrt(x), {x: AT_LEAST_0}),
    (x**a, {x: AT_LEAST_0}),
    (x - tanh(x), {x: AT_LEAST_0}),
    (erf(x), {x: AT_LEAST_0}),
    (exp(x) - 1 - x, {x: AT_LEAST_0}),
    (log(x), {x: AT_LEAST_1}),
    (1 - p**a, {p: Interval(S.Zero, S.One, False, True)}),
    (1 - p**a, {a: AT_LEAST_0}),
    (t - x, {x: Interval(S.Zero, t, True, True)}),
    (x - mu, {x: Interval(mu, oo, closed_lower=True)}),
    (n - 1, {n: Interval(S.Zero, oo, integer=True)}),
    ((1 - exp(-y)) / x, {y: AT_LEAST_0}),
    (polygamma(0, x + r) - polygamma(0, r), {x: AT_LEAST_0}),
    (DataSum(x, (x,)), {x: AT_LEAST_0}),
    (DataSum(x, (x,)) - 1, {x: AT_LEAST_1}),
]

ZERO_INSIDE = [
    ((x - 1) ** 4, {}),
    ((x - 1) ** 2 * (y - 2) ** 2, {}),
    ((x - 1) ** 2 + (y - 1) ** 2, {}),
    (x**2 - x + sp.Rational(1, 4), {}),
    (log(x) ** 2, {}),
    (y - 1 - log(y), {}),
    (exp(z) - 1 - z, {}),
    (exp(x) - sp.E * x, {}),
    (cosh(z) - 1, {}),
    (x + y - 2 * sqrt(x * y), {}),
    (sp.sin(x) + 1, {}),
    (sp.Abs(z - 1), {}),
    (DataSum((x - mu) ** 2, (x,)), {x: LINE}),
]

CHANGES_SIGN = [
    (x - 1, {}),
    (1 - 2 * p, {}),
    (x - mu, {}),
    (x * y - 1, {}),
    (1 - b * y, {y: UNIT}),
    (x**2 - x + sp.Rational(249999, 10**6), {}),
    ((x - 1) ** 3, {}),
    (x**4 * y**2 + x**2 * y**4 - 4 * x**2 * y**2 + 1, {}),
    (exp(x) - 1 - x**3, {}),
    (exp(x) - sp.Rational(271829, 100000) * x, {}),
    (y - 1 - log(y) - TINY, {}),
    (x**2 * exp(-x) - sp.Rational(54, 100), {}),
    (x**x - 1, {}),
    (x - sp.sin(x) * sp.Rational(11, 10), {}),
    (sinh(u) - u * sp.Rational(10001, 10000), {}),
    (tanh(x) - x / 2, {}),
    (log(1 + x) - x + x**2 / 2 - x**3 / 4, {}),
    (polygamma(0, k), {}),
    (polygamma(1, k) - polygamma(1, r), {}),
    (polygamma(1, k) - 1 / k - sp.Rational(51, 100) / k**2, {}),
    (sp.loggamma(k), {}),
    (sp.gamma(k) - 1, {}),
    (sp.besseli(1, z), {}),
    (x * exp(-(z**2)) - z * erfc(z), {}),
    ((y - (x - b) ** 2) / (y + (x - b) ** 2), {}),
    (1 / lam**2 - x**2 * exp(-lam * x) / (1 - exp(-lam * x)) ** 2 - x**2 / 13, {}),
    (DataSum(x - mu, (x,)), {}),
    (DataSum(log(x), (x,)), {}),
    (DataSum(x, (x,)) - n, {}),
    (DataSum(x, (x,)) - 2, {x: AT_LEAST_1}),
]

CHANGES_SIGN_FAR_OUT = [
    (log(x) - x / 1000, {}),
    (x - 100 * log(1 + x), {}),
    (exp(-x) - sp.Rational(1, 10**6), {}),
    (1 / x - sp.Rational(1, 10**8), {}),
    (exp(-exp(x)) - sp.Rational(1, 10**30), {}),
    (exp(x) - x**40, {}),
    (1 + log(1 + x) / 50 - sqrt(x) / 10**6, {}),
    (sp.Rational(1, 2) - 1 / u + 1 / (exp(u) - 1) - u / 13, {}),
    (polygamma(1, k) - 1 / k - TINY, {}),
    (1 - erf(x) - TINY, {}),
]

UNDEFINED_SOMEWHERE = [
    (1 / x, {x: AT_LEAST_0}),
    (1 / x**2, {x: LINE}),
    (1 / (x - 1) ** 2, {}),
    ((x**2 - 1) / (x - 1), {}),
    (x ** (-a), {x: AT_LEAST_0}),
    (x**z, {x: AT_LEAST_0}),
    (exp(1 / x), {x: LINE}),
    (log(log(x)) ** 2, {}),
    (sqrt(x**2 - 1), {}),
    ((1 - exp(-y)) / y, {y: AT_LEAST_0}),
    (x * sqrt(1 / x), {x: AT_LEAST_0}),
    ((2 * x - 2 * mu) / (x - mu), {x: Interval(mu, oo, closed_lower=True)}),
    (sp.Pow(x, x) / x**x + (3 * x - 3 * mu) / (x - mu), {x: Interval(mu, oo, closed_lower=True)}),
    (DataSum(x * sqrt(1 / x), (x,)), {x: AT_LEAST_0}),
    (DataSum((2 * x - 2 * mu) / (x - mu), (x,)), {x: Interval(mu, oo, closed_lower=True)}),
    (zeta(s), {}),
    (polygamma(1, k), {k: LINE}),
    (polygamma(1, k), {k: AT_LEAST_0}),
    (1 + 0 * x + sp.Function("f")(x) ** 2, {}),
    (sp.floor(x) + 1, {}),
    (sp.nan, {}),
    (sp.zoo, {}),
    (sp.I, {}),
    (log(S(-2)), {}),
]

WEAK = [(expr, changes) for expr, changes in (*ZERO_AT_AN_INCLUDED_END, *ZERO_INSIDE)]
NONE = [*CHANGES_SIGN, *CHANGES_SIGN_FAR_OUT, *UNDEFINED_SOMEWHERE]


@pytest.mark.parametrize(("expr", "changes"), WEAK, ids=lambda value: str(value)[:60])
def test_a_zero_in_the_box_forbids_the_strict_sign(expr: Expr, changes: dict[Symbol, Interval]) -> None:
    assert sign_of(expr, NATURAL | changes) in (None, Sign.NONNEGATIVE)


@pytest.mark.parametrize(("expr", "changes"), NONE, ids=lambda value: str(value)[:60])
def test_what_fails_somewhere_is_refused(expr: Expr, changes: dict[Symbol, Interval]) -> None:
    assert sign_of(expr, NATURAL | changes) is None


@pytest.mark.parametrize(("expr", "changes"), NONE[: len(CHANGES_SIGN)], ids=lambda value: str(value)[:60])
def test_its_negative_is_refused_too(expr: Expr, changes: dict[Symbol, Interval]) -> None:
    assert sign_of(-expr, NATURAL | changes) is None


INTERVALS = [
    Interval(low, high, closed_low and low != -oo, closed_high and high != oo)
    for low, high in ((S.Zero, oo), (S.Zero, S.One), (-oo, oo), (S.One, oo), (-oo, S.Zero), (S(-1), S(2)))
    for closed_low in (False, True)
    for closed_high in (False, True)
]
LEAVES = st.sampled_from([x, x, x, y, S(1), S(2), S(-1), S(3), sp.Rational(1, 2)])


def _combined(parts: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    pairs = st.tuples(parts, parts)
    return st.one_of(
        pairs.map(lambda two: two[0] + two[1]),
        pairs.map(lambda two: two[0] - two[1]),
        pairs.map(lambda two: two[0] * two[1]),
        pairs.map(lambda two: two[0] / two[1] if two[1] != 0 else two[0]),
        parts.map(lambda part: exp(-part)),
        parts.map(log),
        parts.map(lambda part: part**2),
    )


EXPRESSIONS = st.recursive(LEAVES, _combined, max_leaves=7)


def _grid(interval: Interval) -> list[mpmath.mpf]:
    """Points of an interval: its included ends, near its ends, in the middle and far out."""
    low, high = interval.lower, interval.upper
    steps = [mpmath.mpf(10) ** e for e in (-12, -6, -3, -1, 0, 1, 3)] + [mpmath.mpf(c) / 16 for c in (3, 9, 13, 27, 41)]
    ends = [mpmath.mpf(int(low))] if interval.closed_lower else []
    ends += [mpmath.mpf(int(high))] if interval.closed_upper else []
    if low == -oo and high == oo:
        return [*steps, *(-step for step in steps), mpmath.mpf(0)]
    up = [int(low) + step for step in steps] if low != -oo else []
    down = [int(high) - step for step in steps] if high != oo else []
    return ends + [v for v in (*up, *down) if (low == -oo or v > int(low)) and (high == oo or v < int(high))]


def _exponential(value: mpmath.mpf) -> mpmath.mpf:
    if abs(value) > 10**5:  # the digits of such a number would take minutes
        raise OverflowError
    return mpmath.exp(value)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(EXPRESSIONS, st.sampled_from(INTERVALS), st.sampled_from(INTERVALS))
def test_an_answer_is_never_contradicted_by_dense_numeric_values(expr: Expr, of_x: Interval, of_y: Interval) -> None:
    assume(not expr.has(sp.zoo, sp.nan, oo, sp.I) and expr.free_symbols)
    found = find_sign(expr, {x: of_x, y: of_y}, depth=3)
    if found is None:
        return
    low, high = found.sign.value
    function = sp.lambdify((x, y), expr, [{"exp": _exponential}, "mpmath"])
    ys = _grid(of_y)[::3] if y in expr.free_symbols else [mpmath.mpf(1)]
    with mpmath.workdps(60):
        for at_x in _grid(of_x):
            for at_y in ys:
                try:
                    value = mpmath.mpmathify(function(at_x, at_y))
                except OverflowError:
                    continue
                assert value.imag == 0 and mpmath.isfinite(value)
                assert value > -(mpmath.mpf(10) ** -40) if low >= 0 else True
                assert value < mpmath.mpf(10) ** -40 if high <= 0 else True
