"""Signs as values, and what a search for one may ask of its host.

Knows no mathematics beyond the arithmetic of signs; every module of the sign prover imports it, it imports none
of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

import sympy as sp
from sympy import Expr, Poly, Symbol
from sympy.core.relational import Relational

from symbolic_mle.algebra.ranges import Range


class Sign(Enum):
    """The sign of an expression at every point of a region: the pair is (least, greatest) of −1, 0, 1."""

    POSITIVE = (1, 1)
    NEGATIVE = (-1, -1)
    NONNEGATIVE = (0, 1)
    NONPOSITIVE = (-1, 0)
    ZERO = (0, 0)

    @property
    def is_strict(self) -> bool:
        """The expression is nowhere 0."""
        return self in (Sign.POSITIVE, Sign.NEGATIVE)

    @property
    def is_upward(self) -> bool:
        """The expression is ≥ 0 everywhere."""
        return self.value[0] >= 0

    @property
    def is_downward(self) -> bool:
        """The expression is ≤ 0 everywhere."""
        return self.value[1] <= 0

    def negative(self) -> Sign:
        return Sign((-self.value[1], -self.value[0]))

    def times(self, other: Sign) -> Sign:
        products = [a * b for a in self.value for b in other.value]
        return Sign((min(products), max(products)))

    def plus(self, other: Sign) -> Sign | None:
        """The sign of a sum, where the signs of the terms settle it."""
        low, high = max(self.value[0], other.value[0]), max(self.value[1], other.value[1])
        if self.is_upward and other.is_upward:
            return Sign((low, high))
        if self.is_downward and other.is_downward:
            return self.negative().plus(other.negative()).negative()  # type: ignore[union-attr]
        return None

    def power(self, exponent: int) -> Sign | None:
        """The sign of an integer power; None where a negative power meets 0."""
        if exponent < 0 and not self.is_strict:
            return None
        if exponent == 0:
            return Sign.POSITIVE
        if exponent % 2:
            return self
        return Sign.POSITIVE if self.is_strict else Sign.ZERO if self is Sign.ZERO else Sign.NONNEGATIVE

    def join(self, other: Sign) -> Sign | None:
        """The sign on a union of two regions."""
        low, high = min(self.value[0], other.value[0]), max(self.value[1], other.value[1])
        return Sign((low, high)) if (low, high) != (-1, 1) else None


def sign_of_range(found: Range) -> Sign | None:
    """What the ends of a range say about the sign of its points."""
    if found.low == 0 == found.high:
        return Sign.ZERO
    if found.low > 0 or (found.low == 0 and not found.low_closed):
        return Sign.POSITIVE
    if found.high < 0 or (found.high == 0 and not found.high_closed):
        return Sign.NEGATIVE
    if found.low == 0:
        return Sign.NONNEGATIVE
    return Sign.NONPOSITIVE if found.high == 0 else None


def range_of_sign(sign: Sign) -> Range:
    """All numbers of a sign."""
    low, high = sign.value
    infinite = float("inf")
    return Range(
        0 if low >= 0 else -infinite, 0 if high <= 0 else infinite, low >= 0 and low != 1, high <= 0 and high != -1
    )


@dataclass(frozen=True, slots=True)
class Finding:
    """A sign and the argument for it: statements with their reasons, in the order in which they follow."""

    sign: Sign
    lines: tuple[tuple[Expr | Relational, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Lemma:
    """A proved sign inside a search; its lines are (expression, sign, reason) in the search's own symbols."""

    sign: Sign
    lines: tuple[tuple[Expr, Sign, str], ...] = ()

    def negative(self) -> Lemma:
        return Lemma(self.sign.negative(), self.lines)

    def because(self, expr: Expr, reason: str) -> Lemma:
        """The lemma with its own statement added as the last line, after those that it rests on."""
        return Lemma(self.sign, (*dict.fromkeys(self.lines), (expr, self.sign, reason)))


@dataclass(frozen=True, slots=True)
class RationalForm:
    """numerator/denominator as products of factors, in symbols and atoms; ``atoms`` says what stands for what."""

    scale: Expr
    numerator: tuple[tuple[Poly, int], ...]
    denominator: tuple[tuple[Poly, int], ...]
    atoms: dict[Symbol, Expr]
    ranges: dict[Symbol, Range]

    def expression(self, factor: Poly) -> Expr:
        """A factor in the original symbols."""
        return factor.as_expr().xreplace(self.atoms)


RELATIONS = {
    Sign.POSITIVE: sp.Gt,
    Sign.NEGATIVE: sp.Lt,
    Sign.NONNEGATIVE: sp.Ge,
    Sign.NONPOSITIVE: sp.Le,
    Sign.ZERO: sp.Eq,
}


def order_of(symbol: Symbol) -> tuple[str, int]:
    """A sort key for the symbols of a search, the same in every run."""
    return symbol.name, symbol.dummy_index


class Bounding(Protocol):
    """What interval arithmetic asks: the ranges of symbols and parts, and the sign of a part that must not vanish."""

    def sign(self, expr: Expr, depth: int) -> Lemma | None:
        """The sign of an expression, which is also found to be defined everywhere; None: could not tell."""

    def bounds(self, expr: Expr, depth: int = 1) -> Range | None:
        """Numeric bounds of an expression; None where it may be undefined."""

    def range_of(self, symbol: Symbol) -> Range:
        """The range of a symbol."""


class Prover(Bounding, Protocol):
    """What the techniques may ask of the search that runs them.

    All symbols of a search are its own: each has a ``Range`` that never changes, so what is proved once stays proved.
    """

    def new_symbol(self, name: str, values: Range, shown: Expr) -> Symbol:
        """A symbol over a range, which lines show as ``shown`` (in terms of older symbols)."""

    def rational(self, expr: Expr) -> RationalForm | None:
        """The factored rational form of an expression, computed once."""

    def text(self, expr: Expr) -> str:
        """An expression in the words of the original problem, for use inside a reason."""

    def spent(self) -> bool:
        """The time or the steps of the search are used up."""
