"""Shares of a whole against brute force: the maximum, the faces that a space leaves out, what is declined."""

from __future__ import annotations

import numpy as np
import pytest

from symbolic_mle import Model, derive
from symbolic_mle.errors import ModelError
from tests.stages.simplex.brute import Cells, data_of


def positive(*names: str) -> dict[str, str]:
    return {n: f"{n} > 0" for n in names}


def closed(*names: str) -> dict[str, str]:
    return {n: f"0 <= {n}, {n} <= 1" for n in names}


MODELS = (
    Cells("three", ("a", "b", "c"), positive(*"abc"), ("a + b + c == 1",)),
    Cells("three-closed", ("a", "b", "c"), closed(*"abc"), ("a + b + c == 1",)),
    Cells("five", ("a", "b", "c", "d", "h"), closed(*"abcdh"), ("a + b + c + d + h == 1",)),
    Cells("free", ("p", "q", "1 - p - q"), positive("p", "q"), ("p + q < 1",)),
    Cells("dependent-range", ("p", "q", "1 - p - q"), {"p": "0 <= p, p <= 1", "q": "0 <= q, q <= 1 - p"}),
    Cells("equal-cells", ("a", "b", "c", "d"), closed(*"abcd"), ("a + b + c + d == 1", "a == b")),
    Cells("equal-pairs", ("a", "b", "c", "d"), closed(*"abcd"), ("a + b + c + d == 1", "a == b", "c == d")),
    Cells("double", ("a", "b", "c"), closed(*"abc"), ("a + b + c == 1", "b == 2*a")),
    Cells("hardy-weinberg", ("p**2", "2*p*q", "q**2"), closed("p", "q"), ("p + q == 1",)),
    Cells(
        "three-alleles", ("p**2", "q**2", "r**2", "2*p*q", "2*p*r", "2*q*r"), closed("p", "q", "r"), ("p + q + r == 1",)
    ),
    Cells("three-alleles-free", ("p**2", "q**2", "(1-p-q)**2", "2*p*q", "2*p*(1-p-q)", "2*q*(1-p-q)"),
          positive("p", "q"), ("p + q < 1",)),  # fmt: skip
    Cells("known-sum", ("a", "b", "c", "d"), closed(*"abcd"), ("a + b + c + d == 1", "a + b == 1/2")),
    Cells("two-by-two", ("a*u", "a*v", "b*u", "b*v"), closed(*"abuv"), ("a + b == 1", "u + v == 1")),
    Cells("halves", ("p/2", "q/2", "p/2", "q/2"), positive("p", "q"), ("p + q == 1",)),
    Cells("nested", ("p", "(1-p)*q", "(1-p)*r"), closed("p", "q", "r"), ("q + r == 1",)),
    Cells("vertex-left-out", ("a", "b", "c"), {"a": "0 <= a, a < 1", "b": "b >= 0", "c": "c >= 0"}, ("a + b + c == 1",)),
    Cells("renamed", ("t2", "t1", "t0"), {"t0": "t0 >= 0", "t1": "t1 > 0", "t2": "t2 >= 0"}, ("1 == t0 + t1 + t2",)),
    Cells("scaled", ("a/10", "b/10", "c/10"), {n: f"{n} >= 0" for n in "abc"}, ("a + b + c == 10",)),
)  # fmt: skip


def samples(cells: Cells, random: np.random.Generator) -> list[list[int]]:
    k = len(cells.cells)
    single = [[int(j == i) * size for j in range(k)] for i in range(k) for size in (1,)]
    return [*single, *(random.multinomial(n, random.dirichlet(np.full(k, 0.8))).tolist() for n in (2, 6, 60))]


@pytest.mark.parametrize("cells", MODELS, ids=lambda c: c.name)
def test_the_estimate_is_the_maximum_that_brute_force_finds(cells: Cells) -> None:
    random = np.random.default_rng(5)
    derivation = derive(cells.model)
    assert derivation.findings.argument is not None and derivation.proof == "global"
    for counts in samples(cells, random):
        height, _ = cells.search(counts, random, 4)
        estimate = derivation.estimate(data_of(counts))
        if estimate.values is not None:
            point = [estimate.values[n] for n in cells.spaces]
            assert cells.inside(point)
            claimed = cells.height(counts, point)
            assert claimed > height - 1e-6 * (1 + abs(height)), counts
            assert claimed < height + 1e-4 * (1 + abs(height)), counts  # the search comes that near to an end
        else:
            assert estimate.existence in ("not attained", "unknown")


