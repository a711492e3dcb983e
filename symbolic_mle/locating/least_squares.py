"""A solution of normal equations that have more than one, on data: the shortest, in arithmetic of many digits.

Equations A·β = b with A = Σ aᵢaᵢᵀwᵢ and b = Σ aᵢwᵢtᵢ always have a solution. Rank is decided with 120 digits: data are
decimals of at most 17 digits, so a pivot that is not zero may be small, but not below 1e−45 of its matrix.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import mpmath
import numpy as np
import sympy as sp
from numpy.typing import NDArray
from sympy import Expr, Symbol

from symbolic_mle.algebra.numeric import compile_expression, evaluate_exactly, sign_on_sample
from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.records import Existence, Located, Proof, Specification

DIGITS = 120
NOTHING = -45  # the power of ten below which a share of the largest entry is 0


@dataclass(frozen=True, slots=True)
class DeficientSquares:
    """``curvature`` and ``slope`` of Σ R of one observation; ``residuals`` R by letter, ``others`` in these letters.

    ``vanishing`` says of every letter what becomes of the maximum when it is 0.
    """

    coefficients: tuple[Symbol, ...]
    curvature: sp.ImmutableMatrix
    slope: sp.ImmutableMatrix
    residuals: Mapping[Symbol, Expr]
    others: Mapping[Symbol, Expr]
    vanishing: Mapping[Symbol, Existence]

    def __call__(
        self, model: Specification, known: Mapping[Symbol, float], sample: Mapping[Symbol, NDArray[np.float64]]
    ) -> Located:
        def number(expr: Expr) -> Any:
            return evaluate_exactly(DataSum(expr, model.observed), known, sample, DIGITS, model.size)

        size = len(self.coefficients)
        rows = [[number(self.curvature[j, k]) for k in range(size)] for j in range(size)]
        right = [number(s) for s in self.slope]
        solution = shortest_solution(rows, right)
        values = {p: float(v) for p, v in zip(self.coefficients, solution, strict=True)}
        exact = {p: _rational(v) for p, v in zip(self.coefficients, solution, strict=True)}
        for letter, residual in self.residuals.items() if self.others else ():
            total = DataSum(residual.xreplace(exact), model.observed)
            if sign_on_sample(total, known, sample, model.size) != 1:
                note = "the observations are fitted without a remainder"
                existence = self.vanishing[letter]
                return Located(
                    existence, proof=Proof.NONE if existence is Existence.UNKNOWN else Proof.GLOBAL, note=note
                )
            values[letter] = _value(DataSum(residual, model.observed), {**known, **values}, sample, model)
        for parameter, formula in self.others.items():
            values[parameter] = _value(formula, {**known, **values}, sample, model)
        point = {p: values[p] for p in model.parameters}
        names = ", ".join(p.name for p in self.coefficients)
        note = f"the data do not determine {names}: every solution of the normal equations is a maximiser, this is one"
        return Located(Existence.ATTAINED, (point,), Proof.GLOBAL, note)


def _value(expr: Expr, values: Mapping[Symbol, float], sample: Any, model: Specification) -> float:
    return compile_expression(expr, tuple(values), model.observed, model.size)(values, sample)


def _rational(value: Any) -> sp.Rational:
    """A number of mpmath as the fraction that it is."""
    mantissa, exponent = value.man_exp  # of the size, without the sign
    return (-1 if value < 0 else 1) * sp.Integer(int(mantissa)) * sp.Integer(2) ** int(exponent)


def shortest_solution(rows: list[list[Any]], right: list[Any]) -> list[Any]:
    """The solution of least length of a symmetric system that has one: β = A·z with A·A·z = b."""
    context = mpmath.MPContext()
    context.dps = DIGITS
    matrix = context.matrix(rows)
    squared, size = matrix * matrix, len(rows)
    table = [[squared[j, k] for k in range(size)] + [context.mpf(right[j])] for j in range(size)]
    largest = max(abs(v) for row in table for v in row[:-1])
    free, z = list(range(size)), [context.mpf(0)] * size
    pivots: list[tuple[int, int]] = []
    for row in range(size):
        best = max(((abs(table[j][k]), j, k) for j in range(row, size) for k in free), default=(0, 0, 0))
        if best[0] <= largest * context.mpf(10) ** NOTHING:
            break
        _, j, k = best
        table[row], table[j] = table[j], table[row]
        free.remove(k)
        pivots.append((row, k))
        for other in range(size):
            if other != row:
                share = table[other][k] / table[row][k]
                table[other] = [a - share * b for a, b in zip(table[other], table[row], strict=True)]
    for row, k in pivots:
        z[k] = table[row][-1] / table[row][k]
    return list(matrix * context.matrix(z))
