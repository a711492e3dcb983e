"""A region with any ends → symbols of the search's own, each over a simple numeric range.

x in (μ, ∞) becomes μ + t with t > 0, x in (0, θ) becomes θ·y with 0 < y < 1, and so on: the new symbols are
independent, which can only widen the region. Ends that refer to one another in a circle are dropped. May know
``Interval`` and ``Range``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.algebra.ranges import INFINITE, REALS, Range
from symbolic_mle.algebra.sign_values import Prover


def interval_of(symbol: Symbol) -> Interval | None:
    """The interval that the symbol's own assumptions promise; None for one that need not be real."""
    integer = bool(symbol.is_integer)
    if symbol.is_positive:
        return Interval(sp.S.Zero, sp.oo, False, False, integer)
    if symbol.is_negative:
        return Interval(-sp.oo, sp.S.Zero, False, False, integer)
    if symbol.is_nonnegative:
        return Interval(sp.S.Zero, sp.oo, True, False, integer)
    if symbol.is_nonpositive:
        return Interval(-sp.oo, sp.S.Zero, False, True, integer)
    return Interval(integer=integer) if symbol.is_extended_real and symbol.is_finite is not False else None


class Coordinates:
    """Original symbols → expressions in the search's symbols; ``translate`` reads the ends of the intervals."""

    def __init__(
        self, region: Mapping[Symbol, Interval], prover: Prover, translate: Callable[[Expr], Expr | None]
    ) -> None:
        self.region, self.prover, self.translate = region, prover, translate
        self.placed: dict[Symbol, Expr | None] = {}
        self._under_way: set[Symbol] = set()

    def place(self, symbol: Symbol) -> Expr | None:
        """The symbol in the search's own symbols; None for one that need not be real."""
        if symbol in self.placed:
            return self.placed[symbol]
        if symbol in self._under_way:
            return None
        self._under_way.add(symbol)
        interval = self.region.get(symbol) or interval_of(symbol)
        found = self._place_in(symbol, interval) if interval is not None else None
        self._under_way.discard(symbol)
        self.placed[symbol] = found
        return found

    def _place_in(self, symbol: Symbol, interval: Interval) -> Expr:
        interval = _tightened(interval)
        low, high = self._end(interval.lower), self._end(interval.upper)
        if low is None and high is None:
            return self.prover.new_symbol(symbol.name, REALS, symbol)
        if low is not None and low == high:
            return low
        if high is None and low is not None:
            shift = self._new(symbol, Range(0, INFINITE, interval.closed_lower), symbol - interval.lower)
            return low + shift
        if low is None:
            return high - self._new(symbol, Range(0, INFINITE, interval.closed_upper), interval.upper - symbol)
        within = Range(0, 1, interval.closed_lower, interval.closed_upper)
        width = interval.upper - interval.lower
        return low + (high - low) * self._new(symbol, within, (symbol - interval.lower) / width)

    def _new(self, symbol: Symbol, values: Range, shown: Expr) -> Symbol:
        return self.prover.new_symbol(symbol.name, values, shown)

    def _end(self, end: Expr) -> Expr | None:
        """An end in the search's symbols; None for an infinite end, or one that cannot be used."""
        return None if end in (sp.oo, -sp.oo) else self.translate(end)


def _tightened(interval: Interval) -> Interval:
    """Integers between rational ends: from the first integer to the last."""
    if not interval.integer:
        return interval
    low, high = interval.lower, interval.upper
    closed_low, closed_high = interval.closed_lower, interval.closed_upper
    if low.is_Rational:
        low, closed_low = (sp.ceiling(low) if closed_low else sp.floor(low) + 1), True
    if high.is_Rational:
        high, closed_high = (sp.floor(high) if closed_high else sp.ceiling(high) - 1), True
    return Interval(low, high, closed_low, closed_high, True)
