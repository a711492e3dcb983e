"""A test for each relation that a rule of ``rules`` can claim: (step, view) → it holds, a mismatch, or None.

To add a relation: a function here or in ``equations``, and a line in ``RELATIONS``. A test may use only the lines of
the derivation and what ``view`` finds by itself.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import sympy as sp
from sympy import Expr

from symbolic_mle.audit.equations import equivalent, solves
from symbolic_mle.audit.limits import tends
from symbolic_mle.audit.places import Values
from symbolic_mle.audit.verdicts import RELATIVE, Mismatch, Outcome, agree, all_of, at_points, holds, is_finite
from symbolic_mle.audit.view import View
from symbolic_mle.records import Step

Test = Callable[[Step, View], Outcome]

LESS_CONSTANTS = ("centre", "profile")  # rules that may leave out terms free of the parameters


def defines(step: Step, view: View) -> Outcome:
    """A name may stand for anything; but f is the model's density, and what is set to zero is the derivative."""
    values, density = view.place.values, view.course.model.density
    if step.rule == "independence":
        return holds(step.right == density, "the density", values, step.right, density)
    if step.rule == "set-to-zero":
        slope = view.slope(step.stage, step.parameter, values)
        return agree("the derivative that is set to zero", values, view.difference(step, values), slope)
    return True


def equals(step: Step, view: View) -> Outcome:
    """The line is the log-likelihood of its stage, or the likelihood."""
    line = step.right
    if step.part == "likelihood":
        line = sp.log(line)
        if (value := view.line(step.right, view.place.values)) < 0:
            return Mismatch("a positive likelihood", view.place.values, value, "> 0")
    if step.rule in LESS_CONSTANTS:
        return _equals_up_to_constants(line, step, view)
    return at_points(
        agree("the log-likelihood", v, view.line(line, v), true, true)
        for v in view.points[:2]
        for true in (view.height(step.stage, v),)
    )


def _equals_up_to_constants(line: Expr, step: Step, view: View) -> Outcome:
    """From one value of the parameters to another, the line changes as the log-likelihood does."""
    found = [(v, view.line(line, v), view.height(step.stage, v)) for v in view.points[:3]]
    finite = [each for each in found if is_finite(*each[1:])]
    if len(finite) < 2:
        return at_points(agree("the log-likelihood", *each) for each in found if each not in finite)
    (_, first, true), *others = finite
    claim = "the change of the log-likelihood"
    return at_points(agree(claim, v, a - first, b - true, abs(b) + abs(true)) for v, a, b in others)


def derivative(step: Step, view: View) -> Outcome:
    """The line is a derivative of the log-likelihood of its stage; of a second one ``factor`` is the first."""
    orders = ((1, step.factor), (2, step.right)) if step.rule == "second-derivative" else ((1, step.right),)
    return all_of(*(_derivative(line, order, step, view) for order, line in orders if line is not None))


def _derivative(line: Expr, order: int, step: Step, view: View) -> Outcome:
    claim = f"derivative {order} in {step.parameter}"
    return at_points(
        agree(claim, v, view.line(line, v), view.slope(step.stage, step.parameter, v, order)) for v in view.points[:2]
    )


def decreasing(step: Step, view: View) -> Outcome:
    """M = factor·ℓ′, factor > 0, and M falls, or stays."""
    lines = [(v, view.line(step.right, v)) for v in view.along(step.parameter)]
    falls = at_points(
        holds(after <= before + RELATIVE * abs(before), f"decreasing in {step.parameter}", v, after, before)
        for (_, before), (v, after) in zip(lines, lines[1:], strict=False)
        if is_finite(before, after)
    )
    inside = [(v, line) for v, line in lines if view.room(step.parameter, v) > 0]  # an integer may be an end
    return all_of(falls, at_points(_is_multiple(step, view, v, line) for v, line in inside[:2]))


def _is_multiple(step: Step, view: View, values: Values, line: Any) -> Outcome:
    factor = view.line(step.factor, values) if step.factor is not None else 1
    if factor <= 0:
        return Mismatch("a positive factor", values, factor, "> 0")
    return agree("factor · derivative", values, line, factor * view.slope(step.stage, step.parameter, values))


