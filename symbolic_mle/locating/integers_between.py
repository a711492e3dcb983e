"""Every integer between two statistics: the maximisers of a likelihood that is constant where it is not 0."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sympy import Symbol

from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.algebra.numeric import compile_expression
from symbolic_mle.records import Existence, Located, Proof, Specification

MOST = 1000


@dataclass(frozen=True, slots=True)
class IntegersBetween:
    """The integers of a closed interval, each a maximiser."""

    parameter: Symbol
    interval: Interval

    def __call__(
        self, model: Specification, known: Mapping[Symbol, float], sample: Mapping[Symbol, NDArray[np.float64]]
    ) -> Located:
        low, high = (
            compile_expression(end, tuple(known), model.observed, model.size)(known, sample)
            for end in (self.interval.lower, self.interval.upper)
        )
        if not (math.isfinite(low) and math.isfinite(high)) or low > high or high - low > MOST:
            return Located(Existence.UNKNOWN, note="the maximisers are too many to be listed")
        values = range(math.ceil(low), math.floor(high) + 1)
        return Located(Existence.ATTAINED, tuple({self.parameter: float(v)} for v in values), Proof.GLOBAL)
