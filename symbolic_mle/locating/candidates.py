"""The maximum of a log-likelihood that is convex, or concave, between its corners: finitely many candidates are compared.

On a cell between neighbouring knots a convex ℓ is nowhere larger than at its ends, and a concave one is largest at a root of
its slope or towards an end. So the supremum is the largest of the values at the knots and at such roots, which are attained,
and of the limits at the knots from either side and at the ends of the space, which are not attained unless the knot, or an
end that belongs to the space, has that value. Values that are nearly equal are compared exactly.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import sympy as sp
from numpy.typing import NDArray
from sympy import Symbol

from symbolic_mle.algebra.roots import Place, find_root
from symbolic_mle.errors import DataError
from symbolic_mle.locating.arrangement import Arrangement
from symbolic_mle.locating.kinked import Kinked
from symbolic_mle.locating.peak import UndecidedError, as_point, between, numeric
from symbolic_mle.records import Existence, Located, Proof, Specification

MOST = 40_000_000  # pieces looked at: the number of observations times that of knots
ROUNDING = 1e-12  # relative difference of heights at roots that may come from rounding
NEAR = 1e-8  # relative difference of heights below which they are compared exactly


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value of η, the pieces in force (2k for a cell, 2k + 1 for knot k), its height, and whether it is attained there."""

    value: Any
    place: int
    height: float
    attained: bool
    exact: bool = True  # not a root, which is known up to rounding


@dataclass(frozen=True, slots=True)
class Best:
    """Locates the maximum of a log-likelihood that is proved to be convex (or else concave) on every cell."""

    kinked: Kinked
    convex: bool
    tails_fall: bool  # beyond the outermost knots ℓ does not rise towards ±∞

    def __call__(
        self, model: Specification, known: Mapping[Symbol, float], sample: Mapping[Symbol, NDArray[np.float64]]
    ) -> Located:
        try:
            return _Comparison(Arrangement(self.kinked, model, known, sample), self).result()
        except UndecidedError:
            return Located(Existence.UNKNOWN, note="the candidates for the maximum could not be compared")


