"""Values that satisfy linear equations, from values that do not: (1, 2, 1) → (1/4, 1/2, 1/4) for p + q + r = 1.

A whole of positive parts is shared out again in the same proportions; any other equation is solved for its last unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import sympy as sp
from sympy import Basic, Symbol

from symbolic_mle.algebra.affine import affine_form

Terms = tuple[tuple[Symbol, Fraction], ...]


@dataclass(frozen=True, slots=True)
class Equation:
    """Σ c·θ = total; ``whole`` where the parts c·θ are to be shared out, else the last unknown is solved for."""

    terms: Terms
    total: Fraction
    whole: bool

    def balanced(self, values: dict[Symbol, Any]) -> dict[Symbol, Any]:
        if self.whole:
            found = sum(c * values[s] for s, c in self.terms)
            return values | {s: values[s] * self.total / found for s, _ in self.terms} if found > 0 else values
        *others, (symbol, slope) = self.terms
        return values | {symbol: (self.total - sum(c * values[s] for s, c in others)) / slope}


@dataclass(frozen=True, slots=True)
class Balance:
    """The linear equations among some unknowns, in an order in which each leaves those before it satisfied."""

    equations: tuple[Equation, ...]

    @staticmethod
    def of(unknowns: Sequence[Symbol], relations: Iterable[Basic]) -> Balance:
        """The equations among the relations; those that are not affine with rational coefficients are left out."""
        forms = [affine_form(sp.expand(r.lhs - r.rhs), unknowns) for r in relations if isinstance(r, sp.Eq)]
        rows = [[Fraction(int(c.p), int(c.q)) for c in form] for form in forms if form is not None]
        solved: list[Equation] = []
        for row in (r for r in rows if not r[0]):  # homogeneous: sharing out leaves them satisfied
            _append(solved, _reduced(row, solved, unknowns), unknowns)
        wholes: list[Equation] = []
        for row in sorted((r for r in rows if r[0]), key=lambda r: sum(map(bool, r))):
            reduced = _reduced(row, solved, unknowns)
            for whole in wholes:
                reduced = _without(reduced, whole, unknowns)
            terms, total = _terms(reduced, unknowns), -reduced[0]
            taken = {s for w in wholes for s, _ in w.terms}
            if not terms or taken & {s for s, _ in terms} or not all(c * total > 0 for _, c in terms):
                return Balance(_solved(rows, unknowns))
            sign = 1 if total > 0 else -1
            wholes.append(Equation(tuple((s, sign * c) for s, c in terms), abs(total), True))
        return Balance((*wholes, *reversed(solved)))

    def __call__(self, values: Mapping[Symbol, Any]) -> dict[Symbol, Any]:
        """The values with every equation satisfied, up to rounding; numbers are floats or fractions."""
        found = dict(values)
        for equation in self.equations:
            found = equation.balanced(found)
        return found


def _solved(rows: Iterable[list[Fraction]], unknowns: Sequence[Symbol]) -> tuple[Equation, ...]:
    """Every equation solved for an unknown; none of these unknowns in the equations before."""
    found: list[Equation] = []
    for row in rows:
        _append(found, _reduced(row, found, unknowns), unknowns)
    return tuple(reversed(found))


def _append(found: list[Equation], row: list[Fraction], unknowns: Sequence[Symbol]) -> None:
    terms = _terms(row, unknowns)
    if terms:
        found.append(Equation(terms, -row[0], False))


def _terms(row: list[Fraction], unknowns: Sequence[Symbol]) -> Terms:
    return tuple((s, c) for s, c in zip(unknowns, row[1:], strict=True) if c)


def _reduced(row: list[Fraction], solved: Sequence[Equation], unknowns: Sequence[Symbol]) -> list[Fraction]:
    """The equation with the unknowns put in that others are solved for."""
    for equation in solved:
        row = _minus(row, equation, row[1 + unknowns.index(equation.terms[-1][0])] / equation.terms[-1][1], unknowns)
    return row


def _without(row: list[Fraction], whole: Equation, unknowns: Sequence[Symbol]) -> list[Fraction]:
    """a + b + c + d = 1 less a + b = 1/2"""
    symbol, part = whole.terms[0]
    return _minus(row, whole, row[1 + unknowns.index(symbol)] / part, unknowns)


def _minus(row: list[Fraction], equation: Equation, factor: Fraction, unknowns: Sequence[Symbol]) -> list[Fraction]:
    found = list(row)
    found[0] += factor * equation.total
    for s, c in equation.terms:
        found[1 + unknowns.index(s)] -= factor * c
    return found
