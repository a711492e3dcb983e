"""The syntax tree: what was written, with its place in the text, before it means anything.

Knows nothing of SymPy. Sums, products and chains of relations are flat, so that a long text does not make a deep tree.
"""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Node:
    """A piece of the text from ``start`` up to ``end``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Number(Node):
    """An exact number: digits with an optional point and power of ten, or a fraction 1/2."""

    digits: str


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A key of the name table."""

    name: str


@dataclass(frozen=True, slots=True)
class Constant(Node):
    """π, e, ∞: a name that stands for a number."""

    name: str


@dataclass(frozen=True, slots=True)
class Truth(Node):
    """The condition that always or never holds."""

    holds: bool


@dataclass(frozen=True, slots=True)
class Negative(Node):
    """−operand."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Sum(Node):
    """terms₁ + terms₂ + …; a subtracted term is a ``Negative``."""

    terms: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Product(Node):
    """∏ numerator / ∏ denominator."""

    numerator: tuple[Node, ...]
    denominator: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Power(Node):
    """base ^ exponent."""

    base: Node
    exponent: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    """function(arguments), the function a key of the whitelist."""

    function: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Cases(Node):
    """value₁ if condition₁, value₂ if condition₂, …; ``None`` is the condition "otherwise"."""

    rows: tuple[tuple[Node, Node | None], ...]


@dataclass(frozen=True, slots=True)
class Summation(Node):
    """Σ body for the index from low to high."""

    body: Node
    index: str
    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class Aggregate(Node):
    """Σᵢ body, ∏ᵢ body, the mean, largest, smallest or median of body over the sample.

    ``index`` is the letter that the body uses, "" where it speaks of the variable itself: sum(x^2).
    """

    kind: str
    body: Node
    index: str = ""


@dataclass(frozen=True, slots=True)
class Element(Node):
    """xᵢ, x₁ or xₙ: the index is a letter that an aggregate binds, a number, or the sample size "n"."""

    name: str
    index: str


@dataclass(frozen=True, slots=True)
class OrderStatistic(Node):
    """x₍ₖ₎, the rank a number or "n"."""

    name: str
    rank: str


@dataclass(frozen=True, slots=True)
class Ranked(Node):
    """The k-th smallest value of body over the sample, k an expression in the sample size."""

    rank: Node
    body: Node
    index: str = ""


@dataclass(frozen=True, slots=True)
class Expectation(Node):
    """E[X], Var(X), P(X > 1): a property of the distribution, not of the sample."""

    word: str


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    """operands₁ signs₁ operands₂ signs₂ …: a relation or a chain of them."""

    operands: tuple[Node, ...]
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Logic(Node):
    """Conditions joined by "and" or "or", or one condition after "not"."""

    word: str
    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Ellipsis(Node):
    """The three dots of a list."""


@dataclass(frozen=True, slots=True)
class Collection(Node):
    """{items}."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Range(Node):
    """[low, high), with each end closed or not."""

    low: Node
    high: Node
    closed_low: bool
    closed_high: bool


@dataclass(frozen=True, slots=True)
class Subject(Node):
    """What a relation is about, where the text leaves it out: ">= 1", "in {0, 1}"."""


@dataclass(frozen=True, slots=True)
class Kind(Node):
    """A word for a set of numbers: real, integer, positive, nonnegative, negative."""

    word: str


@dataclass(frozen=True, slots=True)
class Membership(Node):
    """element ∈ collection."""

    element: Node
    collection: Node


#: What can be true or false, and so cannot be added or multiplied.
CONDITIONS = (Comparison, Logic, Membership, Truth)


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly under a node, in the order of the text."""
    found: list[Node] = []
    for field in fields(node):
        _collect(getattr(node, field.name), found)
    return tuple(found)


def _collect(value: object, found: list[Node]) -> None:
    if isinstance(value, Node):
        found.append(value)
    elif isinstance(value, tuple):
        for item in value:
            _collect(item, found)


def has_names(node: Node) -> bool:
    """Whether a name of the table (or an index) occurs in the node. With its own stack, for the tree may be deep."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        if isinstance(current, (Name, Element, OrderStatistic)):
            return True
        waiting.extend(children(current))
    return False
