"""Small samples that a model allows, with values for its known constants: where a claim about every sample is tried.

One sample that contradicts a claim refutes it; samples that agree prove nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
import sympy as sp
from numpy.typing import NDArray
from sympy import Expr, Symbol

from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.algebra.numeric import NotNumeric, compile_expression
from symbolic_mle.inference.numbers import test_points
from symbolic_mle.records import Condition, Specification

SEED = 271828
SIZES = (5, 7, 12)
CLEAR = 1e-6


@dataclass(frozen=True, slots=True)
class Trial:
    """A sample of one variable, and values for the known constants."""

    model: Specification
    known: Mapping[Symbol, float]
    sample: NDArray[np.float64]

    def value(self, expr: Expr, parameters: Mapping[Symbol, float] = {}) -> float:
        """An expression in the sample, the known constants and the parameters; nan where it has no value."""
        values = {**self.known, **parameters}
        (x,) = self.model.variables
        try:
            return compile_expression(expr, tuple(values), (x,), self.model.size)(values, {x: self.sample})
        except NotNumeric:
            return math.nan

    def numbers(self, formulas: Mapping[Symbol, Expr]) -> dict[Symbol, float] | None:
        """The values of formulas in the sample, or None where one has none."""
        found = {p: self.value(v) for p, v in formulas.items()}
        return found if all(math.isfinite(v) for v in found.values()) else None

    def meets(self, conditions: Sequence[Condition]) -> bool:
        """Do all the conditions hold beyond doubt? One that is an equation does not."""
        wanted = {">": (1,), "<": (-1,), ">=": (1,), "<=": (-1,), "!=": (1, -1)}
        for c in conditions:
            value = self.value(c.statistic)
            if not abs(value) > CLEAR or math.copysign(1, value) not in wanted.get(c.relation, ()):
                return False
        return True

    def admits(self, parameters: Mapping[Symbol, float]) -> bool:
        """Are the values inside the parameter space?"""
        at = self._exact(parameters)
        spaces = {p: i.xreplace(at) for p, i in self.model.parameters.items()}
        whole = all(parameters[p] == int(parameters[p]) for p, i in spaces.items() if i.integer)
        inside = whole and all(float(i.lower) < parameters[p] < float(i.upper) for p, i in spaces.items())
        return inside and all(r.xreplace(at) == sp.true for r in self.model.restrictions)

    def allowed(self, parameters: Mapping[Symbol, float]) -> bool:
        """Does every observation lie in the support at these values?"""
        (x,) = self.model.variables
        interval = self.model.support.intervals[x].xreplace(self._exact(parameters))
        return bool(float(interval.lower) <= self.sample.min() and self.sample.max() <= float(interval.upper))

    def _exact(self, parameters: Mapping[Symbol, float]) -> dict[Expr, Expr]:
        return {s: sp.Float(v) for s, v in {**self.known, **parameters}.items()}


def trials(model: Specification) -> Iterator[Trial]:
    """A few samples of different sizes inside the support at admissible values."""
    generator = Random(SEED)
    (x,) = model.variables
    for values, size in zip(test_points(model), SIZES, strict=False):
        exact = {s: sp.Integer(int(v)) if v == int(v) else sp.Float(v) for s, v in values.items()}
        interval = model.support.intervals[x].xreplace(exact)
        if interval.lower.is_number and interval.upper.is_number and model.support.points is None:
            sample = np.array([_draw(interval, generator, skewed=k % 2 == 0) for k in range(size)])
            yield Trial(model, {c: values[c] for c in model.known}, sample)


def _draw(interval: Interval, generator: Random, skewed: bool) -> float:
    low, high = float(interval.lower), float(interval.upper)
    if interval.integer:
        first = low if math.isfinite(low) else min(high, 0.0) - 6
        return float(generator.randint(int(first), int(min(high, first + 8))))
    share = generator.uniform(0.05, 0.95) ** (3 if skewed else 1)
    if math.isfinite(low) and math.isfinite(high):
        return low + (high - low) * share
    if math.isfinite(low):
        return low - math.log(share)
    return high + math.log(share) if math.isfinite(high) else 4 * share - 1.5
