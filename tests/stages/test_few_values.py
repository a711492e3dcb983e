"""Observations with few possible values: signs value by value, and data that are all of one value."""

from __future__ import annotations

import math

import pytest
import sympy as sp

from symbolic_mle import Model, derive
from symbolic_mle.algebra.logs import expand_log

GROUPED = Model.parse(
    "Piecewise((1 - exp(-l), Eq(x, 0)), (exp(-l) - exp(-2 l), Eq(x, 1)), (exp(-2 l), True))",
    "x", {"l": "l > 0"}, support="x = 0, 1, 2", discrete=True,
)  # fmt: skip


def test_grouped_lifetimes_have_a_formula_and_two_exceptions() -> None:
    derivation = derive(GROUPED)
    assert derivation.proof == "global" and derivation.form == "closed" and len(derivation.cases) == 3
    assert derivation.estimate([0, 0]).existence == derivation.estimate([2, 2, 2]).existence == "not attained"


@pytest.mark.parametrize("data", [[1], [0, 2], [1, 1, 2], [0, 0, 0, 2], [0, 1, 2, 2, 1]])
def test_grouped_lifetimes_against_numbers(data: list[int]) -> None:
    def height(rate: float) -> float:
        cells = (1 - math.exp(-rate), math.exp(-rate) - math.exp(-2 * rate), math.exp(-2 * rate))
        return sum(math.log(cells[x]) for x in data)

    values = derive(GROUPED).estimate(data).values
    assert values is not None
    best = max((k / 1000 for k in range(1, 8000)), key=height)
    assert values["l"] == pytest.approx(best, abs=1e-3)


def test_the_logarithm_of_a_difference_of_exponentials() -> None:
    a, x = sp.symbols("a x", positive=True)
    parted = expand_log(sp.exp(-a * x) - sp.exp(-a * (x + 1)), lambda e: e in (1 - sp.exp(-a), sp.exp(-a * x)))
    assert parted == -a * x + sp.log(1 - sp.exp(-a))


def test_a_piece_for_one_value_and_one_for_the_rest() -> None:
    mixed = Model.parse(
        "Piecewise((t, Eq(x, -1)), ((1 - t)^2 t^x, True))", "x", {"t": "0 < t, t < 1"}, support="x >= -1", discrete=True
    )
    derivation = derive(mixed)
    assert derivation.proof == "global"
    assert derivation.estimate([0, 0, 0]).existence == "not attained"
    assert derivation.estimate([-1, 0, 3]).values == {"t": pytest.approx((1 + 3) / (1 + 3 + 2 * 2))}
