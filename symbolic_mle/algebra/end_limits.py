"""The limit of an expression at an end of the range of one symbol, the others held fixed.

By continuity where every part has a value at the end, by the dominating terms of a sum, and else by SymPy on
small expressions; a limit that is not by continuity must also agree with values near the end. None: could not
tell.
"""

from __future__ import annotations

from collections.abc import Mapping

import sympy as sp
from sympy import Expr, Symbol
from sympy.series.sequences import SeqBase

from symbolic_mle.algebra.sign_values import Prover
from symbolic_mle.algebra.spot_checks import approximate, points_of

SMALL = 70  # operations in an expression that SymPy's limit gets to see
ELEMENTARY = frozenset({sp.exp, sp.log, sp.erf, sp.erfc})  # SymPy's limits of other functions may run away
ON_POSITIVES = (sp.log, sp.gamma, sp.loggamma, sp.polygamma, sp.zeta)
SINGULAR = (sp.zoo, sp.nan, sp.oo, -sp.oo)


def limit_at(expr: Expr, symbol: Symbol, end: Expr, prover: Prover) -> Expr | None:
    """lim expr for symbol → end from inside its range: finite (an expression in the other symbols), ±oo, or None."""
    if end.is_finite:
        value = _value_by_continuity(expr, symbol, end, prover)
        if value is not None:
            return value
    found = _limit_of_sum(expr, symbol, end, prover)
    return found if found is not None and _agrees(expr, symbol, end, found, prover) else None


def _value_by_continuity(expr: Expr, symbol: Symbol, end: Expr, prover: Prover) -> Expr | None:
    """The value at the end, if every part of the expression is continuous there for all values of the other symbols."""
    if not expr.has(symbol):
        return expr
    if expr == symbol:
        return end
    parts = [_value_by_continuity(argument, symbol, end, prover) for argument in expr.args]
    if any(part is None for part in parts):
        return None
    if not _is_regular(expr, parts, prover):
        return None
    value = expr.func(*parts)
    return None if value.has(*SINGULAR) else value


def _is_regular(expr: Expr, parts: list[Expr], prover: Prover) -> bool:
    """The function is continuous at the values of its arguments."""
    if expr.is_Add or expr.is_Mul or isinstance(expr, (sp.exp, sp.erf, sp.erfc, sp.sinh, sp.cosh, sp.tanh, sp.atan)):
        return True
    if expr.is_Pow:
        if parts[1].is_Integer and parts[1].is_positive:
            return True
        base, exponent = prover.sign(parts[0], 1), prover.sign(parts[1], 1)
        if base is None or exponent is None:
            return False
        upward = base.sign.is_upward or parts[1].is_Integer
        return upward and (base.sign.is_strict or (exponent.sign.is_strict and exponent.sign.is_upward))
    rebuilt = expr.func(*parts)
    if rebuilt.has(*SINGULAR) or prover.bounds(rebuilt) is None:
        return False
    return not isinstance(expr, ON_POSITIVES) or _is_positive(parts[-1], prover)


def _is_positive(expr: Expr, prover: Prover) -> bool:
    lemma = prover.sign(expr, 1)
    return lemma is not None and lemma.sign.is_strict and lemma.sign.is_upward


def _limit_of_sum(expr: Expr, symbol: Symbol, end: Expr, prover: Prover) -> Expr | None:
    if end in (sp.oo, -sp.oo):
        found = _dominating(expr, symbol, end, prover)
        if found is not None:
            return found
    return _limit_by_sympy(expr, symbol, end) if not prover.spent() else None


def _dominating(expr: Expr, symbol: Symbol, end: Expr, prover: Prover) -> Expr | None:
    """At ∞ the terms c·e^(k v)·v^a·(log v)^b are ordered by (k, a, b): the greatest decides."""
    terms: dict[tuple[Expr, ...], Expr] = {}
    if end == -sp.oo:
        expr = expr.xreplace({symbol: -symbol})
    for term in sp.Add.make_args(sp.expand(expr)):
        grown = _growth(term, symbol)
        if grown is None:
            return None
        order, coefficient = grown
        terms[order] = terms.get(order, sp.Integer(0)) + coefficient
    order = max((key for key, value in terms.items() if value != 0), default=(sp.Integer(0),) * 3)
    if order == (0, 0, 0):
        return terms.get(order, sp.Integer(0))
    if order < (0, 0, 0):
        return sp.Integer(0)
    lemma = prover.sign(terms[order], 1)
    if lemma is None or not lemma.sign.is_strict:
        return None
    return sp.oo if lemma.sign.is_upward else -sp.oo