@pytest.mark.parametrize(
    "cells", [c for c in MODELS if c.name in ("three", "free", "three-alleles-free")], ids=lambda c: c.name
)
def test_an_open_simplex_has_no_maximum_when_a_cell_is_empty(cells: Cells) -> None:
    derivation = derive(cells.model)
    first = [1, *([0] * (len(cells.cells) - 1))]
    assert derivation.estimate(data_of(first)).existence == "not attained"


def test_only_the_face_that_is_left_out_is_missed() -> None:
    cells = next(c for c in MODELS if c.name == "vertex-left-out")
    derivation = derive(cells.model)
    assert derivation.estimate([1, 1]).existence == "not attained"
    assert derivation.estimate([1, 2]).values == {"a": 0.5, "b": 0.5, "c": 0.0}
    assert derivation.estimate([2, 2]).values == {"a": 0.0, "b": 1.0, "c": 0.0}


def multinomial(constraint: str, spaces: dict[str, str]) -> Model:
    return Model.parse(
        density="factorial(m)/(factorial(x)*factorial(y)*factorial(z)) * p**x * q**y * r**z", variable="x,y,z", discrete=True,
        support="integer, x >= 0, y >= 0, z >= 0, x + y + z == m", parameters=spaces, constraints=[constraint],
        known={"m": "integer, m >= 1"},
    )  # fmt: skip


def test_multinomial_counts() -> None:
    derivation = derive(multinomial("p + q + r == 1", closed("p", "q", "r")))
    assert derivation.proof == "global" and derivation.form == "closed"
    estimate = derivation.estimate([(3, 2, 0), (1, 4, 0)], known={"m": 5})
    assert estimate.values == pytest.approx({"p": 0.4, "q": 0.6, "r": 0.0})


def test_trinomial_counts_with_the_last_cell_left_over() -> None:
    model = Model.parse(
        density="factorial(m)/(factorial(x)*factorial(y)*factorial(m-x-y)) * p**x * q**y * (1-p-q)**(m-x-y)", variable="x,y",
        discrete=True, support="integer, x >= 0, y >= 0, x + y <= m", parameters=positive("p", "q"), constraints=["p + q < 1"],
        known={"m": "integer, m >= 1"},
    )  # fmt: skip
    derivation = derive(model)
    assert derivation.estimate([(1, 2), (2, 0)], known={"m": 4}).values == pytest.approx({"p": 3 / 8, "q": 2 / 8})
    assert derivation.estimate([(1, 0), (2, 0)], known={"m": 4}).existence == "not attained"


def test_powers_of_deltas_and_of_polynomials_are_the_same_model() -> None:
    spaces, whole = closed("a", "b", "c"), ["a + b + c == 1"]
    deltas = "a**KroneckerDelta(x, 0) * b**KroneckerDelta(x, 1) * c**KroneckerDelta(x, 2)"
    lagrange = "a**((x-1)*(x-2)/2) * b**(x*(2-x)) * c**(x*(x-1)/2)"
    data = [0, 2, 2, 1, 2, 2]
    for density in (deltas, lagrange):
        model = Model.parse(
            density=density, support="0 <= x, x <= 2", discrete=True, parameters=spaces, constraints=whole
        )
        derivation = derive(model)
        assert derivation.proof == "global"
        assert derivation.estimate(data).values == pytest.approx({"a": 1 / 6, "b": 1 / 6, "c": 2 / 3})


def test_probabilities_that_do_not_sum_to_one_are_no_model() -> None:
    with pytest.raises(ModelError):
        Cells("wrong", ("a", "b", "c"), closed("a", "b", "c"), ("a + b + c == 2",)).model  # noqa: B018


@pytest.mark.parametrize(
    "cells",
    [
        Cells("bounded", ("a", "b", "c"), {"a": "1/4 <= a", "b": "b >= 0", "c": "c >= 0"}, ("a + b + c == 1",)),
        Cells("no-whole", ("p", "q", "1 - p - q"), closed("p", "q"), ("p <= q",)),
        Cells("curved", ("a", "b", "c"), closed("a", "b", "c"), ("a + b + c == 1", "a**2 == b")),
    ],
    ids=lambda c: c.name,
)
def test_what_the_theorem_does_not_cover_is_not_claimed_by_it(cells: Cells) -> None:
    try:
        derivation = derive(cells.model)
    except ModelError:
        return
    argument = derivation.findings.argument
    assert argument is None or argument.kind != "simplex"
