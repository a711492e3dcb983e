"""Lines after a mistake, held against the student's own lines: "follows (error carried forward)", or not.

What a line may follow from is what the working itself states before it, right or wrong: its log L, its score, its equations
and its estimates. A score follows where it is the derivative of the student's log L, or another form of the student's score; an
equation where it shares a solution with an equation before it; an estimate where it solves one. All are tested as numbers, in 30
digits at the places of the bench, so a form that is said to follow agrees at every one of them. That a line does not follow is said
only of models with one parameter, and where something that it could follow from was tested and denied it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from symbolic_mle.marking.agreement import Valued, is_identity, names_in_all, valued
from symbolic_mle.marking.bench import Place, at_all
from symbolic_mle.marking.desk import Desk
from symbolic_mle.marking.functions import NoValueError
from symbolic_mle.marking.labels import Kind, Label
from symbolic_mle.marking.reading_claims import hat
from symbolic_mle.marking.solutions import CLOSE, NO_VALUE, Values, at_value, roots, vanishes
from symbolic_mle.marking.statements import Side, is_zero, side_of
from symbolic_mle.reading.syntax import Node, Number

RECENT = 8  # what was stated last; a line follows from few others
PLACES = 3


@dataclass(frozen=True)
class Entry:
    """What a line states: an object with its formula, an estimate, or the equation ``tree`` = ``other``.

    ``tainted`` says that a mistake is in it, its own or one carried forward.
    """

    line: int
    label: Label | None
    parameter: str | None
    tree: Node
    other: Node
    tainted: bool = False


@dataclass(frozen=True)
class Judgement:
    """Does a line follow from the line ``source``? With a mistake in that line, it is carried forward."""

    follows: bool | None
    source: int | None = None
    tainted: bool = False


@dataclass
class Ledger:
    """What the lines so far have stated, right or wrong."""

    desk: Desk
    entries: list[Entry] = field(default_factory=list)

    def stated(self, statement_sides: tuple[str, ...], relations: tuple[str, ...], line: int) -> list[Entry]:
        """What the relations of a statement state, in their order."""
        sides = [side_of(text, self.desk) for text in statement_sides]
        found = []
        for place, relation in enumerate(relations):
            if relation in ("=", "≈", "∝") and all(r in ("=", "≈", "∝") for r in relations[:place]):
                entry = self._entry(sides[0], sides[place], sides[place + 1], line)
                found += [entry] if entry else []
        return found

    def _entry(self, head: Side, left: Side, right: Side, line: int) -> Entry | None:
        zero = Number(0, 0, "0")
        if right.tree is None:
            return None
        if head.label is not None:
            if head.label.kind is Kind.DENSITY:
                return None
            if not is_zero(right.tree) or not head.label.by:
                return Entry(line, head.label, None, right.tree, zero)
            own = left.tree or self._formula(head.label)
            return None if own is None else Entry(line, None, None, own, right.tree)
        parameter = self.desk.hatted(head.tree)
        if parameter:
            return Entry(line, None, parameter, right.tree, zero)
        return None if left.tree is None else Entry(line, None, None, left.tree, right.tree)

    def _formula(self, label: Label) -> Node | None:
        """The student's own last formula for an object."""
        return next((e.tree for e in reversed(self.entries) if e.label and _alike(e.label, label)), None)

    def keep(self, entries: list[Entry], tainted: bool) -> None:
        """Later lines may follow from these."""
        self.entries += [replace(e, tainted=tainted) for e in entries]

    # ------------------------------------------------------------------ does it follow?

    def judge(self, entry: Entry) -> Judgement:
        """From which of the lines before, the latest first?"""
        if entry.label is None and entry.parameter is None and self._is_identity(entry):
            return Judgement(True)
        denied = False
        for source in reversed(self.entries[-RECENT:]):
            verdict = self._follows(entry, source)
            if verdict:
                return Judgement(True, source.line, source.tainted)
            denied |= verdict is False
        return Judgement(False if denied and len(self.desk.vocabulary.parameters) == 1 else None)

    def _follows(self, entry: Entry, source: Entry) -> bool | None:
        if entry.label is not None:
            return self._object_follows(entry.label, entry.tree, source)
        if entry.parameter is not None:
            return self._estimate_follows(entry.parameter, entry.tree, source)
        if source.label is None:
            return self._equation_follows(entry, source)
        if len(source.label.by) == 1:  # the score, set to zero in this line
            return self._equation_follows(entry, replace(source, label=None))
        return None

    def _object_follows(self, label: Label, node: Node, source: Entry) -> bool | None:
        if source.label is None or any(a.endswith("_hat") for a in (*label.arguments, *source.label.arguments)):
            return None
        order = len(source.label.by)
        logged = (
            source.label == Label(Kind.LIKELIHOOD, (), source.label.arguments) and label.kind is Kind.LOG_LIKELIHOOD
        )
        if label.by[:order] != source.label.by or not (logged or label.kind is source.label.kind):
            return None
        own, true = valued(node, self.desk), valued(source.tree, self.desk)
        if label == replace(source.label, arguments=label.arguments) and label.by:
            return is_identity(own, true, self.desk)
        if logged:
            true = self._logarithm(true)
        if not label.by:
            if label.kind is Kind.LIKELIHOOD:
                own, true = self._logarithm(own), self._logarithm(true)
            return self._equal_up_to_constant(own, true)
        derivative = self._derivative(true, label.by[order:])
        return None if derivative is None else self._close(own, derivative)

    def _derivative(self, function: Valued, by: tuple[str, ...]) -> Valued | None:
        if len(set(by)) != 1:
            return None
        context = self.desk.bench.truth.context

        def at(place: Place, values: Values) -> Any:
            moved = lambda v: function(place, {**values, by[0]: v})  # noqa: E731
            return context.diff(moved, values[by[0]], len(by))

        return at

    def _logarithm(self, function: Valued) -> Valued:
        def at(place: Place, values: Values) -> Any:
            value = function(place, values)
            if not value > 0:
                raise NoValueError("the logarithm of what is not positive")
            return self.desk.bench.truth.context.log(value)

        return at

    def _close(self, own: Valued, true: Valued) -> bool | None:
        return self._everywhere(lambda place, values: (own(place, values) - true(place, values), true(place, values)))

    def _equal_up_to_constant(self, own: Valued, true: Valued) -> bool | None:
        """Is the difference free of the parameters?"""

        def at(place: Place, values: Values) -> tuple[Any, Any]:
            first = place.others[0]
            return own(place, values) - true(place, values) - own(place, first) + true(place, first), true(
                place, values
            )

        return self._everywhere(at)

    def _everywhere(self, gap: Callable[[Place, Values], tuple[Any, Any]]) -> bool | None:
        """Is the gap none, relative to the size, wherever it has a value?"""

        def test(place: Place) -> bool | None:
            verdicts = []
            for values in place.others:
                try:
                    difference, size = gap(place, values)
                except NO_VALUE:
                    continue
                verdicts.append(abs(difference) <= CLOSE * (1 + abs(size)))
            return all(verdicts) if verdicts else None

        return at_all(self.desk.bench.places, test)

    # ------------------------------------------------------------------ equations and estimates

    def _estimate_follows(self, parameter: str, node: Node, source: Entry) -> bool | None:
        own = valued(node, self.desk)
        if source.parameter == parameter:
            other = valued(source.tree, self.desk)
            return self._at_estimates(lambda place, values: (own(place, values), other(place, values)))
        gap = self._gap(source)
        if gap is None or parameter not in names_bare(source, self.desk) or self._is_identity(source):
            return None

        def test(place: Place) -> bool | None:
            try:
                values = self.estimates(place)
                values = at_value(values, parameter, own(place, values))
                return vanishes(gap, place, values, parameter)
            except NO_VALUE:
                return None

        found = at_all(self.desk.bench.places, test)
        return None if found is False and self._free(source) - {parameter} else found

    def _equation_follows(self, entry: Entry, source: Entry) -> bool | None:
        """Do the two share a solution? One unknown only; solutions are found by search from several starts."""
        if entry.tree is source.tree:
            return True
        unknown = names_bare(source, self.desk) | names_bare(entry, self.desk)
        gap, own = self._gap(source), self._gap(entry)
        if gap is None or own is None or len(unknown) != 1 or self._is_identity(source):
            return None
        (parameter,) = unknown
        context = self.desk.bench.truth.context

        def test(place: Place) -> bool | None:
            verdicts = [
                vanishes(other, place, at_value(place.others[0], parameter, root), parameter)
                for one, other in ((gap, own), (own, gap))
                for root in roots(one, place, parameter, context)
            ]
            return any(verdicts) if verdicts else None

        return at_all(self.desk.bench.places[:PLACES], test)

    def _gap(self, source: Entry) -> Valued | None:
        """What is zero where the equation holds: its two sides, or the student's score."""
        if source.parameter is not None:
            return None
        if source.label is not None and len(source.label.by) != 1:
            return None
        left, right = valued(source.tree, self.desk), valued(source.other, self.desk)
        return lambda place, values: left(place, values) - right(place, values)

    def _is_identity(self, source: Entry) -> bool:
        """Does the equation hold whatever the parameters are? Then it says nothing of the estimate."""
        return is_identity(valued(source.tree, self.desk), valued(source.other, self.desk), self.desk) is True

    def _free(self, source: Entry) -> set[str]:
        """The parameters of an equation that have no estimate yet."""
        return names_bare(source, self.desk) - {e.parameter for e in self.entries if e.parameter}

    def estimates(self, place: Place) -> dict[str, Any]:
        """The student's estimates so far, other parameters where they were; formulas with hats stand for them."""
        values = dict(place.others[0])
        for entry in self.entries:
            if entry.parameter is not None:
                values = at_value(values, entry.parameter, valued(entry.tree, self.desk)(place, values))
        return values

    def _at_estimates(self, pair: Callable[[Place, Values], tuple[Any, Any]]) -> bool | None:
        def test(place: Place) -> bool | None:
            try:
                a, b = pair(place, self.estimates(place))
            except NO_VALUE:
                return None
            return bool(abs(a - b) <= CLOSE * (abs(a) + abs(b)))

        return at_all(self.desk.bench.places, test)


def names_bare(source: Entry, desk: Desk) -> set[str]:
    """The parameters in an equation, with or without hats."""
    names = names_in_all(source.tree, desk) | names_in_all(source.other, desk)
    return {p for p in desk.vocabulary.parameters if p in names or hat(p) in names}


def _alike(a: Label, b: Label) -> bool:
    return a.kind is b.kind and a.by == b.by
