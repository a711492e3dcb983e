"""The likelihood of given data is 0 outside the space and where an observation is impossible."""

from __future__ import annotations

import math

import numpy as np
import pytest

from symbolic_mle import Model
from symbolic_mle.locating.heights import Heights


def heights(data: list[float], **given: object) -> tuple[Heights, list[object]]:
    model = Model.parse(**given).specification  # type: ignore[arg-type]
    (x,) = model.variables
    return Heights.of(model, {}, {x: np.array(data)}), list(model.parameters)


@pytest.mark.parametrize(
    ("value", "inside"), [(0.0, False), (-1.0, False), (1e-9, True), (2.0, True), (math.inf, False)]
)
def test_an_open_end_of_the_space_is_outside(value: float, inside: bool) -> None:
    found, (rate,) = heights([1.0, 2.0], density="exp(-x r) r", parameters={"r": "r > 0"}, support="x > 0")
    assert found.admissible({rate: value}) is inside
    assert math.isfinite(found({rate: value})) is inside


@pytest.mark.parametrize(
    ("value", "height"), [(3.0, -2 * math.log(3)), (4.0, -2 * math.log(4)), (2.9, -math.inf), (0.0, -math.inf)]
)
def test_a_moving_support(value: float, height: float) -> None:
    found, (end,) = heights([3.0, 1.0], density="1/t", parameters={"t": "t > 0"}, support="0 <= x, x <= t")
    assert found({end: value}) == pytest.approx(height)


def test_separate_values() -> None:
    found, (rate,) = heights(
        [1, 2], density="m^x exp(-m)/x!", parameters={"m": "in {1, 3}"}, support="x = 0, 1, 2, ...", discrete=True
    )
    assert found.admissible({rate: 3.0}) and not found.admissible({rate: 2.0})
