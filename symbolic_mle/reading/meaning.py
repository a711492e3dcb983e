"""Syntax tree → SymPy: every node has one meaning, and no text reaches SymPy's own readers.

Numbers are exact. What has no value (1/0, log 0), is not real (√−1) or is too large to compute is refused at its place
in the text. The only functions are those of ``functions.FUNCTIONS``, the only names those of the table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import sympy as sp
from sympy import Expr, Symbol
from sympy.logic.boolalg import Boolean

from symbolic_mle.reading.bounds import Bounds
from symbolic_mle.reading.effort import Effort
from symbolic_mle.reading.functions import CONSTANTS, FUNCTIONS
from symbolic_mle.reading.refusal import quote, refusal
from symbolic_mle.reading.syntax import (
    CONDITIONS,
    Call,
    Cases,
    Collection,
    Comparison,
    Constant,
    Ellipsis,
    Kind,
    Logic,
    Membership,
    Name,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Range,
    Subject,
    Sum,
    Summation,
    Truth,
)

MAX_SUMMANDS = 100
MAX_VISITS = 40_000  # nodes given a meaning, which only a sum can multiply
MAX_RELATIONS = 200

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


class Meaning:
    """The meaning of the trees of one text under one name table; ``subject`` is what ">= 1" is about."""

    def __init__(self, text: str, names: Mapping[str, Symbol], subject: Symbol | None = None) -> None:
        self.text = text
        self.names: dict[str, Expr] = dict(names)
        self.subject = subject
        self.bounds = Bounds()
        self.effort = Effort()
        self.summands = self.visits = self.related = 0

    def refuse(self, node: Node, problem: str, expected: str = "", advice: str = "") -> Exception:
        return refusal(self.text, node.start, problem, expected, advice)

    def shown(self, node: Node) -> str:
        return quote(self.text, node.start, node.end)

    def value(self, node: Node) -> Expr:
        """The expression that a node means."""
        self.visits += 1
        meaning = _VALUES.get(type(node))
        if meaning is None:
            kind = "a condition" if isinstance(node, CONDITIONS) else "no expression"
            raise self.refuse(node, f"{self.shown(node)} is {kind}", "an expression with a value")
        return meaning(self, node)

    def real(self, node: Node, result: Expr, problem: str = "") -> Expr:
        """The result, unless it is undefined, infinite or not real."""
        if result is sp.zoo or result is sp.nan or result in (sp.oo, -sp.oo):
            raise self.refuse(node, problem or f"{self.shown(node)} has no finite value")
        if not isinstance(result, Expr) or result is sp.I or (result.is_number and result.has(sp.I)):
            raise self.refuse(node, f"{self.shown(node)} is not a real number")
        return result

    def finite(self, node: Node) -> Expr:
        """The value of an operand; ∞ can stand only at the end of an interval or a relation."""
        value = self.value(node)
        if value in (sp.oo, -sp.oo):
            raise self.refuse(node, "∞ inside an expression", advice="∞ can only be an end of an interval")
        return value

    def within(self, node: Node, problem: str | None) -> None:
        if problem:
            raise self.refuse(
                node, f"{self.shown(node)}: {problem}", advice="write a smaller number or leave it as a name"
            )

    def options(self, node: Node) -> dict[str, Any]:
        """``evaluate=False`` for a node that would take SymPy too long."""
        return {} if self.effort.eager(node) else {"evaluate": False}

    # Arithmetic.

    def number(self, node: Number) -> Expr:
        return sp.Rational(node.digits)

    def name(self, node: Name) -> Expr:
        return self.names[node.name]

    def constant(self, node: Constant) -> Expr:
        return CONSTANTS[node.name]

    def negative(self, node: Negative) -> Expr:
        return sp.Mul(sp.S.NegativeOne, self.value(node.operand), **self.options(node))

    def sum(self, node: Sum) -> Expr:
        terms = [self.finite(term) for term in node.terms]
        return self.real(node, sp.Add(*terms, **self.options(node)))

    def product(self, node: Product) -> Expr:
        above = [self.finite(factor) for factor in node.numerator]
        below = [self.reciprocal(factor) for factor in node.denominator]
        return self.real(node, sp.Mul(*above, *below, **self.options(node)))

    def reciprocal(self, node: Node) -> Expr:
        value = self.finite(node)
        if value.is_Rational and value == 0:
            raise self.refuse(node, "division by zero")
        return self.real(node, raised(value, sp.S.NegativeOne, self.options(node)), "division by zero")

    def power(self, node: Power) -> Expr:
        base, exponent = self.finite(node.base), self.finite(node.exponent)
        if base == 0 and exponent.is_negative:
            raise self.refuse(node, "division by zero: a negative power of 0")
        self.within(node, self.bounds.power(base, exponent))
        return self.real(node, raised(base, exponent, self.options(node)))

    def call(self, node: Call) -> Expr:
        arguments = [self.finite(argument) for argument in node.arguments]
        self.within(node, self.bounds.call(node.function, arguments))
        try:
            result = FUNCTIONS[node.function].build(*arguments, **self.options(node))
        except (ValueError, TypeError, NotImplementedError) as error:
            raise self.refuse(node, f"{self.shown(node)} has no value ({error})") from error
        return self.real(node, result)

    def cases(self, node: Cases) -> Expr:
        """Unevaluated, for SymPy would solve the conditions. Cases that no point reaches are left out."""
        rows: list[tuple[Expr, Any]] = []
        for value_node, condition_node in node.rows:
            value = self.finite(value_node)
            condition = sp.true if condition_node is None else self.condition(condition_node)
            if condition is not sp.false:
                rows.append((value, condition))
            if condition is sp.true:
                break
        if not rows:
            raise self.refuse(node, "no case can hold")
        return rows[0][0] if rows[0][1] is sp.true else sp.Piecewise(*rows, evaluate=False)

    def summation(self, node: Summation) -> Expr:
        """The sum written out, for limits that are small integers."""
        low, high = self.value(node.low), self.value(node.high)
        if not (low.is_Integer and high.is_Integer):
            raise self.refuse(
                node, "a sum whose limits are not numbers", "integer limits, as in (i, 1, 5)", "write the sum out"
            )
        self.summands += max(0, int(high - low) + 1) if high - low < MAX_SUMMANDS else MAX_SUMMANDS + 1
        if self.summands > MAX_SUMMANDS:
            raise self.refuse(node, f"a sum of more than {MAX_SUMMANDS} terms", f"at most {MAX_SUMMANDS} terms in all")
        before = self.names
        terms = []
        for index in range(int(low), int(high) + 1):
            self.names = before | {node.index: sp.Integer(index)}
            terms.append(self.finite(node.body))
            if self.visits > MAX_VISITS:
                raise self.refuse(node, "a sum that is too long to write out", "a shorter sum")
        self.names = before
        return self.real(node, sp.Add(*terms))

    # Conditions.

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


def raised(base: Expr, exponent: Expr, options: Mapping[str, Any]) -> Expr:
    """base^exponent. A symbolic sum is never changed by a power, so SymPy need not ask for its sign."""
    if base is sp.E:
        return sp.exp(exponent, **options)
    if base.is_Add and base.free_symbols and exponent not in (0, 1):
        return sp.Pow(base, exponent, evaluate=False)
    return sp.Pow(base, exponent, **options)


_VALUES: Mapping[type, Callable[[Meaning, Any], Expr]] = MappingProxyType(
    {
        Number: Meaning.number,
        Name: Meaning.name,
        Constant: Meaning.constant,
        Negative: Meaning.negative,
        Sum: Meaning.sum,
        Product: Meaning.product,
        Power: Meaning.power,
        Call: Meaning.call,
        Cases: Meaning.cases,
        Summation: Meaning.summation,
    }
)
