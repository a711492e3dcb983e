"""Maxima that have no formula: one equation solved to the last digit, or a joint maximum by Newton's method.

For an equation whose function is proved to fall through zero once, the answer is certain up to rounding. Otherwise every
sign change on a dense grid is compared, and the result is called local.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from sympy import Expr, Symbol

from symbolic_mle.algebra.ascent import Outcome, maximise
from symbolic_mle.algebra.numeric import compile_expression, sign_on_sample
from symbolic_mle.algebra.roots import Place, find_root, find_roots, polish
from symbolic_mle.locating.boxes import Axis
from symbolic_mle.locating.certified import certified_maximum
from symbolic_mle.locating.rational_score import highest_root
from symbolic_mle.observation import Columns, Values
from symbolic_mle.records import Existence, Implicit, Proof, Specification

MOST_PEAKS = 40  # more sign changes of a score than that are rounding errors on a flat stretch
CLEAR = 100.0  # times its rounding errors, and a value has a certain sign
TINY = 1e-12  # a root as close to 0 may be 0
TIE = 1e-9  # relative difference of log-likelihoods that counts as none


@dataclass(frozen=True, slots=True)
class Maximum:
    """The maximisers in the implicit parameters (several when tied), or why there is none."""

    points: list[dict[Any, float]]
    existence: Existence
    proof: Proof
    note: str = ""
    certified: bool = False  # proved on the data, whatever is known of the equations


def maximise_implicit(implicit: Implicit, model: Specification, constants: Values, sample: Columns) -> Maximum:
    """The maximum over the parameters that are defined by equations."""
    if implicit.unique:
        search = _jointly if len(implicit.parameters) > 1 else _falling
        return search(implicit, model, constants, sample)
    certain = _certified(implicit, model, constants, sample)
    if certain is not None:
        return certain
    search = _jointly if len(implicit.parameters) > 1 else _compared
    return search(implicit, model, constants, sample)


def _certified(implicit: Implicit, model: Specification, constants: Values, sample: Columns) -> Maximum | None:
    """All maximisers by interval arithmetic, where that comes to an end."""
    if model.restrictions or model.points or model.support.free_symbols & set(model.parameters):
        return None
    axes = []
    for parameter in implicit.parameters:
        interval = model.parameters[parameter]
        axes.append(Axis(parameter, *bounds(parameter, model, constants), interval.closed_lower, interval.closed_upper))
    found = highest_root(implicit.log_likelihood, axes[0], constants, sample, model) if len(axes) == 1 else None
    found = found or certified_maximum(implicit.log_likelihood, axes, constants, sample, model)
    if found is None:
        return None
    points = [dict(point) for point in found.maximisers]
    if len(axes) == 1:
        score = implicit.log_likelihood.diff(axes[0].symbol)
        points = [_to_the_last_digit(point, score, axes[0], model, constants, sample) for point in points]
    return Maximum(points, found.existence, found.proof, found.note, certified=found.proof is Proof.GLOBAL)


def _to_the_last_digit(
    point: dict[Any, float], score: Expr, axis: Axis, model: Specification, constants: Values, sample: Columns
) -> dict[Any, float]:
    """The root of the score next to a point that is no end of the space."""
    (value,) = point.values()
    if value in (axis.lower, axis.upper):
        return point
    near_zero = abs(value) < TINY and axis.lower < 0 < axis.upper
    if near_zero and sign_on_sample(score, {**constants, axis.symbol: 0.0}, sample, model.size) == 0:
        return {axis.symbol: 0.0}
    return {axis.symbol: polish(score, axis.symbol, value, constants, sample, model.size)}


def bounds(parameter: Symbol, model: Specification, constants: Values) -> tuple[float, float]:
    """The ends of a parameter's interval as numbers; infinite where they hold another parameter."""
    interval = model.parameters[parameter]
    low, high = (e.subs(dict(constants)) for e in (interval.lower, interval.upper))
    return float(low) if low.is_number else -math.inf, float(high) if high.is_number else math.inf


