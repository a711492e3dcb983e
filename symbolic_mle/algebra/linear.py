"""Linear systems whose entries are rational functions, also of square roots of positive symbols: v → w² makes them rational."""

from __future__ import annotations

import sympy as sp
from sympy import Dummy, Expr, PolynomialError, Symbol
from sympy.polys.matrices import DomainMatrix


def without_roots(*exprs: Expr) -> tuple[dict[Symbol, Expr], dict[Symbol, Expr]]:
    """{v: w²} for the positive symbols under a root, and {w: √v}."""
    halves = {p for e in exprs for p in e.atoms(sp.Pow) if p.exp.is_Rational and not p.exp.is_Integer}
    under = sorted({v for h in halves for v in h.free_symbols if v.is_positive}, key=str)
    letters = {v: Dummy(f"w_{v.name}", positive=True) for v in under}
    return {v: w**2 for v, w in letters.items()}, {w: sp.sqrt(v) for v, w in letters.items()}


def rational_solution(matrix: sp.Matrix, right: sp.Matrix) -> tuple[list[Expr], Expr] | None:
    """The solution and the determinant; None for a singular system and for entries that are not rational."""
    roots, back = without_roots(*matrix, *right)
    try:
        system, column = (DomainMatrix.from_Matrix(m.subs(roots)).to_field() for m in (matrix, right))
        system, column = system.unify(column)
        determinant = system.domain.to_sympy(system.det())
        if determinant == 0:
            return None
        solution = list(system.lu_solve(column).to_Matrix())
    except (PolynomialError, NotImplementedError, ZeroDivisionError):
        return None
    return [sp.cancel(v).subs(back) for v in solution], sp.factor(determinant).subs(back)
