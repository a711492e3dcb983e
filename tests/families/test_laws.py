"""Laws that hold for every model: what is claimed of data is true when held against a search that knows nothing.

Undecided is allowed, wrong is not: an estimate that something beats, a maximum where there is none, none where one is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import numpy as np
import pytest

from symbolic_mle import Model, derive
from symbolic_mle.families import Family
from tests.derivations import CATALOGUE, derivation, every
from tests.oracle import REACH, Ends, Oracle, ends

every_family = pytest.mark.parametrize("name", CATALOGUE)
SIZES = (2, 5, 40)
MACHINE_WORDS = re.compile(r"\b(None|nan|NaN|zoo|oo|DataSum|Traceback|polygamma|Symbol|Interval|_x|True|False)\b")


@cache
def oracle(name: str) -> Oracle:
    return Oracle(CATALOGUE[name])


def degenerate(family: Family) -> dict[str, list[float]]:
    """Data at the edge: one observation, all equal, all as small or as large as can be."""
    support, values = oracle(family.name).support, dict(family.example)
    some = float(sorted(family.sample)[1])
    found = {"one": [some], "two equal": [some, some], "all equal": [some] * 5}
    if support.closed_lower:
        found["all smallest"] = [oracle(family.name).end(support.lower, values, 0.0)] * 4
    if support.closed_upper and support.upper:
        found["all largest"] = [oracle(family.name).end(support.upper, values, 0.0)] * 4
    return {why: [int(v) if family.discrete else v for v in data] for why, data in found.items()}


def judge(name: str, data: Sequence[float]) -> str:
    """Hold the estimate against the search; the existence that was claimed."""
    family, known = CATALOGUE[name], CATALOGUE[name].known_values
    estimate = derivation(name).estimate(list(data), known=known)
    claimed, best = str(estimate.existence), oracle(name).search(data, known)
    if claimed == "attained":
        check_maximum(name, data, estimate.values, best)
    elif claimed == "unbounded":
        wider, _ = oracle(name).search(data, known, 2 * REACH)
        rounded = (
            best[0] > 36
        )  # e^36 is one over the rounding error of a double: ends of a support are no closer than that
        assert rounded or wider > best[0] + 0.1, (
            f"{name} {data}: said to be unbounded, but {best} is as high as it gets"
        )
    elif claimed == "not attained":
        wider, _ = oracle(name).search(data, known, 1.5 * REACH)
        assert wider >= best[0] - 1e-9, f"{name} {data}: the search is worse with more room"
        grows = wider > best[0] + 1e-8 * (1 + abs(wider))  # along a ridge, where one coordinate alone would not show it
        assert grows or not is_inside(family, data, best), f"{name} {data}: said to have no maximum, but {best} is one"
    else:
        assert claimed == "unknown"
        assert estimate.values is None, f"{name} {data}: undecided, and yet {estimate.values}"
    return claimed


def check_maximum(
    name: str, data: Sequence[float], values: dict[str, float], best: tuple[float, dict[str, float]]
) -> None:
    family, known = CATALOGUE[name], CATALOGUE[name].known_values
    assert set(values) == set(family.parameters)
    height = float(oracle(name).log_likelihood(data, {**values, **known}))
    slack = 1e-9 * (1 + abs(height))
    assert np.isfinite(height), f"{name} {data}: the estimate {values} makes the data impossible"
    assert height >= best[0] - 10 * slack, f"{name} {data}: {values} has {height}, but {best[1]} has {best[0]}"
    for parameter in family.parameters:
        for step in (1e-6, -1e-6, 1e-3, -1e-3):
            near = {**values, parameter: values[parameter] * (1 + step) + step * (values[parameter] == 0)}
            if is_admissible(family, near):
                beside = float(oracle(name).log_likelihood(data, {**near, **known}))
                assert beside <= height + slack, f"{name} {data}: {near} beats {values} by {beside - height}"


def spaces(family: Family) -> dict[str, Ends]:
    return {name: ends(relation, name) for name, relation in family.parameters.items()}


def is_admissible(family: Family, values: dict[str, float]) -> bool:
    whole = all(float(values[name]).is_integer() for name, space in spaces(family).items() if space.integer)
    return whole and all(oracle(family.name).inside(space, values[name]) for name, space in spaces(family).items())


def is_inside(family: Family, data: Sequence[float], best: tuple[float, dict[str, float]]) -> bool:
    """Is every step away from the best point clearly worse, also a step halfway to an end of the space?"""
    height, point = best
    for parameter, value in point.items():
        space = spaces(family)[parameter]
        low, high = (oracle(family.name).end(end, {}, np.inf) for end in (space.lower, space.upper))
        halfway = [(value + end) / 2 for end in (low, high) if np.isfinite(end) and end != value]
        for other in (*halfway, value - 0.3 * (1 + abs(value)), value + 0.3 * (1 + abs(value))):
            moved = {**point, parameter: other}
            if is_admissible(family, moved):
                there = oracle(family.name).log_likelihood(data, {**moved, **family.known_values})
                if there > height - 1e-7 * (1 + abs(height)):
                    return False
    return True


@every_family
def test_estimates_on_random_samples(name: str) -> None:
    random = np.random.default_rng(20)
    for size in SIZES:
        judge(name, oracle(name).draw(random, size))


@cache
def verdict_on_sample(name: str) -> str:
    return judge(name, CATALOGUE[name].sample)


@every_family
def test_estimates_on_the_sample_of_the_catalogue(name: str) -> None:
    verdict_on_sample(name)


@every_family
def test_data_at_the_edge(name: str) -> None:
    for data in degenerate(CATALOGUE[name]).values():
        judge(name, data)


@every_family
def test_it_renders(name: str) -> None:
    text, plain, latex = derivation(name).to_text(), derivation(name).to_text(ascii=True), derivation(name).to_latex()
    assert plain.isascii()
    assert not MACHINE_WORDS.search(text), f"{name}: {MACHINE_WORDS.search(text)}"
    for parameter in CATALOGUE[name].parameters:
        letters = parameter.rstrip("0123456789")  # sigma2 is shown as sigma^2
        assert re.search(rf"\b{letters}", plain), f"{name}: {parameter} is never mentioned"
    assert latex.isascii()
    assert latex.count("{") == latex.count("}")


@pytest.mark.parametrize("name", every(4))
def test_deriving_twice_is_equal(name: str) -> None:
    again = derive(Model.parse(**CATALOGUE[name].specification()))
    assert again.cases == derivation(name).cases
    assert again.estimators == derivation(name).estimators
    assert again.to_text() == derivation(name).to_text()
    assert again.to_latex() == derivation(name).to_latex()


@every_family
def test_a_claim_of_the_derivation_is_one_of_its_words(name: str) -> None:
    found = derivation(name)
    assert str(found.form) in ("closed", "partly-closed", "implicit")
    assert str(found.proof) in ("global", "local", "none")
    assert found.cases
    assert found.steps


def test_most_models_are_solved() -> None:
    """The coverage: it may only grow."""
    proved = [name for name in CATALOGUE if str(derivation(name).proof) == "global"]
    solved = [name for name in CATALOGUE if verdict_on_sample(name) == "attained"]
    assert len(proved) >= 60
    assert len(solved) >= 60