def _falling(implicit: Implicit, model: Specification, constants: Values, sample: Columns) -> Maximum:
    """The root of a function that is positive, then negative."""
    (parameter,) = implicit.parameters
    lower, upper = bounds(parameter, model, constants)
    compiled = compile_expression(implicit.function, (parameter, *constants), model.observed, model.size)
    root = find_root(compiled.along(parameter, constants, sample), lower, upper)
    if root is None:
        return Maximum([], Existence.UNKNOWN, Proof.NONE, "the likelihood equation could not be evaluated")
    if root.place is Place.INSIDE:
        value = polish(implicit.function, parameter, root.value, constants, sample, model.size)
        if not _falls_through(implicit.function, parameter, value, model, constants, sample):
            return Maximum([], Existence.UNKNOWN, Proof.NONE, "rounding hides where the score changes its sign")
        return Maximum([{parameter: value}], Existence.ATTAINED, Proof.GLOBAL)
    interval = model.parameters[parameter]
    at_lower = root.place is Place.AT_LOWER
    if implicit.exists:
        return Maximum([], Existence.UNKNOWN, Proof.NONE, "the maximum lies beyond the range of floating-point numbers")
    if not root.complete:
        return Maximum(
            [], Existence.UNKNOWN, Proof.NONE, "the sign of the score near the end of the space is not certain"
        )
    if interval.closed_lower if at_lower else interval.closed_upper:
        return Maximum([{parameter: lower if at_lower else upper}], Existence.ATTAINED, Proof.GLOBAL)
    words = "falls" if at_lower else "rises"
    existence = Existence.UNBOUNDED if _grows(implicit, model, constants, sample, at_lower) else Existence.NOT_ATTAINED
    return Maximum([], existence, Proof.GLOBAL, f"the likelihood {words} in {parameter} over the whole space")


def _grows(implicit: Implicit, model: Specification, constants: Values, sample: Columns, at_lower: bool) -> bool:
    """Does ℓ rise by steps that do not die away on the way to the end?"""
    (parameter,) = implicit.parameters
    lower, upper = bounds(parameter, model, constants)
    compiled = compile_expression(implicit.log_likelihood, (parameter, *constants), model.observed, model.size)
    along = compiled.along(parameter, constants, sample)
    end, inward = (lower, 1) if at_lower else (upper, -1)
    path = [end + inward * 10.0**-k if math.isfinite(end) else -inward * 10.0**k for k in (4, 8, 12)]
    first, second, third = (along(v) for v in path)
    return third - second > 0.3 * (second - first) > 1e-6


def _falls_through(
    function: Expr, parameter: Symbol, value: float, model: Specification, constants: Values, sample: Columns
) -> bool:
    """Is the function certainly positive a little below the value and negative a little above it?

    In doubles where it is far above its own rounding errors, which show in its values next to the root; else exactly.
    """
    lower, upper = bounds(parameter, model, constants)
    room = min(max(abs(value), 1e-3), value - lower, upper - value)
    compiled = compile_expression(function, (parameter, *constants), model.observed, model.size)
    along = compiled.along(parameter, constants, sample)
    noise = max(abs(along(value + k * 4e-16 * room)) for k in range(-4, 5))
    if along(value - 1e-5 * room) > CLEAR * noise and -along(value + 1e-5 * room) > CLEAR * noise:
        return True
    at = [{**constants, parameter: value + side * 1e-6 * room} for side in (-1, 1)]
    return [sign_on_sample(function, values, sample, model.size) for values in at] == [1, -1]


def _compared(implicit: Implicit, model: Specification, constants: Values, sample: Columns) -> Maximum:
    """Every sign change of the score that a dense grid shows, compared with each other and with the ends."""
    (parameter,) = implicit.parameters
    lower, upper = bounds(parameter, model, constants)
    score = implicit.log_likelihood.diff(parameter)
    slope = compile_expression(score, (parameter, *constants), model.observed, model.size).along(
        parameter, constants, sample
    )
    height = compile_expression(
        implicit.log_likelihood, (parameter, *constants), model.observed, model.size
    ).along(parameter, constants, sample)  # fmt: skip
    extra = _landmarks(sample, lower, upper)
    candidates = [r.value for r in find_roots(slope, lower, upper, extra) if r.signs[0] > 0 > r.signs[1]]
    clear = sorted((v for v in candidates if _is_clear(slope, v, lower, upper)), key=lambda v: -height(v))
    if len(clear) > MOST_PEAKS:
        return Maximum([], Existence.UNKNOWN, Proof.NONE, "the score changes its sign too often")
    peaks = [v for v in clear if _falls_through(score, parameter, v, model, constants, sample)]
    if not peaks:
        return Maximum([], Existence.UNKNOWN, Proof.NONE, "no interior maximum was found, and none is excluded")
    heights = [height(v) for v in peaks]
    best = max(heights)
    others = [height(v) for v in (*_near_ends(lower, upper), *extra)]
    if not math.isfinite(best) or any(not h < best + TIE * (1 + abs(best)) for h in others if not math.isnan(h)):
        return Maximum(
            [], Existence.UNKNOWN, Proof.NONE, "the likelihood is not certain to stay below its interior maximum"
        )
    tied = [v for v, h in zip(peaks, heights, strict=True) if h >= best - TIE * (1 + abs(best))]
    points = [{parameter: polish(score, parameter, v, constants, sample, model.size)} for v in tied]
    return Maximum(points, Existence.ATTAINED, Proof.LOCAL)


