"""The parts of the sign prover, each against the mathematics that it promises."""

from __future__ import annotations

import itertools
from fractions import Fraction

import mpmath
import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Expr, Poly, Symbol, exp, log, oo, symbols

from symbolic_mle.algebra import ranges
from symbolic_mle.algebra.bounds import bounds_of, polygamma_bounds, real_power
from symbolic_mle.algebra.enclosures import enclosures
from symbolic_mle.algebra.end_limits import limit_at
from symbolic_mle.algebra.polynomial_signs import polynomial_sign
from symbolic_mle.algebra.ranges import INFINITE, REALS, Range, integer_power, point, product, reciprocal, total
from symbolic_mle.algebra.rational_forms import rational_form, terms_when_expanded
from symbolic_mle.algebra.sign_search import Search
from symbolic_mle.algebra.sign_values import Sign, range_of_sign, sign_of_range
from symbolic_mle.algebra.spot_checks import approximate, points_of
from symbolic_mle.algebra.symmetries import reduction
from symbolic_mle.algebra.zeta_derivatives import ZetaDerivative, with_derivatives, with_functions

v, w = symbols("v w")
POSITIVES, UNIT = ranges.positive(), Range(0, 1)

numbers = st.integers(-6, 6).map(lambda i: Fraction(i, 2))


@st.composite
def finite_ranges(draw: st.DrawFn) -> Range:
    low, high = sorted((draw(numbers), draw(numbers)))
    if low == high:
        return point(low)
    return Range(low, high, draw(st.booleans()), draw(st.booleans()))


def _members(values: Range) -> list[Fraction]:
    inside = [values.low + (values.high - values.low) * Fraction(i, 5) for i in range(1, 5)]
    ends = [values.low] * values.low_closed + [values.high] * values.high_closed
    return [Fraction(member) for member in (*inside, *ends) if _holds(values, Fraction(member))]


def _holds(values: Range, member: Fraction) -> bool:
    above = member > values.low or (member == values.low and values.low_closed)
    return above and (member < values.high or (member == values.high and values.high_closed))


@given(finite_ranges(), finite_ranges())
def test_sums_and_products_of_members_are_members(first: Range, second: Range) -> None:
    for a, b in itertools.product(_members(first), _members(second)):
        assert _holds(total(first, second), a + b)
        assert _holds(product(first, second), a * b)


@given(finite_ranges(), st.integers(-4, 5))
def test_powers_of_members_are_members(values: Range, exponent: int) -> None:
    found = integer_power(values, exponent)
    if found is None:
        assert exponent < 0 and values.low <= 0 <= values.high
        return
    assert all(_holds(found, a**exponent) for a in _members(values))


@given(finite_ranges(), finite_ranges())
def test_meets_and_joins_are_intersections_and_hulls(first: Range, second: Range) -> None:
    common = [a for a in _members(first) if _holds(second, a)]
    if common:
        assert all(_holds(first.meet(second), a) for a in common)
    assert all(_holds(first.join(second), a) for a in (*_members(first), *_members(second)))


def test_an_unbounded_range_has_an_open_zero_as_reciprocal_end() -> None:
    assert reciprocal(Range(2, INFINITE, True)) == Range(0, Fraction(1, 2), False, True)
    assert reciprocal(Range(-INFINITE, 0)) == Range(-INFINITE, 0)
    assert reciprocal(Range(0, 1, True)) is None


def test_the_open_unit_to_any_positive_power_stays_below_one() -> None:
    assert real_power(UNIT, POSITIVES) == Range(0, 1)
    assert real_power(Range(0, 1, True, True), POSITIVES) == Range(0, 1, True, True)
    assert real_power(Range(0, 1, True, True), REALS) is None


def test_rounding_is_outwards() -> None:
    found = ranges.increasing(mpmath.exp, Range(1, 2, True, True), {0: 1})
    with mpmath.workdps(40):
        assert found.low < Fraction(str(mpmath.e)) and Fraction(str(mpmath.exp(2))) < found.high
    assert found.high - found.low < 5


def test_bounds_of_polygamma_follow_its_monotonicity() -> None:
    assert polygamma_bounds(sp.Integer(1), POSITIVES) == Range(0, INFINITE)
    assert polygamma_bounds(sp.Integer(2), Range(1, INFINITE, True)).high == 0
    assert polygamma_bounds(sp.Integer(0), POSITIVES) == REALS
    assert polygamma_bounds(sp.Integer(1), REALS) is None


