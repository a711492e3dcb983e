"""A support or a parameter space in words and relations: "integer, N >= 1", "in {1/4, 1/2}", "x = 0, 1, 2, ...".

Knows what a list of items means together; what each item means is in ``meaning``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sympy as sp
from sympy import Expr, Symbol
from sympy.logic.boolalg import Boolean

from symbolic_mle.reading.meaning import Meaning
from symbolic_mle.reading.syntax import Collection, Comparison, Ellipsis, Kind, Logic, Membership, Node, Subject

MAX_POINTS = 1_000


@dataclass(frozen=True, slots=True)
class Domain:
    """Where a name lives: the relations that hold, whether it is an integer, and its points if they are listed."""

    relations: tuple[Boolean, ...] = ()
    integer: bool = False
    points: tuple[Expr, ...] | None = None


class DomainReader:
    """Collects what the items of one text say."""

    def __init__(self, text: str, names: Mapping[str, Symbol], subject: Symbol | None) -> None:
        self.meaning = Meaning(text, names, subject)
        self.subject = subject
        self.relations: list[Boolean] = []
        self.integer = False
        self.points: tuple[Expr, ...] | None = None

    def read(self, items: Sequence[Node]) -> Domain:
        place = 0
        while place < len(items):
            tail = _listed(items, place)
            if tail:
                self.list_values(items[place], items[place : place + tail + 1])
            else:
                self.item(items[place])
            place += tail + 1
        return Domain(tuple(self.relations), self.integer, self.points)

    def item(self, node: Node) -> None:
        if isinstance(node, Logic) and node.word == "and":
            for operand in node.operands:
                self.item(operand)
        elif isinstance(node, Membership) and isinstance(node.collection, Kind):
            self.kind(node, node.collection.word)
        elif isinstance(node, Membership) and isinstance(node.collection, Collection):
            self.values(node, self.about(node, node.element), node.collection.items)
        elif _is_single_equation(node) and self.is_point(node):
            self.list_values(node, (node,))
        else:
            self.relations += self.meaning.relations(node)

    def is_point(self, node: Node) -> bool:
        """x = 3, not a = b: the subject (or a name alone) on the left, a number on the right."""
        assert isinstance(node, Comparison)
        left, right = self.meaning.end(node.operands[0]), self.meaning.value(node.operands[1])
        return left.is_Symbol and (self.subject is None or left == self.subject) and right.is_number

    def about(self, node: Node, element: Node) -> Expr:
        """The name that a list or a kind of number describes: the subject, if there is one."""
        name = self.meaning.end(element)
        if not name.is_Symbol or (self.subject is not None and name != self.subject):
            expected = f"a statement about {self.subject}" if self.subject is not None else "a name on the left"
            raise self.meaning.refuse(node, f"{self.meaning.shown(node)} describes '{name}'", expected)
        return name

    def kind(self, node: Membership, word: str) -> None:
        if isinstance(node.element, Subject) and self.subject is None and word in ("real", "integer"):
            self.integer = self.integer or word == "integer"
            return
        self.about(node, node.element)
        if word == "integer":
            self.integer = True
        else:
            self.relations += self.meaning.membership(node)

    def list_values(self, first: Node, nodes: Sequence[Node]) -> None:
        """x = 0, 1, 2, …: the equation and the items after it."""
        assert isinstance(first, Comparison)
        name = self.about(first, first.operands[0])
        self.values(first, name, (first.operands[1], *nodes[1:]))

    def values(self, node: Node, name: Expr, items: Sequence[Node]) -> None:
        """The values that a name can take, listed in full or with dots."""
        dots = [place for place, item in enumerate(items) if isinstance(item, Ellipsis)]
        if dots:
            self.progression(node, name, items, dots)
            return
        if len(items) > MAX_POINTS:
            raise self.meaning.refuse(
                node, f"a list of {len(items)} values", f"at most {MAX_POINTS}", "use dots or relations"
            )
        if self.points is not None:
            raise self.meaning.refuse(node, "a second list of values", "one list")
        self.points = tuple(dict.fromkeys(self.meaning.finite(item) for item in items))
        self.integer = self.integer or all(point.is_integer for point in self.points)

    def progression(self, node: Node, name: Expr, items: Sequence[Node], dots: Sequence[int]) -> None:
        """a, a + 1, …, b: consecutive integers from a up to b (or without end)."""
        end = items[dots[0] + 1 :]
        if len(dots) > 1 or dots[0] == 0 or len(end) > 1:
            raise self.meaning.refuse(items[dots[-1]], "dots that do not tell the list", "a, a + 1, …, b")
        start = [self.meaning.finite(item) for item in items[: dots[0]]]
        last = self.meaning.finite(end[0]) if end else None
        steps = {sp.expand(after - before) for before, after in zip(start, start[1:], strict=False)}
        if steps - {sp.S.One} or start[0].is_integer is False:
            raise self.meaning.refuse(
                node, "the list is not of consecutive integers", "as in 0, 1, 2, …", "list all values in {…}"
            )
        self.integer = True
        self.relations += self.meaning.relation(node, start[0], "<=", name)
        if last is not None:
            self.relations += self.meaning.relation(node, name, "<=", last)


def _is_single_equation(node: Node) -> bool:
    return isinstance(node, Comparison) and node.signs == ("=",)


def _listed(items: Sequence[Node], place: int) -> int:
    """How many items after this one belong to its list: x = 0, 1, 2 has two."""
    if not _is_single_equation(items[place]):
        return 0
    count = 0
    for item in items[place + 1 :]:
        if isinstance(item, (Comparison, Logic, Membership)):
            break
        count += 1
    return count
