"""The value of a drawing: a maths tree read as arithmetic, by rules that know nothing of how it was made.

A drawing is right when its value is the value of the expression that was drawn.
"""

from __future__ import annotations

import cmath
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import mpmath
import sympy as sp

from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.exposition import mathematics as m
from symbolic_mle.render.text import inline

FUNCTIONS = {
    "log": mpmath.log,
    "exp": mpmath.exp,
    "sin": mpmath.sin,
    "cos": mpmath.cos,
    "erf": mpmath.erf,
    "max": max,
    "min": min,
    "sgn": mpmath.sign,
    "Γ": mpmath.gamma,
    "ψ": mpmath.digamma,
    "ψ′": lambda a: mpmath.psi(1, a),
    "ψ″": lambda a: mpmath.psi(2, a),
    "B": mpmath.beta,
    "I₀": lambda a: mpmath.besseli(0, a),
}
RELATIONS = {
    "=": lambda a, b: a == b,
    "<": lambda a, b: a.real < b.real,
    "<=": lambda a, b: a.real <= b.real,
    ">": lambda a, b: a.real > b.real,
    ">=": lambda a, b: a.real >= b.real,
    "!=": lambda a, b: a != b,
}


@dataclass(frozen=True)
class Reader:
    """Names have values, observations a sample each, and index letters a place in it."""

    values: Mapping[str, complex]
    sample: Mapping[str, Sequence[float]]
    places: Mapping[str, int] = field(default_factory=dict)

    def value(self, node: m.Maths) -> complex:
        return complex(getattr(self, type(node).__name__.lower())(node))

    def number(self, node: m.Number) -> complex:
        return complex(node.digits)

    def name(self, node: m.Name) -> complex:
        if isinstance(node.subscript, m.Name) and node.subscript.base in self.places:
            return self.sample[node.base][self.places[node.subscript.base]]
        if isinstance(node.subscript, m.Parentheses) and node.base in self.sample:
            rank = self.value(node.subscript.body).real
            return sorted(self.sample[node.base])[round(rank) - 1]
        if node.accent == "bar":
            data = self.sample[node.base]
            return sum(data) / len(data)
        return {"π": cmath.pi, "e": cmath.e}.get(inline(node)) or self.values[inline(node)]

    def sum(self, node: m.Sum) -> complex:
        return sum((-1 if term.negative else 1) * self.value(term.body) for term in node.terms)

    def product(self, node: m.Product) -> complex:
        result: complex = 1
        for factor in node.factors:
            result *= self.value(factor)
        return result

    def fraction(self, node: m.Fraction) -> complex:
        return self.value(node.numerator) / self.value(node.denominator)

    def power(self, node: m.Power) -> complex:
        return self.value(node.base) ** self.value(node.exponent)

    def root(self, node: m.Root) -> complex:
        return cmath.sqrt(self.value(node.body))

    def parentheses(self, node: m.Parentheses) -> complex:
        return self.value(node.body)

    def absolute(self, node: m.Absolute) -> complex:
        return abs(self.value(node.body))

    def factorial(self, node: m.Factorial) -> complex:
        return mpmath.factorial(self.value(node.body))

    def binomial(self, node: m.Binomial) -> complex:
        return mpmath.binomial(self.value(node.top), self.value(node.bottom))

    def call(self, node: m.Call) -> complex:
        if isinstance(node.function, m.Name) and node.function.base in ("max", "min"):
            letter, size = inline(node.function.subscript), len(next(iter(self.sample.values())))
            inner = [Reader(self.values, self.sample, {**self.places, letter: place}) for place in range(size)]
            return FUNCTIONS[node.function.base](reader.value(node.arguments[0]).real for reader in inner)
        arguments = [self.value(argument) for argument in node.arguments]
        real = [argument.real if argument.imag == 0 else argument for argument in arguments]
        return FUNCTIONS[inline(node.function)](*real)

    def big(self, node: m.Big) -> complex:
        letter = inline(node.index)
        size = len(next(iter(self.sample.values())))
        inner = [Reader(self.values, self.sample, {**self.places, letter: place}) for place in range(size)]
        values = [reader.value(node.body) for reader in inner]
        if node.operator == "sum":
            return sum(values)
        result: complex = 1
        for value in values:
            result *= value
        return result

    def row(self, node: m.Row) -> complex:
        """#{condition}: how many observations satisfy it."""
        hash_sign, condition = node.items
        assert hash_sign == m.Operator("#") and isinstance(condition, m.Parentheses)
        size = len(next(iter(self.sample.values())))
        return sum(Reader(self.values, self.sample, {"i": place}).value(condition.body) for place in range(size))

    def chain(self, node: m.Chain) -> complex:
        left, holds = self.value(node.first), True
        for relation, item in node.links:
            right = self.value(item)
            holds, left = holds and RELATIONS[relation](left, right), right
        return holds

    def indicator(self, node: m.Indicator) -> complex:
        return self.value(node.body)

    def cases(self, node: m.Cases) -> complex:
        for value, condition in node.rows:
            if isinstance(condition, m.Words) or self.value(condition):
                return self.value(value)
        raise ValueError("no case applies")


def expected(expr: sp.Expr, values: Mapping[sp.Symbol, float], sample: Mapping[sp.Symbol, Sequence[float]]) -> complex:
    """The value of an expression by substitution alone, sums over the sample written out."""
    return complex(_written_out(expr, sample).subs(values).evalf())


def _written_out(expr: sp.Expr, sample: Mapping[sp.Symbol, Sequence[float]]) -> sp.Expr:
    if isinstance(expr, DataSum):
        inner = _written_out(expr.summand, sample)
        rows = zip(*(sample[v] for v in expr.variables), strict=True)
        return sp.Add(*(inner.xreplace(dict(zip(expr.variables, map(sp.sympify, row), strict=True))) for row in rows))
    if not expr.args:
        return expr
    return expr.func(*(_written_out(argument, sample) for argument in expr.args))
