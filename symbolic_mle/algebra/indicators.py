"""Densities written with an indicator: f·1{…} is f on the part of the support where the condition holds.

A factor that is 0 except under one condition on the observation, with a parameter in it, says where the density is positive. That
is the support: an observation outside of it has density 0. Knows expressions, not models.
"""

from __future__ import annotations

import sympy as sp
from sympy import Basic, Expr, Symbol

ORDERED = (sp.Le, sp.Lt, sp.Ge, sp.Gt)


def without_indicators(
    density: Expr, variables: tuple[Symbol, ...], parameters: tuple[Symbol, ...]
) -> tuple[Expr, tuple[Basic, ...]]:
    """The density without such factors, and their conditions as relations.

    >>> x, t = sp.symbols("x t")
    >>> without_indicators(sp.Piecewise((1 / t, x <= t), (0, True)), (x,), (t,))
    (1/t, (x <= t,))
    """
    factors: list[Expr] = []
    relations: list[Basic] = []
    for factor in sp.Mul.make_args(density):
        value, where = _one_piece(factor)
        moves = where.free_symbols & set(parameters) and where.free_symbols & set(variables)
        parts = where.args if isinstance(where, sp.And) else (where,)
        if moves and all(isinstance(r, ORDERED) for r in parts):
            factors.append(value)
            relations += sorted(parts, key=sp.default_sort_key)
        else:
            factors.append(factor)
    return (sp.Mul(*factors), tuple(relations)) if relations else (density, ())


def _one_piece(factor: Expr) -> tuple[Expr, Basic]:
    """(v, c) for a factor that is v where c holds and 0 elsewhere; (factor, true) for any other."""
    if isinstance(factor, sp.Heaviside) and factor.args[1] in (0, 1):
        return sp.Integer(1), (sp.Ge if factor.args[1] == 1 else sp.Gt)(factor.args[0], 0)
    if not isinstance(factor, sp.Piecewise) or factor.args[-1][1] != sp.true:
        return factor, sp.true
    before: list[Basic] = []
    pieces: list[tuple[Expr, Basic]] = []
    for value, condition in factor.args:
        if value != 0:
            pieces.append((value, sp.And(condition, *(sp.Not(b) for b in before))))
        before.append(condition)
    return pieces[0] if len(pieces) == 1 else (factor, sp.true)
