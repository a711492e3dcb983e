"""The maximum of a concave log-likelihood with corners, by its one-sided slopes.

Theorem (Rockafellar 1970, Theorem 27.1 and section 24). A concave ℓ is largest exactly where 0 lies between its right and its
left derivative, and both fall. So the knot is found by halving at which the right slope ceases to be positive; the maximum
is that knot, a root of the slope in the cell before it, or every point of the cells after it on which the slope stays 0.
Pieces are analytic, so a slope that is 0 at both ends of a cell is 0 all over it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import sympy as sp
from numpy.typing import NDArray
from sympy import Expr, Symbol

from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.algebra.roots import Place, find_root
from symbolic_mle.errors import DataError
from symbolic_mle.locating.arrangement import Arrangement
from symbolic_mle.locating.exact import ExactLocator
from symbolic_mle.locating.fractions import as_rational, fraction_of
from symbolic_mle.locating.kinked import Kinked
from symbolic_mle.records import Existence, Located, Point, Proof, Specification

UNTOLD = Located(Existence.UNKNOWN, note="the slope of the log-likelihood could not be told from 0")


class UndecidedError(Exception):
    """A sign could not be told."""


@dataclass(frozen=True, slots=True)
class Peak(ExactLocator):
    """Locates the maximum of a log-likelihood that is proved to be concave in η."""

    kinked: Kinked

    def exactly(
        self, model: Specification, known: Mapping[Symbol, float], sample: Mapping[Symbol, NDArray[np.float64]]
    ) -> tuple[Located, dict[Symbol, Any]]:
        """The maximisers, and one of them, which is exact where it is a knot."""
        try:
            search = _Search(Arrangement(self.kinked, model, known, sample))
            located = search.result()
        except UndecidedError:
            return UNTOLD, {}
        if located.existence is not Existence.ATTAINED:
            return located, {}
        return located, {self.kinked.parameter: _back(self.kinked, search.least)}


@dataclass(frozen=True, slots=True)
class End:
    """An end of the values of η that are possible: a number or ±∞, and the place of the end itself, None where it is left out."""

    value: Any
    place: int | None

    @property
    def is_finite(self) -> bool:
        return not math.isinf(float(self.value))


def ends_of(arrangement: Arrangement) -> tuple[End, End, int, int]:
    """The ends of the values that are possible, and the first and the last cell inside.

    Raises DataError where no value gives every observation a positive density.
    """
    a = arrangement
    space = numeric(a.kinked.space, a)
    first, last = a.possible_cells()
    first, last = max(first, a.rank(space.lower, right=True)), min(last, a.rank(space.upper, right=False))
    if first > last:
        return _single(a, space)
    low, high = End(space.lower, 2 * first if space.closed_lower else None), End(space.upper, None)
    if space.closed_upper:
        high = End(space.upper, 2 * last)
    if first > 0 and a.knot(first - 1) >= space.lower:
        k = first - 1
        inside = space.closed_lower or a.knot(k) > space.lower
        low = End(a.knot(k), 2 * k + 1 if inside and a.possible(2 * k + 1) else None)
    if last < a.count and a.knot(last) <= space.upper:
        inside = space.closed_upper or a.knot(last) < space.upper
        high = End(a.knot(last), 2 * last + 1 if inside and a.possible(2 * last + 1) else None)
    return low, high, first, last


def _single(a: Arrangement, space: Interval) -> tuple[End, End, int, int]:
    """No cell is possible; perhaps one knot is."""
    for k in range(a.count):
        value = a.knot(k)
        inside = (value > space.lower or (space.closed_lower and value == space.lower)) and (
            value < space.upper or (space.closed_upper and value == space.upper)
        )
        if inside and a.height(2 * k + 1, value) > -math.inf:
            return End(value, 2 * k + 1), End(value, 2 * k + 1), 1, 0
    raise DataError("data: no value of the parameter gives every observation a positive density")


def numeric(interval: Interval, a: Arrangement) -> Interval:
    """The interval with numbers as ends."""
    found = interval.xreplace({s: as_rational(fraction_of(v)) for s, v in a.known.items()})
    if not (found.lower.is_number and found.upper.is_number):
        raise UndecidedError
    return found


class _Search:
    def __init__(self, arrangement: Arrangement) -> None:
        self.a = arrangement
        self.low, self.high, self.first, self.last = ends_of(arrangement)
        self.least: Any = None

    def sign(self, place: int, value: Any) -> int:
        """The sign of the slope, of which something must be known."""
        found = self.a.slope_sign(place, value)
        if found is None:
            raise UndecidedError
        return found

    def result(self) -> Located:
        if self.first > self.last:
            return self._found(self.low.value, self.low.value)
        k = self._first_not_rising()
        if k > self.first and self.sign(2 * k, self.a.knot(k - 1)) <= 0:
            return self._from_knot(k - 1)
        return self._in_cell(k)

    def _first_not_rising(self) -> int:
        """The first cell at whose upper knot the slope from the left is ≤ 0, or the last cell."""
        low, high = self.first, self.last
        while low < high:
            middle = (low + high) // 2
            if self.sign(2 * middle, self.a.knot(middle)) <= 0:
                high = middle
            else:
                low = middle + 1
        return low

    def _from_knot(self, k: int) -> Located:
        """Knot k is a maximiser; so are the points after it as long as the slope is 0."""
        return self._flat_after(self.a.knot(k), True, k + 1)

    def _flat_after(self, start: Any, closed: bool, cell: int) -> Located:
        """Every point from ``start`` to where the slope ceases to be 0 maximises."""
        stop, closed_stop = start, closed
        while cell <= self.last and self._is_flat(cell):
            end = self.high if cell == self.last else End(self.a.knot(cell), 2 * cell + 1)
            stop, closed_stop = end.value, end.place is not None
            cell += 1
        if start == stop and not (closed and closed_stop):
            raise UndecidedError
        return self._found(start, stop)

    def _is_flat(self, cell: int) -> bool:
        """Is the slope, which falls, 0 at two points of the cell? Then it is 0 between them, and being analytic all over it."""
        lower, upper = self._around(cell)
        middle = between(lower.value, upper.value)
        if self.sign(2 * cell, middle) != 0:
            return False
        return self.a.has_one_slope or self.sign(2 * cell, between(lower.value, middle)) == 0

    def _around(self, cell: int) -> tuple[End, End]:
        """The two ends of a cell."""
        lower = self.low if cell == self.first else End(self.a.knot(cell - 1), 2 * cell - 1)
        upper = self.high if cell == self.last else End(self.a.knot(cell), 2 * cell + 1)
        return lower, upper

    # ------------------------------------------------------------------ inside a cell

    def _in_cell(self, k: int) -> Located:
        """The slope is positive at the lower knot of cell k, if it has one, and ≤ 0 at its upper knot, if it has one."""
        lower, upper = self._around(k)
        place = 2 * k
        if self._is_flat(k):
            return self._flat_after(lower.value, lower.place is not None, k)
        if k < self.last and self.sign(place, upper.value) == 0:
            return self._from_knot(k)
        if self.a.has_one_slope:
            rises = self.sign(place, sp.Integer(0)) > 0
            return self._at_end(k, upper if rises else lower)
        root = find_root(lambda v: self.a.slope(place, v), float(lower.value), float(upper.value))
        if root is None or (root.place is not Place.INSIDE and not root.complete):
            raise UndecidedError
        if root.place is Place.INSIDE:
            return self._found(root.value, root.value)
        return self._at_end(k, upper if root.place is Place.AT_UPPER else lower)

    def _at_end(self, k: int, end: End) -> Located:
        """ℓ is strictly monotone on the cell and runs to this end of the possible values."""
        if end.place is None:
            return Located(Existence.NOT_ATTAINED, proof=Proof.GLOBAL, note=_towards(self.a, end.value))
        there, limit = (end.place, end.value), (2 * k, end.value)
        order = self.a.compare(there, limit)
        if order is None:
            raise UndecidedError
        if order < 0:
            return Located(Existence.NOT_ATTAINED, proof=Proof.GLOBAL, note=_towards(self.a, end.value))
        return self._found(end.value, end.value)

    def _found(self, low: Any, high: Any) -> Located:
        self.least = between(low, high) if abs(low) == sp.oo else sp.sympify(low)
        return Located(Existence.ATTAINED, (as_point(self.a.kinked, low, high),), Proof.GLOBAL)


def between(low: Any, high: Any) -> Any:
    """A point between two values."""
    finite = [v not in (sp.oo, -sp.oo) for v in (low, high)]
    if all(finite):
        return (low + high) / 2
    return low + 1 if finite[0] else high - 1 if finite[1] else sp.Integer(0)


def as_point(kinked: Kinked, low: Any, high: Any) -> Point:
    """A value of η, or an interval of them, as the parameter."""
    first, last = sorted(float(_back(kinked, v)) for v in (low, high))
    return {kinked.parameter: first if first == last else (first, last)}


def _back(kinked: Kinked, value: Any) -> Any:
    if kinked.back == kinked.scale:
        return value
    found = kinked.back.xreplace({kinked.scale: sp.sympify(value)})
    side = "-" if value == kinked.space.upper else "+"
    return found if found.is_finite else sp.limit(kinked.back, kinked.scale, value, side)


def _towards(a: Arrangement, value: Expr) -> str:
    (end,) = as_point(a.kinked, value, value).values()
    return f"the likelihood rises as {a.kinked.parameter} tends to {end:g}, and has no maximum there"
