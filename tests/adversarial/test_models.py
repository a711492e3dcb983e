"""Sixty models against a search by numbers alone: nothing claimed may be beaten, nothing attained may be missed.

"unknown" is always allowed; a claim is not. The samples are drawn, and made of equal, tied and extreme values.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any

import numpy as np
import pytest
from scipy.optimize import minimize, minimize_scalar

from symbolic_mle import Derivation, Model, derive
from symbolic_mle.errors import DataError
from symbolic_mle.records import Existence, Proof
from tests.adversarial.laws import Adversary
from tests.adversarial.models import MODELS
from tests.oracle import Ends, ends

REACH = {"half": 20.0, "unit": 18.0, "line": 6.0}  # in transformed coordinates: e^20 is 5·10⁸, sinh 6 is 202
NEAR_END = 0.68  # of the reach: the search has run away
SIZES = (1, 2, 6, 25)

UNBOUNDED_MISSED = ("gamma of mean 1", "gamma by mean and variance", "symmetric beta", "wrapped Cauchy")


def expected(wrong: Sequence[str], reason: str) -> list[Any]:
    """The models, those that are wrong today marked; strike a name from the list above when its test passes."""
    mark = pytest.mark.xfail(reason=reason, strict=False)  # some depend on how far numbers reach
    return [pytest.param(m, id=m.name, marks=mark if m.name in wrong else ()) for m in MODELS]


class Coordinate:
    """A parameter as a function of t in [−reach, reach]: logarithmic to a single end, logit between two."""

    def __init__(self, given: Ends) -> None:
        self.lower, self.upper = _number(given.lower, -math.inf), _number(given.upper, math.inf)
        self.closed = [e for e, c in ((self.lower, given.closed_lower), (self.upper, given.closed_upper)) if c]
        finite = math.isfinite(self.lower) + math.isfinite(self.upper)
        self.reach = REACH[("line", "half", "unit")[finite]]

    def value(self, t: float) -> float:
        if math.isfinite(self.lower) and math.isfinite(self.upper):
            return self.lower + (self.upper - self.lower) / (1 + math.exp(-t))
        return self.lower + math.exp(t) if math.isfinite(self.lower) else math.sinh(t)

    def holds(self, value: float) -> bool:
        return self.lower < value < self.upper or value in self.closed


class Search:
    """The best value of the likelihood of one sample inside the space, at its closed ends, and far out."""

    def __init__(self, model: Adversary, sample: Sequence[float]) -> None:
        self.model, self.sample = model, np.asarray(sample, dtype=float)
        self.axes = [Coordinate(ends(text, name)) for name, text in model.parameters.items()]
        found = [self._refined(start) for start in self._starts()]
        self.height, self.place = max(found, key=lambda pair: pair[0])
        self.runaway = any(abs(t) > NEAR_END * a.reach for t, a in zip(self.place, self.axes, strict=True))

    def at(self, values: Sequence[float]) -> float:
        with np.errstate(all="ignore"):
            try:
                height = float(np.sum(self.model.log_density(self.sample, *values, *self.model.known.values())))
            except (OverflowError, ZeroDivisionError, ValueError):
                return -math.inf
        return -math.inf if math.isnan(height) else height

    def values(self, place: Sequence[float]) -> list[float]:
        kept = [min(max(t, -a.reach), a.reach) for t, a in zip(place, self.axes, strict=True)]
        return [a.value(t) for t, a in zip(kept, self.axes, strict=True)]

    def _loss(self, place: Sequence[float]) -> float:
        return -max(self.at(self.values(place)), -1e300)

    def _starts(self) -> list[tuple[float, ...]]:
        count = 481 if len(self.axes) == 1 else 25
        grids = [np.linspace(-a.reach, a.reach, count) for a in self.axes]
        losses = np.array([self._loss(point) for point in itertools.product(*grids)])
        points = list(itertools.product(*grids))
        return [points[k] for k in np.argsort(losses, kind="stable")[:4]]

    def _refined(self, start: tuple[float, ...]) -> tuple[float, list[float]]:
        if len(start) == 1:
            step = 2 * self.axes[0].reach / 480
            box = (max(start[0] - step, -self.axes[0].reach), min(start[0] + step, self.axes[0].reach))
            found = minimize_scalar(lambda t: self._loss([t]), bounds=box, method="bounded", options={"xatol": 1e-11})
            place = [float(found.x)]
        else:
            options = {"xatol": 1e-9, "fatol": 1e-12, "maxiter": 800}
            place = [float(t) for t in minimize(self._loss, start, method="Nelder-Mead", options=options).x]
        best = min((place, list(start)), key=self._loss)
        return -self._loss(best), best

    def at_closed_ends(self) -> float:
        """The best height with at least one parameter at an end that belongs to the space."""
        choices = [[None, *a.closed] for a in self.axes]
        return max(
            (self._fixed(c) for c in itertools.product(*choices) if any(e is not None for e in c)), default=-math.inf
        )

    def _fixed(self, choice: Sequence[float | None]) -> float:
        free = [k for k, end in enumerate(choice) if end is None]

        def loss(places: Sequence[float]) -> float:
            place = list(self.place)
            for k, t in zip(free, places, strict=True):
                place[k] = t
            values = [v if end is None else end for v, end in zip(self.values(place), choice, strict=True)]
            return -max(self.at(values), -1e300)

        return (
            -loss([]) if not free else -float(minimize(loss, [self.place[k] for k in free], method="Nelder-Mead").fun)
        )

    def grows(self) -> bool:
        """Is the height still growing at the edge, at least as log θ does? (A part of the way out is clearly lower.)"""
        out = [abs(t) > NEAR_END * a.reach for t, a in zip(self.place, self.axes, strict=True)]

        def loss(places: Sequence[float]) -> float:
            rest = iter(places)
            return self._loss([0.75 * t if far else next(rest) for t, far in zip(self.place, out, strict=True)])

        free = [t for t, far in zip(self.place, out, strict=True) if not far]
        behind = loss([]) if not free else float(minimize(loss, free, method="Nelder-Mead").fun)
        return self.height + behind > 0.5


def _number(text: str, otherwise: float) -> float:
    if not text:
        return otherwise
    top, _, bottom = text.partition("/")
    return float(top) / float(bottom or 1)


def samples(model: Adversary) -> Iterator[list[float]]:
    generator = np.random.default_rng(7)
    for size in SIZES:
        yield [float(x) for x in model.draw(generator, size)]
    a, b, c, d = model.values
    yield from ([a], [a] * 3, [b] * 2, [b, b, d], [a, d], [d] * 2, [a, b, c, d])


def judge(model: Adversary, sample: list[float], found: Any) -> str:
    """What is wrong with an estimate, or ""."""
    if found.existence is Existence.UNKNOWN:
        return ""
    search = Search(model, sample)
    closed = search.at_closed_ends()
    slack = 1e-7 * (1 + abs(search.height))
    if found.existence is Existence.ATTAINED:
        values = [found.values[name] for name in model.parameters]
        if not all(a.holds(v) for a, v in zip(search.axes, values, strict=True)):
            return f"{found.values} is outside the space"
        if search.at(values) < max(search.height, closed) - slack:
            return f"{found.values} is beaten by {search.values(search.place)}"
        return ""
    if closed >= search.height - slack:
        return "the maximum is attained at a closed end"
    if found.existence is Existence.UNBOUNDED and any(side == "" for _, _, side in found.case.path):
        return "" if climbs(model, sample, search, found.case) else "the likelihood does not grow along the path"
    if not search.runaway:
        return f"attained at {search.values(search.place)}"
    kind = Existence.UNBOUNDED if search.grows() else Existence.NOT_ATTAINED
    return "" if kind is found.existence else f"claimed {found.existence}, but it is {kind}"


def climbs(model: Adversary, sample: list[float], search: Search, case: Any) -> bool:
    """Does the likelihood grow along a path on which a location stays at the smallest observation? No grid finds such a spike."""
    heights = []
    for k in (2, 4, 8, 16, 32):
        along = {p.name: min(sample) if side == "" else float(end) + 10.0**-k for p, end, side in case.path}
        heights.append(search.at([along.get(name, 1.0) for name in model.parameters]))
    return heights == sorted(heights) and heights[-1] > search.height


def model_of(adversary: Adversary) -> Model:
    return Model.parse(
        density=adversary.density, variable="x", parameters=adversary.parameters, support=adversary.support,
        known={name: f"{name} > 0" for name in adversary.known},
    )  # fmt: skip


@cache
def derivation_of(name: str) -> Derivation:
    return derive(model_of(next(m for m in MODELS if m.name == name)))


@cache
def estimates(name: str) -> list[tuple[list[float], Any]]:
    """Every sample of a model with its estimate; a sample that is refused must have likelihood 0 everywhere."""
    adversary = next(m for m in MODELS if m.name == name)
    found = []
    for sample in samples(adversary):
        try:
            found.append((sample, derivation_of(name).estimate(sample, known=adversary.known)))
        except DataError:
            assert max(Search(adversary, sample).height, -1e299) <= -1e299, f"{sample} was refused, but is possible"
    return found


@pytest.mark.parametrize("adversary", expected(UNBOUNDED_MISSED, "an unbounded likelihood is said to be bounded"))
def test_no_claim_is_wrong(adversary: Adversary) -> None:
    wrong = [
        f"{sample}: {why}" for sample, found in estimates(adversary.name) if (why := judge(adversary, sample, found))
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("adversary", [m for m in MODELS if m.several_peaks], ids=lambda model: model.name)
def test_several_peaks_are_not_called_global(adversary: Adversary) -> None:
    """Unless the case names all the highest peaks, or says that there is no maximum."""
    case = derivation_of(adversary.name).cases[0]
    assert case.proof is not Proof.GLOBAL or case.others or case.existence is Existence.UNBOUNDED


@pytest.mark.parametrize("adversary", MODELS, ids=lambda m: m.name)
def test_what_the_cases_say_is_what_the_estimate_says(adversary: Adversary) -> None:
    """A case that promises a maximum for all its data must not be contradicted by one of them."""
    for sample, found in estimates(adversary.name):
        if found.case is None or found.case.proof is not Proof.GLOBAL:
            continue
        if found.case.existence_by is not None or found.case.reason:
            continue  # the case itself says that the data decide
        if found.existence in (Existence.NOT_ATTAINED, Existence.UNBOUNDED):
            assert found.case.existence is found.existence, f"{sample}: {found.case.existence}, {found.existence}"


def bernoulli_like(x: Any, p: float) -> Any:
    return x * math.log(p) + (1 - x) * math.log(1 - p)


@pytest.mark.parametrize(
    ("log_density", "sample", "best"),
    [(bernoulli_like, [0.0, 1.0, 1.0, 1.0], 0.75), (bernoulli_like, [0.0, 1.0], 0.5)],
)
def test_the_search_finds_known_maxima(log_density: Callable[..., Any], sample: list[float], best: float) -> None:
    model = Adversary("", "", {"p": "0 < p, p < 1"}, "x in {0, 1}", log_density, lambda r, n: [], (0, 1, 0, 1))
    search = Search(model, sample)
    assert not search.runaway
    assert search.values(search.place) == pytest.approx([best], rel=1e-6)
