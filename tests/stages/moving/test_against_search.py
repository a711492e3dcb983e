"""Moving supports: what is claimed of data, random, tied, equal and at an end, is held against a search by numbers."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import pytest

from symbolic_mle import Model, derive
from symbolic_mle.derive import Derivation
from symbolic_mle.errors import DataError
from symbolic_mle.records import Existence, Proof
from tests.stages.moving.models import MODELS
from tests.stages.moving.search import MovingModel

TOLERANCE = 1e-7


@cache
def derivation(name: str) -> Derivation:
    return derive(Model.parse(**MODELS[name].options()))


def samples(model: MovingModel, random: np.random.Generator) -> list[np.ndarray]:
    """Quarters, so that ties and data exactly at an end are frequent; whole numbers for a discrete model."""
    width, unit, most = len(model.variable.split(",")), *((1, 6) if model.discrete else (4, 14))

    def shape(n: int) -> int | tuple[int, int]:
        return n if width == 1 else (n, width)

    found = [random.integers(low, most, shape(n)) / unit for n in (1, 1, 2, 2, 3, 5, 9) for low in (0, 4)]
    found += [np.full(shape(n), value) for n in (1, 3) for value in (0.0, 1.0, 2.0)]
    found += [found[k] - 1 for k in (2, 4, 6)]
    return [-data for data in found] if model.below else found


def judge(name: str, data: np.ndarray, random: np.random.Generator) -> str:
    """The existence that is claimed, after every claim about these data has been tried."""
    model = MODELS[name]
    best, where = model.best(data, random)
    try:
        found = derivation(name).estimate(data.tolist(), known=dict(model.values))
    except DataError:
        assert best == -math.inf, (name, data, "possible at", where)
        return "impossible"
    label = (name, data.tolist(), found, best, where)
    if found.existence is Existence.ATTAINED:
        for maximiser in found.maximisers:
            ends = {p: v if isinstance(v, tuple) else (v, v) for p, v in maximiser.items()}
            middle = {p: (a + b) / 2 for p, (a, b) in ends.items()}
            assert model.height(data, _nudged(model, data, middle)) >= best - TOLERANCE * (1 + abs(best)), label
        assert found.proof is Proof.GLOBAL, label
    elif found.existence is not Existence.UNKNOWN:
        assert best > -math.inf, label
        assert _can_be_improved(model, data, where, best, random), label
    return str(found.existence)


def _nudged(model: MovingModel, data: np.ndarray, point: dict[str, float]) -> dict[str, float]:
    """The point, or one a rounding error away that allows the data."""
    steps = [0.0, 1e-14, -1e-14]
    for each in (dict(zip(point, (v * (1 + s) for v, s in zip(point.values(), signs, strict=True)), strict=True))
                 for signs in np.stack(np.meshgrid(*[steps] * len(point)), -1).reshape(-1, len(point))):  # fmt: skip
        if model.height(data, each) > -math.inf:
            return each
    return point


def _can_be_improved(
    model: MovingModel, data: np.ndarray, where: dict[str, float], best: float, random: np.random.Generator
) -> bool:
    """No maximum: near any point there is a better one, on whatever scale."""
    for k in range(4000):
        scale = 10.0 ** random.uniform(-6, 2)
        moved = {p: v + scale * random.standard_normal() * (random.random() < 0.7) for p, v in where.items()}
        if k % 2:
            moved = {p: v * math.exp(random.uniform(-3, 3)) if random.random() < 0.5 else w
                     for (p, v), w in zip(where.items(), moved.values(), strict=True)}  # fmt: skip
        if model.height(data, moved) > best:
            return True
    return False


@pytest.mark.parametrize("name", MODELS)
def test_claims_on_data(name: str) -> None:
    random = np.random.default_rng(7)
    verdicts = [judge(name, data, random) for data in samples(MODELS[name], random)]
    assert MODELS[name].undecided or verdicts.count("unknown") == 0, verdicts
    assert any(v != "impossible" for v in verdicts), verdicts


@pytest.mark.parametrize("name", MODELS)
def test_it_is_told(name: str) -> None:
    found = derivation(name)
    assert MODELS[name].undecided or found.proof is Proof.GLOBAL
    assert "Result" in found.to_text()
    assert found.to_latex().count("$") % 2 == 0
    assert found.fisher_information is None and found.standard_errors is None


def test_integers_beside_a_moving_window_of_real_observations() -> None:
    derivation = derive(Model.parse("1", "x", parameters={"t": "integer"}, support="t <= x, x <= t + 1"))
    assert derivation.estimate([1.5, 1.8]).maximisers == [{"t": 1.0}]
    assert derivation.estimate([3.0, 4.0]).maximisers == [{"t": 3.0}]
    assert derivation.estimate([4.0]).maximisers == [{"t": 3.0}, {"t": 4.0}]
    with pytest.raises(DataError):
        derivation.estimate([1.5, 2.2])
