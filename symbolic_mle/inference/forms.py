"""One value, in the shortest of a few equal forms."""

from __future__ import annotations

import sympy as sp
from sympy import Expr

MOST_OPERATIONS = 250  # beyond which an expression is left as it is
SPECIAL = (sp.gamma, sp.polygamma, sp.factorial, sp.beta)


def shortest(expr: Expr) -> Expr:
    """The form with the fewest operations among the expanded, factored and joined ones; integrals and sums as they stand."""
    stated = {s: sp.Dummy("I", real=True) for s in expr.atoms(sp.Integral, sp.Sum)}
    return _shortest(expr.xreplace(stated)).xreplace({d: s for s, d in stated.items()})


def _shortest(expr: Expr) -> Expr:
    if expr.count_ops() > MOST_OPERATIONS:
        return expr
    forms = [expr, sp.expand(expr)]
    if expr.has(*SPECIAL):
        forms.append(sp.expand(sp.expand_func(sp.gammasimp(sp.expand_func(forms[1])))))
    if forms[-1].count_ops() > MOST_OPERATIONS:
        return expr
    if expr.has(sp.sin, sp.cos):
        forms.append(sp.trigsimp(forms[-1]))
    joined = sp.powsimp(sp.factor(forms[-1]), deep=True)
    forms += [sp.factor_terms(forms[-1]), sp.factor(forms[-1]), joined]
    return min(forms, key=_cost)


def _cost(expr: Expr) -> tuple[int, int]:
    """Operations; a power of −1 that is not a number is no form to show."""
    odd = any(p.base == -1 for p in expr.atoms(sp.Pow))
    return expr.count_ops() + (100 if odd else 0), -len(sp.Mul.make_args(expr))
