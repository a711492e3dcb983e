"""Syntax tree → SymPy, the half with values: every node has one meaning, and no text reaches SymPy's own readers.

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

from symbolic_mle.reading.bounds import Bounds, estimate
from symbolic_mle.reading.effort import Effort
from symbolic_mle.reading.functions import CONSTANTS, FUNCTIONS
from symbolic_mle.reading.refusal import quote, refusal
from symbolic_mle.reading.syntax import (
    CONDITIONS,
    Call,
    Cases,
    Constant,
    Name,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Sum,
    Summation,
)

MAX_SUMMANDS = 100
MAX_VISITS = 40_000  # nodes given a meaning, which only a sum can multiply


class Values:
    """The values of the trees of one text under one name table."""

    def __init__(self, text: str, names: Mapping[str, Symbol]) -> None:
        self.text = text
        self.names: dict[str, Expr] = dict(names)
        self.bounds = Bounds()
        self.effort = Effort()
        self.summands = self.visits = 0

    def condition(self, node: Node) -> Boolean:
        """What must hold for a case."""
        raise NotImplementedError

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
        self.within(node, self.bounds.sum(terms))
        return self.real(node, sp.Add(*terms, **self.options(node)))

    def product(self, node: Product) -> Expr:
        factors = [self.finite(factor) for factor in node.numerator]
        for factor in node.denominator:
            factors += self.reciprocals(factor)
        return self.real(node, sp.Mul(*factors, **self.options(node)))

    def reciprocals(self, node: Node) -> list[Expr]:
        """1/(a b) as 1/a and 1/b, so that 1/(2 (x + y)) keeps its form."""
        if not isinstance(node, Product):
            return [self.reciprocal(node)]
        below = [reciprocal for factor in node.numerator for reciprocal in self.reciprocals(factor)]
        return below + [self.finite(factor) for factor in node.denominator]

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
        if base.is_number and exponent.is_number and not exponent.is_integer and estimate(base) < 0:
            raise self.refuse(
                node, f"{self.shown(node)} is not a real number", advice="write -(8^(1/3)) for a real root"
            )
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


def raised(base: Expr, exponent: Expr, options: Mapping[str, Any]) -> Expr:
    """base^exponent. A symbolic sum is never changed by a power, so SymPy need not ask for its sign."""
    if base is sp.E:
        return sp.exp(exponent, **options)
    if base.is_Add and base.free_symbols and exponent not in (0, 1):
        return sp.Pow(base, exponent, evaluate=False)
    return sp.Pow(base, exponent, **options)


_VALUES: Mapping[type, Callable[[Values, Any], Expr]] = MappingProxyType(
    {
        Number: Values.number,
        Name: Values.name,
        Constant: Values.constant,
        Negative: Values.negative,
        Sum: Values.sum,
        Product: Values.product,
        Power: Values.power,
        Call: Values.call,
        Cases: Values.cases,
        Summation: Values.summation,
    }
)
