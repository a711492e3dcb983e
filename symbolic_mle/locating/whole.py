"""The whole numbers at which a concave log-likelihood is largest.

A function that is concave on the line rises up to its maximisers and falls after them, so among the whole numbers it is largest
at those that lie between its maximisers, or else at one or both of the two that are next to them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import sympy as sp
from numpy.typing import NDArray
from sympy import Symbol

from symbolic_mle.locating.arrangement import Arrangement
from symbolic_mle.locating.exact import ExactLocator
from symbolic_mle.locating.kinked import Kinked
from symbolic_mle.locating.peak import UNTOLD, Peak, UndecidedError, numeric
from symbolic_mle.records import Existence, Located, Specification

MOST = 1000  # maximisers that are listed


@dataclass(frozen=True, slots=True)
class WholePeak(ExactLocator):
    """Locates the maximum over whole numbers of a log-likelihood that is proved to be concave on the line."""

    kinked: Kinked

    def exactly(
        self, model: Specification, known: Mapping[Symbol, float], sample: Mapping[Symbol, NDArray[np.float64]]
    ) -> tuple[Located, dict[Symbol, Any]]:
        """The maximisers, and one of them in exact numbers."""
        parameter = self.kinked.parameter
        located, _ = Peak(self.kinked).exactly(model, known, sample)
        if located.existence is not Existence.ATTAINED:
            return located, {}
        found = located.maximisers[0][parameter]
        low, high = found if isinstance(found, tuple) else (found, found)
        if not (math.isfinite(low) and math.isfinite(high)) or high - low > MOST:
            return replace(UNTOLD, note="too many whole numbers maximise the likelihood"), {}
        try:
            values = list(range(math.ceil(low), math.floor(high) + 1))
            values = values or self._neighbours(low, Arrangement(self.kinked, model, known, sample))
        except UndecidedError:
            return UNTOLD, {}
        points = tuple({parameter: float(v)} for v in values)
        return replace(located, maximisers=points), {parameter: sp.Integer(values[0])}

    def _neighbours(self, peak: float, arrangement: Arrangement) -> list[int]:
        """The better of the whole numbers next to the peak, or both."""
        space = numeric(self.kinked.space, arrangement)
        inside = [v for v in (math.floor(peak), math.ceil(peak)) if space.contains(v)]
        if len(inside) == 1:
            return inside
        places = [(self._place(v, arrangement), sp.Integer(v)) for v in inside]
        order = arrangement.compare(*places)
        if order is None:
            raise UndecidedError
        return inside if order == 0 else inside[:1] if order > 0 else inside[1:]

    @staticmethod
    def _place(value: int, arrangement: Arrangement) -> int:
        """The place of a number among the knots."""
        below, upto = (arrangement.rank(sp.Integer(value), right=right) for right in (False, True))
        return 2 * below + 1 if upto > below else 2 * below
