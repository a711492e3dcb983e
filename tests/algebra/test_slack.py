"""Linear inequalities as coordinates: wherever they hold, the coordinates are ≥ 0."""

from __future__ import annotations

from random import Random

import pytest
import sympy as sp
from sympy import Expr

from symbolic_mle.algebra.slack import slack_coordinates

x, k, m, n = sp.symbols("x k m n", real=True)


@pytest.mark.parametrize(
    "forms",
    [
        [x, m - x],
        [m - x, x],
        [k - x, m - x, n - m - k + x - 1, n - m, n - k, x],
        [n - k, k - x, m - x, n - m - k + x - 1, x, n - 1, k - 1],
        [x - m, m - 1],
        [2 * m - x, x, m - 1],
        [x - 3, 5 - x],
        [x * m, m - x],  # not linear: left out
        [x + 1 - m, m - x],
    ],
    ids=str,
)
def test_points_that_satisfy_the_forms_have_coordinates(forms: list[Expr]) -> None:
    symbols = set().union(*(f.free_symbols for f in forms))
    places, region = slack_coordinates(forms, symbols)
    slacks = sorted(region, key=str)
    generator, met = Random(5), 0
    for _ in range(3000):
        point = {s: sp.Integer(generator.randint(0, 9)) for s in symbols}
        if any(f.xreplace(point) < 0 for f in forms):
            continue
        met += 1
        found = sp.solve([places[s].xreplace(point) - point[s] for s in places], slacks, dict=True)
        assert found, (places, point)
        free = {s: sp.Integer(0) for s in slacks}
        values = [e.xreplace(free) for e in found[0].values()]
        assert all(v >= 0 for v in values) or len(found[0]) < len(slacks), (places, point)
        if met == 12:
            break
    assert met


def test_the_forms_used_are_sums_of_coordinates() -> None:
    places, region = slack_coordinates([k - x, m - x, n - m - k + x, x], {x, k, m, n})
    for form in (k - x, m - x, n - m - k + x, x):
        there = sp.expand(form.xreplace(places))
        assert there.free_symbols <= set(region) and all(c >= 0 for c in there.as_coefficients_dict().values())
