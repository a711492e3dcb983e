"""Forms of a log-likelihood for which interval arithmetic is narrower: each symbol as seldom as possible."""

from __future__ import annotations

import numpy as np
import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.locating.enclosing import Data

FEW, LARGEST, LARGE = 16, 40, 600  # distinct observations, their size, operations up to which sums are written out


def with_counts(expr: Expr, data: Data) -> Expr:
    """The sums written out, where the observations are few whole numbers: terms of theirs may cancel or join."""
    whole = all((c == np.floor(c)).all() and (np.abs(c) < LARGEST).all() for c in data.columns.values())
    if len(data.weights) > FEW or not whole or sp.count_ops(expr) * len(data.weights) > LARGE:
        return expr

    def written(total: DataSum) -> Expr:
        found = sp.Integer(0)
        for k, weight in enumerate(data.weights):
            values = {x: sp.Integer(int(c[k])) for x, c in data.columns.items()}
            found += int(weight) * sp.expand_func(total.summand.subs(values))
        return found

    return expr.replace(lambda e: isinstance(e, DataSum) and not e.summand.has(DataSum), written)


def nested(expr: Expr, symbols: list[Symbol]) -> Expr:
    """Polynomials in a parameter in Horner's form, θ² − 2xθ → θ(θ − 2x): narrower, and bounded on unbounded boxes."""

    def horner(total: Expr) -> Expr:
        inner = total.func(*(nested(a, symbols) for a in total.args)) if not isinstance(total, DataSum) else total
        if isinstance(inner, DataSum):
            return DataSum(nested(sp.factor_terms(inner.summand), symbols), inner.variables)
        return _horner(inner, symbols) if isinstance(inner, sp.Add) else inner

    return horner(expr) if expr.args else expr


def _horner(total: Expr, symbols: list[Symbol]) -> Expr:
    for symbol in symbols:
        powers: dict[int, list[Expr]] = {}
        others: list[Expr] = []
        for term in sp.Add.make_args(total):
            rest, power = term.as_independent(symbol, as_Add=False)
            base, exponent = power.as_base_exp()
            if power == 1 or (base == symbol and exponent.is_Integer):
                powers.setdefault(0 if power == 1 else int(exponent), []).append(rest)
            else:
                others.append(term)
        constant = powers.pop(0, [])
        rising = _nest(symbol, {d: c for d, c in powers.items() if d > 0})
        falling = _nest(1 / symbol, {-d: c for d, c in powers.items() if d < 0})
        total = sp.Add(rising, falling, *constant, *others)
    return total


def _nest(base: Expr, powers: dict[int, list[Expr]]) -> Expr:
    """c₁·b + c₃·b³ → b·(c₁ + b²·c₃)"""
    degrees, found = sorted(powers, reverse=True), sp.Integer(0)
    for degree, below in zip(degrees, [*degrees, 0][1:], strict=True):
        found = sp.Mul(base ** (degree - below), sp.Add(found, *powers[degree]), evaluate=False)
    return found
