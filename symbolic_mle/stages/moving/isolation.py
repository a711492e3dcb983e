"""From u(a) ≤ v to a ≤ w: one relation, solved for the part that holds some symbols, by equivalences only.

Each move is an equivalence under a condition that is checked: a term goes to the other side; a factor goes there when its sign is
known (and turns the relation when it is negative); a power, exponential or logarithm is undone where it is monotone and the
other side lies in its range. A relation that cannot be solved so is left where the moves end.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import sympy as sp
from sympy import Basic, Expr, Symbol

from symbolic_mle.algebra.signs import Sign

SignOf = Callable[[Expr], Sign | None]
UPPER = (sp.Le, sp.Lt)
ORDERED = (sp.Le, sp.Lt, sp.Ge, sp.Gt)


@dataclass(frozen=True, slots=True)
class Side:
    """inside ≤ outside (≥ where ``below`` is False), strictly where ``strict``; ``inside`` alone holds the wanted symbols."""

    inside: Expr
    outside: Expr
    below: bool
    strict: bool


def simple_relations(relation: Basic) -> tuple[Basic, ...] | None:
    """The relations u ≤ v without corners that are together equivalent to this one; None where there are no such.

    |u| ≤ v ⇔ u ≤ v and −u ≤ v;  max(u, w) ≤ v ⇔ u ≤ v and w ≤ v;  min(u, w) ≥ v likewise.
    """
    if isinstance(relation, sp.And):
        parts = [simple_relations(r) for r in relation.args]
        return None if any(p is None for p in parts) else tuple(r for p in parts if p is not None for r in p)
    if relation == sp.true:
        return ()
    if not isinstance(relation, ORDERED):
        return None
    low, high = (relation.lhs, relation.rhs) if isinstance(relation, UPPER) else (relation.rhs, relation.lhs)
    less = sp.Le if isinstance(relation, (sp.Le, sp.Ge)) else sp.Lt
    return tuple(less(a, b, evaluate=False) for a in _all_below(low) for b in _all_above(high))


def _all_below(expr: Expr) -> tuple[Expr, ...]:
    """u₁, … with max uⱼ = expr."""
    if isinstance(expr, sp.Abs):
        return expr.args[0], -expr.args[0]
    return expr.args if isinstance(expr, sp.Max) else (expr,)


def _all_above(expr: Expr) -> tuple[Expr, ...]:
    """u₁, … with min uⱼ = expr."""
    return expr.args if isinstance(expr, sp.Min) else (expr,)


def isolated(relation: Basic, symbols: set[Symbol], sign: SignOf) -> Side | None:
    """u ≤ v with the symbols on the left alone, as far as the moves go; None where they stay on both sides."""
    below, strict = isinstance(relation, UPPER), isinstance(relation, (sp.Lt, sp.Gt))
    sides = relation.lhs.free_symbols & symbols, relation.rhs.free_symbols & symbols
    if sides[0] and not sides[1]:
        side = Side(relation.lhs, relation.rhs, below, strict)
    elif sides[1] and not sides[0]:
        side = Side(relation.rhs, relation.lhs, not below, strict)
    else:
        side = Side(sp.expand(relation.lhs - relation.rhs), sp.Integer(0), below, strict)
    while not (side.inside.is_Symbol):
        following = _move(side, symbols, sign)
        if following is None:
            break
        side = following
    return side


def _move(side: Side, symbols: set[Symbol], sign: SignOf) -> Side | None:
    inside = side.inside
    if isinstance(inside, (sp.Add, sp.Mul)):
        away, kept = inside.as_independent(*symbols, as_Add=isinstance(inside, sp.Add))
        if isinstance(inside, sp.Add):
            if away != 0:
                return Side(kept, side.outside - away, side.below, side.strict)
            opened = sp.expand(kept)
            return Side(opened, side.outside, side.below, side.strict) if opened != kept else _factored(side, symbols)
        found = sign(away) if away != 1 else None
        if found in (Sign.POSITIVE, Sign.NEGATIVE):
            turned = side.below == (found is Sign.POSITIVE)
            return Side(kept, _short(side.outside / away), turned, side.strict)
        return None
    if isinstance(inside, sp.exp):
        return Side(inside.args[0], sp.log(side.outside), side.below, side.strict) if _positive(side, sign) else None
    if isinstance(inside, sp.log):
        return Side(inside.args[0], sp.exp(side.outside), side.below, side.strict)
    return _root(side, symbols, sign) if isinstance(inside, sp.Pow) else None


def _factored(side: Side, symbols: set[Symbol]) -> Side | None:
    """a·x + b·x → (a + b)·x"""
    found = sp.factor_terms(side.inside)
    if found.is_Mul and found.as_independent(*symbols, as_Add=False)[0] != 1:
        return Side(found, side.outside, side.below, side.strict)
    return None


def _root(side: Side, symbols: set[Symbol], sign: SignOf) -> Side | None:
    """u^p ≤ v ⇔ u ≤ v^(1/p) for u ≥ 0, v ≥ 0, p > 0; the relation turns for p < 0, u > 0, v > 0."""
    base, power = side.inside.as_base_exp()
    up = sign(power)
    if power.free_symbols & symbols or up not in (Sign.POSITIVE, Sign.NEGATIVE):
        return None
    least = (Sign.POSITIVE, Sign.NONNEGATIVE) if up is Sign.POSITIVE else (Sign.POSITIVE,)
    if sign(base) not in least:
        return None
    if sign(side.outside) not in least:
        if side.below or up is not Sign.POSITIVE or (side.strict and sign(base) is not Sign.POSITIVE):
            return None
        return Side(base, sp.Max(side.outside, 0) ** (1 / power), False, side.strict)  # u^p ≥ v holds for every v < 0
    return Side(base, _short(side.outside ** (1 / power)), side.below == (up is Sign.POSITIVE), side.strict)


def _positive(side: Side, sign: SignOf) -> bool:
    return sign(side.outside) is Sign.POSITIVE


def _short(expr: Expr) -> Expr:
    return min((expr, sp.cancel(expr)), key=lambda e: e.count_ops()) if expr.count_ops() < 60 else expr
