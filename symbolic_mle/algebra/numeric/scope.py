"""SymPy tree → tape. A scope is a tape under construction; the body of a sum over the sample is a scope of its own.

What does not depend on the observation is computed outside of the sum, once, and handed to its body as an input.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.numeric.tape import NotNumeric, Operation, Step, Tape

Handler = Callable[["Scope", Any], int]


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """What numbers are: how to make one, functions on them, classes that take more than a function, Σ over columns."""

    number: Callable[[Expr], Any]
    functions: Mapping[type, Operation]
    handlers: Mapping[type, Handler]
    total: Callable[[Tape, int], Operation]
    ordered: Callable[[Tape, int], Operation]  # the same operands after the rank → the rank-th smallest
    derivative: Callable[[type, int, int], Operation | None]
    """(class of F, position of the argument, order) → the derivative of F as a function of all arguments."""


@dataclass(slots=True)
class Scope:
    """A tape being written. ``own`` are the symbols that belong to it; the others are asked from ``outer``.

    A ``lazy`` scope is a tape that is run only when it is needed: it takes nothing but symbols from outside.
    """

    arithmetic: Arithmetic
    own: frozenset[Symbol]
    outer: Scope | None = None
    lazy: bool = False
    template: list[Any] = field(default_factory=list)
    inputs: list[int] = field(default_factory=list)
    captured: list[int] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    memory: dict[Any, int] = field(default_factory=dict)

    def place(self, expr: Expr) -> int:
        """The slot that holds the value of the expression."""
        slot = self.memory.get(expr)
        if slot is None:
            slot = self._capture(expr) if self._is_foreign(expr) else self._compile(expr)
            self.memory[expr] = slot
        return slot

    def _is_foreign(self, expr: Expr) -> bool:
        if self.outer is None or not expr.args and not isinstance(expr, Symbol):
            return False
        if self.lazy:
            return isinstance(expr, Symbol) and expr not in self.own
        return self.own.isdisjoint(expr.free_symbols)

    def _capture(self, expr: Expr) -> int:
        assert self.outer is not None
        self.captured.append(self.outer.place(expr))
        return self.input()

    def column(self, symbol: Any) -> int:
        """The slot of the sample's column of this name."""
        key = ("column", symbol)
        if key not in self.memory:
            if self.outer is None:
                raise NotNumeric(f"a sum over {symbol}, which is not among the variables of the sample")
            self.captured.append(self.outer.column(symbol))
            self.memory[key] = self.input()
        return self.memory[key]

    def _compile(self, expr: Expr) -> int:
        if isinstance(expr, Symbol):
            raise NotNumeric(f"no value is given for the symbol {expr}")
        for kind in type(expr).__mro__:
            if (handler := self.arithmetic.handlers.get(kind)) is not None:
                return handler(self, expr)
            if (operation := self.arithmetic.functions.get(kind)) is not None:
                return self.emit(operation, *map(self.place, expr.args))
        raise NotNumeric(f"{type(expr).__name__} has no numerical meaning here, in {expr}")

    def input(self) -> int:
        slot = self._new(None)
        self.inputs.append(slot)
        return slot

    def constant(self, value: Any) -> int:
        return self._new(value)

    def number(self, expr: Any) -> int:
        return self.constant(self.arithmetic.number(sp.sympify(expr)))

    def emit(self, operation: Operation, *operands: int) -> int:
        slot = self._new(None)
        self.steps.append(Step(slot, operation, operands))
        return slot

    def _new(self, value: Any) -> int:
        self.template.append(value)
        return len(self.template) - 1

    def inner(self, own: Iterable[Symbol], lazy: bool = False) -> Scope:
        return Scope(self.arithmetic, frozenset(own), self, lazy)

    def finish(self, result: int) -> Tape:
        return Tape(tuple(self.template), tuple(self.inputs), tuple(self.steps), result)
