"""Samples with their maxima and with other parameter values: where the lines of a working are put to the test.

Every object of a working has its true value here: log L, its derivatives, the density. An identity in the parameters is tested
at several of them for each sample, an equation for the estimate at the maximum.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from sympy import Expr, Symbol

from symbolic_mle.algebra.numeric import ExactEvaluator, NotNumeric
from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.marking.evaluation import DIGITS, Definition, Point
from symbolic_mle.marking.labels import Kind, Label
from symbolic_mle.marking.reading_claims import hat
from symbolic_mle.marking.sampling import Trial
from symbolic_mle.marking.truth import Truth

SAMPLES = 5
LEAST = 3  # samples, however long they take
PATIENCE = 1.0  # seconds of CPU after which no more samples are looked for
MOVED = 3  # parameter points a sample besides the one it was drawn at
Numbers = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Place:
    """A sample, the maximiser there, and other parameter values that allow every observation."""

    trial: Trial
    maximiser: Mapping[str, Any]
    others: tuple[Mapping[str, Any], ...]
    interval: Mapping[str, tuple[float, float]] = field(default_factory=dict)


@dataclass
class Bench:
    """The places for one model."""

    truth: Truth
    places: tuple[Place, ...]
    tolerance: float  # relative error of the maximisers
    _evaluators: dict[tuple[Trial, Expr], ExactEvaluator] = field(default_factory=dict)

    @property
    def parameters(self) -> tuple[str, ...]:
        return tuple(p.name for p in self.truth.likelihood.model.parameters)

    def point(self, place: Place, values: Mapping[str, Any], definitions: Mapping[str, Definition]) -> Point:
        """For evaluating what was written, with the parameters at these values and hats at the maximum."""
        hats = {hat(p): v for p, v in place.maximiser.items()}
        constants = dict.fromkeys(("const", "C", "c_0"), self.truth.context.mpf("1.37"))
        return self.truth.at(place.trial, {**constants, **hats, **values}, definitions)

    def true_value(self, label: Label, place: Place, values: Mapping[str, Any]) -> Any:
        """log L or its derivative for a label of L or log L, at these parameter values."""
        expr = self._expression(label)
        key = (place.trial, expr)
        if key not in self._evaluators:
            total = DataSum(expr, self.truth.likelihood.model.observed)
            names = self.truth.likelihood.names
            self._evaluators[key] = ExactEvaluator.of(
                total, names, place.trial.sample, self.truth.likelihood.model.size, DIGITS
            )
        symbols = {s.name: s for s in self.truth.likelihood.names}
        numbers = {symbols[n]: v for n, v in values.items() if n in symbols}
        return self.truth.context.mpf(self._evaluators[key]({**place.trial.known, **numbers}))

    def _expression(self, label: Label) -> Expr:
        symbols = {p.name: p for p in self.truth.likelihood.model.parameters}
        if not label.by:
            return self.truth.likelihood.log_density
        expr = self.truth.likelihood.score[symbols[label.by[0]]]
        for name in label.by[1:]:
            expr = expr.diff(symbols[name])
        return expr


def set_up(truth: Truth) -> Bench:
    """Samples whose maximum is known, generic ones only."""
    found: list[Place] = []
    sources = set()
    skipped = 0
    end = time.thread_time() + PATIENCE
    for trial in truth.trials:
        if len(found) >= LEAST and time.thread_time() > end:
            break
        if trial.kind != "generic" or trial.size > 6:
            continue
        maximum = truth.maximum(trial)
        if not maximum.exists or maximum.point is None or not _is_interior(truth, trial, maximum.point):
            skipped += 1
            if skipped > 12:
                break
            continue
        sources.add(maximum.source)
        best = {p.name: truth.context.mpf(float(v)) for p, v in maximum.point.items()}
        intervals = {p.name: v for p, v in maximum.maximisers[0].items() if isinstance(v, tuple)}
        found.append(Place(trial, best, tuple(_others(truth, trial)), intervals))
        if len(found) == SAMPLES:
            break
    tolerance = 1e-7 if sources <= {"derivation"} else 1e-4
    return Bench(truth, tuple(found), tolerance)


def _is_interior(truth: Truth, trial: Trial, point: Mapping[Symbol, float]) -> bool:
    """Not at a finite end of the parameter space."""
    from symbolic_mle.marking.sampling import ends

    for p, value in point.items():
        for end in ends(truth.likelihood.model.parameters[p], {**trial.known, **point}):
            if math.isfinite(end) and abs(value - end) <= 1e-9 * (1 + abs(end)):
                return False
    return True


def _others(truth: Truth, trial: Trial) -> list[Numbers]:
    """The point that the sample was drawn at, and points near it that allow the sample."""
    likelihood, generator = truth.likelihood, np.random.default_rng(5)
    found = [{p.name: truth.context.mpf(repr(float(v))) for p, v in trial.drawn.items()}]
    for _ in range(60):
        if len(found) > MOVED:
            break
        moved: dict[Symbol, float] = {}
        for p, v in trial.drawn.items():
            step = float(generator.normal(0, 0.25))
            moved[p] = round(v * math.exp(step) if v else step, 4)
            if likelihood.model.parameters[p].integer:
                moved[p] = float(round(v + generator.integers(0, 4)))
        values = {**trial.known, **moved}
        try:
            allowed = likelihood.in_space(values) and likelihood.in_support(values, trial.sample)
        except NotNumeric:
            allowed = False
        if allowed and not any(all(float(o[p.name]) == v for p, v in moved.items()) for o in found):
            found.append({p.name: truth.context.mpf(repr(float(v))) for p, v in moved.items()})
    return found


Compare = Callable[[Place, Mapping[str, Any]], bool | None]


def at_all(places: Sequence[Place], test: Callable[[Place], bool | None], least: int = 2) -> bool | None:
    """The verdict over the places: False when one says so, True when enough say so, else None."""
    verdicts = [test(place) for place in places]
    if False in verdicts:
        return False
    return True if sum(v is True for v in verdicts) >= min(least, max(1, len(places))) else None


__all__ = ["Bench", "Kind", "Place", "at_all", "set_up"]
