"""Is there a better parameter value than the one reported? The last check before an estimate leaves the house."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from sympy import Symbol

from symbolic_mle.algebra.numeric import compile_expression
from symbolic_mle.derive import Derivation
from symbolic_mle.maximisation import bounds
from symbolic_mle.observation import Columns, Values

PROBES = 60
LARGE = 200_000  # observations; beyond that the sums with parameters in them are probed at fewer points


def find_better(derivation: Derivation, point: Values, constants: Values, sample: Columns) -> tuple[float, str]:
    """The log-likelihood at the point (up to a constant), and an objection to the point ("" when there is none)."""
    model = derivation.model
    boxes = {p: bounds(p, model, constants) for p in model.parameters}
    for parameter, value in point.items():
        interval, (lower, upper) = model.parameters[parameter], boxes[parameter]
        above = value > lower or (interval.closed_lower and value == lower)
        below = value < upper or (interval.closed_upper and value == upper)
        if not (math.isfinite(value) and above and below):
            return math.nan, f"the formula gives {parameter} = {value:g}, which is not in the parameter space"
    names = tuple(model.parameters)
    evaluate = compile_expression(
        derivation.likelihood.log_likelihood, (*names, *constants), model.observed, model.size
    ).on(sample)  # fmt: skip
    height = evaluate({**constants, **point})
    if not math.isfinite(height):
        return height, "the log-likelihood is not finite at the value found"
    size = len(next(iter(sample.values())))
    slack = 1e-9 * (abs(height) + size)
    for probe in _probes(point, boxes, PROBES if size <= LARGE else 8):
        value = evaluate({**constants, **probe})
        if value > height + slack:
            where = ", ".join(f"{s} = {v:g}" for s, v in probe.items())
            return height, f"the likelihood is larger at {where} than at the value found"
    return height, ""


def _probes(point: Values, boxes: dict[Symbol, tuple[float, float]], count: int) -> Iterator[Values]:
    """Points around the value found, near and far, always inside the space; the same ones every time."""
    generator = np.random.default_rng(20240229)
    for k in range(count):
        scale = 10.0 ** (-3 + 4 * (k % 12) / 11)
        yield {p: _moved(point[p], scale * generator.standard_normal(), *boxes[p]) for p in point}


def _moved(value: float, step: float, lower: float, upper: float) -> float:
    """A value moved by a step on the scale of its interval: logarithmic to a single end, logit between two."""
    if math.isfinite(lower) and math.isfinite(upper):
        share = min(max((value - lower) / (upper - lower), 1e-6), 1 - 1e-6)
        odds = math.exp(math.log(share / (1 - share)) + step)
        return lower + (upper - lower) * odds / (1 + odds)
    if math.isfinite(lower):
        return lower + max(value - lower, 1e-6) * math.exp(step)
    if math.isfinite(upper):
        return upper - max(upper - value, 1e-6) * math.exp(step)
    return value + step * max(1.0, abs(value))
