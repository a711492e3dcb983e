"""Is there a better parameter value than the one reported? The last check before an estimate leaves the house."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import sympy as sp
from sympy import Symbol

from symbolic_mle.algebra.balance import Balance
from symbolic_mle.derive import Derivation
from symbolic_mle.locating.heights import Heights
from symbolic_mle.maximisation import bounds
from symbolic_mle.observation import Columns, Values
from symbolic_mle.records import Specification

PROBES = 60
LARGE = 200_000  # observations; beyond that the sums with parameters in them are probed at fewer points


def find_better(derivation: Derivation, point: Values, constants: Values, sample: Columns) -> tuple[float, str]:
    """The log-likelihood at the point (up to a constant), and an objection to the point ("" when there is none)."""
    model = derivation.model
    heights = Heights.of(model, constants, sample, derivation.likelihood.log_likelihood)
    boxes = {p: bounds(p, model, constants) for p in model.parameters}
    if not heights.admissible({**constants, **point}):
        where = ", ".join(f"{p} = {v:g}" for p, v in point.items())
        return math.nan, f"the formula gives {where}, which is not in the parameter space"
    height = heights(point)
    if math.isnan(height):  # −∞ + ∞ between the terms of ℓ, as with (1 − p)⁰ at p = 1
        heights = Heights.of(model, constants, sample)
        height = heights(point)
    if not math.isfinite(height):
        return height, "the log-likelihood is not finite at the value found"
    size = len(next(iter(sample.values())))
    slack = 1e-9 * (abs(height) + size)
    for probe in _probes(point, boxes, model, constants, PROBES if size <= LARGE else 8):
        value = heights(probe)
        if value > height + slack:
            where = ", ".join(f"{s} = {v:g}" for s, v in probe.items())
            return height, f"the likelihood is larger at {where} than at the value found"
    return height, ""


def _probes(
    point: Values, boxes: dict[Symbol, tuple[float, float]], model: Specification, constants: Values, count: int
) -> Iterator[Values]:
    """Points around the value found, near and far, inside the interval of each parameter; the same ones every time.

    Where equations tie the parameters, the points are moved so that these hold.
    """
    balance = Balance.of(tuple(point), model.restrictions)
    generator = np.random.default_rng(20240229)
    for k in range(count):
        scale = 10.0 ** (-3 + 4 * (k % 12) / 11)
        moved = {p: _moved(v, scale * generator.standard_normal(), *boxes[p]) for p, v in point.items()}
        yield {p: _on_grid(float(v), p, model, constants) for p, v in balance(moved).items()}


def _on_grid(value: float, parameter: Symbol, model: Specification, constants: Values) -> float:
    """The nearest value that a parameter of separate values can have."""
    if parameter in model.points:
        numbers = {s: sp.Float(v, 17) for s, v in constants.items()}
        return min((float(v.xreplace(numbers)) for v in model.points[parameter]), key=lambda v: abs(v - value))
    return float(round(value)) if model.parameters[parameter].integer else value


def _moved(value: float, step: float, lower: float, upper: float) -> float:
    """A value moved by a step on the scale of its interval: logarithmic to a single end, logit between two."""
    if lower == upper:
        return lower
    if math.isfinite(lower) and math.isfinite(upper):
        share = min(max((value - lower) / (upper - lower), 1e-6), 1 - 1e-6)
        odds = math.exp(math.log(share / (1 - share)) + step)
        return lower + (upper - lower) * odds / (1 + odds)
    if math.isfinite(lower):
        return lower + max(value - lower, 1e-6) * math.exp(step)
    if math.isfinite(upper):
        return upper - max(upper - value, 1e-6) * math.exp(step)
    return value + step * max(1.0, abs(value))
