"""Restricted parameter spaces, held against a search over a fine grid refined around its best points."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np
import pytest
from scipy import stats

from symbolic_mle import Model, derive
from symbolic_mle.derive import Derivation
from symbolic_mle.errors import ModelError

Height = Callable[[np.ndarray, np.ndarray], np.ndarray]
NORMAL = "exp(-(x - m)^2/2)/sqrt(2 pi)"
COIN = "p^x (1 - p)^(1 - x)"
NONE = "none"


@dataclass(frozen=True)
class Restricted:
    """A model of one parameter; ``height`` is ℓ(θ) for a column of θ and a row of data, ``inside`` the space."""

    density: str
    space: str
    support: str
    height: Height
    inside: Callable[[np.ndarray], np.ndarray]
    samples: Sequence[Sequence[float]]
    reach: tuple[float, float] = (-12.0, 12.0)
    known: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, float] = field(default_factory=dict)


def normal(t: np.ndarray, x: np.ndarray) -> np.ndarray:
    return stats.norm.logpdf(x, t)


def coin(t: np.ndarray, x: np.ndarray) -> np.ndarray:
    with np.errstate(all="ignore"):
        return stats.bernoulli.logpmf(x, t)


DRAWN = (
    [0.0],
    [0.5],
    [-0.5],
    [3.0, 1.0],
    [-4.0, 1.0],
    [1.0, 1.0],
    [-1.0, 1.0],
    [2.0, 2.5, 9.0],
    [-1.0],
    [0.25, 0.25, -0.2],
)
COINS = ([0], [1], [0, 1], [0, 0, 1], [1, 1, 0], [0, 0, 0, 1], [1, 1, 1, 0], [1, 1, 1, 1])
COUNTS = ([0], [1], [2], [0, 1], [3, 4, 2], [9], [2, 2])
MODELS = {
    "m >= 0": Restricted(NORMAL, "m >= 0", "", normal, lambda t: t >= 0, DRAWN),
    "m < 1": Restricted(NORMAL, "m < 1", "", normal, lambda t: t < 1, DRAWN),
    "[-1, 2)": Restricted(NORMAL, "-1 <= m, m < 2", "", normal, lambda t: (t >= -1) & (t < 2), DRAWN),
    "known ends": Restricted(NORMAL, "a <= m, m <= b", "", normal, lambda t: (t >= -1) & (t <= 0.5), DRAWN,
                             known={"a": "", "b": "b > a"}, values={"a": -1, "b": 0.5}),
    "outside the unit interval": Restricted(NORMAL, "m^2 >= 1", "", normal, lambda t: t**2 >= 1, DRAWN),
    "absolute value": Restricted(NORMAL, "abs(m) >= 1", "", normal, lambda t: abs(t) >= 1, DRAWN),
    "open outside": Restricted(NORMAL, "abs(m) > 1", "", normal, lambda t: abs(t) > 1, DRAWN),
    "not zero": Restricted(NORMAL, "m != 0", "", normal, lambda t: t != 0, DRAWN),
    "union": Restricted(NORMAL, "m <= -1 or m >= 2", "", normal, lambda t: (t <= -1) | (t >= 2), DRAWN),
    "half-open gap": Restricted(NORMAL, "m < -1 or m >= 2", "", normal, lambda t: (t < -1) | (t >= 2), DRAWN),
    "two gaps": Restricted(NORMAL, "abs(abs(m) - 2) >= 1", "", normal, lambda t: abs(abs(t) - 2) >= 1, DRAWN),
    "a square at most 4": Restricted(NORMAL, "m^2 <= 4", "", normal, lambda t: t**2 <= 4, DRAWN),
    "irrational ends": Restricted(NORMAL, "m^2 >= 2", "", normal, lambda t: t**2 >= 2, DRAWN),
    "at least half": Restricted(COIN, "1/2 <= p, p < 1", "x = 0, 1", coin, lambda t: (t >= 0.5) & (t < 1), COINS, (0, 1)),
    "thirds": Restricted(COIN, "1/3 <= p, p <= 2/3", "x = 0, 1", coin, lambda t: (t >= 1 / 3) & (t <= 2 / 3), COINS, (0, 1)),
    "a biased coin": Restricted(COIN, "0 <= p, p <= 1, abs(p - 1/2) >= 1/4", "x = 0, 1", coin,
                                lambda t: abs(t - 0.5) >= 0.25, COINS, (0, 1)),
    "not fair": Restricted(COIN, "0 < p, p < 1, p != 1/2", "x = 0, 1", coin,
                           lambda t: (t > 0) & (t < 1) & (t != 0.5), COINS, (0, 1)),
    "variance at least": Restricted("exp(-x^2/(2 v))/sqrt(2 pi v)", "v >= 2", "",
                                    lambda t, x: stats.norm.logpdf(x, 0, np.sqrt(np.maximum(t, 0))), lambda t: t >= 2, DRAWN,
                                    (0, 60)),
    "Poisson gap": Restricted("l^x exp(-l)/x!", "l > 0, abs(l - 2) >= 1", "x = 0, 1, 2, ...",
                              lambda t, x: stats.poisson.logpmf(x, t), lambda t: (t > 0) & (abs(t - 2) >= 1), COUNTS, (0, 20)),
    "exponential mean": Restricted("exp(-x/t)/t", "t >= 1, t != 2", "x > 0",
                                   lambda t, x: stats.expon.logpdf(x, 0, t), lambda t: (t >= 1) & (t != 2),
                                   ([0.5], [2.0], [1.0, 3.0], [4.0], [1.0]), (0.5, 20)),
    "logistic": Restricted("exp(-(x - m))/(1 + exp(-(x - m)))^2", "m <= -1 or m >= 1", "",
                           lambda t, x: stats.logistic.logpdf(x, t), lambda t: abs(t) >= 1,
                           ([0.0], [0.5], [3.0, 2.0], [-1.0, 1.0], [-4.0, -3.0])),
    "squared": Restricted("exp(-(x - t^2)^2/2)/sqrt(2 pi)", "", "", lambda t, x: stats.norm.logpdf(x, t**2),
                          lambda t: abs(t) < 99, DRAWN),
    "squared and not zero": Restricted("exp(-(x - t^2)^2/2)/sqrt(2 pi)", "t != 0", "", lambda t, x: stats.norm.logpdf(x, t**2),
                                       lambda t: t != 0, DRAWN),
    "size": Restricted("exp(-(x - abs(t))^2/2)/sqrt(2 pi)", "", "", lambda t, x: stats.norm.logpdf(x, abs(t)),
                       lambda t: abs(t) < 99, DRAWN),
    "scale of either sign": Restricted("exp(-x^2/(2 s^2))/sqrt(2 pi s^2)", "s != 0", "",
                                       lambda t, x: stats.norm.logpdf(x, 0, abs(t)), lambda t: t != 0,
                                       ([1.0], [1.0, -2.0], [3.0, 0.0])),
    "root of a rate": Restricted("t^(2 x) exp(-t^2)/x!", "t != 0", "x = 0, 1, 2, ...",
                                 lambda t, x: stats.poisson.logpmf(x, t**2), lambda t: t != 0, COUNTS),
}  # fmt: skip


@cache
def derived(name: str) -> Derivation:
    given = MODELS[name]
    parameter = next(c for c in ("m", "p", "v", "l", "t", "s") if _names(given, c))
    return derive(Model.parse(given.density, "x", {parameter: given.space}, support=given.support, known=given.known))


def _names(given: Restricted, letter: str) -> bool:
    words = "".join(c if c.isalpha() else " " for c in given.density).split()
    return letter in words


CASES = [(name, sample) for name, given in MODELS.items() for sample in given.samples]


@pytest.mark.parametrize(("name", "sample"), CASES, ids=str)
def test_no_point_of_the_space_is_better(name: str, sample: Sequence[float]) -> None:
    given, x = MODELS[name], np.asarray(sample, dtype=float)[None, :]
    found = derived(name).estimate(sample, known=given.values)
    low, high = given.reach
    ends = [e + s for e in (-3, -2, -1, 0, 0.25, 1 / 3, 0.5, 2 / 3, 0.75, 1, 2, 3) for s in (-1e-7, 0, 1e-7)]
    grid = np.array(
        [t for t in (*np.linspace(low, high, 4001), *ends) if low <= t <= high and given.inside(np.array(t))]
    )
    with np.errstate(all="ignore"):
        heights = given.height(grid[:, None], x).sum(axis=1)
    top = float(np.nanmax(heights))
    assert found.existence != "unknown", found.note
    assert found.proof == "global"
    if found.existence == "attained":
        for maximiser in found.maximisers:
            (value,) = maximiser.values()
            assert given.inside(np.array(value)) or given.inside(np.array(value + 1e-12))
            there = float(given.height(np.array([[value]]), x).sum())
            assert there >= top - 1e-7 * (1 + abs(top)), (maximiser, grid[np.nanargmax(heights)])
        return
    best = grid[np.nanargmax(heights)]
    near = [e for e in (-1, 0, 0.5, 1, 2, *given.reach) if abs(e - best) < 1e-2]
    assert near, f"said not to exist, but the best point {best} is inside"


@pytest.mark.parametrize(
    ("name", "sample", "expected"),
    [
        ("outside the unit interval", [0.0], [-1.0, 1.0]),
        ("union", [0.5], [-1.0, 2.0]),
        ("half-open gap", [0.5], [2.0]),
        ("half-open gap", [0.4], NONE),
        ("half-open gap", [-1.0], NONE),
        ("half-open gap", [2.0], [2.0]),
        ("open outside", [1.0], NONE),
        ("not zero", [-1.0, 1.0], NONE),
        ("two gaps", [2.0], [1.0, 3.0]),
        ("two gaps", [-2.0], [-3.0, -1.0]),
        ("two gaps", [0.5], [0.5]),
        ("a biased coin", [0, 1], [0.25, 0.75]),
        ("not fair", [0, 1], NONE),
        ("squared", [4.0], [2.0, -2.0]),
        ("squared", [-4.0], [0.0]),
        ("squared and not zero", [-4.0], NONE),
        ("irrational ends", [0.0], [-math.sqrt(2), math.sqrt(2)]),
        ("logistic", [0.0], [-1.0, 1.0]),
        ("at least half", [1, 1], NONE),
    ],
    ids=str,
)
def test_ties_and_ends(name: str, sample: Sequence[float], expected: list[float] | str) -> None:
    found = derived(name).estimate(sample)
    if expected == NONE:
        assert found.existence == "not attained"
        return
    assert found.existence == "attained", found.note
    values = [next(iter(m.values())) for m in found.maximisers]
    assert sorted(values) == pytest.approx(sorted(expected))  # type: ignore[type-var]


TWO = "exp(-(x - m)^2/(2 v))/sqrt(2 pi v)"


@pytest.mark.parametrize(
    ("spaces", "sample", "expected"),
    [
        (("m <= 0", "v > 0"), [1.0, 3.0], (0.0, 5.0)),
        (("m <= 0", "v > 0"), [2.0, 2.0], (0.0, 4.0)),
        (("m <= 0", "v > 0"), [3.0], (0.0, 9.0)),
        (("m <= 0", "v > 0"), [-3.0, 1.0], (-1.0, 4.0)),
        (("m <= 0", "v > 0"), [-2.0, -2.0], NONE),
        (("m <= 0", "v > 0"), [0.0, 0.0], NONE),
        (("m <= 0", "v > 0"), [-2.0], NONE),
        (("m < 0", "v > 0"), [1.0, 3.0], NONE),
        (("0 <= m, m <= 1", "v > 0"), [3.0, 1.0], (1.0, 2.0)),
        (("0 <= m, m <= 1", "v > 0"), [-3.0, 1.0], (0.0, 5.0)),
        (("m >= 0", "v >= 1"), [-3.0, 1.0], (0.0, 5.0)),
        (("m >= 0", "v >= 1"), [0.5, 0.5], (0.5, 1.0)),
        (("abs(m) >= 1", "v > 0"), [0.5, 0.7], (1.0, 0.17)),
        (("abs(m) >= 1", "v > 0"), [-0.5, -0.7], (-1.0, 0.17)),
        (("abs(m) >= 1", "v > 0"), [0.5, 0.5], (1.0, 0.25)),
        (("abs(m) >= 1", "v > 0"), [2.0, 4.0], (3.0, 1.0)),
        (("abs(m) >= 1", "v > 0"), [2.0, 2.0], NONE),
        (("m != 0", "v > 0"), [-1.0, 1.0], NONE),
        (("m != 0", "v > 0"), [1.0, 3.0], (2.0, 1.0)),
    ],
    ids=str,
)
def test_a_normal_mean_restricted_with_its_variance_unknown(
    spaces: tuple[str, str], sample: Sequence[float], expected: tuple[float, float] | str
) -> None:
    found = two(spaces).estimate(sample)
    if expected == NONE:
        assert found.existence in ("not attained", "unbounded")
        return
    assert found.existence == "attained", found.note
    assert found.values is not None and tuple(found.values.values()) == pytest.approx(expected)
    assert found.proof == "global"


@cache
def two(spaces: tuple[str, str]) -> Derivation:
    return derive(Model.parse(TWO, "x", dict(zip("mv", spaces, strict=True))))


def test_both_ends_of_a_gap_tie_with_the_variance_found_for_each() -> None:
    found = two(("abs(m) >= 1", "v > 0")).estimate([-2.0, 2.0])
    assert [(m["m"], m["v"]) for m in found.maximisers] == [(-1.0, 5.0), (1.0, 5.0)]


def test_an_empty_space_is_refused() -> None:
    with pytest.raises(ModelError):
        Model.parse(NORMAL, "x", {"m": "m^2 < 0"})


def test_a_space_of_points_is_a_finite_set() -> None:
    found = derive(Model.parse(NORMAL, "x", {"m": ""}, constraints=["m^2 == 1"]))
    assert [m["m"] for m in found.estimate([0.0]).maximisers] == [-1.0, 1.0]
    assert found.estimate([0.5]).values == {"m": 1.0}


@pytest.mark.parametrize("name", [n for n in MODELS if "gap" in n or "un" in n])
def test_it_is_told(name: str) -> None:
    assert derived(name).to_text() and derived(name).to_latex()
