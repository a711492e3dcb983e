"""Logarithms of affine functions on a polyhedron, without a formula, against brute force."""

from __future__ import annotations

import numpy as np
import pytest

from symbolic_mle import derive
from tests.stages.simplex.brute import Cells, data_of


def closed(*names: str) -> dict[str, str]:
    return {n: f"0 <= {n}, {n} <= 1" for n in names}


MODELS = (
    Cells("blood-groups", ("r**2", "p**2 + 2*p*r", "q**2 + 2*q*r", "2*p*q"), closed("p", "q", "r"), ("p + q + r == 1",)),
    Cells("blood-groups-free", ("(1-p-q)**2", "p**2 + 2*p*(1-p-q)", "q**2 + 2*q*(1-p-q)", "2*p*q"),
          {"p": "p >= 0", "q": "q >= 0"}, ("p + q <= 1",)),
    Cells("bounded", ("a", "b", "c"), {"a": "1/4 <= a", "b": "b >= 0", "c": "c >= 0"}, ("a + b + c == 1",)),
    Cells("capped-sum", ("a", "b", "c", "d"), closed(*"abcd"), ("a + b + c + d == 1", "a + b <= 1/2")),
    Cells("weighted-order", ("a", "b", "c"), closed(*"abc"), ("a + b + c == 1", "a <= 2*b")),
    Cells("linkage", ("(2 + p)/4", "(1 - p)/4", "q/4", "(p - q)/4"), {"p": "0 <= p, p <= 1", "q": "q >= 0"}, ("q <= p",)),
    Cells("mixing", ("p/2 + q/3", "p/2 + r/3", "q/3 + r/3", "q/3 + r/3"), closed("p", "q", "r"), ("p + q + r == 1",)),
    Cells("concave-order", ("a", "b", "c"), closed(*"abc"), ("a + b + c == 1", "2*b >= a + c")),
)  # fmt: skip


@pytest.mark.parametrize("cells", MODELS, ids=lambda c: c.name)
def test_the_estimate_is_the_maximum_that_brute_force_finds(cells: Cells) -> None:
    random = np.random.default_rng(6)
    derivation = derive(cells.model)
    assert derivation.form == "implicit" and derivation.proof == "global" and derivation.to_latex()
    k, decided = len(cells.cells), 0
    samples = [random.multinomial(n, random.dirichlet(np.full(k, 0.8))).tolist() for n in (2, 5, 12, 40)]
    for counts in [*samples, [3] * k, *([int(j == i) for j in range(k)] for i in range(k))]:
        height, _ = cells.search(counts, random, 6)
        estimate = derivation.estimate(data_of(counts))
        if estimate.values is None:
            assert estimate.existence == "unknown"  # a ridge of maximisers
            continue
        decided += 1
        point = [estimate.values[n] for n in cells.spaces]
        assert cells.inside(point) and estimate.proof == "global"
        claimed = cells.height(counts, point)
        assert height - 1e-6 * (1 + abs(height)) < claimed < height + 1e-4 * (1 + abs(height)), counts
    assert decided >= 4


def test_classical_blood_group_frequencies() -> None:
    """Bernstein's data in Rao (1973): 176 O, 182 A, 60 B, 17 AB."""
    found = derive(MODELS[0].model).estimate(data_of([176, 182, 60, 17])).values
    assert found == pytest.approx({"p": 0.264444, "q": 0.093169, "r": 0.642387}, abs=1e-6)


def test_a_face_that_the_space_leaves_out() -> None:
    cells = Cells("open", MODELS[0].cells, {n: f"{n} > 0" for n in "pqr"}, ("p + q + r == 1",))
    derivation = derive(cells.model)
    assert derivation.estimate(data_of([4, 3, 0, 0])).existence == "not attained"
    assert derivation.estimate(data_of([4, 3, 2, 1])).existence == "attained"


def test_a_ridge_is_not_called_a_maximum() -> None:
    cells = Cells("same", ("p/2 + q/2", "p/2 + q/2", "r"), closed("p", "q", "r"), ("p + q + r == 1", "p <= 3*q"))
    assert derive(cells.model).estimate(data_of([2, 1, 3])).values is None
