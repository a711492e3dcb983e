"""Intervals: ends, emptiness, intersection, and relations that are bounds."""

from __future__ import annotations

import pytest
import sympy as sp

from symbolic_mle.algebra.intervals import REAL_LINE, Interval, intersect, interval_of

x, theta = sp.symbols("x theta", real=True)
a = sp.Symbol("a", positive=True)
oo = sp.oo
zero, one, two = map(sp.Integer, (0, 1, 2))


@pytest.mark.parametrize(
    ("interval", "inside", "outside"),
    [
        (Interval(zero, one), (0.5, 1e-300), (0.0, 1.0, -1.0)),
        (Interval(zero, one, True, True), (0.0, 1.0), (-1e-9, 1.0000001)),
        (Interval(zero, one, True, False), (0.0,), (1.0,)),
        (Interval(zero), (1e300,), (0.0, -1.0)),
        (REAL_LINE, (0.0, -1e300), ()),
        (Interval(zero, oo, True, integer=True), (0, 7), (0.5, -1)),
        (Interval(sp.Rational(1, 3), sp.pi), (0.34, 3.14), (1 / 3 - 1e-9, 3.15)),
    ],
)
def test_membership(interval: Interval, inside: tuple[float, ...], outside: tuple[float, ...]) -> None:
    assert all(interval.contains(value) for value in inside)
    assert not any(interval.contains(value) for value in outside)


@pytest.mark.parametrize(
    ("interval", "empty"),
    [
        (Interval(zero, one), False),
        (Interval(one, zero), True),
        (Interval(one, one), True),
        (Interval(one, one, True, True), False),
        (Interval(one, one, True, False), True),
        (Interval(zero, a), False),
        (Interval(a, zero, True, True), True),
        (Interval(zero, theta), None),
    ],
)
def test_emptiness_is_told_only_where_the_ends_compare(interval: Interval, empty: bool | None) -> None:
    assert interval.is_empty is empty


@pytest.mark.parametrize(
    ("interval", "assumed"),
    [
        (Interval(zero), {"real": True, "positive": True}),
        (Interval(zero, closed_lower=True), {"real": True, "nonnegative": True}),
        (Interval(one, closed_lower=True), {"real": True, "positive": True}),
        (Interval(upper=zero), {"real": True, "negative": True}),
        (Interval(upper=zero, closed_upper=True), {"real": True, "nonpositive": True}),
        (Interval(-one, one), {"real": True}),
        (Interval(zero, oo, True, integer=True), {"integer": True, "nonnegative": True}),
        (Interval(a), {"real": True, "positive": True}),
        (Interval(theta), {"real": True}),
    ],
)
def test_assumptions_hold_of_every_point(interval: Interval, assumed: dict[str, bool]) -> None:
    assert interval.assumptions() == assumed


def test_an_unbounded_interval_is_not_called_empty() -> None:
    assert not REAL_LINE.is_empty
    assert not Interval(zero).is_empty


def test_the_interior_leaves_the_ends_out() -> None:
    assert Interval(zero, one, True, True).interior == Interval(zero, one)


def test_intersection_takes_the_tighter_ends() -> None:
    assert intersect(Interval(zero, two, True), Interval(one, oo)) == Interval(one, two)
    assert intersect(Interval(zero, one, True, True), Interval(zero, one)) == Interval(zero, one)
    assert intersect(Interval(zero), Interval(-a, a)) == Interval(zero, a)
    assert intersect(REAL_LINE, Interval(zero, oo, integer=True)) == Interval(zero, oo, integer=True)


def test_ends_that_do_not_compare_are_not_intersected() -> None:
    assert intersect(Interval(zero), Interval(theta)) is None


@pytest.mark.parametrize(
    ("relations", "expected"),
    [
        ((x > 0,), Interval(zero)),
        ((x >= 0, x <= 1), Interval(zero, one, True, True)),
        ((2 * x < theta,), Interval(upper=theta / 2)),
        ((1 - x > 0,), Interval(upper=one)),
        ((-3 * x + 6 <= 0,), Interval(two, closed_lower=True)),
        ((sp.Eq(x, 2),), Interval(two, two, True, True)),
        ((x + 1 > theta,), Interval(theta - 1)),
    ],
)
def test_linear_relations_are_bounds(relations: tuple[sp.Basic, ...], expected: Interval) -> None:
    assert interval_of(x, relations) == (expected, ())


def test_what_is_no_bound_is_handed_back() -> None:
    others = (x**2 < 4, sp.Ne(x, 0), x * theta > 1)
    found, left = interval_of(x, (x > 0, *others))
    assert found == Interval(zero)
    assert left == others


def test_replacing_symbols_in_the_ends() -> None:
    assert Interval(theta, 2 * theta).xreplace({theta: one}) == Interval(one, two)
