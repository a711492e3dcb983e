"""A term g(x, θ) → Σⱼ cⱼ(θ)·Tⱼ(x) wherever algebra can part the data from the parameters."""

from __future__ import annotations

from collections.abc import Iterable

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.logs import IsPositive, expand_log

Parted = list[tuple[Expr, Expr]]  # (coefficient free of the data, statistic free of the parameters)


def separate(term: Expr, data: set[Symbol], parameters: set[Symbol], positive: IsPositive) -> tuple[Parted, list[Expr]]:
    """The parted products of a sum of terms, and the terms in which data and parameters stay mixed."""
    parted: Parted = []
    mixed: list[Expr] = []
    for piece in sp.Add.make_args(term):
        found = _part(piece, data, parameters, positive)
        if found is None:
            mixed.append(piece)
        else:
            parted.extend(found)
    return parted, mixed


def _part(
    term: Expr, data: set[Symbol], parameters: set[Symbol], positive: IsPositive, depth: int = 6
) -> Parted | None:
    coefficient, statistic, rest = [], [], []
    for factor in sp.Mul.make_args(term):
        for piece in _exponent_pieces(factor, data, parameters):
            free = piece.free_symbols
            if not free & data:
                coefficient.append(piece)
            elif not free & parameters:
                statistic.append(piece)
            else:
                rest.append(piece)
    outer, inner = sp.Mul(*coefficient), sp.Mul(*statistic)
    if not rest:
        return [(outer, inner)]
    if depth == 0:
        return None
    product = sp.Mul(*rest)
    expanded = product if isinstance(product, sp.Add) else _open(product, positive)
    if expanded is None:
        return None
    parted: Parted = []
    for piece in sp.Add.make_args(expanded):
        inside = _part(piece, data, parameters, positive, depth - 1)
        if inside is None:
            return None
        parted.extend((outer * c, inner * t) for c, t in inside)
    return parted


def _open(expr: Expr, positive: IsPositive) -> Expr | None:
    """One rewriting that may part the data from the parameters; None when nothing changes."""
    for candidate in _rewritings(expr, positive):
        if candidate != expr:
            return candidate
    return None


def _rewritings(expr: Expr, positive: IsPositive) -> Iterable[Expr]:
    yield sp.expand_mul(expr)
    yield sp.expand_multinomial(expr)
    yield expr.replace(
        lambda e: (
            isinstance(e, sp.Pow)
            and isinstance(e.base, sp.Add)
            and e.exp.is_integer is True
            and e.exp.is_positive is True
            and e.exp.is_number
        ),
        lambda e: sp.expand(e, power_base=False),
    )
    yield expr.replace(
        lambda e: isinstance(e, sp.Pow) and isinstance(e.base, sp.Mul), lambda e: _split_power(e, positive)
    )
    yield expr.replace(
        lambda e: isinstance(e, sp.log) and not e.args[0].is_number, lambda e: expand_log(e.args[0], positive)
    )
    yield sp.expand_trig(expr)


def _split_power(power: Expr, positive: IsPositive) -> Expr:
    """(a·b)^c → a^c·b^c for positive a (or a whole number c)."""
    factors = sp.Mul.make_args(power.base)
    if power.exp.is_integer or all(positive(f) for f in factors):
        return sp.Mul(
            *(
                f.base ** (f.exp * power.exp) if isinstance(f, sp.Pow) and positive(f.base) else f**power.exp
                for f in factors
            )
        )
    signless = [f for f in factors if positive(f)]
    if not signless:
        return power
    others = sp.Mul(*(f for f in factors if f not in signless))
    return sp.Mul(*(f**power.exp for f in signless)) * others**power.exp


def _exponent_pieces(factor: Expr, data: set[Symbol], parameters: set[Symbol]) -> list[Expr]:
    """e^(a + b) as the factors e^a, e^b: the exponent's terms with data parted from those without.

    They are returned as a list because SymPy joins a product of powers of one base at once.
    """
    free = factor.free_symbols
    if not isinstance(factor, (sp.exp, sp.Pow)) or not (free & data and free & parameters):
        return [factor]
    exponent = sp.expand(factor.exp)
    if not isinstance(exponent, sp.Add) or (
        isinstance(factor, sp.Pow) and factor.base.free_symbols & data & parameters
    ):
        return [factor]
    base = sp.E if isinstance(factor, sp.exp) else factor.base
    groups: dict[tuple[bool, bool], list[Expr]] = {}
    for term in exponent.args:
        groups.setdefault((bool(term.free_symbols & data), bool(term.free_symbols & parameters)), []).append(term)
    return [base ** sp.Add(*terms) for terms in groups.values()]
