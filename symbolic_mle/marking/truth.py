"""Where the likelihood of a model is largest at a sample: from its derivation, or by search where that is silent."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import mpmath
from sympy import Symbol

from symbolic_mle.algebra.numeric import NotNumeric
from symbolic_mle.algebra.patience import patience
from symbolic_mle.derive import Derivation, derive
from symbolic_mle.errors import DataError, MLEError
from symbolic_mle.estimation import estimate
from symbolic_mle.marking.evaluation import DIGITS, Definition, Point
from symbolic_mle.marking.likelihood import Height, ModelLikelihood
from symbolic_mle.marking.sampling import Trial, trials
from symbolic_mle.marking.search import search
from symbolic_mle.model import Model
from symbolic_mle.records import Existence

SEARCH_SLACK = 1e-6  # relative height below which a search tells nothing


@dataclass(frozen=True)
class Maximum:
    """The maximisers at a sample, an interval of them as (low, high); ``exists`` is None when it is not known.

    ``source`` is "derivation" where that is proved by the derivation, "search" where it was only looked for.
    """

    exists: bool | None
    maximisers: tuple[Mapping[Symbol, Any], ...] = ()
    source: str = "search"

    @property
    def point(self) -> dict[Symbol, float] | None:
        """One of the maximisers, as numbers."""
        if not self.maximisers:
            return None
        return {p: (v[0] + v[1]) / 2 if isinstance(v, tuple) else v for p, v in self.maximisers[0].items()}


@dataclass
class Truth:
    """A model with its derivation, and the maxima of its likelihood at samples."""

    model: Model
    budget: float = 4.0
    _maxima: dict[Trial, Maximum] = field(default_factory=dict)

    @cached_property
    def likelihood(self) -> ModelLikelihood:
        return ModelLikelihood(self.model.specification)

    @cached_property
    def trials(self) -> tuple[Trial, ...]:
        """The samples at which claims and workings are tested."""
        return tuple(trials(self.likelihood))

    @cached_property
    def derivation(self) -> Derivation | None:
        """None where the engine has no answer for the generic case."""
        try:
            found = derive(self.model, budget=self.budget)
        except MLEError:
            return None
        return None if found.cases[0].existence is Existence.UNKNOWN else found

    @cached_property
    def context(self) -> Any:
        context = mpmath.MPContext()
        context.dps = DIGITS
        return context

    def maximum(self, trial: Trial) -> Maximum:
        """Where the likelihood is largest at the sample."""
        if trial not in self._maxima:
            self._maxima[trial] = self._derived(trial) or self._searched(trial)
        return self._maxima[trial]

    def _derived(self, trial: Trial) -> Maximum | None:
        if self.derivation is None:
            return None
        model = self.derivation.model
        data = {s.name: column for s, column in trial.sample.items()}
        known = {s.name: v for s, v in trial.known.items()}
        with patience(1.0):
            try:
                found = estimate(self.derivation, data, known)
            except DataError:
                return Maximum(None)
            except (MLEError, NotNumeric, TypeError, ValueError, ArithmeticError):
                return None  # the search may do better
        if found.existence is Existence.ATTAINED and found.maximisers:
            points = tuple({p: m[p.name] for p in model.parameters} for m in found.maximisers)
            return Maximum(True, points, "derivation")
        if found.existence in (Existence.NOT_ATTAINED, Existence.UNBOUNDED):
            return Maximum(False, (), "derivation")
        return None

    def _searched(self, trial: Trial) -> Maximum:
        peak = search(self.likelihood, trial.sample, trial.known)
        if peak is None or not peak.settled or not math.isfinite(peak.height):
            return Maximum(None)
        return Maximum(True, (peak.point,))

    def height(self, trial: Trial) -> Height:
        return self.likelihood.exact(trial.sample)

    def at(
        self, trial: Trial, values: Mapping[str, Any] | None = None, definitions: Mapping[str, Definition] | None = None
    ) -> Point:
        """The sample with known constants and other values, for evaluating what somebody wrote."""
        mpf = self.context.mpf
        sample = {s.name: tuple(mpf(repr(float(v))) for v in column) for s, column in trial.sample.items()}
        numbers = {s.name: mpf(repr(float(v))) for s, v in trial.known.items()}
        numbers |= {name: mpf(trial.size) for name in self.size_names}
        return Point(self.context, sample, {**numbers, **(values or {})}, dict(definitions or {}))

    @cached_property
    def size_names(self) -> tuple[str, ...]:
        """How the sample size may be written."""
        model = self.model.specification
        taken = {s.name for s in (*model.parameters, *model.known, *model.observed)}
        return tuple(n for n in dict.fromkeys((model.size.name, "n", "N")) if n not in taken)
