"""The syntax tree of a function of the sample → a number at a sample and at values of its names, with 30 digits.

Nothing is rewritten, so no rewriting can be wrong: x̄ and Σxᵢ/n are the same because their values are. What has no value at
the point (1/0, log 0, an order statistic that the sample lacks) raises ``NoValueError``; so does what is too large to compute.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import mpmath

from symbolic_mle.marking.functions import AGGREGATES, HUGE, NoValueError, apply, compare
from symbolic_mle.reading import syntax
from symbolic_mle.reading.syntax import Node

DIGITS = 30
MAX_VISITS = 300_000
SECONDS = 1.5  # of the clock of the thread, for one value

Number = Any  # of mpmath, real or complex


@dataclass(frozen=True, slots=True)
class Definition:
    """A name that stands for an expression; with an index, for one value an observation."""

    body: Node
    index: str = ""


@dataclass(frozen=True)
class Point:
    """A sample and values of all names. ``definitions`` are names that the text has introduced."""

    context: Any
    sample: Mapping[str, tuple[Number, ...]]
    values: Mapping[str, Number]
    definitions: Mapping[str, Definition] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return len(next(iter(self.sample.values())))

    def at(self, values: Mapping[str, Number]) -> Point:
        """The point with some values replaced."""
        return Point(self.context, self.sample, {**self.values, **values}, self.definitions)


def evaluate(node: Node, point: Point) -> Number:
    """The value of the tree at the point; ``NoValueError`` where it has none or is not real."""
    try:
        value = _Evaluation(point).value(node)
    except (ValueError, ArithmeticError, NotImplementedError, mpmath.libmp.NoConvergence, RecursionError) as error:
        raise NoValueError(str(error)) from None
    if value.imag != 0 and abs(value.imag) > 1e-20 * abs(value):
        raise NoValueError("not a real number")
    return value.real


def holds(node: Node, point: Point) -> bool:
    """Whether a condition holds at the point."""
    try:
        return _Evaluation(point).condition(node)
    except (ValueError, ArithmeticError, NotImplementedError, mpmath.libmp.NoConvergence, RecursionError) as error:
        raise NoValueError(str(error)) from None


class _Evaluation:
    """One walk over a tree: the places of the bound indices, and the work that is left."""

    def __init__(self, point: Point) -> None:
        self.point = point
        self.context = point.context
        self.places: dict[str, int] = {}
        self.visits = 0
        self.end = time.thread_time() + SECONDS

    def value(self, node: Node) -> Number:
        self.visits += 1
        if self.visits > MAX_VISITS or (self.visits % 64 == 0 and time.thread_time() > self.end):
            raise NoValueError("too long to compute")
        meaning = _MEANINGS.get(type(node))
        if meaning is None:
            raise NoValueError("not a number")
        value = meaning(self, node)
        return self.checked(value)

    def checked(self, value: Number) -> Number:
        if not self.context.isfinite(value) or (value != 0 and self.context.mag(value) > HUGE):
            raise NoValueError("not finite")
        return value

    # Leaves.

    def number(self, node: syntax.Number) -> Number:
        top, _, bottom = node.digits.partition("/")
        return self.context.mpf(top) / self.context.mpf(bottom or 1)

    def constant(self, node: syntax.Constant) -> Number:
        named = {"pi": self.context.pi, "EulerGamma": self.context.euler, "e": self.context.e, "E": self.context.e}
        if node.name not in named:
            raise NoValueError("infinite")
        return +named[node.name]

    def name(self, node: syntax.Name) -> Number:
        if node.name in self.point.definitions:
            return self.defined(node.name, "")
        if node.name in self.point.sample:
            return self.observed(node.name, "")
        if node.name not in self.point.values:
            raise NoValueError(f"no value for {node.name}")
        return self.point.values[node.name]

    def element(self, node: syntax.Element) -> Number:
        if node.name in self.point.definitions:
            return self.defined(node.name, node.index)
        return self.observed(node.name, node.index)

    def place(self, index: str) -> int:
        if index in self.places:
            return self.places[index]
        place = self.point.size if index == "n" else int(index) if index.isdigit() else 0
        if not 1 <= place <= self.point.size:
            raise NoValueError(f"no observation {index}")
        return place - 1

    def observed(self, name: str, index: str) -> Number:
        return self.point.sample[name][self.place(index)]

    def defined(self, name: str, index: str) -> Number:
        definition = self.point.definitions[name]
        if not definition.index:
            return self.value(definition.body)
        before = self.places
        self.places = {**before, definition.index: self.place(index)}
        value = self.value(definition.body)
        self.places = before
        return value

    def order_statistic(self, node: syntax.OrderStatistic) -> Number:
        values = sorted(self.column(syntax.Element(0, 0, node.name, "*"), "*"))
        rank = len(values) if node.rank == "n" else int(node.rank)
        if not 1 <= rank <= len(values):
            raise NoValueError("no such order statistic")
        return values[rank - 1]

    def ranked(self, node: syntax.Ranked) -> Number:
        values = sorted(self.column(node.body, node.index), key=lambda v: v.real)
        rank = self.value(node.rank)
        if rank != int(rank) or not 1 <= rank <= len(values):
            raise NoValueError("no such order statistic")
        return values[int(rank) - 1]

    # Arithmetic.

    def negative(self, node: syntax.Negative) -> Number:
        return -self.value(node.operand)

    def sum(self, node: syntax.Sum) -> Number:
        return self.context.fsum(self.value(term) for term in node.terms)

    def product(self, node: syntax.Product) -> Number:
        value = self.context.fprod(self.value(factor) for factor in node.numerator)
        for factor in node.denominator:
            value = value / self.value(factor)
        return value

    def power(self, node: syntax.Power) -> Number:
        base, exponent = self.value(node.base), self.value(node.exponent)
        if base != 0 and abs(exponent) * (abs(self.context.mag(base)) + 1) > HUGE:
            raise NoValueError("too large")
        if base == 0 and exponent == 0:
            return self.context.mpf(1)
        return self.context.power(base, exponent)

    def call(self, node: syntax.Call) -> Number:
        arguments = [self.value(argument) for argument in node.arguments]
        return apply(self.context, node.function, arguments)

    def cases(self, node: syntax.Cases) -> Number:
        for value, condition in node.rows:
            if condition is None or self.condition(condition):
                return self.value(value)
        raise NoValueError("no case applies")

    # The sample.

    def aggregate(self, node: syntax.Aggregate) -> Number:
        column = self.column(node.body, node.index)
        return AGGREGATES[node.kind](self.context, column)

    def column(self, body: Node, index: str) -> list[Number]:
        """The values of the body at every observation."""
        before, found = self.places, []
        for place in range(self.point.size):
            self.places = {**before, index: place, "": place} if index != "*" else {**before, "*": place}
            found.append(self.value(body))
        self.places = before
        return found

    # Conditions.

    def condition(self, node: Node) -> bool:
        if isinstance(node, syntax.Truth):
            return node.holds
        if isinstance(node, syntax.Logic):
            if node.word == "not":
                return not self.condition(node.operands[0])
            return (all if node.word == "and" else any)(self.condition(operand) for operand in node.operands)
        if isinstance(node, syntax.Comparison):
            values = [self.end_value(operand) for operand in node.operands]
            return all(
                compare(left, sign, right) for left, sign, right in zip(values, node.signs, values[1:], strict=False)
            )
        raise NoValueError("not a condition")

    def end_value(self, node: Node) -> Number:
        return self.context.inf if isinstance(node, syntax.Constant) and node.name == "oo" else self.value(node)


_MEANINGS: Mapping[type, Callable[[_Evaluation, Any], Number]] = MappingProxyType(
    {
        syntax.Number: _Evaluation.number,
        syntax.Constant: _Evaluation.constant,
        syntax.Name: _Evaluation.name,
        syntax.Element: _Evaluation.element,
        syntax.OrderStatistic: _Evaluation.order_statistic,
        syntax.Negative: _Evaluation.negative,
        syntax.Sum: _Evaluation.sum,
        syntax.Product: _Evaluation.product,
        syntax.Power: _Evaluation.power,
        syntax.Call: _Evaluation.call,
        syntax.Cases: _Evaluation.cases,
        syntax.Aggregate: _Evaluation.aggregate,
        syntax.Ranked: _Evaluation.ranked,
    }
)
