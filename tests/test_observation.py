"""Data → a sample: shapes, numbers, the support; and an error that names the observation that does not fit."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from symbolic_mle import Model
from symbolic_mle.errors import DataError
from symbolic_mle.observation import read_known, read_sample
from symbolic_mle.records import Specification

COUNTS = Model.named("poisson").specification
WAITING = Model.parse("t e^(-t x)", "x", {"t": "t > 0"}, "x > 0").specification
CLOSED = Model.parse("t e^(-t x)", "x", {"t": "t > 0"}, "x >= 0").specification
LINE = Model.named("normal").specification
TRIALS = Model.named("binomial").specification
PAIR = Model.parse(
    "a e^(-a x - b y) b", "x,y", {"a": "a > 0", "b": "b > 0"}, "x > 0, y > 0", checked=False
).specification


def column(data: Any, model: Specification, **known: float) -> list[float]:
    sample = read_sample(data, model, read_known(known, model))
    assert all(values.dtype == float and values.ndim == 1 for values in sample.values())
    return list(next(iter(sample.values())))


@pytest.mark.parametrize(
    "data",
    [
        [2, 0, 3],
        (2, 0, 3),
        np.array([2, 0, 3]),
        np.array([2.0, 0.0, 3.0], dtype=np.float32),
        range(4),
        {"x": [2, 0]},
    ],
)
def test_shapes_that_are_a_sample(data: Any) -> None:
    assert len(column(data, COUNTS)) in (2, 3, 4)


@pytest.mark.parametrize(
    ("data", "model", "complaint"),
    [
        ([], COUNTS, "no observation"),
        (np.array([]), LINE, "no observation"),
        ([[1, 2], [3, 4]], COUNTS, "dimensions"),
        (5, COUNTS, "dimension"),
        ("2 0 3", COUNTS, "numbers"),
        (["two"], COUNTS, "numbers"),
        ([1, None], LINE, "numbers|finite"),
        ([[1, 2], [3]], COUNTS, "numbers"),
        ([1 + 2j], LINE, "numbers"),
        ({"y": [1]}, COUNTS, "no column 'x'"),
        ([1.0, float("nan")], LINE, "observation 2.*not a finite"),
        ([float("inf")], LINE, "observation 1.*not a finite"),
        ([2, -1], COUNTS, "observation 2, x = -1"),
        ([2, 0.5], COUNTS, "observation 2, x = 0.5.*whole"),
        ([1.0, 0.0], WAITING, r"observation 2, x = 0, is outside the support \(0, oo\)"),
        ([1.0, -3.0], CLOSED, "observation 2, x = -3"),
    ],
    ids=str,
)
def test_what_is_no_sample_is_refused(data: Any, model: Specification, complaint: str) -> None:
    with pytest.raises(DataError, match=complaint):
        column(data, model)


def test_a_closed_end_of_the_support_is_possible() -> None:
    assert column([0.0, 1.0], CLOSED) == [0.0, 1.0]


def test_the_support_may_use_a_known_constant() -> None:
    assert column([0, 5], TRIALS, m=5) == [0.0, 5.0]
    with pytest.raises(DataError, match="observation 2, x = 6"):
        column([0, 6], TRIALS, m=5)


@pytest.mark.parametrize(
    ("known", "complaint"),
    [
        ({}, "no value for m"),
        ({"m": 5, "k": 2}, "'k' is not a known constant"),
        ({"m": "five"}, "needed a number"),
        ({"m": float("nan")}, "not a finite"),
        ({"m": -5}, "outside its space"),
        ({"m": 2.5}, "outside its space"),
    ],
    ids=str,
)
def test_known_constants_are_needed_and_checked(known: dict[str, Any], complaint: str) -> None:
    with pytest.raises(DataError, match=complaint):
        read_known(known, TRIALS)


def test_known_constants_by_symbol() -> None:
    (symbol,) = TRIALS.known
    assert read_known({symbol: 7}, TRIALS) == {symbol: 7.0}


class TestPairs:
    """Several variables."""

    def test_rows_and_columns_are_the_same_sample(self) -> None:
        rows = read_sample([(1, 2), (3, 4)], PAIR, {})
        columns = read_sample({"x": [1, 3], "y": [2, 4]}, PAIR, {})
        assert {s.name: list(v) for s, v in rows.items()} == {s.name: list(v) for s, v in columns.items()}

    @pytest.mark.parametrize(
        ("data", "complaint"),
        [
            ([1, 2, 3], "needed 2 numbers an observation"),
            ([(1, 2, 3)], "needed 2 numbers an observation"),
            ({"x": [1, 2], "y": [3]}, "different lengths"),
            ({"x": [1, 2]}, "no column 'y'"),
            ([(1, -2)], "y = -2"),
        ],
        ids=str,
    )
    def test_what_is_no_sample_of_pairs(self, data: Any, complaint: str) -> None:
        with pytest.raises(DataError, match=complaint):
            read_sample(data, PAIR, {})
