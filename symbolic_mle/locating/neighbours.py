"""The maximisers in an integer parameter N whose likelihood rises, may rest, and then falls: where ℓ(N + 1) − ℓ(N) turns.

The change is positive first, then perhaps 0, then negative (the premise). Its sign is decided exactly where rounding could
matter, so ties are seen; its last nonnegative value is found by doubling and bisection.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from sympy import Expr, Symbol

from symbolic_mle.algebra.numeric import NotNumeric, compile_expression, error_scale, evaluate_exactly, sign_on_sample
from symbolic_mle.algebra.sample import OrderStatistic
from symbolic_mle.errors import DataError
from symbolic_mle.records import Existence, Located, Proof, Specification

Values = Mapping[Symbol, float]
Sample = Mapping[Symbol, NDArray[np.float64]]
Sign = Callable[[int], int]

LARGEST = 2**50  # integers beyond this are not told apart as doubles
MOST_TIES = 1000
CLEAR = 1e-9  # of the size of the terms: a thousand times the rounding error of a sum of doubles


class UndecidedError(Exception):
    """A sign that neither doubles nor many digits tell."""


@dataclass(frozen=True, slots=True)
class Bound:
    """N ≥ g(xᵢ) for every i, or N ≤ g(xᵢ); strictly, where ``strict``."""

    value: Expr
    upper: bool
    strict: bool = False

    def statistic(self, model: Specification) -> Expr:
        """The largest lower bound or the smallest upper bound in the sample."""
        if not self.value.free_symbols & set(model.observed):
            return self.value
        return OrderStatistic(self.value, model.observed, 1 if self.upper else model.size)

    def of(self, model: Specification, known: Values, sample: Sample) -> int:
        """The smallest (largest) integer allowed."""
        exact = evaluate_exactly(self.statistic(model), known, sample, 50, model.size)
        nearest = int(exact.context.nint(exact))
        if abs(exact - nearest) < 1e-30:
            return nearest + ((-1 if self.upper else 1) if self.strict else 0)
        return math.floor(exact) if self.upper else math.ceil(exact)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The integers at which the change of the log-likelihood has turned from ≥ 0 to ≤ 0.

    ``change`` is ℓ(N + 1) − ℓ(N) (or a positive multiple of it), ``limit`` the limit of a multiple of it as N → ∞, where one is
    known; ``bounds`` say which integers allow every observation.
    """

    parameter: Symbol
    change: Expr
    bounds: tuple[Bound, ...]
    limit: Expr | None = None

    def __call__(self, model: Specification, known: Values, sample: Sample) -> Located:
        first, last = self._range(model, known, sample)

        try:
            sign = self._sign(model, known, sample)
            top = self._last(sign, first, last)
            if top is None:
                return self._without_end(model, known, sample)
            values = [*_ties(sign, int(max(first, top - MOST_TIES)), top)][::-1]
        except (UndecidedError, NotNumeric):
            return Located(Existence.UNKNOWN, note="the ratio of neighbouring likelihoods could not be compared with 1")
        if len(values) > MOST_TIES:
            return Located(Existence.UNKNOWN, note="very many neighbouring values have the same likelihood")
        return Located(Existence.ATTAINED, tuple({self.parameter: float(v)} for v in values), Proof.GLOBAL)

    def _sign(self, model: Specification, known: Values, sample: Sample) -> Sign:
        """The sign of the change at an integer: in doubles where it is beyond their rounding error, else exactly."""
        arguments = (self.parameter, *known)
        change, scale = (
            compile_expression(e, arguments, model.observed, model.size).on(sample)
            for e in (self.change, error_scale(self.change))
        )

        def sign(value: int) -> int:
            values = {**known, self.parameter: float(value)}
            found, spread = change(values), scale(values)
            if math.isfinite(spread) and abs(found) > CLEAR * spread:
                return 1 if found > 0 else -1
            exact = sign_on_sample(self.change, values, sample, model.size)
            if exact is None:
                raise UndecidedError
            return exact

        return sign

    def _range(self, model: Specification, known: Values, sample: Sample) -> tuple[float, float]:
        """The smallest and the largest integer that the space and the data allow."""
        ends = {upper: [b.of(model, known, sample) for b in self.bounds if b.upper == upper] for upper in (False, True)}
        first, last = max(ends[False], default=-math.inf), min(ends[True], default=math.inf)
        if first > last:
            raise DataError(f"data: no value of {self.parameter} gives every observation a positive probability")
        return first, last

    def _last(self, sign: Sign, first: float, last: float) -> int | None:
        """The smallest integer after which the likelihood falls; None when none is found."""
        if first == last:
            return int(first)
        start = int(first) if math.isfinite(first) else int(min(last - 1, 0))
        if not math.isfinite(first):
            start = _first_nonnegative(sign, start)
        low, step = start, 1
        if sign(low) < 0:
            return low
        while sign(high := int(min(low + step, last - 1))) >= 0:  # the change is ≥ 0 at low
            if high == last - 1:
                return int(last)
            low, step = high, 2 * step
            if high > LARGEST:
                return None
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if sign(middle) >= 0 else (low, middle)
        return high

    def _without_end(self, model: Specification, known: Values, sample: Sample) -> Located:
        """The change is nowhere seen to be negative: its limit says whether it ever is."""
        if self.limit is None or (found := sign_on_sample(self.limit, known, sample, model.size)) is None or found < 0:
            return Located(Existence.UNKNOWN, note=f"the maximiser lies beyond {LARGEST} or does not exist")
        note = f"the likelihood rises for ever as {self.parameter} grows"
        return Located(Existence.NOT_ATTAINED, (), Proof.GLOBAL, note)


def _first_nonnegative(sign: Sign, start: int) -> int:
    """An integer at or below the start where the change is ≥ 0."""
    step = 1
    while sign(start) < 0:
        start, step = start - step, 2 * step
        if abs(start) > LARGEST:
            raise UndecidedError
    return start


def _ties(sign: Sign, first: int, top: int) -> Iterator[int]:
    """The last maximiser and those before it with the same likelihood."""
    yield top
    for _, below in pairwise(range(top, first - 1, -1)):
        if sign(below) != 0:
            return
        yield below