class _Comparison:
    def __init__(self, arrangement: Arrangement, best: Best) -> None:
        self.a, self.convex, self.tails_fall = arrangement, best.convex, best.tails_fall
        self.space = numeric(arrangement.kinked.space, arrangement)
        self.first = self.a.rank(self.space.lower, right=True)
        self.last = self.a.rank(self.space.upper, right=False)
        if self.a.size * max(self.a.count, 1) > MOST:
            raise UndecidedError

    def result(self) -> Located:
        found = [c for c in self._candidates() if c.height > -math.inf]
        if not found:
            raise DataError("data: no value of the parameter gives every observation a positive density")
        if any(math.isnan(c.height) for c in found):
            raise UndecidedError
        highest = max(c.height for c in found)
        if highest == math.inf:
            return Located(Existence.UNBOUNDED, proof=Proof.GLOBAL)
        top = self._top([c for c in found if c.height >= highest - NEAR * (1 + abs(highest) + self.a.size)])
        intervals = self._intervals(top)
        if not intervals:
            (least, *_) = top
            (end,) = as_point(self.a.kinked, least.value, least.value).values()
            note = f"the supremum is approached as {self.a.kinked.parameter} tends to {end:g}, and not attained there"
            return Located(Existence.NOT_ATTAINED, proof=Proof.GLOBAL, note=note)
        points = tuple(as_point(self.a.kinked, low, high) for low, high in intervals)
        if len(top) > 1 and not all(c.exact for c in top):
            note = "the maximisers are equally high up to rounding; that they are so exactly is not proved"
            return Located(Existence.ATTAINED, points, Proof.LOCAL, note)
        return Located(Existence.ATTAINED, points, Proof.GLOBAL)

    def _top(self, near: list[Candidate]) -> list[Candidate]:
        """The candidates of the greatest height, compared exactly."""
        top = near[:1]
        for candidate in near[1:]:
            order = self._order(candidate, top[0])
            if order is None:
                raise UndecidedError
            top = [candidate] if order > 0 else [*top, candidate] if order == 0 else top
        return top

    def _order(self, first: Candidate, second: Candidate) -> int | None:
        """The sign of the difference of two heights; 0 where it is within the error of a root."""
        gap, scale = first.height - second.height, 1 + abs(first.height) + self.a.size
        if not (first.exact and second.exact) and abs(gap) <= ROUNDING * scale:
            return 0
        return self.a.compare((first.place, first.value), (second.place, second.value))

    def _intervals(self, top: list[Candidate]) -> list[tuple[Any, Any]]:
        """The maximisers: single values, and cells that are flat at the top with the values next to them."""
        found: list[tuple[Any, Any]] = []
        flat = {c.place for c in top if not c.place % 2 and not c.attained and self._is_flat(c.place)}
        points = [(c.value, c.value, c.place) for c in top if c.attained]
        cells = [(*self._ends(place // 2), place) for place in flat]
        for low, high, _ in sorted((*points, *cells), key=lambda each: each[2]):
            if found and found[-1][1] == low:
                found[-1] = found[-1][0], high
            else:
                found.append((low, high))
        return found

    def _is_flat(self, place: int) -> bool:
        """Is the slope 0 all over a cell?"""
        low, high = self._ends(place // 2)
        sign = self.a.slope_sign(place, between(low, high))
        if sign is None:
            raise UndecidedError
        if sign or self.a.has_one_slope:
            return sign == 0
        return self.a.slope_sign(place, between(low, between(low, high))) == 0

    def _ends(self, k: int) -> tuple[Any, Any]:
        """The ends of cell k inside the space."""
        low = self.a.knot(k - 1) if k > self.first else self.space.lower
        return low, (self.a.knot(k) if k < self.last else self.space.upper)

    # ------------------------------------------------------------------ candidates

    def _candidates(self) -> Iterator[Candidate]:
        a, space = self.a, self.space
        for k in range(self.first, self.last + 1):
            if a.possible(2 * k):
                yield from self._of_cell(k)
            if k < self.last:
                yield self._at(a.knot(k), 2 * k + 1, True)
        for end, closed, right in ((space.lower, space.closed_lower, True), (space.upper, space.closed_upper, False)):
            if closed:
                k = a.rank(end, right=False)
                on_knot = k < a.count and a.knot(k) == end
                yield self._at(end, 2 * k + 1 if on_knot else 2 * (self.first if right else self.last), True)

    def _at(self, value: Any, place: int, attained: bool) -> Candidate:
        return Candidate(value, place, self.a.height(place, value), attained)

    def _of_cell(self, k: int) -> Iterator[Candidate]:
        """The limits at the ends of a cell, and the root of a falling slope inside."""
        low, high = self._ends(k)
        for end, outward in ((low, -1), (high, 1)):
            if abs(end) != sp.oo:
                yield self._at(end, 2 * k, False)
            elif self.convex and not self.tails_fall and self._side_at_infinity(2 * k, outward) > 0:
                yield Candidate(end, 2 * k, math.inf, False)
        if low == -sp.oo and high == sp.oo and self.convex:
            yield self._at(sp.Integer(0), 2 * k, True)  # flat, or the infinite ends have won
        if not self.convex:
            yield from self._root(k, low, high)

    def _side_at_infinity(self, place: int, outward: int) -> int:
        """Does a convex ℓ rise towards an infinite end? 1 if so: it then grows without bound."""
        if not self.a.has_one_slope:
            raise UndecidedError
        sign = self.a.slope_sign(place, sp.Integer(0))
        if sign is None:
            raise UndecidedError
        return sign * outward

    def _root(self, k: int, low: Any, high: Any) -> Iterator[Candidate]:
        root = find_root(lambda v: self.a.slope(2 * k, v), float(low), float(high))
        if root is None:
            if self._is_flat(2 * k):
                return
            raise UndecidedError
        if root.place is Place.INSIDE:
            yield replace(self._at(sp.Float(root.value, 17), 2 * k, True), exact=False)
        elif not root.complete:
            raise UndecidedError
        elif abs(low if root.place is Place.AT_LOWER else high) == sp.oo:
            raise UndecidedError  # ℓ rises all the way: its limit there is not known
