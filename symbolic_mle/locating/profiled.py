"""A maximum over the location parameters, and whether the likelihood then has a maximum in the others, which are formulas of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sympy import Symbol

from symbolic_mle.algebra.numeric import sign_on_sample
from symbolic_mle.locating.exact import ExactLocator
from symbolic_mle.records import Case, Condition, Existence, Located, Proof, Specification

HOLDS = {">": (1,), "<": (-1,), "=": (0,), ">=": (0, 1), "<=": (0, -1), "!=": (-1, 1)}


@dataclass(frozen=True, slots=True)
class Profiled:
    """Locates the first parameters; ``cases`` are those of the others for the first parameters known, the generic one first."""

    first: ExactLocator
    cases: tuple[Case, ...]

    def __call__(
        self, model: Specification, known: Mapping[Symbol, float], sample: Mapping[Symbol, NDArray[np.float64]]
    ) -> Located:
        located, exact = self.first.exactly(model, known, sample)
        if located.existence is not Existence.ATTAINED:
            return located
        values = {**known, **exact}
        for case in self.cases:
            held = [_holds(c, values, sample, model.size) for c in case.conditions]
            if None in held and False not in held:
                break
            if all(held):
                same = case is self.cases[0]
                return located if same else Located(case.existence, proof=case.proof, note=case.reason)
        return Located(Existence.UNKNOWN, proof=Proof.NONE, note="the case of the data could not be decided")


def _holds(
    condition: Condition, values: Mapping[Symbol, float], sample: Mapping[Symbol, NDArray[np.float64]], size: Symbol
) -> bool | None:
    sign = sign_on_sample(condition.statistic, values, sample, size)
    return None if sign is None else sign in HOLDS[condition.relation]
