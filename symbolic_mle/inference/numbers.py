"""Expectations as numbers: what was derived by algebra is held against quadrature at a few admissible parameter values.

A comparison is made only where the quadrature can be trusted: the density has total mass 1, the integral does not change when
the nodes are doubled, and the ends hide nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import sympy as sp
from numpy.typing import NDArray
from sympy import Expr, Symbol

from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.algebra.numeric import NotNumeric, compile_expression, compile_pointwise
from symbolic_mle.algebra.quadrature import nodes
from symbolic_mle.records import Specification
from symbolic_mle.stages.density import admissible_points, smooth_pieces, support_values

Array = NDArray[np.float64]
Values = Mapping[Symbol, float]

STEPS = (1 / 32, 1 / 64)
TRUSTED = 1e-8
GIVEN = (0.7, 1.3, 2.1, 0.4)  # values of covariates at which a conditional expectation is tested


@dataclass(frozen=True, slots=True)
class Moments:
    """E[score] and E[score·scoreᵀ] of one observation at a parameter value."""

    mean: Array
    products: Array


class ScoreMoments:
    """The first two moments of the score by quadrature, or None where that cannot be trusted."""

    def __init__(self, score: Sequence[Expr], model: Specification) -> None:
        self.model = model
        names = [*model.parameters, *model.known, *model.covariates]
        try:
            (x,) = model.variables
            self._density = compile_pointwise(model.density, names, (x,))
            self._slopes = [compile_pointwise(s, names, (x,)) for s in score]
        except (NotNumeric, ValueError):  # several variables, or a function without a number
            self._slopes = []

    def at(self, values: Values) -> Moments | None:
        """At values of the parameters, known constants and covariates."""
        if not self._slopes or self.model.support.relations:
            return None
        found = [m for points, weights in self._rules(values) if (m := self._moments(points, weights, values))]
        if not found or len(found) < (1 if self.model.discrete else len(STEPS)):
            return None
        same = np.allclose(found[0].products, found[-1].products, rtol=TRUSTED, atol=TRUSTED)
        return found[-1] if same else None

    def _rules(self, values: Values) -> Iterator[tuple[Array, Array]]:
        """Points and weights: once for a sum, twice for an integral."""
        (x,) = self.model.variables
        exact = {s: sp.Float(v, 17) if v != int(v) else sp.Integer(int(v)) for s, v in values.items()}
        interval = self.model.support.intervals[x].xreplace(exact)
        if not (interval.lower.is_number and interval.upper.is_number) or interval.is_empty:
            return
        if self.model.discrete:
            points, _ = support_values(self.model, interval)
            yield points, np.ones_like(points)
            return
        for step in STEPS:
            points, weights, _ = nodes(interval, step)
            yield points, weights

    def _moments(self, points: Array, weights: Array, values: Values) -> Moments | None:
        (x,) = self.model.variables
        with np.errstate(all="ignore"):
            mass = self._density(values, {x: points}) * weights
            rows = np.array([s(values, {x: points}) for s in self._slopes])
        kept = np.isfinite(mass) & (mass > 0) & np.isfinite(rows).all(axis=0)
        if np.nansum(mass[~kept]) > TRUSTED or abs(mass[kept].sum() - 1) > TRUSTED:
            return None
        rows, mass = rows[:, kept], mass[kept]
        terms = mass * (rows**2).sum(axis=0)
        if not len(points) or (len(kept) > 400 and len(terms) and terms[-1] > TRUSTED * max(1.0, terms.sum())):
            return None
        return Moments(rows @ mass, (rows * mass) @ rows.T)


def mean_by_quadrature(statistic: Expr, model: Specification, values: Values) -> float | None:
    """E[T] of one observation of one variable, or None where the quadrature cannot be trusted."""
    (x,) = model.variables
    exact = {s: sp.Integer(int(v)) if v == int(v) else sp.Float(v, 17) for s, v in values.items()}
    interval = model.support.intervals[x].xreplace(exact)
    if model.support.relations or not (interval.lower.is_number and interval.upper.is_number) or interval.is_empty:
        return None
    try:
        density = compile_pointwise(model.density, tuple(values), (x,))
        wanted = compile_pointwise(statistic, tuple(values), (x,))
    except NotNumeric:
        return None

    def over(points: Array, weights: Array) -> tuple[float, float, float]:
        with np.errstate(all="ignore"):
            mass = density(values, {x: points}) * weights
            terms = mass * wanted(values, {x: points})
        mass, terms = np.nan_to_num(mass, posinf=0.0), np.nan_to_num(terms, posinf=0.0)
        size = float(np.abs(terms).sum())
        ends = terms[-2:] if model.discrete else terms[[0, -1]]
        hidden = float(np.abs(ends).sum()) if len(terms) else 0.0
        return float(mass.sum()), float(terms.sum()), hidden / max(size, 1e-300)

    if model.discrete:
        points, complete = support_values(model, interval)
        total, found, hidden = over(points, np.ones_like(points))
        return found if abs(total - 1) < TRUSTED and (complete or hidden < TRUSTED) else None
    pieces = smooth_pieces(model.density.xreplace(exact), x, interval)
    sums = []
    for step in STEPS:
        parts = [over(*nodes(piece, step)[:2]) for piece in pieces]
        sums.append((sum(p[0] for p in parts), sum(p[1] for p in parts), max(p[2] for p in parts)))
    (_, coarse, _), (total, fine, hidden) = sums
    settled = abs(coarse - fine) <= TRUSTED * max(1.0, abs(fine)) and hidden < TRUSTED
    return fine if settled and abs(total - 1) < TRUSTED else None


def test_points(model: Specification) -> Iterator[dict[Symbol, float]]:
    """Admissible values of the parameters and known constants, and some values of the covariates."""
    for k, values in enumerate(admissible_points(model)):
        numbers = {s: float(v) for s, v in values.items()}
        given = {z: GIVEN[(k + j) % len(GIVEN)] for j, z in enumerate(model.covariates)}
        if all(_contains(i.xreplace(values), given[z]) for z, i in model.covariates.items()):
            yield {**numbers, **given}


def _contains(interval: Interval, value: float) -> bool:
    ends_known = interval.lower.is_number and interval.upper.is_number
    return bool(ends_known and interval.contains(value))


def value_at(expr: Expr, values: Values) -> float:
    """A closed expression as a number; nan where it has none."""
    try:
        return compile_expression(expr, tuple(values))(values, {})
    except NotNumeric:
        found = sp.N(expr.xreplace({s: sp.Float(v, 17) for s, v in values.items()}))
        return float(found) if found.is_real else float("nan")