@pytest.mark.parametrize(
    ("first", "second", "of_product", "of_sum"),
    [
        (Sign.POSITIVE, Sign.NEGATIVE, Sign.NEGATIVE, None),
        (Sign.POSITIVE, Sign.NONNEGATIVE, Sign.NONNEGATIVE, Sign.POSITIVE),
        (Sign.NONPOSITIVE, Sign.NONPOSITIVE, Sign.NONNEGATIVE, Sign.NONPOSITIVE),
        (Sign.NEGATIVE, Sign.ZERO, Sign.ZERO, Sign.NEGATIVE),
        (Sign.NONNEGATIVE, Sign.NONPOSITIVE, Sign.NONPOSITIVE, None),
        (Sign.ZERO, Sign.ZERO, Sign.ZERO, Sign.ZERO),
    ],
)
def test_arithmetic_of_signs(first: Sign, second: Sign, of_product: Sign, of_sum: Sign | None) -> None:
    assert first.times(second) is of_product is second.times(first)
    assert first.plus(second) is of_sum is second.plus(first)


@pytest.mark.parametrize("sign", list(Sign))
def test_a_sign_and_its_range_say_the_same(sign: Sign) -> None:
    assert sign_of_range(range_of_sign(sign)) is sign
    assert sign.join(sign) is sign
    assert sign.negative().negative() is sign


def test_powers_and_unions_of_signs() -> None:
    assert Sign.NONNEGATIVE.power(-1) is None
    assert Sign.NEGATIVE.power(2) is Sign.POSITIVE
    assert Sign.NONPOSITIVE.power(2) is Sign.NONNEGATIVE
    assert Sign.POSITIVE.join(Sign.NEGATIVE) is None
    assert Sign.POSITIVE.join(Sign.ZERO) is Sign.NONNEGATIVE


CLOSED_UNIT = Range(0, 1, True, True)


@pytest.mark.parametrize(
    ("expr", "of_v", "of_w", "sign"),
    [
        (v**2 + v * w + w**2 + 1, REALS, REALS, Sign.POSITIVE),
        (v**2 + 2 * v * w + w**2, REALS, REALS, Sign.NONNEGATIVE),
        (1 - v * w, UNIT, CLOSED_UNIT, Sign.POSITIVE),
        (1 - v * w, CLOSED_UNIT, CLOSED_UNIT, Sign.NONNEGATIVE),
        (2 - v - w, CLOSED_UNIT, Range(0, 1, True), Sign.POSITIVE),
        (v - v**2, CLOSED_UNIT, REALS, Sign.NONNEGATIVE),
        ((v - 1) ** 2 * (v - 2), Range(2, 3, True), REALS, Sign.NONNEGATIVE),
        ((v - 1) ** 2 * (v - 2), Range(2, 3), REALS, Sign.POSITIVE),
        (v**3 - v, Range(1, INFINITE), REALS, Sign.POSITIVE),
        (v**3 - v, POSITIVES, REALS, None),
        (v * w, ranges.nonnegative(), POSITIVES, Sign.NONNEGATIVE),
        (v**4 - 2 * v**2 + 1, POSITIVES, REALS, Sign.NONNEGATIVE),
        (v - w, POSITIVES, POSITIVES, None),
    ],
)
def test_signs_of_polynomials(expr: Expr, of_v: Range, of_w: Range, sign: Sign | None) -> None:
    assert polynomial_sign(Poly(expr, v, w), {v: of_v, w: of_w}) is sign


@settings(max_examples=150, deadline=None)
@given(st.lists(st.integers(-3, 3), min_size=6, max_size=6), finite_ranges(), finite_ranges())
def test_the_sign_of_a_polynomial_holds_at_every_member(coefficients: list[int], of_v: Range, of_w: Range) -> None:
    monomials = (1, v, w, v * w, v**2, w**2)
    expr = sp.Add(*(c * m for c, m in zip(coefficients, monomials, strict=True)))
    sign = polynomial_sign(Poly(expr, v, w), {v: of_v, w: of_w})
    if sign is None:
        return
    value = sp.lambdify((v, w), expr)
    for at in itertools.product(_members(of_v), _members(of_w)):
        observed = (value(*at) > 0) - (value(*at) < 0)
        assert sign.value[0] <= observed <= sign.value[1]


@pytest.mark.parametrize(
    "call",
    [*(sp.polygamma(m, v) for m in range(5)), sp.erfc(v), sp.besseli(1, v), sp.besseli(3, v)],
    ids=str,
)
def test_enclosures_hold(call: Expr) -> None:
    found = list(enclosures(call))
    assert found
    with mpmath.workdps(60):
        for fact in found:
            for at in ("0.01", "0.3", "1", "2.5", "17", "400"):
                _assert_encloses(call, fact.lower, fact.upper, sp.Rational(at))


def _assert_encloses(call: Expr, lower: Expr | None, upper: Expr | None, at: Expr) -> None:
    value = call.subs(v, at).evalf(60)
    assert lower is None or lower.subs(v, at).evalf(60) < value
    assert upper is None or value < upper.subs(v, at).evalf(60)


def test_zeta_is_log_convex_where_the_enclosure_says_so() -> None:
    (fact,) = enclosures(ZetaDerivative(2, v))
    for s in (1.01, 1.7, 3, 12):
        first, second = mpmath.zeta(s, 1, 1), mpmath.zeta(s, 1, 2)
        assert second * mpmath.zeta(s) > first**2
    assert fact.lower == ZetaDerivative(1, v) ** 2 / sp.zeta(v)


