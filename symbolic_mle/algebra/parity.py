"""Even and odd functions of a symbol, seen after expansion; what is not seen counts as neither."""

from __future__ import annotations

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.sample import DataSum


def is_even(expr: Expr, symbol: Symbol) -> bool:
    """f(−θ) = f(θ)."""
    return _reflects(expr, symbol, 1)


def is_odd(expr: Expr, symbol: Symbol) -> bool:
    """f(−θ) = −f(θ)."""
    return _reflects(expr, symbol, -1)


def _reflects(expr: Expr, symbol: Symbol, side: int) -> bool:
    if not expr.has(symbol):
        return False
    mirror = _signs_outside(expr.xreplace({symbol: -symbol}))
    return mirror == side * expr or _normal(mirror - side * expr) == 0


def _normal(expr: Expr) -> Expr:
    return sp.expand(_signs_outside(expr.replace(_is_sum, lambda s: DataSum(sp.expand(s.summand), s.variables))))


def _signs_outside(expr: Expr) -> Expr:
    """Σ −g(xᵢ) → −Σ g(xᵢ)"""

    def opened(total: DataSum) -> Expr:
        terms = sp.Add.make_args(total.summand)
        if all(t.could_extract_minus_sign() for t in terms):
            return -DataSum(-total.summand, total.variables)
        return total

    return expr.replace(_is_sum, opened)


def _is_sum(expr: Expr) -> bool:
    return isinstance(expr, DataSum)
