"""A combination of the data alone that a likelihood equation holds, with a letter for it.

log k − ψ(k) = s with s = log x̄ − (1/n)·∑ᵢ log xᵢ reads better than five terms. Knows reductions as facts, no drawings.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.exposition.facts import ReductionFacts
from symbolic_mle.exposition.forms import tidy


@dataclass(frozen=True, slots=True)
class Gap:
    """score = n·(``function`` − side·s) with s = ``value`` free of the parameters."""

    symbol: Symbol
    value: Expr
    function: Expr
    score: Expr
    side: int
    jensen: bool


def find_gap(reduction: ReductionFacts, size: Symbol, unknown: Collection[Symbol], letter: str) -> Gap | None:
    """The part of a score without parameters, where it holds the logarithm of a sum."""
    if reduction.root is not None:
        return None
    constant, moving = tidy(sp.expand_mul(reduction.score), size).as_independent(reduction.parameter, as_Add=True)
    if not any(log.args[0].has(DataSum) for log in constant.atoms(sp.log)) or not isinstance(constant, sp.Add):
        return None
    if constant.free_symbols & set(unknown):
        return None
    function = sp.expand_mul(moving / size)
    if function.has(size):
        return None
    jensen = any(e.sign is not None and e.sign.fact == "jensen" for e in (reduction.lower, reduction.upper))
    side = 1 if jensen and reduction.upper.sign is not None and reduction.upper.sign.fact == "jensen" else -1
    symbol = Symbol(letter, real=True)
    value = sp.expand_mul(-side * constant / size)
    return Gap(symbol, value, function, size * (function - side * symbol), side, jensen)
