"""Fewer variables: what an expression depends on only through u = l·x, x/s, x − μ, a·log x … gets one symbol.

A scaling that multiplies the whole expression by a positive power leaves its sign alone, so one of the scaled
symbols may be set to 1. Each reduction is an exact change of variables over ranges that it maps onto
themselves.
"""

from __future__ import annotations

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.ranges import INFINITE, REALS, Range, nonnegative, positive
from symbolic_mle.algebra.sign_values import Prover, order_of

Weight = dict[Symbol, Expr]


def reduction(expr: Expr, prover: Prover) -> Expr | None:
    """An expression in fewer symbols that takes the same signs; None if none is seen."""
    if len(expr.free_symbols) < 2:
        return None
    found = _without_shift(expr, prover) or _without_scale(expr, prover)
    if found is None and (logarithmic := logarithmic_scale(expr, prover)) is not None:
        return _without_scale(logarithmic, prover)
    return found


def _without_shift(expr: Expr, prover: Prover) -> Expr | None:
    """A real symbol v that occurs only in v + r: the sum is one real symbol."""
    for symbol in sorted(expr.free_symbols, key=order_of):
        if prover.range_of(symbol) != REALS:
            continue
        for rest in sorted(_partners(expr, symbol), key=sp.count_ops, reverse=True):
            whole = prover.new_symbol(symbol.name, REALS, symbol + rest)
            changed = _collected(expr.xreplace({symbol: whole - rest}))
            if len(changed.free_symbols) < len(expr.free_symbols):
                return changed
    return None


def _collected(expr: Expr) -> Expr:
    """Sums expanded from the inside out, so that a symbol that cancels is gone."""
    if not expr.args or expr.is_number:
        return expr
    rebuilt = expr.func(*(_collected(argument) for argument in expr.args))
    return sp.expand_mul(rebuilt) if rebuilt.is_Add else rebuilt


def _partners(expr: Expr, symbol: Symbol) -> set[Expr]:
    """r for each sum ±v ± r in the expression, after division by the coefficient of v."""
    found = set()
    for node in expr.atoms(sp.Add):
        coefficient = node.coeff(symbol, 1)
        rest = node - coefficient * symbol
        if coefficient != 0 and not rest.has(symbol) and not rest.is_number:
            found.add(sp.expand(rest / coefficient))
    return found


def _without_scale(expr: Expr, prover: Prover) -> Expr | None:
    """λ^w₁ v₁, λ^w₂ v₂ … multiplies the expression by a power of λ: one of the v is 1."""
    symbols = [v for v in sorted(expr.free_symbols, key=order_of) if _is_cone(prover.range_of(v))]
    for weights in _scalings(expr, symbols):
        pivots = [v for v in weights if prover.range_of(v) == positive()]
        if not pivots:
            continue
        candidates = [_with_pivot(expr, weights, pivot, prover) for pivot in pivots]
        return min(candidates, key=lambda found: (sp.count_ops(found), str(found)))
    return None


def _with_pivot(expr: Expr, weights: Weight, pivot: Symbol, prover: Prover) -> Expr:
    replaced: dict[Expr, Expr] = {pivot: sp.Integer(1)}
    for symbol, weight in weights.items():
        if symbol != pivot:
            shown = symbol * pivot ** (-weight / weights[pivot])
            replaced[symbol] = prover.new_symbol(symbol.name, prover.range_of(symbol), shown)
    return expr.xreplace(replaced)


def _is_cone(values: Range) -> bool:
    return values.low in (0, -INFINITE) and values.high in (0, INFINITE)


def _scalings(expr: Expr, symbols: list[Symbol]) -> list[Weight]:
    """The weights under which the expression is homogeneous (0 for other symbols): solutions of linear equations."""
    equations: list[Weight] = []
    _weight(expr, equations)
    rows = [[row.get(v, sp.Integer(0)) for v in symbols] for row in equations]
    rows = [row for row in rows if any(row)]
    if not rows:
        return [{v: sp.Integer(1)} for v in symbols]
    basis = sp.Matrix(rows).nullspace()
    return [{v: w for v, w in zip(symbols, vector, strict=True) if w != 0} for vector in basis]


def _weight(expr: Expr, equations: list[Weight]) -> Weight:
    """The weight of an expression as a linear form; what it needs to be homogeneous is added to the equations."""
    if expr.is_number:
        return {}
    if expr.is_Symbol:
        return {expr: sp.Integer(1)}
    parts = [_weight(argument, equations) for argument in expr.args if isinstance(argument, Expr)]
    if expr.is_Mul:
        return _sum_of(parts)
    if expr.is_Add or isinstance(expr, (sp.Max, sp.Min, sp.Abs)):
        equations.extend(_difference(part, parts[0]) for part in parts[1:])
        return parts[0]
    if expr.is_Pow and expr.exp.is_Rational:
        return {v: w * expr.exp for v, w in parts[0].items()}
    equations.extend(parts)
    return {}


def _sum_of(parts: list[Weight]) -> Weight:
    total: Weight = {}
    for part in parts:
        for symbol, weight in part.items():
            total[symbol] = total.get(symbol, sp.Integer(0)) + weight
    return total


def _difference(first: Weight, second: Weight) -> Weight:
    return _sum_of([first, {v: -w for v, w in second.items()}])


def logarithmic_scale(expr: Expr, prover: Prover) -> Expr | None:
    """x = e^y for every x > 0 under a logarithm or a power with an exponent that is not a number."""
    replaced: dict[Expr, Expr] = {}
    bases = {node.base for node in expr.atoms(sp.Pow) if not node.exp.is_number}
    bases |= {node.args[0] for node in expr.atoms(sp.log)}
    for base in sorted(bases, key=str):
        for symbol in base.free_symbols & expr.free_symbols:
            power = _as_exponential(base, symbol, prover)
            if power is not None and symbol not in replaced:
                replaced[symbol] = power
    return sp.powdenest(expr.xreplace(replaced)) if replaced else None


def _as_exponential(base: Expr, symbol: Symbol, prover: Prover) -> Expr | None:
    values = prover.range_of(symbol)
    if base == symbol and values == positive():
        return sp.exp(prover.new_symbol(symbol.name, REALS, sp.log(symbol)))
    if base == symbol and (values.low, values.high, values.low_closed) == (0, 1, False):
        half = nonnegative() if values.high_closed else positive()
        return sp.exp(-prover.new_symbol(symbol.name, half, -sp.log(symbol)))
    if base == symbol + 1 and (values.low, values.high) == (0, INFINITE):
        return sp.exp(prover.new_symbol(symbol.name, values, sp.log(1 + symbol))) - 1
    return None
