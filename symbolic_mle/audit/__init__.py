"""Replays a derivation: every step is tested by what its rule claims, with code that did not make it.

    places.py      where: values inside the spaces and small samples from the support, the same ones every time
    arithmetic.py  in what: doubles, and a hundred digits where doubles do not agree
    view.py        the lines there, and the likelihood of each stage from the density alone
    relations.py   how: a test for each relation of ``rules``
    equations.py   the tests of equations and estimators
    limits.py      when numbers count as running to a limit
    verdicts.py    what a test can say

A step that fails is an error of the package and stops the derivation; one that cannot be computed is counted as not
tested. This part may import the errors, the algebra, the rules and the records: nothing that makes a step.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import sympy as sp

from symbolic_mle.algebra.numeric import NotNumeric
from symbolic_mle.audit.arithmetic import Arithmetic, Digits, Doubles, Sheet
from symbolic_mle.audit.places import Place, draw_places
from symbolic_mle.audit.relations import RELATIONS, Test
from symbolic_mle.audit.verdicts import Mismatch, Outcome
from symbolic_mle.audit.view import Course, View, lines_of
from symbolic_mle.errors import AuditError
from symbolic_mle.records import Condition, Specification, Step
from symbolic_mle.rules import RULES

__all__ = ["Report", "audit"]

ENOUGH = 2  # places at which a step has to hold
WITHOUT_PARAMETER = ("defines", "equals", "sign")  # relations that are not about one parameter


@dataclass(frozen=True, slots=True)
class Report:
    """How many steps were tested and held, and how many could not be tested."""

    tested: int
    untested: int


def audit(steps: tuple[Step, ...], model: Specification) -> Report:
    """Test every step of a derivation. Raises AuditError that names the step, the place and both numbers."""
    with np.errstate(all="ignore"):
        return _audit(steps, model)


def _audit(steps: tuple[Step, ...], model: Specification) -> Report:
    try:
        sheet = Sheet.of(model, dict.fromkeys(line for step in steps for line in lines_of(step)))
    except NotNumeric:
        return Report(0, len(steps))
    for number, step in enumerate(steps, start=1):
        _check_meaning(number, step, sheet)
    views = Views(Course.of(steps, model), sheet)
    tested = sum(_holds(number, step, views) for number, step in enumerate(steps, start=1))
    return Report(tested, len(steps) - tested)


def _check_meaning(number: int, step: Step, sheet: Sheet) -> None:
    """A line that cannot be computed may hold functions that have no numbers here, but no strange symbols."""
    model = sheet.model
    allowed = {*model.parameters, *model.known, model.size}
    for line in lines_of(step):
        if line in sheet.slots:
            continue
        strange = line.free_symbols - allowed
        if strange or line.has(sp.I):
            names = ", ".join(sorted(map(str, strange))) or "the imaginary unit"
            raise AuditError(f"step {number} ({step.rule}): {line} holds {names}, which is not of the model")


def _holds(number: int, step: Step, views: Views) -> bool:
    """True when a step holds wherever it is tried, False when it could not be tried."""
    relation = RULES[step.rule].relation
    if relation not in RELATIONS or (step.parameter is None and relation not in WITHOUT_PARAMETER):
        return False
    held, doubt = 0, ""
    for place in views.places(step.conditions):
        outcome = _outcome(step, RELATIONS[relation], views.at(place))
        if isinstance(outcome, Mismatch):
            doubt = _message(number, step, outcome, place)
            if outcome.proper:
                raise AuditError(doubt)
        held += outcome is True
        if held == ENOUGH:
            break
    if doubt and not held:
        raise AuditError(doubt)
    return held > 0


def _outcome(step: Step, test: Test, views: Iterator[View]) -> Outcome:
    """What doubles say; where they disagree or overflow, what many digits say."""
    outcome: Outcome = None
    for view in views:
        try:
            outcome = test(step, view)
        except (NotNumeric, ArithmeticError, ValueError):
            return None
        if outcome is True:
            break
    return outcome


class Views:
    """The places of a derivation, each in both arithmetics, made when they are asked for."""

    def __init__(self, course: Course, sheet: Sheet) -> None:
        self._course, self._sheet = course, sheet
        self._drawn: dict[tuple[Condition, ...], tuple[list[Place], Iterator[Place]]] = {}
        self._made: dict[tuple[int, type], View] = {}
        # a line without conditions is meant for the data of the result
        self._generic = next((s.conditions for s in course.steps if s.conditions), ())

    def places(self, conditions: tuple[Condition, ...]) -> Iterator[Place]:
        """Places with such data, drawn as far as they are needed."""
        conditions = conditions or self._generic
        if conditions not in self._drawn:
            self._drawn[conditions] = [], draw_places(self._course.model, conditions)
        drawn, more = self._drawn[conditions]
        yield from drawn.copy()
        for place in more:
            drawn.append(place)
            yield place

    def at(self, place: Place) -> Iterator[View]:
        """The place in doubles, then in many digits."""
        for kind in (Doubles, Digits):
            if (id(place), kind) not in self._made:
                self._made[id(place), kind] = View(self._course, place, self._arithmetic(kind, place))
            yield self._made[id(place), kind]

    def _arithmetic(self, kind: type, place: Place) -> Arithmetic:
        if kind is Doubles:
            return Doubles.of(self._sheet, place.sample)
        return Digits.of(self._course.model, place.sample)


def _message(number: int, step: Step, mismatch: Mismatch, place: Place) -> str:
    line = f"{step.right}" if step.left is None else f"{step.left} {step.relation} {step.right}"
    values = ", ".join(f"{symbol} = {_shown(value)}" for symbol, value in mismatch.values.items())
    sample = ", ".join(f"{symbol} = {column.tolist()}" for symbol, column in place.sample.items())
    return (
        f"step {number} ({step.rule}, stage {step.stage}) says {line}; {mismatch.claim} fails at {values}; {sample}: "
        f"{_shown(mismatch.found)} and not {_shown(mismatch.expected)}"
    )


def _shown(value: object) -> str:
    """A number with as many digits as a reader compares."""
    return f"{value}" if isinstance(value, (str, tuple, sp.Basic)) else f"{float(value):.10g}"  # type: ignore[arg-type]
