"""What mathematics looks like on paper: a small tree of frozen nodes, the same for every output format.

The nodes say what is drawn (a fraction, a hat, a sum over i) and nothing about how a format draws it, and they hold no
SymPy value. Brackets that every format needs are nodes (``Parentheses``); brackets that only a slash needs are added by
the formats that draw one. ``building`` makes trees with the right brackets: use its functions, not these classes.

To add a node: a class here, and a method of its name in each fold of ``render``. A test fails until all have it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Maths:
    """A node of the tree."""


@dataclass(frozen=True, slots=True)
class Number(Maths):
    """A number without a sign, as its digits: ``2``, ``1.5``."""

    digits: str


@dataclass(frozen=True, slots=True)
class Name(Maths):
    """A symbol: x, λ̂, x̄, σ², ℓ′, x₍ₙ₎. Greek is spelled out in ``base``; longer bases are one upright word."""

    base: str
    subscript: Maths | None = None
    superscript: Maths | None = None
    accent: str = ""  # "", "hat", "bar" or "tilde"
    primes: int = 0


@dataclass(frozen=True, slots=True)
class Operator(Maths):
    """A function's upright name: log, exp, max, Var."""

    word: str


@dataclass(frozen=True, slots=True)
class Words(Maths):
    """Ordinary text inside a formula."""

    text: str


@dataclass(frozen=True, slots=True)
class Row(Maths):
    """Nodes side by side with nothing between them: ∂ℓ, −1."""

    items: tuple[Maths, ...]


@dataclass(frozen=True, slots=True)
class Sequence(Maths):
    """a, b, c"""

    items: tuple[Maths, ...]


@dataclass(frozen=True, slots=True)
class Product(Maths):
    """Factors side by side; the format decides on the space between them."""

    factors: tuple[Maths, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a sum with its sign."""

    body: Maths
    negative: bool = False


@dataclass(frozen=True, slots=True)
class Sum(Maths):
    """a + b − c, in the order of the terms; one negative term alone is −a."""

    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Fraction(Maths):
    numerator: Maths
    denominator: Maths


@dataclass(frozen=True, slots=True)
class Power(Maths):
    base: Maths
    exponent: Maths


@dataclass(frozen=True, slots=True)
class Root(Maths):
    """The square root, or the root of that ``degree``."""

    body: Maths
    degree: Maths | None = None


@dataclass(frozen=True, slots=True)
class Call(Maths):
    """f(a, b); ``bare`` is log x, without brackets."""

    function: Maths
    arguments: tuple[Maths, ...]
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Absolute(Maths):
    """|a|"""

    body: Maths


@dataclass(frozen=True, slots=True)
class Parentheses(Maths):
    """Brackets, an opening and a closing one: ``()``, ``[]``, ``{}``, ``[)``, ``(]``."""

    body: Maths
    kind: str = "()"


@dataclass(frozen=True, slots=True)
class Factorial(Maths):
    body: Maths


@dataclass(frozen=True, slots=True)
class Binomial(Maths):
    """a over b in brackets."""

    top: Maths
    bottom: Maths


@dataclass(frozen=True, slots=True)
class Big(Maths):
    """∑, ∏, lim, max, min, sup over ``index``, from ``lower`` to ``upper`` where the format has room for limits."""

    operator: str
    body: Maths
    index: Maths
    lower: Maths | None = None
    upper: Maths | None = None


@dataclass(frozen=True, slots=True)
class Cases(Maths):
    """Value, condition; a row each."""

    rows: tuple[tuple[Maths, Maths], ...]


@dataclass(frozen=True, slots=True)
class Chain(Maths):
    """a = b ≤ c. Relations are spelled in ASCII: = != < <= > >= in iff implies to mid approx ~ := propto."""

    first: Maths
    links: tuple[tuple[str, Maths], ...]


@dataclass(frozen=True, slots=True)
class Indicator(Maths):
    """1{condition}"""

    body: Maths


@dataclass(frozen=True, slots=True)
class Matrix(Maths):
    rows: tuple[tuple[Maths, ...], ...]


def children(node: Maths) -> Iterator[Maths]:
    """The nodes directly below one."""
    return (leaf for field in fields(node) for leaf in _nodes(getattr(node, field.name)))


def _nodes(value: object) -> Iterator[Maths]:
    if isinstance(value, Maths):
        yield value
    elif isinstance(value, Term):
        yield value.body
    elif isinstance(value, tuple):
        for item in value:
            yield from _nodes(item)


def size(node: Maths) -> int:
    """How many leaves: a measure of how much there is to read."""
    return sum(size(child) for child in children(node)) or 1


def contains(node: Maths, kinds: type[Maths] | tuple[type[Maths], ...]) -> bool:
    """Whether a node of one of these kinds is in the tree."""
    return isinstance(node, kinds) or any(contains(child, kinds) for child in children(node))
