"""The maximum between two ends that the data give, for a likelihood whose score changes its sign once at most, from + to −."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sympy import Expr, Symbol

from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.algebra.numeric import compile_expression, sign_on_sample
from symbolic_mle.algebra.roots import Place, find_root, polish
from symbolic_mle.records import Existence, Located, Proof, Specification

BESIDE = 1e-6  # how far from a root its two sides are looked at, as a share of the room


@dataclass(frozen=True, slots=True)
class FallingScore:
    """The only root of ``function`` (the score times something positive; proved to decrease) in an interval of statistics.

    Without a root the maximum is at the end that the sign points to, where that end is possible. ``rises`` and ``falls``: it is
    proved that the function is positive near the lower end, negative near the upper.
    """

    parameter: Symbol
    function: Expr
    interval: Interval
    rises: bool = False
    falls: bool = False

    def __call__(
        self, model: Specification, known: Mapping[Symbol, float], sample: Mapping[Symbol, NDArray[np.float64]]
    ) -> Located:
        low, high = (
            compile_expression(end, tuple(known), model.observed, model.size)(known, sample)
            for end in (self.interval.lower, self.interval.upper)
        )
        if low == high and self.interval.closed_lower and self.interval.closed_upper:
            return self._at(low)
        if not low < high:
            return _unknown("the interval of possible values is not certain")
        compiled = compile_expression(self.function, (self.parameter, *known), model.observed, model.size)
        root = find_root(compiled.along(self.parameter, known, sample), low, high)
        if root is None:
            return _unknown("the likelihood equation could not be evaluated")
        if root.place is Place.INSIDE:
            value = polish(self.function, self.parameter, root.value, known, sample, model.size)
            if not self._changes_sign(value, (low, high), model, known, sample):
                return _unknown("rounding hides where the score changes its sign")
            return self._at(value)
        at_lower = root.place is Place.AT_LOWER
        if not root.complete or (self.rises if at_lower else self.falls):
            return _unknown("the sign of the score near an end is not certain")
        if self.interval.closed_lower if at_lower else self.interval.closed_upper:
            return self._at(low if at_lower else high)
        words = "falls" if at_lower else "rises"
        note = f"the likelihood {words} in {self.parameter} over all possible values"
        return Located(Existence.NOT_ATTAINED, proof=Proof.GLOBAL, note=note)

    def _at(self, value: float) -> Located:
        return Located(Existence.ATTAINED, ({self.parameter: value},), Proof.GLOBAL)

    def _changes_sign(
        self,
        value: float,
        ends: tuple[float, float],
        model: Specification,
        known: Mapping[Symbol, float],
        sample: Mapping[Symbol, NDArray[np.float64]],
    ) -> bool:
        """Positive a little below and negative a little above, in exact arithmetic where rounding could hide it."""
        step = BESIDE * min(max(abs(value), 1e-3), value - ends[0], ends[1] - value)
        points = [{**known, self.parameter: value + side * step} for side in (-1, 1)]
        return [sign_on_sample(self.function, p, sample, model.size) for p in points] == [1, -1]


def _unknown(note: str) -> Located:
    return Located(Existence.UNKNOWN, note=note)
