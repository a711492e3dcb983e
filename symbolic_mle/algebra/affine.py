"""Affine forms c₀ + c₁θ₁ + … + c_dθ_d with rational coefficients, and the polyhedra that they bound.

A form is the tuple (c₀, c₁, …, c_d) over a fixed order of the unknowns.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import sympy as sp
from sympy import Basic, Expr, Symbol

from symbolic_mle.algebra.intervals import Interval

Form = tuple[sp.Rational, ...]

MOST_BASES = 5000  # choices of generators that are tried
INEQUALITIES = (sp.Lt, sp.Le, sp.Gt, sp.Ge)


def affine_form(expr: Expr, unknowns: Sequence[Symbol]) -> Form | None:
    """The coefficients, or None where the expression is not affine in the unknowns over the rationals.

    >>> p, q = sp.symbols("p q")
    >>> affine_form(1 - p - 2 * q, (p, q))
    (1, -1, -2)
    """
    if not expr.free_symbols <= set(unknowns) or not expr.is_polynomial(*unknowns):
        return None
    found = sp.Poly(expr, *unknowns, domain="EX") if unknowns else None
    if found is None or found.total_degree() > 1:
        return None
    origin = (0,) * len(unknowns)
    axes = [tuple(int(j == k) for j in range(len(unknowns))) for k in range(len(unknowns))]
    form = tuple(sp.nsimplify(found.coeff_monomial(m)) for m in (origin, *axes))
    return form if all(c.is_Rational for c in form) else None


def expression(form: Form, unknowns: Sequence[Symbol]) -> Expr:
    """The form as an expression."""
    return sp.Add(form[0], *(c * u for c, u in zip(form[1:], unknowns, strict=True)))


def proportional(first: Form, second: Form) -> sp.Rational | None:
    """c > 0 with first = c·second, or None."""
    pivot = next((k for k, v in enumerate(second) if v != 0), None)
    if pivot is None or first[pivot] / second[pivot] <= 0:
        return None
    ratio = first[pivot] / second[pivot]
    return ratio if all(a == ratio * b for a, b in zip(first, second, strict=True)) else None


def combination(target: Form, forms: Sequence[Form]) -> tuple[sp.Rational, ...] | None:
    """The coefficients of the target in linearly independent forms; None where it is not in their span.

    >>> combination((1, 0), [(0, 1), (1, -1)])
    (1, 1)
    """
    columns = [[_fraction(c) for c in form] for form in forms]
    found = _solved([list(row) for row in zip(*columns, strict=True)] if forms else [], [_fraction(c) for c in target])
    return None if found is None else tuple(sp.Rational(c.numerator, c.denominator) for c in found)


def _fraction(number: Expr) -> Fraction:
    exact = sp.Rational(number)
    return Fraction(int(exact.p), int(exact.q))


def _solved(rows: list[list[Fraction]], right: list[Fraction]) -> list[Fraction] | None:
    """The only solution of a linear system, by elimination; None where there is none or more than one."""
    table = [[*row, value] for row, value in zip(rows or [[] for _ in right], right, strict=True)]
    width, done = len(rows[0]) if rows else 0, 0
    for column in range(width):
        pivot = next((k for k in range(done, len(table)) if table[k][column]), None)
        if pivot is None:
            return None
        table[done], table[pivot] = table[pivot], table[done]
        lead = table[done][column]
        table[done] = [v / lead for v in table[done]]
        for k, row in enumerate(table):
            if k != done and row[column]:
                table[k] = [v - row[column] * w for v, w in zip(row, table[done], strict=True)]
        done += 1
    return None if any(row[width] for row in table[done:]) else [row[width] for row in table[:width]]


def in_cone(target: Form, generators: Sequence[Form]) -> bool | None:
    """Is the target Σ cⱼ gⱼ with all cⱼ ≥ 0? Carathéodory: then linearly independent gⱼ suffice. None when there are too many.

    With 1 among the generators of a nonempty polyhedron {gⱼ ≥ 0}, these are the affine forms that are ≥ 0 on it (Farkas).
    """
    if any(proportional(target, g) for g in generators) or not any(target):
        return True
    columns = list(dict.fromkeys(generators))
    rank = sp.Matrix([list(g) for g in columns]).rank()
    if math.comb(len(columns), rank) > MOST_BASES:
        return None
    for chosen in itertools.combinations(columns, rank):
        found = combination(target, chosen)
        if found is not None and all(c >= 0 for c in found):
            return True
    return False


@dataclass(frozen=True, slots=True)
class Face:
    """form ≥ 0, or form > 0 where it is ``strict``."""

    form: Form
    strict: bool


@dataclass(frozen=True, slots=True)
class Polyhedron:
    """The points with every face, in coordinates ``free``; the other unknowns are affine functions of these."""

    free: tuple[Symbol, ...]
    solved: Mapping[Symbol, Expr]
    faces: tuple[Face, ...]

    def form(self, expr: Expr) -> Form | None:
        """An expression in all unknowns as a form in the free ones."""
        return affine_form(sp.expand(expr.xreplace(dict(self.solved))), self.free)

    def is_nonnegative(self, form: Form) -> bool | None:
        """Is the form ≥ 0 at every point?"""
        one = (sp.S.One, *(sp.S.Zero for _ in self.free))
        return in_cone(form, [one, *(f.form for f in self.faces)])


def polyhedron(spaces: Mapping[Symbol, Interval], relations: Iterable[Basic]) -> Polyhedron | None:
    """The set that intervals and relations leave, where all of them are affine with rational coefficients."""
    unknowns = tuple(spaces)
    every = [r for s, i in spaces.items() for r in _bounds(s, i)] + [r for given in relations for r in _parts(given)]
    equations = [r for r in every if isinstance(r, sp.Eq)]
    others = [r for r in every if not isinstance(r, sp.Eq)]
    if not all(isinstance(r, INEQUALITIES) for r in others):
        return None
    solved = solve_affine([r.lhs - r.rhs for r in equations], unknowns)
    if solved is None:
        return None
    found = Polyhedron(tuple(u for u in unknowns if u not in solved), solved, ())
    faces: list[Face] = []
    for relation in others:
        form = found.form(relation.gts - relation.lts)
        if form is None:
            return None
        strict = isinstance(relation, (sp.Lt, sp.Gt))
        if any(form[1:]):
            faces.append(Face(form, strict))
        elif form[0] < 0 or (strict and form[0] == 0):
            return None  # no point at all
    return Polyhedron(found.free, solved, tuple(dict.fromkeys(faces)))


def solve_affine(expressions: Iterable[Expr], unknowns: Sequence[Symbol]) -> dict[Symbol, Expr] | None:
    """expressions = 0 → the last unknown of each as an affine function of the rest; None where not affine or contradictory."""
    solved: dict[Symbol, Expr] = {}
    for expr in expressions:
        form = affine_form(sp.expand(expr.xreplace(solved)), unknowns)
        if form is None:
            return None
        pivot = next((k for k in range(len(unknowns), 0, -1) if form[k] != 0), None)
        if pivot is None:
            if form[0] != 0:
                return None
            continue
        symbol = unknowns[pivot - 1]
        value = sp.expand(symbol - expression(form, unknowns) / form[pivot])
        solved = {s: sp.expand(v.xreplace({symbol: value})) for s, v in solved.items()} | {symbol: value}
    return solved


def _bounds(symbol: Symbol, interval: Interval) -> Iterable[Basic]:
    if interval.lower != -sp.oo:
        yield (sp.Ge if interval.closed_lower else sp.Gt)(symbol, interval.lower, evaluate=False)
    if interval.upper != sp.oo:
        yield (sp.Le if interval.closed_upper else sp.Lt)(symbol, interval.upper, evaluate=False)


def _parts(relation: Basic) -> tuple[Basic, ...]:
    return relation.args if isinstance(relation, sp.And) else () if relation == sp.true else (relation,)