def _growth(term: Expr, symbol: Symbol) -> tuple[tuple[Expr, ...], Expr] | None:
    """(k, a, b) and c of a term c·e^(k v)·v^a·(log v)^b with rational k, a, b."""
    rate, power, logs, coefficient = (sp.Integer(0), sp.Integer(0), sp.Integer(0), sp.Integer(1))
    for factor in sp.Mul.make_args(term):
        base, exponent = factor.as_base_exp()
        if not factor.has(symbol):
            coefficient = coefficient * factor
        elif factor == symbol or (base == symbol and exponent.is_Rational):
            power = power + exponent
        elif base == sp.log(symbol) and exponent.is_Rational:
            logs = logs + exponent
        elif isinstance(factor, sp.exp) and (factor.exp / symbol).is_Rational:
            rate = rate + factor.exp / symbol
        else:
            return None
    return (rate, power, logs), coefficient


def _limit_by_sympy(expr: Expr, symbol: Symbol, end: Expr) -> Expr | None:
    functions = {node.func for node in expr.atoms(sp.Function)}
    if sp.count_ops(expr) > SMALL or len(expr.free_symbols) > 3 or not functions <= ELEMENTARY:
        return None
    if len(expr.free_symbols) > 1 and any(not power.exp.is_number for power in expr.atoms(sp.Pow)):
        return None  # powers of symbols to symbols are where SymPy's limit does not come back
    try:
        found = sp.limit(expr, symbol, end, "-" if end == 1 else "+")
    except (NotImplementedError, ValueError, TypeError, AttributeError, RecursionError, ArithmeticError, sp.PoleError):
        return None
    unusable = found.has(symbol, sp.Limit, sp.AccumBounds, sp.zoo, sp.nan, SeqBase, sp.I)
    return None if unusable or (found.has(sp.oo, -sp.oo) and found not in (sp.oo, -sp.oo)) else found


def _agrees(expr: Expr, symbol: Symbol, end: Expr, found: Expr, prover: Prover) -> bool:
    """The values on the way to the end approach the limit, for a few values of the other symbols."""
    others = {v: prover.range_of(v) for v in expr.free_symbols - {symbol}}
    return all(_approaches(expr, symbol, end, found, values) for values in points_of(others, 3 if others else 1, 4))


def _approaches(expr: Expr, symbol: Symbol, end: Expr, found: Expr, values: Mapping[Symbol, float]) -> bool:
    path = [approximate(expr, {**values, symbol: at}) for at in _path(end)]
    reliable = [pair for pair in path if pair is not None]
    if found in (sp.oo, -sp.oo):
        direction = 1 if found == sp.oo else -1
        sizes = [direction * value for value, error in reliable if error < abs(value)]
        return bool(sizes) and sizes[-1] > 0 and sizes[-1] >= sizes[0]
    goal = approximate(found, values)
    if goal is None:
        return False
    gaps = [max(0.0, abs(value - goal[0]) - 8 * error - goal[1]) for value, error in reliable]
    return len(gaps) >= 2 and gaps[-1] <= gaps[0] + 1e-12 and gaps[-1] <= 0.3 * (1 + abs(goal[0]))


def _path(end: Expr) -> list[float]:
    if end == sp.oo:
        return [3.0, 10.0, 40.0, 160.0, 640.0, 1e5]
    if end == -sp.oo:
        return [-3.0, -10.0, -40.0, -160.0, -640.0, -1e5]
    step = -1.0 if end == 1 else 1.0
    return [float(end) + step * 10.0**-k for k in (1, 2, 4, 6, 8)]
