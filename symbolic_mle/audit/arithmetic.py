"""The two arithmetics in which a step is tried: doubles, and a hundred digits where doubles do not agree.

Each belongs to one sample and answers two questions: what a line of the derivation is worth at given values, and what
the log-likelihood is there. The second is computed from the density alone, Σ log f(xᵢ), observation by observation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import mpmath
import numpy as np
import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.numeric import ExactEvaluator, NotNumeric, compile_pointwise
from symbolic_mle.algebra.numeric.floats import DOUBLES
from symbolic_mle.algebra.numeric.scope import Scope
from symbolic_mle.algebra.numeric.structure import WEIGHTS
from symbolic_mle.algebra.numeric.tape import Step as Operation
from symbolic_mle.algebra.numeric.tape import Tape
from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.audit.places import Sample, Values
from symbolic_mle.records import Specification

DIGITS = 100  # of which a limit may cancel most


class Arithmetic(Protocol):
    """Numbers with +, −, ·, / and order."""

    @property
    def reach(self) -> float:
        """The step of differences, as a share of the room that a parameter has."""

    @property
    def far(self) -> tuple[float, ...]:
        """Where a limit is looked for: these values, or their reciprocals away from the end."""

    @property
    def shrinks(self) -> float:
        """The share of the distance to a limit that may be left from one of them to the next."""

    def number(self, value: Any) -> Any:
        """A float as a number of this arithmetic."""

    def line(self, expr: Expr, values: Values) -> Any:
        """A line at these values; nan where it has none. Raises NotNumeric when it cannot be computed at all."""

    def log_likelihoods(self, points: Sequence[Values]) -> list[Any]:
        """Σ log f(xᵢ) at each point."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The lines of a derivation compiled together, subexpressions once, with the density."""

    model: Specification
    tape: Tape
    slots: Mapping[Expr, int]
    density: Callable[..., Any]
    arguments: tuple[Symbol, ...]

    @staticmethod
    def of(model: Specification, lines: Iterable[Expr]) -> Sheet:
        """Lines that cannot be computed are left out. Raises NotNumeric when the density cannot."""
        scope, arguments = Scope(DOUBLES, frozenset()), (*model.parameters, *model.known)
        for symbol in (*arguments, model.size):
            scope.memory[symbol] = scope.input()
        for name in (WEIGHTS, *model.observed):
            scope.memory["column", name] = scope.input()
        slots = {}
        for line in lines:
            try:
                slots[line] = scope.place(line)
            except NotNumeric:
                continue
        density = compile_pointwise(model.density, tuple(model.known), (*model.parameters, *model.observed))
        return Sheet(model, scope.finish(0), slots, density, arguments)


@dataclass(frozen=True, slots=True)
class Doubles:
    """A sheet on one sample: the sums that hold no parameter are computed once, the rest where it is asked for."""

    sheet: Sheet
    sample: Sample
    tape: Tape
    operations: Mapping[int, Operation]
    rows: dict[tuple[Any, ...], list[Any]] = field(default_factory=dict)
    reach: float = 0.02
    far: tuple[float, ...] = (10.0, 30.0, 100.0)
    shrinks: float = 0.5

    @staticmethod
    def of(sheet: Sheet, sample: Sample) -> Doubles:
        first = len(sheet.arguments)
        size = np.float64(len(next(iter(sample.values()))))
        tape = sheet.tape.given(dict(enumerate((size, None, *sample.values()), start=first)))
        return Doubles(sheet, sample, tape, {o.target: o for o in tape.steps})

    def number(self, value: Any) -> Any:
        return float(value)

    def line(self, expr: Expr, values: Values) -> Any:
        slot = self.sheet.slots.get(expr)
        if slot is None:
            raise NotNumeric(f"{expr} cannot be computed")
        point = tuple([values[s] for s in self.sheet.arguments])
        row = self.rows.get(point)
        if row is None:
            row = self.rows[point] = list(self.tape.template)
            for place, value in zip(self.tape.inputs, point, strict=True):
                row[place] = np.float64(value)
        return float(self._value(slot, row))

    def _value(self, slot: int, row: list[Any]) -> Any:
        operation = self.operations.get(slot)
        if row[slot] is None and operation is not None:
            row[slot] = operation.operation(*[self._value(i, row) for i in operation.operands])
        return row[slot]

    def log_likelihoods(self, points: Sequence[Values]) -> list[Any]:
        model, count = self.sheet.model, len(points)
        columns = {s: np.tile(column, count) for s, column in self.sample.items()}
        size = len(next(iter(columns.values()))) // count
        columns |= {p: np.repeat([float(v[p]) for v in points], size) for p in model.parameters}
        heights = np.log(self.sheet.density({s: points[0][s] for s in model.known}, columns))
        return [float(h) for h in heights.reshape(count, size).sum(axis=1)]


@dataclass(frozen=True, slots=True)
class Digits:
    """The same in a hundred digits, every line compiled when it is asked for."""

    model: Specification
    sample: Sample
    context: Any
    lines: dict[Expr, ExactEvaluator] = field(default_factory=dict)
    reach: float = 1e-6
    far: tuple[float, ...] = (1e3, 1e9, 1e27)
    shrinks: float = 0.9  # as of 1/log log

    @staticmethod
    def of(model: Specification, sample: Sample) -> Digits:
        context = mpmath.MPContext()
        context.dps = DIGITS
        return Digits(model, sample, context)

    def number(self, value: Any) -> Any:
        return value if isinstance(value, self.context.mpf) else self.context.mpf(repr(float(value)))

    def line(self, expr: Expr, values: Values) -> Any:
        if expr.is_infinite:
            return self.context.inf if expr.is_extended_positive else self.context.ninf
        if expr not in self.lines:
            arguments: tuple[Symbol, ...] = (*self.model.parameters, *self.model.known)
            self.lines[expr] = ExactEvaluator.of(expr, arguments, self.sample, self.model.size, DIGITS)
        # numbers of one context are handed to another as numbers of mpmath's own, which keeps every digit
        exact = {s: mpmath.mp.make_mpf(self.number(v)._mpf_) for s, v in values.items()}
        return self.context.make_mpf(self.lines[expr](exact)._mpf_)

    def log_likelihoods(self, points: Sequence[Values]) -> list[Any]:
        total = DataSum(sp.log(self.model.density), self.model.observed)
        return [self.line(total, values) for values in points]
