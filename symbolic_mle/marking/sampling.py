"""Small samples that a model can produce, and values for its known constants: where claims are put to the test.

A parameter point is drawn from the space, candidates are drawn from the support there, and some are kept with the chances
that the density gives them. Numbers have few decimals, because a counterexample is to be read. The same model is always
tested at the same samples.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import sympy as sp
from sympy import Symbol

from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.marking.likelihood import Columns, ModelLikelihood
from symbolic_mle.records import Specification

PLAN = (
    *(("generic", size) for size in (3, 4, 2, 5)),
    *(("extreme", size) for size in (3, 4, 3)),
    *(("generic", size) for size in (3, 6, 4, 8, 5, 3, 7, 4, 12, 5, 3, 10)),
    *(("extreme", size) for size in (4, 5, 3)),
    *(("degenerate", size) for size in (1, 2, 3, 1)),
)
CANDIDATES = 60


@dataclass(frozen=True, eq=False)
class Trial:
    """A sample with values of the known constants. ``kind`` is "generic", "extreme" or "degenerate".

    ``drawn`` are parameter values that allow the sample.
    """

    sample: Columns
    known: dict[Symbol, float]
    kind: str
    drawn: dict[Symbol, float] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return len(next(iter(self.sample.values())))


def trials(likelihood: ModelLikelihood) -> Iterator[Trial]:
    """Generic samples, some far out in the support, and last those of equal observations."""
    generator = np.random.default_rng(20250117)
    for kind, size in PLAN:
        yield from draw(likelihood, generator, size, kind)


def draw(
    likelihood: ModelLikelihood, generator: np.random.Generator, size: int, kind: str,
    given: Mapping[Symbol, float] | None = None,
) -> Iterator[Trial]:  # fmt: skip
    """At most one sample of the kind, for given known constants or new ones; none where the draws do not fit the model."""
    model = likelihood.model
    for _ in range(6):
        known = dict(given) if given is not None else _drawn(model.known, generator, {})
        point = _drawn(model.parameters, generator, known, model)
        if not likelihood.in_space({**known, **point}):
            repaired = _repaired(likelihood, known, generator)
            if repaired is None:
                continue
            point = repaired
        values = {**known, **point}
        candidates = _candidates(model, values, generator, CANDIDATES if kind != "extreme" else 24)
        rows = _possible(likelihood, values, candidates)
        if len(rows) < (1 if kind == "degenerate" else size):
            continue
        chosen = _chosen(likelihood, values, candidates, rows, size, kind, generator)
        sample = {s: column[chosen] for s, column in candidates.items()}
        equal = all((column == column[0]).all() for column in sample.values())
        yield Trial(sample, known, "degenerate" if equal and kind == "generic" else kind, point)
        return


def _repaired(
    likelihood: ModelLikelihood, known: dict[Symbol, float], generator: np.random.Generator
) -> dict[Symbol, float] | None:
    """A point of a space with relations between parameters: sorted, or shares of 1."""
    model = likelihood.model
    for _ in range(60):
        point = _drawn(model.parameters, generator, known, model)
        names = list(point)
        values = sorted(point.values())
        shares = generator.multinomial(17, [1 / len(names)] * len(names)) + 1.0
        for trial in (values, values[::-1], list(shares / shares.sum()), list(point.values())):
            proposal = dict(zip(names, trial, strict=True))
            if likelihood.in_space({**known, **proposal}):
                return proposal
    return None


def _drawn(
    spaces: Mapping[Symbol, Interval], generator: np.random.Generator, known: Mapping[Symbol, float],
    model: Specification | None = None,
) -> dict[Symbol, float]:  # fmt: skip
    found: dict[Symbol, float] = {}
    for symbol, interval in spaces.items():
        points = model.points.get(symbol) if model else None
        if points is not None:
            found[symbol] = float(points[generator.integers(len(points))])
        else:
            found[symbol] = _inside(interval, {**known, **found}, generator)
    return found


def ends(interval: Interval, values: Mapping[Symbol, float]) -> tuple[float, float]:
    """The ends of an interval as numbers; ±∞ where they depend on what has no value yet."""
    exact = {s: sp.Float(v) for s, v in values.items()}
    lower, upper = (e.xreplace(exact) for e in (interval.lower, interval.upper))
    return (
        float(lower) if lower.is_number else -math.inf,
        float(upper) if upper.is_number else math.inf,
    )


def _inside(interval: Interval, values: Mapping[Symbol, float], generator: np.random.Generator) -> float:
    """A number with few decimals inside an interval."""
    low, high = ends(interval, values)
    if interval.integer:
        first = low if math.isfinite(low) else (high - 6 if math.isfinite(high) else -4)
        last = min(high, first + 6)
        first = math.ceil(first if interval.closed_lower or not math.isfinite(low) else first + 0.5)
        return float(generator.integers(first + (last > first), math.floor(last) + 1))
    if math.isfinite(low) and math.isfinite(high):
        share = generator.integers(1, 20) / 20
        return _rounded(low + share * (high - low), high - low)
    if math.isfinite(low):
        return _rounded(low + math.exp(generator.normal(0.3, 0.6)), 2)
    if math.isfinite(high):
        return _rounded(high - math.exp(generator.normal(0.3, 0.6)), 2)
    return _rounded(generator.normal(0.5, 1.5), 2)


def _rounded(value: float, width: float) -> float:
    digits = max(1, 2 - math.floor(math.log10(width))) if width > 0 else 6
    return round(value, digits)


def _candidates(
    model: Specification, values: Mapping[Symbol, float], generator: np.random.Generator, count: int
) -> Columns:
    """Observations in the box of the support, a column a variable; covariates are any numbers."""
    found: Columns = {}
    for x, interval in model.support.intervals.items():
        if model.support.points is not None:
            exact = {s: sp.Float(v) for s, v in values.items()}
            points = [float(p.xreplace(exact)) for p in model.support.points]
            found[x] = np.array(points)[generator.integers(len(points), size=count)]
            continue
        found[x] = _column(interval, values, generator, count, model.discrete)
    for z in model.covariates:
        found[z] = np.round(generator.normal(0.5, 1.2, size=count), 1)
    return found


def _column(
    interval: Interval, values: Mapping[Symbol, float], generator: np.random.Generator, count: int, discrete: bool
) -> np.ndarray:
    low, high = ends(interval, values)
    whole = interval.integer or discrete
    scales = max((abs(v) for v in values.values()), default=1.0) or 1.0
    if math.isfinite(low) and math.isfinite(high):
        column = low + (high - low) * generator.random(count)
        width = high - low
        if whole:
            return generator.integers(math.ceil(low), math.floor(high) + 1, size=count).astype(float)
    elif math.isfinite(low) or math.isfinite(high):
        spread = np.exp(generator.normal(0.2, 1.1, size=count)) * generator.choice(
            [1.0, max(0.3, min(scales, 8.0))], size=count
        )
        column = low + spread if math.isfinite(low) else high - spread
        width = 3.0
    else:
        centre = np.array([0.0, *values.values()])[generator.integers(len(values) + 1, size=count)]
        column, width = centre + generator.normal(0, 1.5, size=count) * max(0.5, min(scales, 4.0)) / 2, 3.0
    if whole:
        return np.floor(column) if math.isfinite(low) else np.round(column)
    digits = max(1, 2 - math.floor(math.log10(width))) if width > 0 else 6
    return np.round(column, digits)


def _possible(likelihood: ModelLikelihood, values: Mapping[Symbol, float], candidates: Columns) -> list[int]:
    """The candidates that the support allows at this parameter point."""
    count = len(next(iter(candidates.values())))
    return [
        k for k in range(count)
        if likelihood.in_support(values, {s: c[k : k + 1] for s, c in candidates.items()})
        and _not_at_open_end(likelihood.model, {s: float(c[k]) for s, c in candidates.items()})
    ]  # fmt: skip


def _not_at_open_end(model: Specification, observation: Mapping[Symbol, float]) -> bool:
    return not any(
        observation[x] == float(end) for x, marked in model.open_ends.items() for end in marked if end.is_number
    )


def _chosen(
    likelihood: ModelLikelihood, values: Mapping[Symbol, float], candidates: Columns, rows: list[int], size: int,
    kind: str, generator: np.random.Generator,
) -> list[int]:  # fmt: skip
    """Which candidates make the sample: by the density, at one side of the support, or one of them again and again."""
    first = candidates[likelihood.model.variables[0]]
    if kind == "degenerate":
        row = rows[generator.integers(len(rows))] if generator.random() < 0.5 else min(rows, key=lambda k: first[k])
        return [row] * size
    if not likelihood.model.discrete:
        rows = _without_ties(candidates, rows)
    if kind == "extreme":
        ordered = sorted(rows, key=lambda k: first[k])
        return ordered[:size] if generator.random() < 0.4 else ordered[-size:]
    weights = np.array([_weight(likelihood, values, candidates, k) for k in rows])
    weights = np.where(np.isfinite(weights), weights, 0) + 1e-3 * (
        np.nanmax(np.where(np.isfinite(weights), weights, 0)) + 1e-12
    )
    count = min(size, len(rows))
    repeats = likelihood.model.discrete
    return [
        rows[k]
        for k in generator.choice(
            len(rows), size=size if repeats else count, replace=repeats, p=weights / weights.sum()
        )
    ]


def _without_ties(candidates: Columns, rows: list[int]) -> list[int]:
    return list({tuple(float(c[k]) for c in candidates.values()): k for k in rows}.values())


def _weight(likelihood: ModelLikelihood, values: Mapping[Symbol, float], candidates: Columns, row: int) -> float:
    one = {s: c[row : row + 1] for s, c in candidates.items()}
    height = likelihood.rough(one, {})({s: v for s, v in values.items()})
    return math.exp(min(height, 50.0)) if math.isfinite(height) else 0.0
