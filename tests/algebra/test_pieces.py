"""Sets of numbers given by relations, as intervals."""

from __future__ import annotations

import pytest
import sympy as sp
from sympy import Abs, Basic, Eq, Interval, Ne, Or, Union

from symbolic_mle.algebra.intervals import Interval as Ends
from symbolic_mle.algebra.pieces import pieces

x = sp.Symbol("x", real=True)
LINE = Ends()
RELATIONS: list[list[Basic]] = [
    [x**2 >= 1], [x**2 > 1], [Abs(x) >= 1], [Ne(x, 0)], [Or(x <= -1, x >= 2)], [Or(x < -1, x >= 2), x < 7], [x**2 <= 4],
    [x**2 >= 2, x < 3], [Abs(Abs(x) - 2) >= 1], [Ne(x, 0), Ne(x, 1)], [Eq(x**2, 1)], [x * (x - 1) * (x - 2) >= 0],
    [Or(Eq(x, 0), x >= 1)], [Abs(x - sp.Rational(1, 2)) >= sp.Rational(1, 4)], [2 * Abs(x) + x >= 3], [x**2 - x - 1 > 0],
]  # fmt: skip


def as_set(parts: tuple[Ends, ...]) -> sp.Set:
    return Union(*(Interval(p.lower, p.upper, not p.closed_lower, not p.closed_upper) for p in parts))


@pytest.mark.parametrize("relations", RELATIONS, ids=str)
@pytest.mark.parametrize("within", [LINE, Ends(sp.Integer(0), sp.Integer(1), True, False)], ids=["line", "[0, 1)"])
def test_points_are_in_the_parts_iff_the_relations_hold(relations: list[Basic], within: Ends) -> None:
    found = pieces(x, relations, within)
    assert found is not None
    parts = as_set(found)
    roots = [-1, 0, 1, 2, 3, sp.sqrt(2), sp.Rational(1, 4), sp.Rational(3, 4), (1 + sp.sqrt(5)) / 2]
    for point in (*roots, *(sp.Rational(k, 7) for k in range(-40, 40))):
        point = sp.sympify(point)
        inside = within.contains(float(point)) and all(r.xreplace({x: point}) == sp.true for r in relations)
        assert (point in parts) == inside, point


def test_parts_rise_and_do_not_touch() -> None:
    found = pieces(x, [Abs(Abs(x) - 2) >= 1], LINE)
    assert found is not None and [(p.lower, p.upper) for p in found] == [(-sp.oo, -3), (-1, 1), (3, sp.oo)]


@pytest.mark.parametrize("relations", [[sp.sin(x) >= 0], [x**5 - x - 1 >= 0], [sp.Symbol("y") * x > 0]], ids=str)
def test_what_cannot_be_told_is_not(relations: list[Basic]) -> None:
    assert pieces(x, relations, LINE) is None
