"""E_θ T from the likelihood alone: the expectation of the score is 0, a linear system for the E Tⱼ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from random import Random

import numpy as np
import sympy as sp
from sympy import Dummy, Expr

from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.algebra.linear import rational_solution
from symbolic_mle.algebra.numeric import NotNumeric, compile_pointwise
from symbolic_mle.algebra.sample import outermost_sums
from symbolic_mle.records import Specification
from symbolic_mle.stages.density import admissible_points
from symbolic_mle.stages.likelihood import Likelihood
from symbolic_mle.stages.sample_signs import STRICT, find_sign

RANK_TOLERANCE = 1e-7
POINTS = 60


@dataclass(frozen=True, slots=True)
class Moments:
    """T of one observation and E T in the parameters."""

    statistics: tuple[Expr, ...]
    means: Mapping[Expr, Expr]


def moments_of(likelihood: Likelihood, model: Specification) -> Moments | None:
    """None where the model is no full exponential family."""
    sums = sorted(outermost_sums(likelihood.log_likelihood), key=sp.default_sort_key)
    names = tuple(model.parameters)
    if likelihood.mixed or not model.checked or any(s.has(*names) for s in sums):
        return None
    slots = {s: Dummy("T", real=True) for s in sums}
    expr = sp.expand(likelihood.log_likelihood.xreplace(slots))
    found = [sp.diff(expr, d) for d in slots.values()]
    rest = sp.expand(expr - sp.Add(*(c * d for c, d in zip(found, slots.values(), strict=True)))) / model.size
    if any(c.has(*slots.values()) for c in (*found, rest)):
        return None
    coefficients = _merged({s.summand: c for s, c in zip(sums, found, strict=True)})
    if len(coefficients) != len(names):
        return None
    matrix = sp.Matrix([[c.diff(p) for c in coefficients.values()] for p in names])
    right = sp.Matrix([sp.expand(-rest.diff(p)) for p in names])
    if not matrix.free_symbols | right.free_symbols <= {*names, *model.known}:
        return None
    solved = rational_solution(matrix, right)
    if solved is None or not _is_strict(solved[1], model) or not _independent(list(coefficients), model):
        return None
    return Moments(tuple(coefficients), dict(zip(coefficients, solved[0], strict=True)))


def _is_strict(determinant: Expr, model: Specification) -> bool:
    """Is every factor of one sign? (Of a restriction, by the restriction.)"""
    gaps = [r.gts - r.lts for r in model.restrictions]
    for factor in sp.Mul.make_args(determinant):
        base = factor.as_base_exp()[0]
        if any(sp.expand(base - gap) == 0 or sp.expand(base + gap) == 0 for gap in gaps):
            continue
        found = find_sign(factor, model.region, 1.0)
        if found is None or found.sign not in STRICT:
            return False
    return determinant != 0


def _merged(found: dict[Expr, Expr]) -> dict[Expr, Expr]:
    """{T: c}, statistics with proportional coefficients added up: c·ΣT₁ + 2c·ΣT₂ = c·Σ(T₁ + 2T₂)."""
    merged: dict[Expr, Expr] = {}
    for statistic, coefficient in found.items():
        for other, base in list(merged.items()):
            ratio = sp.cancel(coefficient / base)
            if ratio.is_number:
                del merged[other]
                merged[other + ratio * statistic] = base
                break
        else:
            merged[statistic] = coefficient
    return merged


def _independent(statistics: list[Expr], model: Specification) -> bool:
    """Are 1, T₁ … T_k linearly independent on the support? (The rank of their values at points of it.)"""
    values = next(iter(admissible_points(_unrestricted(model))), None)
    if values is None:
        return False
    known = {s: float(values[s]) for s in model.known}
    random, rows = Random(7), []
    for _ in range(6 * POINTS):
        row = {
            x: _draw(i.xreplace({s: values[s] for s in model.known}), random) for x, i in model.inner_support.items()
        }
        exact = {
            **{s: values[s] for s in model.known},
            **{x: sp.Float(v) if v % 1 else sp.Integer(int(v)) for x, v in row.items()},
        }
        if all(r.xreplace(exact) == True for r in model.support.relations):  # noqa: E712 (a SymPy relation)
            rows.append(row)
        if len(rows) == POINTS:
            break
    if len(rows) < len(statistics) + 1:
        return False
    columns = {x: np.array([r[x] for r in rows]) for x in model.variables}
    try:
        table = [compile_pointwise(t, list(model.known), model.variables)(known, columns) for t in statistics]
    except NotNumeric:
        return False
    matrix = np.column_stack([np.ones(len(rows)), *table])
    if not np.isfinite(matrix).all() or not np.abs(matrix).max(axis=0).all():
        return False
    singular = np.linalg.svd(matrix / np.abs(matrix).max(axis=0), compute_uv=False)
    return bool(singular[-1] > RANK_TOLERANCE * singular[0])


def _unrestricted(model: Specification) -> Specification:
    """The model without the restrictions of its parameters, of which only the known constants are drawn here."""
    return replace(model, restrictions=())


def _draw(interval: Interval, random: Random) -> float:
    low, high = float(interval.lower), float(interval.upper)
    if interval.integer:
        first = low if np.isfinite(low) else -5
        return float(random.randint(int(first), int(min(high, first + 6))))
    if np.isfinite(low) and np.isfinite(high):
        return random.uniform(low, high)
    if np.isfinite(low):
        return low + random.expovariate(1.0)
    return high - random.expovariate(1.0) if np.isfinite(high) else random.gauss(0.3, 1.5)
