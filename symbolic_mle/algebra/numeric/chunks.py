"""Samples of any size by chunks of rows, so that the intermediate results stay few and in the cache."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from symbolic_mle.algebra.numeric.tape import Operation, Tape

CHUNK = 1 << 16  # rows: a column of them is half a megabyte


def chunks(columns: Sequence[Any]) -> Iterator[list[Any]]:
    """The columns, cut into pieces of at most ``CHUNK`` rows."""
    for start in range(0, len(columns[0]), CHUNK):
        yield [column[start : start + CHUNK] for column in columns]


def total(body: Tape, width: int) -> Operation:
    """Σ body over the sample; operands: the weights, ``width`` columns, and the numbers that the body needs."""

    def fold(weights: Any, *operands: Any) -> Any:
        columns, numbers = operands[:width], operands[width:]
        return np.float64(sum_once([_sum(body.run([*rows, *numbers]), len(rows[0])) for rows in chunks(columns)]))

    return fold


def ordered(body: Tape, width: int) -> Operation:
    """The k-th smallest value of body over the sample; nan where k is no rank."""

    def fold(rank: Any, weights: Any, *operands: Any) -> Any:
        columns, numbers = operands[:width], operands[width:]
        parts = [np.broadcast_to(body.run([*rows, *numbers]), rows[0].shape) for rows in chunks(columns)]
        values = np.concatenate(parts)
        if np.isnan(values).any() or rank != np.floor(rank) or not 1 <= rank <= len(values):
            return np.float64(np.nan)
        return np.partition(values, int(rank) - 1)[int(rank) - 1]

    return fold


def _sum(values: Any, count: int) -> float:
    return float(np.sum(values)) if np.ndim(values) else float(values) * count


def sum_once(parts: Sequence[float]) -> float:
    """Σ parts, rounded once; ±∞ and nan as in ordinary addition."""
    try:
        return math.fsum(parts)
    except (OverflowError, ValueError):  # ∞ − ∞, or a partial sum out of range
        return float(np.sum(np.asarray(parts, dtype=float)))
