"""Is there a direction d with r·d ≥ 0 for every row r, and r·d > 0 for one? Decided in fractions.

Theorem of the alternative (Stiemke 1915; Schrijver 1986, section 7.8): there is such a d, or there are weights λ >
0 with Σ λᵣ r = 0, and never both. Weights λ = 1 + μ exist iff Σ μᵣ r = −Σ r has a solution μ ≥ 0: the first phase
of the simplex method finds one, or ends with a d. There are as many equations as parameters, so the tableau stays
small however many rows there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

Row = tuple[Fraction, ...]

PATIENT = 200  # pivots by the steepest price before Bland's rule, which cannot cycle, takes over


def separating_direction(rows: Sequence[Row]) -> Row | None:
    """A direction, or None when positive weights balance the rows."""
    distinct = [r for r in dict.fromkeys(map(_scaled, rows)) if any(r)]
    if not distinct:
        return None
    size = len(distinct[0])
    goal = [-sum((r[k] for r in distinct), Fraction(0)) for k in range(size)]
    signs = [Fraction(-1 if g < 0 else 1) for g in goal]
    inverse = [[signs[k] if j == k else Fraction(0) for k in range(size)] for j in range(size)]  # of the basis
    values = [abs(g) for g in goal]
    basis: list[int | None] = [None] * size  # None is an artificial column, of cost 1
    table = np.array([[float(v) for v in r] for r in distinct])
    for count in range(100_000):
        prices = [sum((inverse[j][k] for j in range(size) if basis[j] is None), Fraction(0)) for k in range(size)]
        entering = _entering(distinct, table, prices, count < PATIENT)
        if entering is None:
            missing = sum((v for v, b in zip(values, basis, strict=True) if b is None), Fraction(0))
            return None if missing == 0 else tuple(-p for p in prices)
        column = [_product(inverse[j], distinct[entering]) for j in range(size)]
        ratios = [
            (values[j] / column[j], -1 if basis[j] is None else basis[j], j) for j in range(size) if column[j] > 0
        ]
        _, _, leaving = min(ratios)
        _pivot(inverse, values, column, leaving)
        basis[leaving] = entering
    raise ArithmeticError("the simplex method did not end")


def _scaled(row: Row) -> Row:
    """The row divided by the size of its largest entry: the same direction."""
    largest = max(map(abs, row), default=Fraction(0))
    return tuple(v / largest for v in row) if largest else row


def _product(first: Sequence[Fraction], second: Sequence[Fraction]) -> Fraction:
    return sum((a * b for a, b in zip(first, second, strict=True)), Fraction(0))


def _entering(rows: Sequence[Row], table: np.ndarray, prices: list[Fraction], steep: bool) -> int | None:
    """A row with prices·row > 0."""
    if steep:
        best = int(np.argmax(table @ np.array([float(p) for p in prices])))
        if _product(prices, rows[best]) > 0:
            return best
    return next((k for k, r in enumerate(rows) if _product(prices, r) > 0), None)


def _pivot(inverse: list[list[Fraction]], values: list[Fraction], column: list[Fraction], leaving: int) -> None:
    share = column[leaving]
    inverse[leaving] = [v / share for v in inverse[leaving]]
    values[leaving] /= share
    for j, weight in enumerate(column):
        if j != leaving and weight:
            inverse[j] = [a - weight * b for a, b in zip(inverse[j], inverse[leaving], strict=True)]
            values[j] -= weight * values[leaving]


def free_columns(rows: Sequence[Row]) -> list[int]:
    """Coordinates that may be fixed at 0: those of a vector d with r·d = 0 for all rows can be removed by adding multiples."""
    reduced: list[tuple[int, list[Fraction]]] = []
    size = len(rows[0]) if rows else 0
    for row in dict.fromkeys(map(_scaled, rows)):
        left = list(row)
        for pivot, other in reduced:
            if left[pivot]:
                share = left[pivot]
                left = [a - share * b for a, b in zip(left, other, strict=True)]
        pivot = next((k for k, v in enumerate(left) if v), -1)
        if pivot >= 0:
            reduced.append((pivot, [v / left[pivot] for v in left]))
        if len(reduced) == size:
            return []
    return [k for k in range(size) if k not in {pivot for pivot, _ in reduced}]
