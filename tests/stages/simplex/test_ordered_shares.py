"""Shares under an order against brute force, and the max–min formula against pooling."""

from __future__ import annotations

import numpy as np
import pytest
import sympy as sp

from symbolic_mle import derive
from symbolic_mle.stages.ordered.order import Block, Order, Pair, max_min, pair_of
from tests.stages.simplex.brute import Cells, data_of


def closed(*names: str) -> dict[str, str]:
    return {n: f"0 <= {n}, {n} <= 1" for n in names}


MODELS = (
    Cells("chain", ("a", "b", "c"), closed(*"abc"), ("a + b + c == 1", "a <= b", "b <= c")),
    Cells("down", ("a", "b", "c", "d"), closed(*"abcd"), ("a + b + c + d == 1", "a >= b", "b >= c", "c >= d")),
    Cells("tree", ("a", "b", "c", "d"), closed(*"abcd"), ("a + b + c + d == 1", "a <= b", "a <= c", "a <= d")),
    Cells("two-of-four", ("a", "b", "c", "d"), closed(*"abcd"), ("a + b + c + d == 1", "a <= c")),
    Cells("pair-of-pairs", ("a", "b", "c", "d"), closed(*"abcd"), ("a + b + c + d == 1", "a <= b", "c <= d")),
    Cells("free", ("p", "q", "1 - p - q"), {"p": "p >= 0", "q": "q >= 0"}, ("p + q <= 1", "p <= q")),
    Cells("alleles", ("p**2", "2*p*q", "q**2"), closed("p", "q"), ("p + q == 1", "p <= q")),
    Cells("equal-and-ordered", ("a", "b", "c", "d"), closed(*"abcd"), ("a + b + c + d == 1", "a == b", "b <= c")),
    Cells(
        "against-the-last", ("p", "q", "1 - p - q"), {"p": "p >= 0", "q": "q >= 0"}, ("p + q <= 1", "p <= 1 - p - q")
    ),
)


@pytest.mark.parametrize("cells", MODELS, ids=lambda c: c.name)
def test_the_estimate_is_the_maximum_that_brute_force_finds(cells: Cells) -> None:
    random = np.random.default_rng(8)
    derivation = derive(cells.model)
    assert derivation.proof == "global" and derivation.form == "closed"
    k = len(cells.cells)
    counted = [random.multinomial(n, random.dirichlet(np.full(k, 0.8))).tolist() for n in (2, 5, 9, 40)]
    for counts in [*counted, [2] * k, [3, *[0] * (k - 1)], [*[0] * (k - 1), 3]]:
        height, _ = cells.search(counts, random, 5)
        estimate = derivation.estimate(data_of(counts))
        assert estimate.values is not None and estimate.proof == "global"
        point = [estimate.values[n] for n in cells.spaces]
        assert cells.inside(point)
        claimed = cells.height(counts, point)
        assert height - 1e-6 * (1 + abs(height)) < claimed < height + 1e-4 * (1 + abs(height)), counts


def test_a_strict_order_that_the_shares_break_has_no_maximum() -> None:
    cells = Cells("strict", ("a", "b", "c"), {n: f"{n} > 0" for n in "abc"}, ("a + b + c == 1", "a < b"))
    derivation = derive(cells.model)
    assert derivation.estimate(data_of([1, 2, 3])).values == pytest.approx({"a": 1 / 6, "b": 2 / 6, "c": 3 / 6})
    for counts in ([2, 1, 3], [2, 2, 2], [0, 2, 1], [1, 2, 0]):
        assert derivation.estimate(data_of(counts)).existence == "not attained"


def test_an_empty_cell_may_be_pooled_away_in_an_open_space() -> None:
    cells = Cells("open", ("a", "b", "c"), {n: f"{n} > 0" for n in "abc"}, ("a + b + c == 1", "a <= b"))
    derivation = derive(cells.model)
    assert derivation.estimate(data_of([2, 0, 3])).values == pytest.approx({"a": 0.2, "b": 0.2, "c": 0.6})
    assert derivation.estimate(data_of([0, 2, 3])).existence == "not attained"


def pooled(values: list[float], weights: list[float]) -> list[float]:
    """Isotonic regression on a chain by pooling adjacent violators."""
    blocks: list[tuple[float, float, int]] = []
    for value, weight in zip(values, weights, strict=True):
        blocks.append((value, weight, 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (v, w, n), (u, m, k) = blocks[-2:]
            blocks[-2:] = [((v * w + u * m) / (w + m), w + m, n + k)]
    return [v for v, _, n in blocks for _ in range(n)]


@pytest.mark.parametrize("size", range(2, 7))
def test_the_formula_is_pooling_on_a_chain(size: int) -> None:
    random = np.random.default_rng(size)
    order = Order(size, tuple(Pair(k, k + 1, False) for k in range(size - 1)))
    for _ in range(5):
        values, weights = random.integers(0, 9, size), random.integers(1, 5, size)

        def average(block: Block) -> sp.Expr:
            members = sorted(block)
            total = sum(int(weights[k] * values[k]) for k in members)  # noqa: B023
            return sp.Rational(total, sum(int(weights[k]) for k in members))  # noqa: B023

        found = max_min(order, average)
        assert found is not None
        expected = pooled([float(v) for v in values], [float(w) for w in weights])
        assert [float(f) for f in found] == pytest.approx(expected)


def test_only_differences_are_pairs() -> None:
    zero, one = sp.Integer(0), sp.Integer(1)
    assert pair_of((one, -one, zero), False) == Pair(1, 0, False)
    assert pair_of((one, -2 * one), False) is None and pair_of((one, zero), False) is None
    assert Order(2, (Pair(0, 1, False), Pair(1, 0, False))).has_cycle()
    assert not Order(3, (Pair(0, 1, False), Pair(0, 2, False))).has_cycle()
