"""The knots of a sample: the parameter values at which some observation has a corner, in exact order.

They cut the line into cells. On a cell every observation keeps to one smooth piece of its log-density, so the log-likelihood
and its slope are those of the pieces. Place 2k is the cell below knot k, place 2k + 1 the knot k itself; a limit from
one side of a knot is the value there of the cell on that side.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
import sympy as sp
from numpy.typing import NDArray
from sympy import Dummy, Expr, Symbol

from symbolic_mle.algebra.corners import Broken
from symbolic_mle.algebra.numeric import compile_expression, compile_pointwise, evaluate_exactly, sign_on_sample
from symbolic_mle.algebra.numeric.evaluator import Evaluator
from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.locating.fractions import as_fraction, as_rational, exact_value, fraction_of
from symbolic_mle.locating.kinked import Kinked
from symbolic_mle.records import Specification

Values = Mapping[Symbol, float]
Sample = Mapping[Symbol, NDArray[np.float64]]

CLEAR = 1e-9  # relative difference of log-likelihoods that rounding cannot make
TIED = ((60, -45), (150, -120))  # digits, and the power of ten below which a relative difference is 0


@dataclass(frozen=True, slots=True)
class _Corners:
    """One broken function on the sample: the knots of each observation, and its piece where it has none."""

    ranks: NDArray[np.int64]  # n × corners
    side: NDArray[np.int64]  # the sign of the slope
    still: NDArray[np.int64]  # code of the piece where the slope is 0


class Arrangement:
    """The knots of a sample and the log-likelihood between them."""

    def __init__(self, kinked: Kinked, model: Specification, known: Values, sample: Sample) -> None:
        self.kinked, self.model, self.known, self.sample = kinked, model, dict(known), dict(sample)
        self.size = len(next(iter(sample.values())))
        self._codes = tuple(Dummy(f"q{k}") for k in range(len(kinked.broken)))
        self._constants = {s: as_rational(fraction_of(v)) for s, v in known.items()}
        self._arrange()

    # ------------------------------------------------------------------ knots

    def _arrange(self) -> None:
        broken = [
            Broken(b.slope, b.offset, tuple(c.xreplace(self._constants) for c in b.corners), b.pieces, b.at)
            for b in self.kinked.broken
        ]
        slopes = [self._column(b.slope) for b in broken]
        offsets = [self._column(b.offset) for b in broken]
        entries: list[tuple[Any, int, int, int]] = []  # value, function, corner, observation
        for g, b in enumerate(broken):
            for j, corner in enumerate(b.corners):
                entries += zip(self._knots(corner, slopes[g], offsets[g]), [g] * self.size, [j] * self.size,
                               range(self.size), strict=True)  # fmt: skip
        entries = [e for e in entries if e[0] is not None]
        entries.sort(key=lambda e: e[0])
        self.values: list[Any] = []
        self._makers: list[tuple[Broken, int, int]] = []
        ranks = [np.zeros((self.size, len(b.corners)), dtype=np.int64) for b in broken]
        for value, g, j, i in entries:
            if not self.values or value != self.values[-1]:
                self.values.append(value)
                self._makers.append((broken[g], j, i))
            ranks[g][i, j] = len(self.values) - 1
        self._functions = [
            _Corners(r, _signs(s), _still(b, o)) for b, r, s, o in zip(broken, ranks, slopes, offsets, strict=True)
        ]

    def _column(self, expr: Expr) -> list[Any]:
        """The expression at each observation: fractions, or doubles where it is not rational."""
        expr = expr.xreplace(self._constants)
        if not expr.free_symbols:
            return [as_fraction(expr) if expr.is_Rational else float(expr)] * self.size
        used = [s for s in self.sample if s in expr.free_symbols]
        rows = zip(*(self.sample[s].tolist() for s in used), strict=True)
        values = [exact_value(expr, dict(zip(used, map(fraction_of, row), strict=True))) for row in rows]
        return list(compile_pointwise(expr, (), tuple(self.sample))({}, self.sample)) if None in values else values

    @staticmethod
    def _knots(corner: Expr, slopes: list[Any], offsets: list[Any]) -> list[Any]:
        shift = as_fraction(corner) if corner.is_Rational else float(corner)
        return [None if a == 0 else (b + shift) / a for a, b in zip(slopes, offsets, strict=True)]

    @property
    def count(self) -> int:
        """How many knots there are."""
        return len(self.values)

    def knot(self, k: int) -> Expr:
        """The k-th knot as an exact number."""
        if not isinstance(self.values[k], float):
            return as_rational(self.values[k])
        broken, j, i = self._makers[k]
        row = {s: as_rational(fraction_of(column[i])) for s, column in self.sample.items()}
        return broken.knot(j).xreplace(self._constants).xreplace(row)

    def rank(self, value: Expr, right: bool) -> int:
        """How many knots are < value, or ≤ value where ``right``."""
        number: Any = as_fraction(value) if value.is_Rational else float(value)
        return (bisect_right if right else bisect_left)(self.values, number)

    # ------------------------------------------------------------------ what holds at a place

    def codes(self, place: int) -> list[NDArray[np.int64]]:
        """For each broken function the piece of every observation; corner j itself has the code pieces + j."""
        k, at = place // 2, place % 2
        found = []
        for f, b in zip(self._functions, self.kinked.broken, strict=True):
            below = (f.ranks < k).sum(axis=1)
            above = (f.ranks > k if at else f.ranks >= k).sum(axis=1)
            code = np.where(f.side > 0, below, above)
            if at:
                code = code + len(b.pieces) * (f.ranks == k).any(axis=1)
            found.append(np.where(f.side == 0, f.still, code))
        return found

    def possible(self, place: int) -> bool:
        """Can every observation be?"""
        return all(
            not np.isin(code, impossible).any()
            for code, impossible in zip(self.codes(place), self._impossible, strict=True)
            if impossible
        )

    def possible_cells(self) -> tuple[int, int]:
        """The first and the last cell where every observation can be, when its impossible pieces are the outer ones."""
        first, last = 0, self.count
        for f, b in zip(self._functions, self.kinked.broken, strict=True):
            allowed = [k for k, piece in enumerate(b.pieces) if piece != -sp.oo]
            lowest, highest = allowed[0], allowed[-1]
            rising, falling = f.ranks[f.side > 0], f.ranks[f.side < 0]
            if lowest > 0:
                first = max(first, *(rising[:, lowest - 1] + 1), 0)
                last = min(last, *falling[:, lowest - 1], self.count)
            if highest < len(b.corners):
                last = min(last, *rising[:, highest], self.count)
                first = max(first, *(falling[:, highest] + 1), 0)
            still = f.still[f.side == 0]
            if any((*b.pieces, *b.at)[code] == -sp.oo for code in still):
                return 1, 0
        return first, last

    @cached_property
    def _impossible(self) -> list[list[int]]:
        return [[c for c, piece in enumerate((*b.pieces, *b.at)) if piece == -sp.oo] for b in self.kinked.broken]

    def _table(self, place: int) -> dict[Symbol, NDArray[np.float64]]:
        return {**self.sample, **{q: c.astype(float) for q, c in zip(self._codes, self.codes(place), strict=True)}}

    # ------------------------------------------------------------------ heights and slopes

    def _total(self, derivative: bool) -> Expr:
        """Σᵢ of the piece that each code names, or of its derivative."""

        def shown(piece: Expr) -> Expr:
            return sp.Integer(0) if piece == -sp.oo else piece.diff(self.kinked.scale) if derivative else piece

        total = shown(self.kinked.smooth)
        for q, b in zip(self._codes, self.kinked.broken, strict=True):
            pieces = [shown(p) for p in (*b.pieces, *b.at)]
            total += sp.Piecewise(
                *((piece, sp.Eq(q, k)) for k, piece in enumerate(pieces[:-1])), (pieces[-1], sp.true), evaluate=False
            )
        return DataSum(total, (*self.sample, *self._codes))

    @property
    def has_one_slope(self) -> bool:
        """Is the slope the same all over a cell, for every cell?"""
        return not self._slope[0].has(self.kinked.scale)

    @cached_property
    def _height(self) -> tuple[Expr, Evaluator]:
        return self._compiled(self._total(derivative=False))

    @cached_property
    def _slope(self) -> tuple[Expr, Evaluator]:
        return self._compiled(self._total(derivative=True))

    def _compiled(self, total: Expr) -> tuple[Expr, Evaluator]:
        symbols = (*self.known, self.kinked.scale)
        return total, compile_expression(total, symbols, (*self.sample, *self._codes), self.model.size)

    def height(self, place: int, value: Any) -> float:
        """The log-likelihood at a value, by the pieces of a place; −∞ where it is impossible."""
        if not self.possible(place):
            return -np.inf
        return self._height[1]({**self.known, self.kinked.scale: value}, self._table(place))

    def slope(self, place: int, value: Any) -> float:
        """The derivative at a value, by the pieces of a cell."""
        return self._slope[1]({**self.known, self.kinked.scale: value}, self._table(place))

    def slope_sign(self, place: int, value: Any) -> int | None:
        """Its sign, exactly; None where it cannot be told."""
        if self._fractions is not None:
            total_slope = self._slope_in_fractions(place)
            return (total_slope > 0) - (total_slope < 0)
        values, table, total = {**self.known, self.kinked.scale: value}, self._table(place), self._slope[0]
        found = sign_on_sample(total, values, table, self.model.size)
        if found is not None:
            return found
        size = DataSum(
            sp.Abs(total.args[0]), total.args[1]
        )  # where the error of a term, |x − η|^(1/2) at 0, has no bound
        for digits, power in TIED:
            value, whole = (evaluate_exactly(e, values, table, digits, self.model.size) for e in (total, size))
            if not (value.context.isfinite(value) and value.context.isfinite(whole)):
                return None
            if abs(value) > whole * value.context.mpf(10) ** power:
                return 1 if value > 0 else -1
        return 0

    @cached_property
    def _fractions(self) -> tuple[list[Fraction], list[list[list[Fraction]]]] | None:
        """The slope of the smooth part and of every piece at every observation, where they are fractions free of η."""
        if not self.has_one_slope:
            return None
        eta, kinked = self.kinked.scale, self.kinked
        smooth = self._column(kinked.smooth.diff(eta))
        pieces = [
            [self._column(sp.Integer(0) if p == -sp.oo else sp.cancel(p.diff(eta))) for p in (*b.pieces, *b.at)]
            for b in kinked.broken
        ]
        columns = [smooth, *(column for table in pieces for column in table)]
        return (smooth, pieces) if all(isinstance(column[0], Fraction) for column in columns) else None

    def _slope_in_fractions(self, place: int) -> Fraction:
        assert self._fractions is not None
        smooth, pieces = self._fractions
        total = sum(smooth, start=Fraction(0))
        for code, table in zip(self.codes(place), pieces, strict=True):
            total += sum((table[k][i] for i, k in enumerate(code.tolist())), start=Fraction(0))
        return total

    def compare(self, first: tuple[int, Any], second: tuple[int, Any]) -> int | None:
        """The sign of the difference of two heights (place, value), exactly; 0 is a tie."""
        near, far = self.height(*first), self.height(*second)
        if np.isnan(near) or np.isnan(far):
            return None
        if np.isinf(near) or np.isinf(far):
            return 0 if near == far else 1 if near > far else -1
        if abs(near - far) > CLEAR * (1 + abs(near) + self.size):
            return 1 if near > far else -1
        for digits, power in TIED:
            a, b = (self._exact_height(*each, digits) for each in (first, second))
            if not (a.context.isfinite(a) and b.context.isfinite(b)):
                return None
            if abs(a - b) > (1 + abs(a)) * a.context.mpf(10) ** power:
                return 1 if a > b else -1
        return 0

    def _exact_height(self, place: int, value: Any, digits: int) -> Any:
        values = {**self.known, self.kinked.scale: value}
        return evaluate_exactly(self._height[0], values, self._table(place), digits, self.model.size)


def _signs(values: list[Any]) -> NDArray[np.int64]:
    return np.array([(v > 0) - (v < 0) for v in values], dtype=np.int64)


def _still(broken: Broken, offsets: list[Any]) -> NDArray[np.int64]:
    """The codes of observations whose u = −offset does not move with the parameter."""
    corners = [as_fraction(c) if c.is_Rational else float(c) for c in broken.corners]
    found = []
    for offset in offsets:
        level = -offset
        on = [j for j, c in enumerate(corners) if c == level]
        found.append(len(broken.pieces) + on[0] if on else sum(c < level for c in corners))
    return np.array(found, dtype=np.int64)
