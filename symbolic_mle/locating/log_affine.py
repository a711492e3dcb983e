"""The maximum of Σ Sₖ log uₖ(θ) over a polyhedron, uₖ affine and Sₖ ≥ 0: concave, so that multipliers prove it.

A barrier method (Boyd & Vandenberghe 2004, section 11.3) comes near the maximum and shows which faces hold it; Newton's method
on these faces settles it. The point is certified by the conditions of Karush, Kuhn and Tucker: with ∇ℓ = −Σ νⱼ∇gⱼ, νⱼ ≥ 0,
over the faces gⱼ = 0 through it, no point of {gⱼ ≥ 0} is higher, because ℓ lies below its tangent plane. It is the only
maximiser when no direction leaves every uₖ with Sₖ > 0 and every gⱼ with νⱼ > 0 as it is.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sympy import Expr, Symbol

from symbolic_mle.algebra.affine import Form, Polyhedron
from symbolic_mle.algebra.numeric import compile_expression
from symbolic_mle.records import Existence, Located, Proof, Specification

Vector = NDArray[np.float64]

MOST_VERTICES = 5000  # choices of faces that are tried
SETTLED = 1e-9  # share of the gradients' scale that counts as 0
HOLDS = 1e-6  # share of that scale from which a multiplier is certainly positive
STEPS = 60


@dataclass(frozen=True, slots=True)
class LogAffine:
    """``totals`` are the statistics Sₖ, ``forms`` the uₖ in the free parameters of ``space``."""

    totals: tuple[Expr, ...]
    forms: tuple[Form, ...]
    space: Polyhedron

    def __call__(
        self, model: Specification, known: Mapping[Symbol, float], sample: Mapping[Symbol, NDArray[np.float64]]
    ) -> Located:
        weights = np.array([self._evaluate(t, model, known, sample) for t in self.totals])
        problem = Problem.of(weights, self.forms, self.space)
        found = None if problem is None else problem.solve()
        if problem is None or found is None:
            return Located(Existence.UNKNOWN, note="the maximum was not certified")
        point, on = found
        if any(self.space.faces[j].strict for j in on):
            note = "the likelihood is largest on a face that the space leaves out"
            return Located(Existence.NOT_ATTAINED, proof=Proof.GLOBAL, note=note)
        return Located(Existence.ATTAINED, (self._values(point, model),), Proof.GLOBAL)

    def _evaluate(
        self, total: Expr, model: Specification, known: Mapping[Symbol, float], sample: Mapping[Symbol, Vector]
    ) -> float:
        return compile_expression(total, tuple(known), model.observed, model.size)(known, sample)

    def _values(self, point: Vector, model: Specification) -> dict[Symbol, float]:
        """Every parameter, the dependent ones from the free."""
        values: dict[Symbol, float] = {}
        for parameter in model.parameters:
            form = self.space.form(parameter)
            assert form is not None
            value = float(form[0]) + sum(float(c) * float(v) for c, v in zip(form[1:], point, strict=True))
            values[parameter] = 0.0 if abs(value) < 1e-15 else value
        return values


@dataclass(frozen=True, slots=True)
class Problem:
    """u = c + Aθ with weights S > 0; slacks g = b + Fθ; a point with all slacks positive."""

    weights: Vector
    constants: Vector
    slopes: Vector
    bounds: Vector
    normals: Vector
    start: Vector

    @staticmethod
    def of(weights: Vector, forms: tuple[Form, ...], space: Polyhedron) -> Problem | None:
        """None where the polyhedron has no inner point, or there are no weights."""
        seen = weights > 0
        table = np.array([[float(c) for c in f] for f in forms])[seen]
        faces = np.array([[float(c) for c in f.form] for f in space.faces])
        start = _middle(faces)
        if start is None or not seen.any():
            return None
        return Problem(weights[seen], table[:, 0], table[:, 1:], faces[:, 0], faces[:, 1:], start)

    def solve(self) -> tuple[Vector, tuple[int, ...]] | None:
        """The only maximiser and the faces through it; None where that is not certain."""
        near, pressure = self._barrier()
        slack = self.bounds + self.normals @ near
        scale = float(self.weights.sum())
        for tight in (0.0, -2.0, 2.0):  # a face may touch the maximum without holding it
            on = tuple(int(j) for j in np.nonzero(np.log10(pressure / scale) + tight > np.log10(slack))[0])
            point = self._on_faces(near, on)
            if point is not None and self._is_maximum(point, on):
                touched = self.bounds + self.normals @ point < 1e-12
                return point, tuple(int(j) for j in np.nonzero(touched)[0])
        return None

    def _derivatives(self, point: Vector) -> tuple[Vector, Vector]:
        values = self.constants + self.slopes @ point
        gradient = self.slopes.T @ (self.weights / values)
        return gradient, -(self.slopes.T * (self.weights / values**2)) @ self.slopes

    def _inside(self, point: Vector) -> bool:
        return bool((self.constants + self.slopes @ point > 0).all() and (self.bounds + self.normals @ point > 0).all())

    def _barrier(self) -> tuple[Vector, Vector]:
        """A point near the maximum, and what each face presses with."""
        point, strength = self.start, float(self.weights.sum())
        target = 1e-11 * strength
        while True:
            point = self._centre(point, strength)
            if strength <= target:
                return point, strength / (self.bounds + self.normals @ point)
            strength = max(strength / 10, target)

    def _centre(self, point: Vector, strength: float) -> Vector:
        """Newton's method for ℓ + strength·Σ log g."""
        for _ in range(STEPS):
            slack = self.bounds + self.normals @ point
            gradient, hessian = self._derivatives(point)
            gradient = gradient + self.normals.T @ (strength / slack)
            hessian = hessian - (self.normals.T * (strength / slack**2)) @ self.normals
            step = np.linalg.lstsq(-hessian, gradient, rcond=None)[0]
            decrement = float(gradient @ step)
            share = 1.0
            while share > 1e-14 and not self._inside(point + share * step):
                share /= 2
            if decrement > 0.25 * strength:  # far away: stay where the quadratic model holds
                share = min(share, 1.0) * 0.9 if share < 1.0 else 1.0
                share = min(share, 1 / (1 + math.sqrt(decrement / strength)) if decrement > strength else share)
            if not self._inside(point + share * step):
                return point
            point = point + share * step
            if decrement < 1e-10 * strength:
                return point
        return point

    def _on_faces(self, near: Vector, on: tuple[int, ...]) -> Vector | None:
        """The stationary point on the faces, by Newton's method along them."""
        point, along = near, np.eye(len(near))
        if on:
            rows, offsets = self.normals[list(on)], self.bounds[list(on)]
            _, sizes, basis = np.linalg.svd(rows)
            rank = int((sizes > 1e-9 * sizes.max()).sum())
            along = basis[rank:].T
            point = near - np.linalg.lstsq(rows, offsets + rows @ near, rcond=None)[0]
        for _ in range(STEPS if along.shape[1] else 0):
            if not (self.constants + self.slopes @ point > 0).all():
                return None
            gradient, hessian = self._derivatives(point)
            reduced = along.T @ hessian @ along
            step = along @ np.linalg.lstsq(-reduced, along.T @ gradient, rcond=None)[0]
            while not (self.constants + self.slopes @ (point + step) > 0).all():
                step = step / 2
            point = point + step
            if float(np.abs(step).max()) <= 1e-15 * (1 + float(np.abs(point).max())):
                break
        return self._snapped(point, on)

    def _snapped(self, point: Vector, on: tuple[int, ...]) -> Vector:
        """Coordinates that a face fixes, exactly."""
        found = point.copy()
        for j in on:
            held = np.nonzero(self.normals[j])[0]
            if len(held) == 1:
                found[held[0]] = -self.bounds[j] / self.normals[j][held[0]]
        return found

    def _is_maximum(self, point: Vector, on: tuple[int, ...]) -> bool:
        """Karush, Kuhn and Tucker, and no direction that changes nothing."""
        slack = self.bounds + self.normals @ point
        if (slack < -1e-13).any() or not (self.constants + self.slopes @ point > 0).all():
            return False
        gradient, _ = self._derivatives(point)
        scale = float(
            np.abs(self.slopes).T @ (self.weights / (self.constants + self.slopes @ point)) @ np.ones(len(point))
        )
        for held in _bases(self.normals[list(on)]):
            pressure = np.linalg.lstsq(held.T, -gradient, rcond=None)[0] if len(held) else np.zeros(0)
            residual = gradient + held.T @ pressure
            if float(np.abs(residual).max()) > SETTLED * scale or (pressure < -SETTLED * scale).any():
                continue
            holding = held[pressure > HOLDS * scale]
            if np.linalg.matrix_rank(np.vstack([self.slopes, holding]), tol=1e-9) == len(point):
                return True
        return False


