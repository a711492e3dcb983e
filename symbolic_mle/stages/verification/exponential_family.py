"""Proof by the exponential family.

Theorem (Barndorff-Nielsen 1978, chapter 9; Brown 1986, Theorem 5.5). Let f = h(x) exp(c(θ)·T(x) + a(θ)) on a support free of θ,
with as many statistics T as parameters, 1, T₁ … T_k linearly independent on the support, and the Jacobian of c
nonsingular. Then ℓ is strictly concave as a function of c on the natural parameter space, which is convex: a stationary
point of ℓ is the unique global maximum, and nothing has to be differentiated twice.

Lemma (two statistics of one continuous observation). If T₂ is a strictly convex or concave function of T₁, then for data that are
all equal the mean of T lies on the boundary of the convex hull of its values, and no maximum exists.
"""

from __future__ import annotations

import numpy as np
import sympy as sp
from sympy import Expr

from symbolic_mle.algebra.numeric import NotNumeric, compile_pointwise
from symbolic_mle.algebra.sample import DataSum, outermost_sums
from symbolic_mle.records import Specification
from symbolic_mle.stages.density import admissible_points
from symbolic_mle.stages.likelihood import Likelihood
from symbolic_mle.stages.sample_signs import STRICT, find_sign

RANK_TOLERANCE = 1e-7


def statistics_of_family(likelihood: Likelihood, model: Specification) -> tuple[Expr, ...] | None:
    """T₁ … T_k when the model is such an exponential family, else None."""
    if not model.checked or likelihood.mixed or model.support.free_symbols & set(model.parameters):
        return None
    sums = sorted(outermost_sums(likelihood.log_likelihood), key=sp.default_sort_key)
    if len(sums) != len(model.parameters) or any(s.free_symbols & set(model.parameters) for s in sums):
        return None
    coefficients = _coefficients(likelihood.log_likelihood, sums)
    if coefficients is None:
        return None
    determinant = sp.Matrix(coefficients).jacobian(list(model.parameters)).det()
    found = find_sign(sp.simplify(determinant), model.region)
    if found is None or found.sign not in STRICT:
        return None
    summands = tuple(s.summand for s in sums)
    return summands if _independent(summands, model) else None


def _coefficients(expr: Expr, sums: list[DataSum]) -> list[Expr] | None:
    slots = {s: sp.Dummy() for s in sums}
    replaced = sp.expand(expr.xreplace(slots))
    found = [replaced.diff(d) for d in slots.values()]
    return None if any(c.has(*slots.values()) for c in found) else found


def _independent(summands: tuple[Expr, ...], model: Specification) -> bool:
    """Are 1, T₁, …, T_k linearly independent on the support? (The rank of their values at many points of it.)"""
    values = next(iter(admissible_points(model)), None)
    if values is None or len(model.observed) != 1:
        return False
    known = {s: float(values[s]) for s in model.known}
    (x,) = model.observed
    at = {s: values[s] for s in model.known}
    points = _points(model.inner_support[x].xreplace(at))
    if model.support.points is not None:
        points = np.array([float(p.xreplace(at)) for p in model.support.points])
    try:
        columns = [compile_pointwise(t, list(model.known), (x,))(known, {x: points}) for t in summands]
    except NotNumeric:
        return False
    matrix = np.column_stack([np.ones_like(points), *columns])
    if len(points) < matrix.shape[1]:
        return False
    if not np.isfinite(matrix).all() or not np.abs(matrix).max(axis=0).all():
        return False
    singular = np.linalg.svd(matrix / np.abs(matrix).max(axis=0), compute_uv=False)
    return bool(singular[-1] > RANK_TOLERANCE * singular[0])


def _points(interval: object) -> np.ndarray:
    low, high = float(interval.lower), float(interval.upper)  # type: ignore[attr-defined]
    whole = bool(interval.integer)  # type: ignore[attr-defined]
    if np.isfinite(low) and np.isfinite(high):
        points = np.linspace(low, high, 23)[1:-1]
        return np.unique(np.round(np.linspace(low, high, 21))) if whole else points
    steps = np.arange(1.0, 15.0) if whole else np.geomspace(0.1, 6, 15)
    if np.isfinite(low):
        return low + steps
    if np.isfinite(high):
        return high - steps
    return np.concatenate([-steps, steps])


def curve_is_convex(summands: tuple[Expr, ...], model: Specification) -> bool:
    """Is T₂ a strictly convex or concave function of a strictly monotone T₁, on the inside of the support?"""
    if len(summands) != 2 or model.discrete or len(model.observed) != 1:
        return False
    (x,) = model.observed
    region = {**model.region, x: model.inner_support[x].interior}
    for first, second in (summands, summands[::-1]):
        slope = find_sign(first.diff(x), region)
        if slope is None or slope.sign not in STRICT:
            continue
        derivative = sp.simplify(second.diff(x) / first.diff(x))
        curvature = find_sign(derivative.diff(x), region)
        if curvature is not None and curvature.sign in STRICT:
            return True
    return False
