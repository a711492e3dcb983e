"""The theorem of the alternative in fractions, held against SciPy's linear programs."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from scipy.optimize import linprog

from symbolic_mle.locating.fractions import fraction_of
from symbolic_mle.locating.separation import free_columns, separating_direction


def by_linear_program(rows: np.ndarray) -> bool:
    """max Σ r·d subject to 0 ≤ r·d ≤ 1"""
    ones = np.ones(len(rows))
    found = linprog(
        -rows.sum(axis=0), np.vstack([-rows, rows]), [*0 * ones, *ones], bounds=[(None, None)] * rows.shape[1]
    )
    return bool(-found.fun > 1e-7)


@pytest.mark.parametrize("seed", range(40))
def test_it_agrees_with_linear_programs(seed: int) -> None:
    random = np.random.default_rng(seed)
    size, count = 1 + seed % 4, 2 + seed % 9
    rows = random.integers(-3, 4, (count, size)).astype(float)
    if seed % 3 == 0:
        rows[0] = np.abs(rows[0])
        rows[1:] *= np.sign(rows[1:] @ random.integers(1, 3, size))[:, None]
    exact = [tuple(map(Fraction, map(int, r))) for r in rows]
    direction = separating_direction(exact)
    assert (direction is not None) == by_linear_program(rows)
    if direction is not None:
        products = [sum(a * b for a, b in zip(r, direction, strict=True)) for r in exact]
        assert min(products) >= 0 < max(products)


def test_nothing_separates_no_rows() -> None:
    assert separating_direction([]) is None
    assert separating_direction([(Fraction(0), Fraction(0))]) is None


def test_a_touching_pair_separates_and_an_overlapping_one_does_not() -> None:
    def rows(x: list[float], y: list[int]) -> list[tuple[Fraction, ...]]:
        return [
            tuple(s * v for v in (Fraction(1), fraction_of(t))) for t, s in zip(x, (2 * b - 1 for b in y), strict=True)
        ]

    assert separating_direction(rows([0.1, 0.3, 0.3, 0.7], [0, 0, 1, 1])) is not None
    assert separating_direction(rows([0.1, 0.3, 0.3 - 1e-15, 0.7], [0, 0, 1, 1])) is None


def test_columns_that_others_make_up() -> None:
    rows = [tuple(map(Fraction, r)) for r in ((1, 2, 3), (1, 5, 6), (0, 1, 1))]
    assert len(free_columns(rows)) == 1
    assert free_columns([tuple(map(Fraction, r)) for r in ((1, 2), (1, 3))]) == []
