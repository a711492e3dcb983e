"""Ordered parameters of groups against a numerical maximum under the same order."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from scipy.optimize import minimize

from symbolic_mle import Model, derive

Log = Callable[[np.ndarray, float], np.ndarray]


def poisson(y: np.ndarray, t: float) -> np.ndarray:
    return y * np.log(t) - t if t > 0 else np.where(y > 0, -np.inf, 0.0)


def bernoulli(y: np.ndarray, t: float) -> np.ndarray:
    with np.errstate(all="ignore"):
        return np.where(y > 0, np.log(t), np.log1p(-t))


def exponential(y: np.ndarray, t: float) -> np.ndarray:
    return np.log(t) - t * y


def scale(y: np.ndarray, t: float) -> np.ndarray:
    return -np.log(t) - y / t


def normal(y: np.ndarray, t: float) -> np.ndarray:
    return -((y - t) ** 2) / 2


def geometric(y: np.ndarray, t: float) -> np.ndarray:
    return np.log(t) + y * np.log1p(-t) if 0 < t < 1 else np.where((y == 0) & (t == 1), 0.0, -np.inf)


@dataclass(frozen=True)
class Groups:
    """A piecewise density with a label g = 1, 2, …, and one log-density of a group."""

    name: str
    density: str  # in y and t
    space: str
    pairs: tuple[tuple[int, int], ...]
    log_density: Log
    count: int = 2
    discrete: bool = True
    support: str = "integer, y >= 0"
    start: tuple[float, float] = (0.2, 3.0)
    least: float = 1e-9
    most: float = math.inf

    @property
    def names(self) -> list[str]:
        return [f"t{k}" for k in range(1, self.count + 1)]

    @property
    def model(self) -> Model:
        densities = [re.sub(r"\bt\b", name, self.density) for name in self.names]
        pieces = [f"({f}, Eq(g, {k}))" for k, f in enumerate(densities[:-1], start=1)]
        return Model.parse(
            density=f"Piecewise({', '.join(pieces)}, ({densities[-1]}, True))", variable="y", discrete=self.discrete,
            support=self.support, parameters={n: re.sub(r"\bt\b", n, self.space) for n in self.names}, covariates=["g"],
            constraints=[f"{self.names[a]} <= {self.names[b]}" for a, b in self.pairs],
        )  # fmt: skip

    def height(self, y: np.ndarray, g: np.ndarray, point: Sequence[float]) -> float:
        return float(sum(self.log_density(y[g == k + 1], t).sum() for k, t in enumerate(point)))

    def search(self, y: np.ndarray, g: np.ndarray, random: np.random.Generator) -> float:
        order = [{"type": "ineq", "fun": lambda t, a=a, b=b: t[b] - t[a]} for a, b in self.pairs]
        best = -math.inf
        for _ in range(6):
            start = np.sort(random.uniform(*self.start, self.count))
            found = minimize(
                lambda t: -self.height(y, g, np.clip(t, self.least, self.most)) / len(y), start, constraints=order,
                bounds=[(self.least, self.most)] * self.count, method="SLSQP", options={"ftol": 1e-14, "maxiter": 500},
            )  # fmt: skip
            point = np.clip(found.x, self.least, self.most)
            if all(point[b] >= point[a] - 1e-9 for a, b in self.pairs):
                best = max(best, self.height(y, g, point))
        return best


CHAIN = ((0, 1), (1, 2))
MODELS = (
    Groups("poisson", "t**y*exp(-t)/factorial(y)", "t >= 0", ((0, 1),), poisson),
    Groups("poisson-three", "t**y*exp(-t)/factorial(y)", "t >= 0", CHAIN, poisson, 3),
    Groups("poisson-falling", "t**y*exp(-t)/factorial(y)", "t >= 0", ((1, 0),), poisson),
    Groups("bernoulli", "t**y*(1-t)**(1-y)", "0 <= t, t <= 1", ((0, 1),), bernoulli, support="0 <= y, y <= 1",
           start=(0.2, 0.8), most=1 - 1e-9),
    Groups("exponential", "t*exp(-t*y)", "t > 0", CHAIN, exponential, 3, False, "y > 0"),
    Groups("exponential-mean", "exp(-y/t)/t", "t > 0", ((0, 1),), scale, 2, False, "y > 0"),
    Groups("normal", "exp(-(y-t)**2/2)/sqrt(2*pi)", "", CHAIN, normal, 3, False, "", (-1.0, 1.0), -math.inf),
    Groups("normal-tree", "exp(-(y-t)**2/2)/sqrt(2*pi)", "", ((0, 1), (0, 2)), normal, 3, False, "", (-1.0, 1.0), -math.inf),
    Groups("geometric", "t*(1-t)**y", "0 < t, t <= 1", ((0, 1),), geometric, start=(0.2, 0.8), most=1 - 1e-9),
)  # fmt: skip


@pytest.mark.parametrize("groups", MODELS, ids=lambda m: m.name)
def test_the_estimate_is_the_maximum_that_a_search_finds(groups: Groups) -> None:
    random = np.random.default_rng(4)
    derivation = derive(groups.model)
    assert derivation.proof == "global" and derivation.form == "closed"
    for size in (3, 4, 8, 20, 20):
        g = np.concatenate([np.arange(1, groups.count + 1), random.integers(1, groups.count + 1, size)])
        y = random.poisson(1.5, len(g)).astype(float) if groups.discrete else random.exponential(1.0, len(g))
        y = np.minimum(y, 1.0) if groups.name == "bernoulli" else y
        estimate = derivation.estimate({"y": y, "g": g})
        height = groups.search(y, g, random)
        if estimate.values is None:
            assert estimate.existence == "not attained"
            continue
        point = [estimate.values[n] for n in groups.names]
        assert all(point[b] >= point[a] - 1e-12 for a, b in groups.pairs)
        assert groups.height(y, g, point) == pytest.approx(height, abs=2e-6 * (1 + abs(height)))


LINE = {"parameters": {"a": "", "b": ""}, "covariates": ["g"], "constraints": ["a <= b"]}


def test_labels_0_and_1_in_one_formula() -> None:
    derivation = derive(Model.parse(density="exp(-(y - a*(1-g) - b*g)**2/2)/sqrt(2*pi)", variable="y", **LINE))
    assert derivation.proof == "global"
    assert derivation.estimate({"y": [3.0, 0.0, 0.0], "g": [0, 1, 1]}).values == pytest.approx({"a": 1, "b": 1})
    assert derivation.estimate({"y": [0.0, 2.0], "g": [0, 1]}).values == pytest.approx({"a": 0, "b": 2})
    assert derivation.estimate({"y": [0.0, 2.0, 1.0], "g": [0, 1, 0.5]}).existence == "unknown"  # a share, not a label


def test_a_group_without_observations_may_be_anywhere_on_its_side() -> None:
    derivation = derive(Model.parse(density="exp(-(y - a*(1-g) - b*g)**2/2)/sqrt(2*pi)", variable="y", **LINE))
    assert derivation.estimate({"y": [1.0, 3.0], "g": [1, 1]}).maximisers == [{"a": (-math.inf, 2.0), "b": 2.0}]
    assert derivation.estimate({"y": [1.0, 3.0], "g": [0, 0]}).maximisers == [{"a": 2.0, "b": (2.0, math.inf)}]


def test_a_strict_order_that_the_groups_break_has_no_maximum() -> None:
    model = Model.parse(
        density="exp(-x/a)/a * exp(-y/b)/b", variable="x,y", support="x > 0, y > 0",
        parameters={"a": "a > 0", "b": "b > 0"}, constraints=["a < b"],
    )  # fmt: skip
    derivation = derive(model)
    assert derivation.estimate([(1.0, 2.0), (2.0, 4.0)]).values == pytest.approx({"a": 1.5, "b": 3.0})
    assert derivation.estimate([(2.0, 1.0), (4.0, 2.0)]).existence == "not attained"
    assert derivation.estimate([(2.0, 2.0)]).existence == "not attained"


def test_an_open_end_is_no_estimate_and_pooling_may_leave_it() -> None:
    groups = Groups("open", "t**y*exp(-t)/factorial(y)", "t > 0", ((0, 1),), poisson)
    derivation = derive(groups.model)
    assert derivation.estimate({"y": [0, 0, 3], "g": [1, 1, 2]}).existence == "not attained"
    assert derivation.estimate({"y": [3, 0, 0], "g": [1, 2, 2]}).values == pytest.approx({"t1": 1, "t2": 1})


def test_groups_of_different_families_are_not_pooled_by_one_formula() -> None:
    model = Model.parse(
        density="exp(-(x-a)**2/2 - (y-b)**2/8)/(4*pi)",
        variable="x,y",
        parameters={"a": "", "b": ""},
        constraints=["a <= b"],
    )
    argument = derive(model).findings.argument
    assert argument is None or argument.kind != "ordered"
