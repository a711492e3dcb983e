"""The largest of finitely many likelihoods on data, ties included.

Differences are compared with 0 exactly where rounding could matter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import sympy as sp
from numpy.typing import NDArray
from sympy import Expr, Symbol

from symbolic_mle.algebra.numeric import NotNumeric, compile_expression, compile_pointwise, sign_on_sample
from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.errors import DataError
from symbolic_mle.locating.heights import support_relations
from symbolic_mle.records import Existence, Located, Proof, Specification

Values = Mapping[Symbol, float]
Sample = Mapping[Symbol, NDArray[np.float64]]

CLEAR = 1e-6  # of the size of two log-likelihoods: terms of a sum may cancel, but not to that degree unseen


@dataclass(frozen=True, slots=True)
class FiniteSet:
    """The values of a parameter at which the likelihood of the data is the largest."""

    parameter: Symbol
    points: tuple[Expr, ...]

    def __call__(self, model: Specification, known: Values, sample: Sample) -> Located:
        unknown = Located(Existence.UNKNOWN, note="two likelihoods could not be compared")
        best: list[Expr] = []
        try:
            for point in self.points:
                if not self._is_possible(point, model, known, sample):
                    continue
                sign = 1 if not best else self._compare(point, best[0], model, known, sample)
                if sign is None:
                    return unknown
                best = [point] if sign > 0 else [*best, point] if sign == 0 else best
        except NotNumeric:
            return unknown
        if not best:
            raise DataError(f"data: no value of {self.parameter} gives every observation a positive probability")
        numbers = {s: sp.Float(v, 17) for s, v in known.items()}
        maximisers = tuple({self.parameter: float(p.xreplace(numbers))} for p in best)
        return Located(Existence.ATTAINED, maximisers, Proof.GLOBAL)

    def _is_possible(self, point: Expr, model: Specification, known: Values, sample: Sample) -> bool:
        """Does every observation have a positive density under this value?"""
        at = {self.parameter: point}
        relations = [r.xreplace(at) for r in support_relations(model) if r.has(self.parameter)]
        tests = [sp.Piecewise((1, r), (0, True)) for r in relations]
        if not all((compile_pointwise(t, list(known), model.observed)(known, sample) == 1).all() for t in tests):
            return False
        density = model.density.xreplace(at)
        if density.has(sp.zoo, sp.nan):
            return False
        values = compile_pointwise(sp.log(density), list(known), model.observed)(known, sample)
        return bool((np.asarray(values) > -np.inf).all())

    def _compare(self, first: Expr, second: Expr, model: Specification, known: Values, sample: Sample) -> int | None:
        """The sign of ℓ(first) − ℓ(second): in doubles where it is clear, else exactly."""
        totals = [DataSum(sp.log(model.density.xreplace({self.parameter: p})), model.observed) for p in (first, second)]
        a, b = (compile_expression(t, list(known), model.observed, model.size)(known, sample) for t in totals)
        if abs(a - b) > CLEAR * (1 + abs(a) + abs(b)):
            return 1 if a > b else -1
        return sign_on_sample(totals[0] - totals[1], known, sample, model.size)
