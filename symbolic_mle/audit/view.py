"""What a test sees of a derivation at one place, in one arithmetic: the lines, and the likelihood that they speak of.

The log-likelihood of a stage is Σ log f(xᵢ) with the parameters eliminated so far put in, each at its root; its
derivatives are differences of it. None of it is taken from a line that claims to be a log-likelihood or a derivative.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.numeric import NotNumeric
from symbolic_mle.audit.arithmetic import Arithmetic
from symbolic_mle.audit.places import Place, Values, ends, is_inside, satisfies
from symbolic_mle.records import Specification, Step

# f′ ≈ Σ wₖ f(v + kh) / 60h and f″ ≈ Σ wₖ f(v + kh) / 180h², k = −3 … 3, with errors like h⁶ (Fornberg 1988, Table 1)
SLOPE = (-1, 9, -45, 0, 45, -9, 1)
BEND = (2, -27, 270, -490, 270, -27, 2)

ASIDE = 0.02  # how far from a root its two sides are looked at, as a share of the room


@dataclass(frozen=True, slots=True)
class Course:
    """The steps in their stages: which parameter each stage is about, and the root that eliminates it."""

    model: Specification
    steps: tuple[Step, ...]
    parameters: Mapping[int, Symbol]
    roots: Mapping[int, Expr]

    @staticmethod
    def of(steps: tuple[Step, ...], model: Specification) -> Course:
        at_work = [s for s in steps if s.part in ("equation", "shape", "profile") and s.parameter is not None]
        roots = {s.stage: s.right for s in at_work if s.part == "equation" and s.left == s.parameter}
        return Course(model, steps, {s.stage: s.parameter for s in at_work if s.parameter is not None}, roots)

    def equation_before(self, step: Step) -> Step | None:
        """The line of the same chain of equations that this one follows from."""
        index = next(k for k, s in enumerate(self.steps) if s is step)
        before = self.steps[index - 1] if index else None
        if before is None or before.part != "equation" or before.stage != step.stage:
            return None
        return before

    def shape_of(self, stage: int) -> Step | None:
        """The line that says which function decreases."""
        return next((s for s in self.steps if s.rule == "decreasing" and s.stage == stage), None)

    def is_last_equation(self, step: Step) -> bool:
        chain = [s for s in self.steps if s.part == "equation" and s.stage == step.stage]
        return bool(chain) and chain[-1] is step


@dataclass(frozen=True, slots=True)
class View:
    """A course at a place, in an arithmetic. Numbers are floats or mpfs; nan is what could not be computed."""

    course: Course
    place: Place
    arithmetic: Arithmetic
    heights: dict[Any, list[Any]] = field(default_factory=dict)

    @property
    def points(self) -> tuple[Values, ...]:
        """Every choice of the parameters here; the known constants are the same in all."""
        return (self.place.values, *self.place.others)

    def line(self, expr: Expr, values: Values) -> Any:
        return self.arithmetic.line(expr, values)

    def difference(self, step: Step, values: Values) -> Any:
        """left − right of an equation."""
        left = self.line(step.left, values) if step.left is not None else 0
        return left - self.line(step.right, values)

    def filled(self, stage: int, values: Values) -> Values:
        """The values with the parameters eliminated before the stage at their roots, the last one first."""
        found = dict(values)
        for earlier in range(stage - 1, -1, -1):
            if earlier not in self.course.roots:
                raise NotNumeric(f"stage {earlier} has no root")
            found[self.course.parameters[earlier]] = self.line(self.course.roots[earlier], found)
        return found

    def height(self, stage: int, values: Values) -> Any:
        """The log-likelihood of a stage."""
        key = (stage, *values.values())
        if key not in self.heights:
            self.heights[key] = self.arithmetic.log_likelihoods([self.filled(stage, values)])
        return self.heights[key][0]

    def is_possible(self, values: Values) -> bool:
        """Do these values of the parameters allow every observation of the place?"""
        support = self.course.model.support
        numbers = {s: float(v) for s, v in values.items()}
        columns = self.place.sample
        rows = (
            {**numbers, **{s: float(c[k]) for s, c in columns.items()}}
            for k in range(len(next(iter(columns.values()))))
        )
        return all(
            all(is_inside(row[x], interval, row) for x, interval in support.intervals.items())
            and all(satisfies(r, row) for r in support.relations)
            for row in rows
        )

    def slope(self, stage: int, parameter: Symbol | None, values: Values, order: int = 1) -> Any:
        """Its first or second derivative in a parameter."""
        number = self.arithmetic.number
        h = number(self.arithmetic.reach) * self.room(parameter, values)
        if not h > 0:
            return number(math.nan)
        weights, scale = (SLOPE, 60 * h) if order == 1 else (BEND, 180 * h * h)
        heights = self._stencil(stage, parameter, values, h)
        return sum((w * v for w, v in zip(weights, heights, strict=True)), start=number(0)) / scale

    def _stencil(self, stage: int, parameter: Symbol | None, values: Values, h: Any) -> list[Any]:
        key = (stage, parameter, *values.values())
        if key not in self.heights:
            centre = self.arithmetic.number(values[parameter])
            around = [{**values, parameter: centre + k * h} for k in range(-3, 4)]
            self.heights[key] = self.arithmetic.log_likelihoods([self.filled(stage, v) for v in around])
        return self.heights[key]

    # ------------------------------------------------------------------ the space of a parameter

    def ends(self, parameter: Symbol | None, values: Values) -> tuple[float, float]:
        return ends(self.course.model.parameters[parameter], values)

    def room(self, parameter: Symbol | None, values: Values) -> Any:
        """The distance to the nearer end, at most the size of the value: 0 or less outside of the interior."""
        number = self.arithmetic.number
        low, high = map(number, self.ends(parameter, values))
        value = number(values[parameter])
        return min(value - low, high - value, max(number(1), abs(value)))

    def beside(self, parameter: Symbol | None, values: Values) -> tuple[Values, Values]:
        """A little less and a little more of one parameter."""
        value, step = self.arithmetic.number(values[parameter]), self.arithmetic.number(ASIDE)
        step *= self.room(parameter, values)
        return {**values, parameter: value - step}, {**values, parameter: value + step}

    def at_root(self, stage: int, values: Values) -> Values | None:
        """The values with the parameter of the stage at its root, if it has one."""
        if stage not in self.course.roots:
            return None
        return {**values, self.course.parameters[stage]: self.line(self.course.roots[stage], values)}

    def along(self, parameter: Symbol | None) -> Sequence[Values]:
        """The values of this place with one parameter moved through its interval, in rising order."""
        moved = [{**self.place.values, parameter: v[parameter]} for v in self.points]
        return sorted(moved, key=lambda v: v[parameter])

    def towards(self, parameter: Symbol | None, end: Any) -> Sequence[Values]:
        """One parameter moved to an end of its interval."""
        number = self.arithmetic.number
        low, high = map(number, self.ends(parameter, self.place.values))
        if end - end != 0:
            moved = [number(t) if end > 0 else -number(t) for t in self.arithmetic.far]
        else:
            width = min(number(1), high - low) * (1 if end == low else -1)
            moved = [end + width / number(t) for t in self.arithmetic.far]
        return [{**self.place.values, parameter: value} for value in moved]


def lines_of(step: Step) -> list[Expr]:
    """What has to be computed of a step."""
    if step.rule == "independence":
        return []  # a density, which is no number on a sample
    found = [e for e in (step.left, step.right, step.factor) if isinstance(e, Expr)]
    return [*found, sp.log(step.right)] if step.part == "likelihood" else found