def test_derivatives_of_zeta_survive_the_round_trip() -> None:
    expr = sp.diff(log(sp.zeta(v)), v, 2)
    assert not with_functions(expr).has(sp.Derivative)
    assert with_derivatives(with_functions(expr)) == expr
    assert sp.diff(ZetaDerivative(1, 2 * v), v) == 2 * ZetaDerivative(2, 2 * v)


def _search(**values: Range) -> tuple[Search, dict[str, Symbol]]:
    search = Search()
    return search, {name: search.new_symbol(name, found, Symbol(name)) for name, found in values.items()}


@pytest.mark.parametrize(
    ("make", "end", "limit"),
    [
        (lambda t: t * log(t), 0, 0),
        (lambda t: (exp(t) - 1) / t, 0, 1),
        (lambda t: t**2 * exp(-t), oo, 0),
        (lambda t: exp(2 * t) - 5 * t * exp(t), oo, oo),
        (lambda t: 3 + log(t) / t, oo, 3),
        (lambda t: 1 / (1 + t), 0, 1),
        (lambda t: sp.sqrt(t**2 + 1) - t, oo, 0),
        (lambda t: sp.sin(t), oo, None),
    ],
)
def test_limits_at_the_ends(make: object, end: Expr, limit: Expr | None) -> None:
    search, names = _search(t=POSITIVES)
    assert limit_at(make(names["t"]), names["t"], sp.sympify(end), search) == limit  # type: ignore[operator]


def test_a_limit_that_depends_on_the_case_is_not_taken_by_continuity() -> None:
    search, names = _search(t=POSITIVES, a=POSITIVES, b=POSITIVES)
    t, a, b = names.values()
    squared = (a - b) ** 2
    found = limit_at((t - squared) / (t + squared), t, sp.Integer(0), search)
    assert found is None or search.sign(found, 2) is None or found != 1


def test_scalings_and_shifts_leave_one_variable() -> None:
    search, names = _search(x=POSITIVES, l=POSITIVES, m=REALS, z=REALS)
    x, rate, m, z = names.values()
    assert len(reduction(x**2 * exp(-rate * x) - 1 / rate**2, search).free_symbols) == 1
    shifted = reduction(exp((z - m) / x) - (z - m) / x, search)
    assert len(shifted.free_symbols) == 2
    assert len(reduction(shifted, search).free_symbols) == 1
    assert len(reduction(1 - rate * log(x) - x**rate, search).free_symbols) == 1
    assert reduction(x + exp(-x) * rate**2 + rate, search) is None


def test_a_rational_form_multiplies_back_to_the_expression() -> None:
    search, names = _search(x=POSITIVES, p=UNIT)
    x, p = names.values()
    for expr in (exp(-2 * x) - exp(x) / p, sp.sqrt(x) + x / (1 - p), log(x * p) / x, x ** (2 * p - 1) + sp.tanh(x)):
        form = rational_form(expr, search)
        assert form is not None
        back = form.scale
        for factor, power in (*form.numerator, *((factor, -power) for factor, power in form.denominator)):
            back = back * form.expression(factor) ** power
        at = {x: sp.Rational(13, 10), p: sp.Rational(2, 7)}
        assert abs((back - expr).subs(at).evalf(30)) < 1e-25


def test_the_size_of_an_expansion_is_not_underestimated() -> None:
    expr = (v + w + 1) ** 6 * (v - w)
    assert terms_when_expanded(expr) >= len(sp.Add.make_args(sp.expand(expr)))
    assert terms_when_expanded((v + w) ** 5000) > 10**6


def test_bounds_certify_definedness() -> None:
    search, names = _search(x=POSITIVES, z=REALS)
    x, z = names.values()
    assert bounds_of(log(x), search, 1) == REALS
    assert bounds_of(log(z), search, 1) is None
    assert bounds_of(1 / (1 - exp(-x)), search, 1) == Range(1, INFINITE)
    assert bounds_of(sp.Function("f")(x), search, 1) is None


def test_a_huge_number_is_bounded_without_its_digits() -> None:
    assert sign_of_range(Search().bounds(exp(exp(exp(sp.Integer(20)))))) is Sign.POSITIVE
    assert Search().bounds(exp(exp(sp.Integer(100))) - exp(exp(sp.Integer(101)))) == REALS


@pytest.mark.parametrize(
    "expr",
    [exp(v) - 1 - v, sp.polygamma(0, v), sp.polygamma(2, v), log(v) * v**3 / (1 + v), sp.erfc(v) - sp.besseli(0, v)],
    ids=str,
)
def test_approximations_are_within_their_error(expr: Expr) -> None:
    for values in points_of({v: POSITIVES}, 12):
        found = approximate(expr, values)
        if found is None:
            continue
        exact = expr.subs(v, sp.Rational(*values[v].as_integer_ratio())).evalf(40)
        assert abs(found[0] - exact) <= 8 * found[1] + 1e-300
