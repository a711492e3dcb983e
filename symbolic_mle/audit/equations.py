"""Tests of equations: each has the solution of the one before, and the solution is a maximum of the likelihood."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sympy import Symbol

from symbolic_mle.audit.places import Values
from symbolic_mle.audit.verdicts import (
    ABSOLUTE,
    RELATIVE,
    Mismatch,
    Outcome,
    agree,
    all_of,
    at_points,
    holds,
    is_finite,
)
from symbolic_mle.audit.view import View
from symbolic_mle.records import Step


def equivalent(step: Step, view: View) -> Outcome:
    """The equation before, multiplied by the factor, or by something that has one sign; and it holds at the root."""
    before = view.course.equation_before(step)
    if before is None:
        return None
    if step.factor is not None:
        return at_points(_is_multiple(step, before, view, v) for v in view.points[:2])
    return all_of(_is_on_same_side(step, before, view), _holds_at_root(step, view))


def solves(step: Step, view: View) -> Outcome:
    """A root of the likelihood equation of its stage, or an estimator."""
    return _is_estimator(step, view) if step.part == "result" else _holds_at_root(step, view)


def _is_multiple(step: Step, before: Step, view: View, values: Values) -> Outcome:
    factor = view.line(step.factor, values)
    if factor <= 0:
        return Mismatch("a positive factor", values, factor, "> 0")
    return agree("factor · equation", values, view.difference(step, values), factor * view.difference(before, values))


def _is_on_same_side(step: Step, before: Step, view: View) -> Outcome:
    """(left − right) of one equation, divided by that of the other, has one sign along the parameter."""
    points, sides = list(view.along(step.parameter)), set()
    root = view.at_root(step.stage, view.place.values)
    if root is not None and view.room(step.parameter, root) > 0:
        points += view.beside(step.parameter, root)
    for values in points:
        new, old = view.difference(step, values), view.difference(before, values)
        if is_finite(new, old) and new != 0 and old != 0:
            sides.add((new > 0) == (old > 0))
        if len(sides) == 2:
            return Mismatch("an equation with the same solutions", values, new, old)
    if sides:
        return True
    values = view.place.values
    return agree("left − right", values, view.difference(step, values), view.difference(before, values))


def _holds_at_root(step: Step, view: View) -> Outcome:
    """left = right at the root of the stage; the last equation, which states it, solves the likelihood equation."""
    root, parameter = view.at_root(step.stage, view.place.values), step.parameter
    if root is None:
        return None
    last = view.course.is_last_equation(step)
    if not view.room(parameter, root) > 0:
        return _outside(root, parameter, view) if last else None
    line = None if last else _vanishes(lambda v: view.difference(step, v), parameter, view, root)
    if line is True:
        return True
    score = _turns(lambda v: view.slope(step.stage, parameter, v), parameter, view, root)
    return score if last else line if score is True else None  # a line may well fail at a root that is none


def _turns(function: Callable[[Values], Any], parameter: Symbol | None, view: View, root: Values) -> Outcome:
    """A derivative that is positive, 0, negative: a local maximum."""
    before, after = map(function, view.beside(parameter, root))
    if is_finite(before, after) and not before > 0 > after:
        return Mismatch(f"positive, then negative around {parameter}", root, before, after)
    return _vanishes(function, parameter, view, root)


def _vanishes(function: Callable[[Values], Any], parameter: Symbol | None, view: View, root: Values) -> Outcome:
    """0 at the root, in comparison with what it is beside."""
    here, *beside = map(function, (root, *view.beside(parameter, root)))
    if not is_finite(here, *beside):
        return None
    return holds(abs(here) <= RELATIVE * max(map(abs, beside)), f"0 at {parameter}", root, here, 0)


# ------------------------------------------------------------------ the estimators


def _is_estimator(step: Step, view: View) -> Outcome:
    """∂ℓ/∂θ passes from + to − at the estimates, and with the last of them no value nearby is better."""
    results = [s for s in view.course.steps if s.part == "result" and s.conditions == step.conditions]
    values = view.place.values | {s.parameter: view.line(s.right, view.place.values) for s in results}
    inside = [s.parameter for s in results if view.room(s.parameter, values) > 0]
    if step.left != step.parameter:
        return Mismatch("an estimator of the parameter", values, step.left, step.parameter)
    if step.parameter not in inside:
        return _at_end(step.parameter, values, view)
    turns = _turns(lambda v: view.slope(0, step.parameter, v), step.parameter, view, values)
    if step is not results[-1] or len(inside) < 2:
        return turns
    nearby = [_moved(view, inside, values, side, turn) for side in (0, 1) for turn in (0, 1)]
    return all_of(turns, _is_best(values, nearby, view))


def _moved(view: View, parameters: list[Symbol | None], values: Values, side: int, turn: int) -> Values:
    """All estimates moved a little at once, to one side, or in turn to both."""
    return {**values, **{p: view.beside(p, values)[(side + k * turn) % 2][p] for k, p in enumerate(parameters)}}


def _at_end(parameter: Symbol | None, values: Values, view: View) -> Outcome:
    """At an end of the space the likelihood must fall on the way inside."""
    low, high = view.ends(parameter, values)
    if values[parameter] not in (low, high):
        return _outside(values, parameter, view)
    inside = [v[parameter] for v in view.along(parameter)]
    return _is_best(values, [{**values, parameter: inside[0 if values[parameter] == low else -1]}], view)


def _outside(values: Values, parameter: Symbol | None, view: View) -> Mismatch:
    return Mismatch("a value inside the space", values, values[parameter], view.ends(parameter, values), proper=False)


def _is_best(values: Values, others: list[Values], view: View) -> Outcome:
    here, *heights = view.arithmetic.log_likelihoods([values, *others])
    return at_points(
        holds(here >= height - ABSOLUTE * (1 + abs(height)), "no better value nearby", v, height, here)
        for v, height in zip(others, heights, strict=True)
        if is_finite(here, height)
    )