def _bases(rows: Vector) -> Iterator[Vector]:
    """Linearly independent choices of the rows, as many as their rank: one of them carries a gradient in their cone."""
    rank = int(np.linalg.matrix_rank(rows, tol=1e-9)) if len(rows) else 0
    for chosen in itertools.islice(itertools.combinations(rows, rank), MOST_VERTICES):
        found = np.array(chosen).reshape(rank, rows.shape[1])
        if not rank or np.linalg.matrix_rank(found, tol=1e-9) == rank:
            yield found


def _middle(faces: Vector) -> Vector | None:
    """The mean of the corners, which is inside a bounded polyhedron that has an inside."""
    count, size = len(faces), faces.shape[1] - 1
    if math.comb(count, size) > MOST_VERTICES:
        return None
    corners = []
    for chosen in itertools.combinations(range(count), size):
        rows = faces[list(chosen)]
        if abs(np.linalg.det(rows[:, 1:])) < 1e-12:
            continue
        corner = np.linalg.solve(rows[:, 1:], -rows[:, 0])
        if (faces[:, 0] + faces[:, 1:] @ corner > -1e-10).all():
            corners.append(corner)
    if not corners:
        return None
    middle = np.asarray(np.mean(corners, axis=0))
    return middle if (faces[:, 0] + faces[:, 1:] @ middle > 1e-10).all() else None
