"""The set of numbers that satisfy relations, as intervals: x² ≥ 1 is (−∞, −1] and [1, ∞).

Relations are polynomial in the symbol, up to absolute values, with rational coefficients and roots that are square roots at most;
between neighbouring roots each is true or false throughout, so one point of each part and the roots themselves decide.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import sympy as sp
from sympy import Basic, Expr, Symbol

from symbolic_mle.algebra.intervals import Interval


def pieces(symbol: Symbol, relations: Sequence[Basic], within: Interval) -> tuple[Interval, ...] | None:
    """The parts of an interval in which all relations hold, in rising order; None where that cannot be told.

    >>> x = sp.Symbol("x", real=True)
    >>> [(p.lower, p.upper) for p in pieces(x, [x**2 >= 1], Interval())]
    [(-oo, -1), (1, oo)]
    """
    if within.integer or within.free_symbols or any(r.free_symbols != {symbol} for r in relations):
        return None
    cuts: set[Expr] = set()
    for relation in relations:
        for atom in relation.atoms(sp.core.relational.Relational):
            found = _roots(atom.lhs - atom.rhs, symbol)
            if found is None:
                return None
            cuts |= found
    ordered = sorted((c for c in cuts if within.contains(float(c))), key=float)
    ends = [within.lower, *(c for c in ordered if c not in (within.lower, within.upper)), within.upper]
    cells = [_point(within.lower, within.closed_lower)]
    for low, high in pairwise(ends):
        cells += [Interval(low, high), _point(high, True if high != within.upper else within.closed_upper)]
    kept = [c is not None and _holds(symbol, relations, c) for c in cells]
    return None if None in kept else _merged([c if k else None for c, k in zip(cells, kept, strict=True)])


def _point(value: Expr, belongs: bool) -> Interval | None:
    return Interval(value, value, True, True) if belongs and value.is_finite else None


def _roots(difference: Expr, symbol: Symbol) -> set[Expr] | None:
    """Every real number at which the difference may change its sign."""
    corner = next(iter(difference.atoms(sp.Abs)), None)
    if corner is not None:
        inside = corner.args[0]
        parts = [_roots(e, symbol) for e in (inside, *(difference.xreplace({corner: s * inside}) for s in (1, -1)))]
        return None if None in parts else set().union(*(p for p in parts if p is not None))
    difference = sp.expand(difference)
    if not difference.is_polynomial(symbol):
        return None
    poly = sp.Poly(difference, symbol)
    if not all(c.is_Rational for c in poly.all_coeffs()):
        return None
    if poly.degree() < 1:
        return set()
    found = set(sp.real_roots(poly))
    return found if not any(r.has(sp.CRootOf) for r in found) else None


def _holds(symbol: Symbol, relations: Sequence[Basic], cell: Interval) -> bool | None:
    """Are the relations true in a part between cuts?"""
    value = _inner_point(cell)
    verdicts = [r.xreplace({symbol: value}) for r in relations]
    if any(v not in (sp.true, sp.false) for v in verdicts):
        return None
    return all(v == sp.true for v in verdicts)


def _inner_point(cell: Interval) -> Expr:
    if cell.lower == cell.upper:
        return cell.lower
    if cell.lower.is_infinite and cell.upper.is_infinite:
        return sp.Integer(0)
    if cell.lower.is_infinite:
        return sp.floor(cell.upper) - 1
    if cell.upper.is_infinite:
        return sp.ceiling(cell.lower) + 1
    middle = (cell.lower + cell.upper) / 2
    return middle if middle.is_Rational else sp.Rational(float(middle))


def _merged(cells: Sequence[Interval | None]) -> tuple[Interval, ...]:
    """Neighbouring parts joined."""
    found: list[Interval] = []
    before = None
    for cell in cells:
        if cell is not None and before is not None:
            last = found[-1]
            found[-1] = Interval(last.lower, cell.upper, last.closed_lower, cell.closed_upper)
        elif cell is not None:
            found.append(cell)
        before = cell
    return tuple(found)