def _is_clear(slope: Callable[[float], float], value: float, lower: float, upper: float) -> bool:
    """Is the sign the same at several points on each side? (At a change that rounding made it is not.)"""
    room = min(max(abs(value), 1e-3), value - lower, upper - value)
    steps = [room * 10.0**-k for k in (3, 3.5, 4, 4.5)]
    return all(slope(value - s) > 0 > slope(value + s) for s in steps)


def _landmarks(sample: Columns, lower: float, upper: float) -> list[float]:
    """Observations and their mean: where likelihoods have their spikes."""
    column = next(iter(sample.values()))
    values = column if len(column) <= 200 else np.quantile(column, np.linspace(0, 1, 200))
    return [float(v) for v in (*values, column.mean()) if lower < v < upper]


def _near_ends(lower: float, upper: float) -> list[float]:
    """Points that run to both ends."""
    steps = [10.0**k for k in (2, 3, 4, 6, 9, 12)]
    low = [lower + 1 / s for s in steps] if math.isfinite(lower) else [-s for s in steps]
    high = [upper - 1 / s for s in steps] if math.isfinite(upper) else steps
    return [v for v in (*low, *high) if lower < v < upper]


def _jointly(implicit: Implicit, model: Specification, constants: Values, sample: Columns) -> Maximum:
    """Newton's method on several parameters, from the best of many starting points."""
    names = implicit.parameters
    box = [bounds(p, model, constants) for p in names]

    def along(expr: Any) -> Any:
        evaluate = compile_expression(expr, (*names, *constants), model.observed, model.size).on(sample)
        return lambda point: evaluate({**constants, **dict(zip(names, point, strict=True))})

    function = along(implicit.log_likelihood)
    slopes = [implicit.log_likelihood.diff(p) for p in names]
    gradient = [along(s) for s in slopes]
    hessian = [[along(s.diff(q)) for q in names] for s in slopes]
    starts = starting_points(box, sample)
    ranked = sorted((s for s in starts if math.isfinite(function(s))), key=lambda s: -function(s))[
        : 1 if implicit.unique else 4
    ]
    climbs = [
        maximise(
            function, lambda v: [g(v) for g in gradient], lambda v: [[h(v) for h in row] for row in hessian], start, box
        )
        for start in ranked
    ]
    if not climbs or climbs[0].outcome is not Outcome.CONVERGED:
        return Maximum([], Existence.UNKNOWN, Proof.NONE, "the iteration did not settle at an interior maximum")
    point = dict(zip(names, map(float, climbs[0].point), strict=True))
    if implicit.unique:
        return Maximum([point], Existence.ATTAINED, Proof.GLOBAL)
    where = ", ".join(f"{p} = {v:.6g}" for p, v in point.items())
    return Maximum(
        [], Existence.UNKNOWN, Proof.NONE, f"a local maximum is at {where}; that none is higher is not proved"
    )


def starting_points(box: list[tuple[float, float]], sample: Columns) -> list[tuple[float, ...]]:
    """Combinations of a few values a parameter, some of them on the scale of the data."""
    column = next(iter(sample.values()))
    centre, spread = float(np.median(column)), float(column.std()) or 1.0
    choices = []
    for lower, upper in box:
        if math.isfinite(lower) and math.isfinite(upper):
            found = [lower + (upper - lower) * share for share in (0.1, 0.5, 0.9)]
        elif math.isfinite(lower):
            found = [lower + step for step in (0.1, 1.0, 10.0, spread, 1 / spread, spread**2)]
        elif math.isfinite(upper):
            found = [upper - step for step in (0.1, 1.0, 10.0, spread)]
        else:
            found = [centre, 0.0, centre / spread]
        choices.append(found)
    return list(itertools.islice(itertools.product(*choices), 400))
