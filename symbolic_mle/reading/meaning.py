"""Syntax tree → SymPy, the half with conditions: relations, chains, sets and intervals.

All names stand for real numbers, so x < ∞ says nothing and is left out. A relation that the symbols' assumptions decide
is true or false.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import sympy as sp
from sympy import Expr, Symbol
from sympy.logic.boolalg import Boolean

from symbolic_mle.reading.syntax import (
    Collection,
    Comparison,
    Ellipsis,
    Kind,
    Logic,
    Membership,
    Node,
    Range,
    Subject,
    Truth,
)
from symbolic_mle.reading.values import Values

MAX_RELATIONS = 100

_RELATIONS: MappingProxyType[str, Callable[..., Boolean]] = MappingProxyType(
    {
        "<": sp.StrictLessThan,
        "<=": sp.LessThan,
        ">": sp.StrictGreaterThan,
        ">=": sp.GreaterThan,
        "=": sp.Eq,
        "!=": sp.Ne,
    }
)


class Meaning(Values):
    """The meaning of the trees of one text under one name table; ``subject`` is what ">= 1" is about."""

    def __init__(self, text: str, names: Mapping[str, Symbol], subject: Symbol | None = None) -> None:
        super().__init__(text, names)
        self.subject = subject
        self.related = 0

    def condition(self, node: Node) -> Boolean:
        """What must hold, as one condition."""
        if isinstance(node, Logic) and node.word == "or":
            return sp.Or(*(self.condition(operand) for operand in node.operands))
        if isinstance(node, Logic) and node.word == "not":
            return sp.Not(self.condition(node.operands[0]))
        found = self.relations(node)
        return found[0] if len(found) == 1 else sp.And(*found)

    def relations(self, node: Node) -> list[Boolean]:
        """What must hold, a relation each. What holds for all real numbers, x < ∞, is left out."""
        if isinstance(node, Truth):
            return [sp.true if node.holds else sp.false]
        if isinstance(node, Comparison):
            return self.chain(node)
        if isinstance(node, Membership):
            return self.membership(node)
        if isinstance(node, Logic):
            if node.word == "and":
                return [relation for operand in node.operands for relation in self.relations(operand)]
            return [self.condition(node)]
        raise self.refuse(
            node, f"{self.shown(node)} is not a relation", "a relation such as x > 0, 0 < x < 1 or x != 0"
        )

    def chain(self, node: Comparison) -> list[Boolean]:
        values = [self.end(operand) for operand in node.operands]
        evaluate = self.effort.eager(node)
        found: list[Boolean] = []
        for left, sign, right in zip(values, node.signs, values[1:], strict=False):
            found += self.relation(node, left, sign, right, evaluate)
        return found

    def end(self, node: Node) -> Expr:
        """One side of a relation: an expression, ±∞, or the subject that the text leaves out."""
        if not isinstance(node, Subject):
            return self.value(node)
        if self.subject is None:
            raise self.refuse(node, "a relation about nothing", "a name before it, as in x > 0")
        return self.subject

    def relation(self, node: Node, left: Expr, sign: str, right: Expr, evaluate: bool = True) -> list[Boolean]:
        low, high = (left, right) if sign in ("<", "<=") else (right, left)
        if sign not in ("=", "!=") and (low is -sp.oo or high is sp.oo):
            return []
        if not {left, right}.isdisjoint((sp.oo, -sp.oo)):
            raise self.refuse(node, f"{self.shown(node)} holds for no real number")
        self.related += 1
        if self.related > MAX_RELATIONS:
            raise self.refuse(node, f"more than {MAX_RELATIONS} relations", advice="describe the set by its ends")
        self.within(node, self.bounds.relation(left, right))
        return [_RELATIONS[sign](left, right) if evaluate else _RELATIONS[sign](left, right, evaluate=False)]

    def equation(self, element: Expr, item: Node) -> Boolean:
        return self.relation(item, element, "=", self.finite(item))[0]

    def membership(self, node: Membership) -> list[Boolean]:
        """x ∈ [a, b), x ∈ {a, b} or x real as relations."""
        element, collection = self.end(node.element), node.collection
        if isinstance(collection, Range):
            below, above = ("<=" if closed else "<" for closed in (collection.closed_low, collection.closed_high))
            low, high = self.end(collection.low), self.end(collection.high)
            return self.relation(node, low, below, element) + self.relation(node, element, above, high)
        if isinstance(collection, Collection):
            if any(isinstance(item, Ellipsis) for item in collection.items):
                raise self.refuse(collection, "a set with dots", "the description of a support or a space")
            return [sp.Or(*(self.equation(element, item) for item in collection.items))]
        assert isinstance(collection, Kind)
        if collection.word == "integer":
            raise self.refuse(node, "'integer' is not a relation", "the description of a support or a space")
        sign = {"real": "", "positive": ">", "nonnegative": ">=", "negative": "<"}[collection.word]
        return self.relation(node, element, sign, sp.S.Zero) if sign else []
