"""Relations and conditions: x ≤ t with the data first, 0 ≤ x ≤ 1 for two bounds of one thing, "or", "otherwise"."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import sympy as sp
from sympy import Expr

from . import building as make
from .mathematics import Maths, Row

if TYPE_CHECKING:
    from .writing import Writer

RELATIONS: Mapping[type, str] = MappingProxyType(
    {sp.Eq: "=", sp.Ne: "!=", sp.Lt: "<", sp.Le: "<=", sp.Gt: ">", sp.Ge: ">="}
)
_TURNED: Mapping[str, str] = MappingProxyType({"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="})

Triple = tuple[Expr, str, Expr]


def draw_condition(expr: Any, writer: Writer) -> Maths:
    """A relation, or relations joined by "and" and "or"."""
    if type(expr) in RELATIONS:
        left, relation, right = _facing(expr, writer)
        return make.chain(writer.write(left), relation, writer.write(right))
    if isinstance(expr, sp.And):
        return make.sequence(*_bounds(expr, writer))
    if isinstance(expr, sp.Or):
        return _either(sorted((draw_condition(part, writer) for part in expr.args), key=repr))
    return make.words("otherwise" if expr is sp.true else str(expr))


def _facing(expr: Any, writer: Writer) -> Triple:
    """The relation with the data on the left, where only one side has any."""
    left, right = expr.args
    relation = RELATIONS[type(expr)]
    has_data = writer.notation.roles.has_data
    if (has_data(right) and not has_data(left)) or (left.is_number and not right.is_number):
        return right, _TURNED[relation], left
    return left, relation, right


def _bounds(expr: Any, writer: Writer) -> list[Maths]:
    """The parts of a conjunction; a lower and an upper bound of the same thing make one chain."""
    triples = [_facing(part, writer) for part in expr.args if type(part) in RELATIONS]
    others = [draw_condition(part, writer) for part in expr.args if type(part) not in RELATIONS]
    drawn: list[Maths] = []
    for subject in dict.fromkeys(left for left, _, _ in triples):
        mine = [triple for triple in triples if triple[0] == subject]
        lower, upper = ([t for t in mine if t[1].startswith(sign)] for sign in "><")
        if len(mine) == 2 and lower and upper:
            below = writer.write(lower[0][2]), _TURNED[lower[0][1]]
            drawn.append(make.chain(*below, writer.write(subject), upper[0][1], writer.write(upper[0][2])))
        else:
            drawn += [make.chain(writer.write(left), relation, writer.write(right)) for left, relation, right in mine]
    return sorted([*drawn, *others], key=repr)


def _either(parts: list[Maths]) -> Maths:
    joined = [node for part in parts for node in (make.words(" or "), part)]
    return Row(tuple(joined[1:]))