def sign(step: Step, view: View) -> Outcome:
    """left < 0, or >, ≤, ≥ (right where there is no left)."""
    compare = {"<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge}[step.relation]
    line = step.right if step.left is None else step.left
    found = [(v, view.line(line, v)) for v in view.points]
    return at_points(holds(compare(x, 0), f"{step.relation} 0", v, x, 0) for v, x in found if is_finite(x))


def limit(step: Step, view: View) -> Outcome:
    """left, the function that was said to decrease, → right as the parameter runs to the end that ``factor`` is."""
    values, interval = view.place.values, view.course.model.parameters[step.parameter]
    if step.factor not in (interval.lower, interval.upper):
        return Mismatch("an end of the interval", values, step.factor, (interval.lower, interval.upper))
    about = view.course.shape_of(step.stage)
    if about is not None and about.right != step.left:
        return agree("the function that decreases", values, *(view.line(e, values) for e in (step.left, about.right)))
    goal = view.line(step.right, values)
    near = [view.line(step.left, v) for v in view.towards(step.parameter, view.line(step.factor, values))]
    told = tends(near, goal, view.arithmetic.shrinks)
    return Mismatch(f"the limit as {step.parameter} → {step.factor}", values, near[-1], goal) if told is False else told


def maximises(step: Step, view: View) -> Outcome:
    """No choice of the parameters tried gives the sample a larger likelihood than the one claimed, each parameter by its line."""
    values = dict(view.place.values)
    claims = [s for s in view.course.steps if s.rule == step.rule and s.conditions == step.conditions]
    for claim in (*claims, *claims):  # twice: a line may use the value of another
        values[claim.parameter] = view.line(claim.right, values)
    if {s.parameter for s in claims} != set(view.course.model.parameters) or not view.is_possible(values):
        return None
    top = view.height(0, values)
    return at_points(
        holds(top >= other - RELATIVE * (1 + abs(other)), "a likelihood that is nowhere larger", v, top, other)
        for v in view.points
        if view.is_possible(v) and is_finite(top, other := view.height(0, v))
    )


def held(step: Step, view: View) -> Outcome:
    """The value lies in the space of its parameter, and allows every observation."""
    values = {**view.place.values, step.parameter: view.line(step.right, view.place.values)}
    low, high = view.ends(step.parameter, values)
    value = values[step.parameter]
    return holds(low <= value <= high and view.is_possible(values), "a value in the space", values, value, (low, high))


def grows(step: Step, view: View) -> Outcome:
    """As the parameter runs to an end of its space, with the others held, ℓ runs to ∞ and past all other points tried."""
    interval, course = view.course.model.parameters[step.parameter], view.course
    if step.right not in (interval.lower, interval.upper):
        return Mismatch("an end of the interval", view.place.values, step.right, (interval.lower, interval.upper))
    here = {s.parameter: view.line(s.right, view.place.values) for s in course.steps if s.rule == "hold"}
    path = [{**v, **here} for v in view.towards(step.parameter, view.line(step.right, view.place.values))]
    heights = [view.height(0, v) for v in path]
    told = tends(heights, math.inf, view.arithmetic.shrinks)
    if told is False:
        return Mismatch("a likelihood that grows without bound", path[-1], heights[-1], math.inf)
    others = [h for v in view.points if is_finite(h := view.height(0, v))]
    return told if told and heights[-1] > max(others, default=-math.inf) else None


def ratio(step: Step, view: View) -> Outcome:
    """The line is ℓ(N + 1) − ℓ(N) for an integer parameter N, where both are possible; ℓ is that of the stage."""
    k = step.stage
    return at_points(
        agree(
            "the change of the log-likelihood", v, view.line(step.right, v), view.height(k, after) - view.height(k, v)
        )
        for v, after in _neighbours(step, view)
    )


def falling(step: Step, view: View) -> Outcome:
    """The line does not rise from N to N + 1, where these and N + 2 are possible."""
    found = [
        (v, view.line(step.right, v), view.line(step.right, after))
        for v, after in _neighbours(step, view)
        if view.is_possible({**after, step.parameter: after[step.parameter] + 1})
    ]
    return at_points(
        holds(second <= first + RELATIVE * (1 + abs(first)), f"falling in {step.parameter}", v, second, first)
        for v, first, second in found
        if is_finite(first, second)
    )


def _neighbours(step: Step, view: View) -> Iterator[tuple[Values, Values]]:
    """The values of the place with N, and with N + 1, where both allow every observation."""
    for v in view.points:
        after = {**v, step.parameter: v[step.parameter] + 1}
        if view.is_possible(v) and view.is_possible(after):
            yield v, after


RELATIONS: Mapping[str, Test] = {
    "defines": defines,
    "equals": equals,
    "derivative": derivative,
    "equivalent": equivalent,
    "solves": solves,
    "decreasing": decreasing,
    "sign": sign,
    "limit": limit,
    "maximises": maximises,
    "ratio": ratio,
    "falling": falling,
    "held": held,
    "grows": grows,
}
"""What is not here, such as a statement that follows by a theorem, has no numbers to be tested with."""
