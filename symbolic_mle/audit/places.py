"""Where a derivation is tried: values for the parameters and known constants, and a small sample that the model allows.

Everything is drawn with a generator of its own, so that a derivation is tried at the same places every time.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sympy import Basic, Eq, Expr, Float, Integer, Mul, Ne, Pow, Symbol

from symbolic_mle.algebra.balance import Balance
from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.algebra.numeric import NotNumeric, compile_expression, error_scale
from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.records import Condition, Specification

Values = dict[Symbol, Any]
Sample = dict[Symbol, NDArray[np.float64]]

SEED = 20240229
SIZES = (5, 3, 4, 6)
OUTER = (3,)  # sizes of samples with an observation at 0 or at an end of the support, if that can be
INNER = (4, 6)  # sizes of samples without one
ATTEMPTS = 60  # samples drawn in search of one that satisfies the conditions, the first third of everyday size
ROUNDING = 1e-9  # of the scale of a statistic: what is smaller may be rounding
BALANCED = 1e-12  # of its sides: how well an equation holds among values that were moved to satisfy it
LABELLED = 0.9  # share of the covariates that are drawn from the labels of a model that has some
EVERYDAY = 100.0  # sums of smaller numbers, and of their fourth powers, are not lost in rounding beyond 1
CLEAR = 1e-4  # a statistic beyond this has a sure sign: values and data are numbers of everyday size


@dataclass(frozen=True, slots=True)
class Place:
    """Values for every parameter and known constant, other values for the parameters, and a sample."""

    values: Values
    others: tuple[Values, ...]
    sample: Sample


def draw_places(model: Specification, conditions: Sequence[Condition] = ()) -> Iterator[Place]:
    """One place a sample size, where the sample satisfies the conditions; none where that cannot be arranged."""
    for k, size in enumerate(SIZES):
        place = _draw_place(model, conditions, size, Random(SEED + k))
        if place is not None:
            yield place


def _draw_place(model: Specification, conditions: Sequence[Condition], size: int, generator: Random) -> Place | None:
    known = _draw_values(model.known, {}, model, generator)
    if known is None:
        return None
    drawn = [_draw_values(model.parameters, known, model, generator) for _ in range(4)]
    values = [v for v in drawn if v is not None]
    if not values or not values[0].keys() >= {*model.known, *model.parameters}:
        return None
    sample = _draw_sample(model, conditions, values[0], size, generator)
    return None if sample is None else Place(values[0], tuple(values[1:]), sample)


def _draw_values(
    intervals: Mapping[Symbol, Interval], given: Values, model: Specification, generator: Random
) -> Values | None:
    """Values inside the intervals, the ones without unknown ends first; inside the restrictions too."""
    balance = Balance.of(tuple(intervals), model.restrictions)
    for _ in range(ATTEMPTS):
        values, waiting = dict(given), dict(intervals)
        while ready := [s for s, i in waiting.items() if i.free_symbols <= values.keys()]:
            for symbol in ready:
                values[symbol] = _draw(waiting.pop(symbol), model.points.get(symbol), values, generator)
        values = {s: float(v) for s, v in balance(values).items()}
        if not waiting and _fulfils(values, intervals, model.restrictions, bool(balance.equations)):
            return values
    return None


def _fulfils(
    values: Values, intervals: Mapping[Symbol, Interval], relations: Sequence[Basic], moved: bool
) -> bool:  # fmt: skip
    """Do the restrictions hold, and the intervals too where the values were moved to satisfy equations?"""
    if moved and not all(is_inside(values[s], i, values) for s, i in intervals.items()):
        return False
    return all(
        satisfies(r, values) or (isinstance(r, Eq) and _close(r, values))
        for r in relations
        if r.free_symbols <= values.keys()
    )


def _close(equation: Basic, values: Values) -> bool:
    """Does an equation hold up to rounding?"""
    left, right = (float(e.xreplace({s: _exact(v) for s, v in values.items()})) for e in equation.args)
    return abs(left - right) <= BALANCED * (1 + abs(left))


def satisfies(relation: Basic, values: Values) -> bool:
    """Does a relation hold at these values?"""
    return relation.xreplace({s: _exact(v) for s, v in values.items()}) == True  # noqa: E712 (a SymPy relation)


def _exact(value: float) -> Expr:
    return Integer(int(value)) if value == int(value) else Float(value)


def ends(interval: Interval, values: Values) -> tuple[float, float]:
    """The ends of an interval as numbers."""
    low, high = interval.lower, interval.upper
    if interval.free_symbols:
        exact = {s: _exact(float(v)) for s, v in values.items()}
        low, high = low.xreplace(exact), high.xreplace(exact)
    return float(low), float(high)


def is_inside(value: float, interval: Interval, values: Values) -> bool:
    """Does a value lie in an interval whose ends may hold other symbols?"""
    low, high = ends(interval, values)
    return (value > low or (interval.closed_lower and value == low)) and (
        value < high or (interval.closed_upper and value == high)
    )


def _draw(
    interval: Interval, points: Sequence[Expr] | None, values: Values, generator: Random, inner: bool = False,
    scale: float = 1.0,
) -> float:  # fmt: skip
    """A number of the size of ``scale`` inside the interval, with few digits; an inner one is no end of it."""
    if points:
        return float(generator.choice(points).xreplace({s: Float(v) for s, v in values.items()}))
    low, high = ends(interval, values)
    if interval.integer:
        first, last = low + (not interval.closed_lower), high - (not interval.closed_upper)
        inner &= last - first >= 2
        return float(_integer(first + inner, last - inner, generator))
    value = _real(low, high, generator, scale)
    rounded = float(f"{value:.5g}")
    return rounded if low < rounded < high else value


def _real(low: float, high: float, generator: Random, scale: float) -> float:
    if math.isfinite(low) and math.isfinite(high):
        return low + (high - low) * generator.uniform(0.1, 0.9)
    step = scale * math.exp(generator.uniform(-1.0, 1.0))
    if math.isfinite(low):
        return low + step
    return high - step if math.isfinite(high) else scale * generator.uniform(-2.0, 2.0)


def _integer(first: float, last: float, generator: Random) -> int:
    if not math.isfinite(first):
        first = last - 6 if math.isfinite(last) else -3
    return generator.randint(math.ceil(first), math.floor(min(last, first + 6)))


# ------------------------------------------------------------------ the sample


def _draw_sample(
    model: Specification, conditions: Sequence[Condition], values: Values, size: int, generator: Random
) -> Sample | None:
    """A sample for which every condition holds beyond doubt."""
    tests = [_condition_test(c, model) for c in conditions]
    labels = _labels(model, conditions)
    for attempt in range(ATTEMPTS):
        scale = 1.0 if 3 * attempt < ATTEMPTS else 10.0 ** generator.uniform(-4.0, 4.0)
        rows = [_draw_row(model, values, generator, size in INNER, scale) for _ in range(size)]
        if None in rows:
            return None
        for row in rows if labels else ():
            assert row is not None
            row |= {s: generator.choice(found) for s, found in labels.items() if generator.random() < LABELLED}
        if size in OUTER and rows[0] is not None and not model.support.relations:
            rows[0] |= _special_row(model, {**values, **rows[0]})
        sample = {s: np.array([row[s] for row in rows if row is not None]) for s in model.observed}
        if all(test(values, sample) for test in tests):
            return sample
    return None


def _draw_row(
    model: Specification, values: Values, generator: Random, inner: bool, scale: float
) -> Values | None:  # fmt: skip
    intervals = {**model.covariates, **model.support.intervals}  # the ends of the support may hold a covariate
    for _ in range(ATTEMPTS):
        row: Values = {}
        for symbol, interval in intervals.items():
            if not _is_empty(interval, {**values, **row}):
                row[symbol] = _draw(interval, model.support.points, {**values, **row}, generator, inner, scale)
        possible = len(row) == len(intervals) and all(satisfies(r, {**values, **row}) for r in model.support.relations)
        if possible and _is_possible(row, values, model):
            return row
    return None


def _is_empty(interval: Interval, values: Values) -> bool:
    """Is there nothing between the ends, as where a covariate that is the number of trials was drawn below 0?"""
    if not interval.free_symbols:
        return False
    low, high = ends(interval, values)
    if interval.integer and math.isfinite(low) and math.isfinite(high):
        low, high = math.ceil(low + (not interval.closed_lower)), math.floor(high - (not interval.closed_upper))
        return low > high
    return low > high


def _is_possible(row: Values, values: Values, model: Specification) -> bool:
    """Has an observation with these covariates a positive density? (The support does not say which go together.)"""
    if not model.covariates:
        return True
    density = model.density.xreplace({s: _exact(v) for s, v in {**values, **row}.items()})
    return density.is_positive is not False and density.is_zero is not True


def _special_row(model: Specification, values: Values) -> Values:
    """An observation at 0, where the support lies on both sides of it, or at an end that belongs to it."""
    found = {}
    for symbol, interval in model.support.intervals.items():
        low, high = ends(interval, values)
        ours = [v for v, closed in ((low, interval.closed_lower), (high, interval.closed_upper)) if closed]
        special = [0.0] if low < 0 < high else ours
        if special and model.support.points is None:
            found[symbol] = special[0]
    return found


def _labels(model: Specification, conditions: Sequence[Condition]) -> dict[Symbol, list[float]]:
    """The numbers with which a covariate is compared, in the density or in what a condition counts."""
    said = [model.density, *(t.summand for c in conditions for t in c.statistic.atoms(DataSum))]
    equations = {e for expr in said for e in (*expr.atoms(Eq), *expr.atoms(Ne))}
    found = {
        s: sorted({float(v) for e in equations if s in e.args for v in e.args if v.is_number}) for s in model.covariates
    }
    return {s: values for s, values in found.items() if values}


def _condition_test(condition: Condition, model: Specification) -> Any:
    wanted = {">": (1,), "<": (-1,), ">=": (1,), "<=": (-1,), "!=": (1, -1)}.get(condition.relation, ())
    arguments = (*model.parameters, *model.known)
    try:
        evaluate = compile_expression(condition.statistic, arguments, model.observed, model.size)
    except NotNumeric:
        return lambda values, sample: False

    @cache
    def scale() -> Any:  # asked for small values only
        return compile_expression(error_scale(condition.statistic), arguments, model.observed, model.size)

    exactly = condition.relation == "=" and _is_about_covariates(condition, model)
    products = condition.statistic.atoms(Mul, Pow)
    plain = all(len(product.atoms(DataSum)) < 2 for product in products)  # a determinant is lost in rounding sooner

    def test(values: Values, sample: Sample) -> bool:
        value = evaluate(values, sample)
        if exactly:
            return value == 0
        large = plain and abs(value) > 1 and max(abs(v).max() for v in sample.values()) < EVERYDAY
        sure = abs(value) > CLEAR and (large or not abs(value) < ROUNDING * scale()(values, sample))
        return sure and math.copysign(1, value) in wanted

    return test


def _is_about_covariates(condition: Condition, model: Specification) -> bool:
    return condition.quantity is not None and condition.quantity.free_symbols <= set(model.covariates)
