"""The largest likelihood at a sample by search: for models whose derivation is silent, and to beat a wrong claim.

A value found here proves that a smaller one is not the maximum, and nothing else. Parameters are searched on the whole of
their ranges in coordinates that know no ends; closed ends, separate values and the observations themselves are tried too.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import sympy as sp
from numpy.typing import NDArray
from sympy import Expr, Symbol

from symbolic_mle.marking.likelihood import Columns, ModelLikelihood
from symbolic_mle.marking.sampling import ends
from symbolic_mle.records import Specification

Height = Callable[[Mapping[Symbol, float]], float]
REACH = 16.0  # in transformed coordinates: e^16 is 9 million
STARTS = 10
WHOLE = 60  # separate values of a parameter that are tried on either side of the data


@dataclass(frozen=True)
class Peak:
    """The best point found. ``settled`` says that it lies inside the reach of the search, or on a closed end."""

    point: dict[Symbol, float]
    height: float
    settled: bool


@dataclass(frozen=True)
class Coordinate:
    """A parameter on a scale without ends."""

    symbol: Symbol
    lower: float
    upper: float

    def value(self, t: float) -> float:
        low, high = self.lower, self.upper
        if math.isfinite(low) and math.isfinite(high):
            return low + (high - low) / (1 + math.exp(-max(-40.0, min(40.0, t))))
        if math.isfinite(low):
            return low + math.exp(max(-40.0, min(40.0, t)))
        if math.isfinite(high):
            return high - math.exp(max(-40.0, min(40.0, t)))
        return math.sinh(max(-40.0, min(40.0, t)))

    def place(self, value: float) -> float:
        low, high = self.lower, self.upper
        if math.isfinite(low) and math.isfinite(high):
            share = min(max((value - low) / (high - low), 1e-12), 1 - 1e-12)
            return math.log(share / (1 - share))
        if math.isfinite(low):
            return math.log(max(value - low, 1e-12))
        if math.isfinite(high):
            return math.log(max(high - value, 1e-12))
        return math.asinh(value)


def search(
    likelihood: ModelLikelihood, sample: Columns, known: Mapping[Symbol, float],
    starts: Sequence[Mapping[Symbol, float]] = (), fixed: Mapping[Symbol, float] | None = None,
) -> Peak | None:  # fmt: skip
    """The highest point of the likelihood that a search finds with some parameters fixed; None when all is impossible."""
    model, held = likelihood.model, dict(fixed or {})
    height = likelihood.rough(sample, known)
    free = [p for p in model.parameters if p not in held]
    tied = _tied(likelihood, free, held, known)
    if tied is not None:
        height, free = _with_tie(height, tied, free)
    coordinates = [Coordinate(p, *ends(model.parameters[p], known)) for p in free]
    separate = {p: _separate(model, p, sample, known) for p in free if model.parameters[p].integer or p in model.points}
    smooth = [c for c in coordinates if c.symbol not in separate]
    best: Peak | None = None
    for choice in itertools.islice(itertools.product(*separate.values()), 400):
        given = {**held, **dict(zip(separate, choice, strict=True))}
        peak = _over(smooth, height, given, sample, starts, few=bool(separate))
        if peak is not None and (best is None or peak.height > best.height):
            best = peak
    for c in smooth:
        for end, closed in zip((c.lower, c.upper), _closed(likelihood, c.symbol), strict=True):
            if math.isfinite(end) and closed and len(smooth) <= 3 and not separate:
                others = [o for o in smooth if o is not c]
                peak = _over(others, height, {**held, c.symbol: end}, sample, starts, few=True)
                if peak is not None and (best is None or peak.height >= best.height - 1e-9 * (1 + abs(best.height))):
                    best = peak
    if best is not None and tied is not None:
        best = Peak({**best.point, tied[0]: tied[1](best.point)}, best.height, best.settled)
    return best


def _closed(likelihood: ModelLikelihood, symbol: Symbol) -> tuple[bool, bool]:
    interval = likelihood.model.parameters[symbol]
    return interval.closed_lower, interval.closed_upper


Tie = tuple[Symbol, Callable[[Mapping[Symbol, float]], float]]


def _tied(
    likelihood: ModelLikelihood, free: list[Symbol], held: Mapping[Symbol, float], known: Mapping[Symbol, float]
) -> Tie | None:
    """A parameter that a linear equation between the parameters gives from the others."""
    for relation in likelihood.model.restrictions:
        if isinstance(relation, sp.Eq) and free:
            gap = sp.expand(relation.lhs - relation.rhs)
            slope = gap.coeff(free[-1], 1)
            rest = gap - slope * free[-1]
            if slope.is_number and slope != 0 and not rest.has(free[-1]):
                exact = {s: sp.Float(v) for s, v in {**known, **held}.items()}
                return free[-1], partial(_number_at, (-rest / slope).xreplace(exact))
    return None


def _number_at(expr: Expr, point: Mapping[Symbol, float]) -> float:
    return float(expr.xreplace({s: sp.Float(v) for s, v in point.items()}))


def _with_tie(height: Height, tie: Tie, free: list[Symbol]) -> tuple[Height, list[Symbol]]:
    symbol, given = tie
    return lambda point: height({**point, symbol: given(point)}), [p for p in free if p is not symbol]


def _separate(model: Specification, parameter: Symbol, sample: Columns, known: Mapping[Symbol, float]) -> list[float]:
    """The values to try of a parameter that takes separate ones."""
    points = model.points.get(parameter)
    if points is not None:
        return [float(p.xreplace({s: sp.Float(v) for s, v in known.items()})) for p in points]
    low, high = ends(model.parameters[parameter], known)
    column = next(iter(sample.values()))
    centres = {math.floor(v) for v in (column.min(), column.max(), column.mean(), column.sum())} | {0}
    wanted = {c + k for c in centres for k in range(-6, 7)}
    if math.isfinite(low):
        wanted |= {math.ceil(low) + k for k in range(WHOLE)}
    return [float(v) for v in sorted(wanted) if low <= v <= high]


def _over(
    coordinates: list[Coordinate], height: Height, given: Mapping[Symbol, float], sample: Columns,
    starts: Sequence[Mapping[Symbol, float]], few: bool,
) -> Peak | None:  # fmt: skip
    """The best point in these coordinates, the other parameters given."""
    if not coordinates:
        value = height(given)
        return Peak(dict(given), value, True) if math.isfinite(value) else None

    def at(t: NDArray[np.float64]) -> float:
        if any(abs(v) > 40 for v in t):
            return -math.inf
        try:
            return height({**given, **{c.symbol: c.value(float(v)) for c, v in zip(coordinates, t, strict=True)}})
        except (OverflowError, ValueError):
            return -math.inf

    places = [
        np.array([c.place(s[c.symbol]) for c in coordinates]) for s in starts if all(c.symbol in s for c in coordinates)
    ]
    found = (
        _one(at, coordinates[0], sample, places)
        if len(coordinates) == 1
        else _several(at, coordinates, sample, places, few)
    )
    if found is None:
        return None
    t, value = found
    point = {**given, **{c.symbol: c.value(float(v)) for c, v in zip(coordinates, t, strict=True)}}
    return Peak(point, value, bool(np.all(np.abs(t) < REACH)))


def _landmarks(coordinate: Coordinate, sample: Columns) -> list[float]:
    """Values on the scale of the data, with a little room on either side of the extreme observations."""
    found: list[float] = []
    for column in sample.values():
        low, high, spread = float(column.min()), float(column.max()), float(column.std()) or 1.0
        found += [float(column.mean()), float(np.median(column)), low, high, spread, spread**2, 1 / spread, -low, -high]
        found += [low - 1e-7 * (1 + abs(low)), high + 1e-7 * (1 + abs(high)), float(np.abs(column).max()) * (1 + 1e-9)]
        found += [float(v) for v in column[:12]]
    return [v for v in found if coordinate.lower < v < coordinate.upper]


def _one(
    at: Callable[[NDArray[np.float64]], float],
    coordinate: Coordinate,
    sample: Columns,
    places: list[NDArray[np.float64]],
) -> tuple[NDArray[np.float64], float] | None:
    grid = {
        *np.linspace(-18, 18, 91),
        *(coordinate.place(v) for v in _landmarks(coordinate, sample)),
        *(float(p[0]) for p in places),
    }
    line = sorted(t for t in grid if abs(t) <= 38)
    heights = [at(np.array([t])) for t in line]
    best: tuple[NDArray[np.float64], float] | None = None
    order = sorted(range(len(line)), key=lambda k: -heights[k])[:4]
    for k in order:
        if not math.isfinite(heights[k]):
            continue
        low, high = line[max(k - 1, 0)], line[min(k + 1, len(line) - 1)]
        t, value = _golden(lambda t: at(np.array([t])), low, high)
        if heights[k] > value:
            t, value = line[k], heights[k]
        if best is None or value > best[1]:
            best = (np.array([t]), value)
    return best


def _golden(function: Callable[[float], float], low: float, high: float) -> tuple[float, float]:
    ratio = (math.sqrt(5) - 1) / 2
    a, b = high - ratio * (high - low), low + ratio * (high - low)
    fa, fb = function(a), function(b)
    for _ in range(64):
        if fa >= fb and not (fa == -math.inf == fb):
            high, b, fb = b, a, fa
            a = high - ratio * (high - low)
            fa = function(a)
        else:
            low, a, fa = a, b, fb
            b = low + ratio * (high - low)
            fb = function(b)
    return (a, fa) if fa >= fb else (b, fb)


def _several(
    at: Callable[[NDArray[np.float64]], float], coordinates: list[Coordinate], sample: Columns,
    places: list[NDArray[np.float64]], few: bool,
) -> tuple[NDArray[np.float64], float] | None:  # fmt: skip
    choices = [sorted({0.0, 1.0, -1.0, *(c.place(v) for v in _landmarks(c, sample))}) for c in coordinates]
    generator = np.random.default_rng(7)
    tried = [np.array([line[generator.integers(len(line))] for line in choices]) for _ in range(40 if few else 150)]
    ranked = sorted(((at(t), k) for k, t in enumerate(tried)), reverse=True)
    seeds = places + [tried[k] for value, k in ranked[: 2 if few else STARTS - len(places)] if math.isfinite(value)]
    best: tuple[NDArray[np.float64], float] | None = None
    for seed in seeds:
        found = _simplex(at, seed)
        if math.isfinite(found[1]) and (best is None or found[1] > best[1]):
            best = found
    return None if best is None else _simplex(at, best[0], scale=0.02)


def _simplex(
    at: Callable[[NDArray[np.float64]], float], start: NDArray[np.float64], scale: float = 0.4
) -> tuple[NDArray[np.float64], float]:
    """Nelder and Mead (1965), upwards."""
    size = len(start)
    corners = [start, *(start + scale * np.eye(size)[k] for k in range(size))]
    values = [at(c) for c in corners]
    for _ in range(120 * size):
        order = sorted(range(size + 1), key=lambda k: -values[k])
        corners, values = [corners[k] for k in order], [values[k] for k in order]
        if math.isfinite(values[-1]) and values[0] - values[-1] < 1e-13 * (1 + abs(values[0])):
            break
        centre = np.mean(corners[:-1], axis=0)
        reflected = centre + (centre - corners[-1])
        value = at(reflected)
        if value > values[0]:
            further = centre + 2 * (centre - corners[-1])
            beyond = at(further)
            corners[-1], values[-1] = (further, beyond) if beyond > value else (reflected, value)
        elif value > values[-2]:
            corners[-1], values[-1] = reflected, value
        else:
            inner = centre + 0.5 * ((reflected if value > values[-1] else corners[-1]) - centre)
            inside = at(inner)
            if inside > max(values[-1], value):
                corners[-1], values[-1] = inner, inside
            else:
                corners = [corners[0], *(corners[0] + 0.5 * (c - corners[0]) for c in corners[1:])]
                values = [values[0], *(at(c) for c in corners[1:])]
    k = max(range(size + 1), key=lambda k: values[k])
    return corners[k], values[k]
