"""The smallest Σ wⱼ log Rⱼ(β) over the real line, for quadratics Rⱼ ≥ 0 made of the data: all roots of a polynomial compared.

The coefficients of the polynomial are fractions, so that its real roots are isolated without error (Collins & Akritas 1976).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import mpmath
import numpy as np
import sympy as sp
from numpy.typing import NDArray
from sympy import Expr, Poly, Symbol

from symbolic_mle.algebra.numeric import compile_expression
from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.locating.fractions import exact_value, fraction_of
from symbolic_mle.records import Existence, Located, Proof, Specification

DIGITS = 60
TIE = 40  # digits in which the heights of two roots have to agree to be equal


@dataclass(frozen=True, slots=True)
class CommonCoefficient:
    """``residuals`` R(β) of one observation by letter, ``weights`` w, ``others`` the parameters of the spread in the letters."""

    coefficient: Symbol
    residuals: Mapping[Symbol, Expr]
    weights: Mapping[Symbol, Expr]
    others: Mapping[Symbol, Expr]

    def __call__(
        self, model: Specification, known: Mapping[Symbol, float], sample: Mapping[Symbol, NDArray[np.float64]]
    ) -> Located:
        def number(expr: Expr, values: Mapping[Symbol, float]) -> float:
            return compile_expression(expr, tuple(values), model.observed, model.size)(values, sample)

        squares = {r: self._square(e, model, known, sample) for r, e in self.residuals.items()}
        weights = {r: sp.nsimplify(number(w, known), rational=True) for r, w in self.weights.items()}
        polynomials = [s for s in squares.values() if s is not None]
        if len(polynomials) < len(squares):
            return Located(Existence.UNKNOWN, note="the sums of squares are no fractions")
        if any(_has_zero(p) for p in polynomials):
            note = "one group is fitted without a remainder, so the likelihood grows without bound"
            return Located(Existence.UNBOUNDED, proof=Proof.GLOBAL, note=note)
        if all(p.degree() < 1 for p in polynomials):
            return Located(Existence.UNKNOWN, note="the data do not determine the coefficient")
        whole = Poly(0, self.coefficient, domain="QQ")
        for letter, square in squares.items():
            assert square is not None
            others = [s for other, s in squares.items() if other != letter and s is not None]
            whole += weights[letter] * square.diff() * sp.prod(others, start=Poly(1, self.coefficient, domain="QQ"))
        context = mpmath.MPContext()
        context.dps = DIGITS
        roots = [context.mpf(str(r.evalf(DIGITS))) for r in dict.fromkeys(whole.real_roots())]

        def height(value: Any) -> Any:
            return -sum(
                _mpf(weights[r], context) * context.log(_at(s, value, context))
                for r, s in squares.items()
                if s is not None
            )

        best = max(map(height, roots))
        top = [r for r in roots if best - height(r) <= context.mpf(10) ** -TIE * (1 + abs(best))]
        return Located(
            Existence.ATTAINED, tuple(self._point(float(r), model, known, number) for r in top), Proof.GLOBAL
        )

    def _square(
        self, residual: Expr, model: Specification, known: Mapping[Symbol, float], sample: Mapping[Symbol, Any]
    ) -> Poly | None:
        """Σ R(β) as a polynomial with fractions."""
        total = [Fraction(0)] * 3
        parts = [e.expand() for e in Poly(residual, self.coefficient).all_coeffs()[::-1]]
        columns = [sample[s] for s in model.observed]
        for row in zip(*columns, strict=True):
            values = {s: fraction_of(v) for s, v in {**known, **dict(zip(model.observed, row, strict=True))}.items()}
            found = [exact_value(e, values) for e in parts]
            if None in found or len(found) > len(total):
                return None
            total = [a + (b or 0) for a, b in zip(total, [*found, *[Fraction(0)] * (3 - len(found))], strict=True)]
        terms = [sp.Rational(v.numerator, v.denominator) for v in total[::-1]]
        return Poly(terms, self.coefficient, domain="QQ")

    def _point(
        self, value: float, model: Specification, known: Mapping[Symbol, float], number: Any
    ) -> dict[Symbol, float]:
        values = {**known, self.coefficient: value}
        for letter, residual in self.residuals.items():
            values[letter] = number(DataSum(residual, model.observed), values)
        for parameter, formula in self.others.items():
            values[parameter] = number(formula, values)
        return {p: values[p] for p in model.parameters}


def _has_zero(square: Poly) -> bool:
    """Is a quadratic ≥ 0 somewhere 0?"""
    return bool(square.is_zero or (square.degree() == 2 and square.discriminant() == 0))


def _mpf(value: sp.Rational, context: mpmath.MPContext) -> Any:
    return context.mpf(int(value.p)) / context.mpf(int(value.q))


def _at(square: Poly, value: Any, context: mpmath.MPContext) -> Any:
    total = context.mpf(0)
    for coefficient in square.all_coeffs():
        total = total * value + _mpf(coefficient, context)
    return total
