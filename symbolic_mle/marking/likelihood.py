"""The likelihood of a model at a sample, straight from its density: what claims and workings are held against.

Shares no step with a derivation. ``Height`` is log L in 30 digits, −∞ where an observation is outside the support or a
parameter outside its space; ``rough`` is the same in doubles, for searching.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import sympy as sp
from numpy.typing import NDArray
from sympy import Basic, Expr, Symbol

from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.algebra.numeric import ExactEvaluator, NotNumeric, compile_expression, compile_pointwise
from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.marking.evaluation import DIGITS
from symbolic_mle.records import Specification
from symbolic_mle.stages.likelihood import build_likelihood

Columns = dict[Symbol, NDArray[np.float64]]
Values = Mapping[Symbol, Any]
SLACK = 1e-11  # relative distance at which an observation counts as at the end of the support


@dataclass(frozen=True)
class ModelLikelihood:
    """The likelihood function of a model, compiled once."""

    model: Specification

    @cached_property
    def names(self) -> tuple[Symbol, ...]:
        return (*self.model.parameters, *self.model.known)

    @cached_property
    def log_density(self) -> Expr:
        return sp.log(self.model.density)

    @cached_property
    def score(self) -> dict[Symbol, Expr]:
        """∂ log f/∂θ for every parameter."""
        return {p: self.log_density.diff(p) for p in self.model.parameters}

    @cached_property
    def _rough(self) -> Callable[..., NDArray[np.float64]]:
        try:
            expanded = build_likelihood(self.model).log_density
            return compile_pointwise(expanded, self.names, self.model.observed)
        except NotNumeric:
            return compile_pointwise(self.log_density, self.names, self.model.observed)

    @cached_property
    def conditions(self) -> list[tuple[Expr, str]]:
        """What the support says, as expression > 0, ≥ 0, = 0 or ≠ 0 for every observation."""
        found: list[tuple[Expr, str]] = []
        for x, interval in self.model.support.intervals.items():
            found += _bounds(x, interval)
        return found + [_as_difference(r) for r in self.model.support.relations]

    @cached_property
    def restrictions(self) -> list[tuple[Expr, str]]:
        """What the parameter space says, in the same form."""
        found: list[tuple[Expr, str]] = []
        for p, interval in self.model.parameters.items():
            found += _bounds(p, interval)
        return found + [_as_difference(r) for r in self.model.restrictions]

    @cached_property
    def _compiled_conditions(self) -> list[tuple[Callable[..., NDArray[np.float64]], str]]:
        return [(compile_pointwise(e, self.names, self.model.observed), sign) for e, sign in self.conditions]

    @cached_property
    def _compiled_restrictions(self) -> list[tuple[Any, str]]:
        return [(compile_expression(e, self.names), sign) for e, sign in self.restrictions]

    def in_space(self, values: Values) -> bool:
        """Are the parameters inside their space, integers where they must be?"""
        numbers = {s: float(v) for s, v in values.items()}
        for p, interval in self.model.parameters.items():
            value = numbers[p]
            points = self.model.points.get(p)
            if interval.integer and abs(value - round(value)) > 1e-9:
                return False
            if points is not None and not any(abs(value - float(q)) <= SLACK * (1 + abs(value)) for q in points):
                return False
        scale = 1 + max((abs(v) for v in numbers.values()), default=0.0)
        return all(
            _satisfied(np.array(e(numbers, {})), sign, SLACK * min(scale, 1e3))
            for e, sign in self._compiled_restrictions
        )

    def in_support(self, values: Values, sample: Columns, slack: float = SLACK) -> bool:
        """Is every observation possible, up to rounding?"""
        numbers = {s: float(v) for s, v in values.items()}
        scale = 1e-300 + max((float(np.abs(c).max()) for c in sample.values()), default=0.0)
        if self.model.support.points is not None:
            points = np.array(
                [float(q.xreplace({s: sp.Float(v) for s, v in numbers.items()})) for q in self.model.support.points]
            )
            column = sample[self.model.variables[0]]
            if not all(np.abs(points - v).min() <= SLACK * (1 + abs(v)) for v in column):
                return False
        return all(_satisfied(e(numbers, sample), sign, slack * scale) for e, sign in self._compiled_conditions)

    def rough(self, sample: Columns, known: Values) -> Callable[[Mapping[Symbol, float]], float]:
        """θ → log L(θ) in doubles, −∞ where it is impossible."""
        function, constants = self._rough, {s: float(v) for s, v in known.items()}

        def height(point: Mapping[Symbol, float]) -> float:
            values = {**constants, **point}
            if not self.in_space(values) or not self.in_support(values, sample, 0.0):
                return -math.inf
            total = float(np.sum(function(values, sample)))
            return total if not math.isnan(total) else -math.inf

        return height

    def exact(self, sample: Columns) -> Height:
        """log L in 30 digits on this sample."""
        total = DataSum(self.log_density, self.model.observed)
        return Height(self, sample, ExactEvaluator.of(total, self.names, sample, self.model.size, DIGITS))


@dataclass(frozen=True)
class Height:
    """values → log L, with −∞ for a value that is impossible and nan where the density cannot be computed."""

    likelihood: ModelLikelihood
    sample: Columns
    evaluator: ExactEvaluator

    def __call__(self, values: Values) -> Any:
        if not self.likelihood.in_space(values) or not self.likelihood.in_support(values, self.sample):
            return self.evaluator.context.ninf
        return self.evaluator(values)


def _bounds(symbol: Symbol, interval: Interval) -> list[tuple[Expr, str]]:
    found = []
    if interval.lower != -sp.oo:
        found.append((symbol - interval.lower, ">=" if interval.closed_lower else ">"))
    if interval.upper != sp.oo:
        found.append((interval.upper - symbol, ">=" if interval.closed_upper else ">"))
    return found


def _as_difference(relation: Basic) -> tuple[Expr, str]:
    """a < b → (b − a, ">")."""
    if isinstance(relation, (sp.Lt, sp.Le)):
        return relation.rhs - relation.lhs, ">" if isinstance(relation, sp.Lt) else ">="
    if isinstance(relation, (sp.Gt, sp.Ge)):
        return relation.lhs - relation.rhs, ">" if isinstance(relation, sp.Gt) else ">="
    if isinstance(relation, (sp.Eq, sp.Ne)):
        return relation.lhs - relation.rhs, "=" if isinstance(relation, sp.Eq) else "!="
    return sp.Piecewise((sp.S.One, relation), (-sp.S.One, True)), ">"


def _satisfied(values: NDArray[np.float64], sign: str, slack: float) -> bool:
    if sign == ">":  # no slack: however small, a positive number is inside
        return bool(np.all(values > 0))
    if sign == ">=":
        return bool(np.all(values >= -slack))
    if sign == "=":
        return bool(np.all(np.abs(values) <= max(slack, 1e-9)))
    return bool(np.all(np.abs(values) > slack))
