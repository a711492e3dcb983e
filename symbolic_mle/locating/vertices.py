"""The maximum of a concave polyhedral log-likelihood Σᵢ min(aᵢuᵢ, −bᵢuᵢ), uᵢ = rᵢ·θ − cᵢ, aᵢ, bᵢ > 0: least absolute deviations.

Theorem (Koenker 2005, Theorem 2.1; Rockafellar 1970, Theorem 27.1). If the rows rᵢ span ℝᵏ, then ℓ → −∞ in every direction and
its maximum is attained at a vertex, a point where k independent rows have uᵢ = 0. At a vertex the one-sided slope
d ↦ ℓ′(θ; d) is linear on each cone that the planes uᵢ = 0 through it cut out, and these cones are spanned by their edges. So
the vertex is a maximum iff the slope is ≤ 0 along all its edges, and the only one iff it is < 0 along all; the maximisers
are the convex hull of the vertices that are joined by edges of slope 0.
From vertex to vertex ℓ grows, so the search ends. All arithmetic is in fractions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Any

import numpy as np
import sympy as sp
from numpy.typing import NDArray
from sympy import Expr, Symbol

from symbolic_mle.locating.exact import ExactLocator
from symbolic_mle.locating.fractions import as_fraction, as_rational, exact_value, fraction_of
from symbolic_mle.locating.peak import UndecidedError
from symbolic_mle.records import Existence, Located, Point, Proof, Specification

MOST_EDGES = 4000
MOST_VERTICES = 60

Vector = tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class Vertices(ExactLocator):
    """Locates the maximum over the parameters: rᵢ = ``rows``, cᵢ = ``offset``, aᵢ = ``below``, bᵢ = ``above``."""

    parameters: tuple[Symbol, ...]
    rows: tuple[Expr, ...]
    offset: Expr
    below: Expr
    above: Expr

    def exactly(
        self, model: Specification, known: Mapping[Symbol, float], sample: Mapping[Symbol, NDArray[np.float64]]
    ) -> tuple[Located, dict[Symbol, Any]]:
        """The maximisers, and one of them in exact numbers."""
        try:
            vertices = _Polyhedron(*self._table(known, sample)).maximisers()
        except UndecidedError as reason:
            return Located(Existence.UNKNOWN, note=str(reason)), {}
        note = "" if len(vertices) == 1 else "every convex combination of the maximisers is a maximiser"
        located = Located(Existence.ATTAINED, tuple(self._points(vertices)), Proof.GLOBAL, note)
        return located, {p: as_rational(v) for p, v in zip(self.parameters, vertices[0], strict=True)}

    def _table(self, known: Mapping[Symbol, float], sample: Mapping[Symbol, NDArray[np.float64]]) -> list[list[Any]]:
        constants = {s: fraction_of(v) for s, v in known.items()}
        observations = [
            {**constants, **dict(zip(sample, map(fraction_of, row), strict=True))}
            for row in zip(*(column.tolist() for column in sample.values()), strict=True)
        ]
        columns = [[exact_value(e, o) for o in observations] for e in (*self.rows, self.offset, self.below, self.above)]
        if any(None in column for column in columns):
            raise UndecidedError("the fit is not computed in fractions")
        return [list(zip(*columns[:-3], strict=True)), *columns[-3:]]

    def _points(self, vertices: Sequence[Vector]) -> Iterator[Point]:
        """The vertices; one interval, where they differ in one parameter only."""
        moving = [j for j in range(len(self.parameters)) if len({v[j] for v in vertices}) > 1]
        if len(moving) == 1:
            ends = sorted(v[moving[0]] for v in vertices)
            yield {
                p: (float(ends[0]), float(ends[-1])) if j in moving else float(vertices[0][j])
                for j, p in enumerate(self.parameters)
            }
            return
        for vertex in vertices:
            yield {p: float(v) for p, v in zip(self.parameters, vertex, strict=True)}


class _Polyhedron:
    def __init__(
        self, rows: list[Vector], offsets: list[Fraction], below: list[Fraction], above: list[Fraction]
    ) -> None:
        self.width = len(rows[0])
        kept = [i for i, row in enumerate(rows) if any(row)]  # a row of zeros does not depend on θ
        self.rows, self.offsets = [rows[i] for i in kept], [offsets[i] for i in kept]
        self.below, self.above = [below[i] for i in kept], [above[i] for i in kept]

    def maximisers(self) -> list[Vector]:
        """The vertices of the set of maximisers."""
        vertex = self._start()
        while (better := self._improved(vertex)) is not None:
            vertex = better
        found, waiting = [vertex], [vertex]
        while waiting:
            here = waiting.pop()
            for edge in self._edges(here):
                if self._slope(here, edge) == 0 and (there := self._along(here, edge)) not in found:
                    found.append(there)
                    waiting.append(there)
            if len(found) > MOST_VERTICES:
                raise UndecidedError("the maximisers are a polytope with very many vertices")
        return sorted(found)

    def _start(self) -> Vector:
        """A vertex near the least squares fit."""
        matrix = np.array([[float(v) for v in row] for row in self.rows]).reshape(-1, self.width)
        goal = np.array([float(c) for c in self.offsets])
        fit = np.linalg.lstsq(matrix, goal, rcond=None)[0] if len(self.rows) else np.zeros(self.width)
        chosen: list[int] = []
        for i in np.argsort(np.abs(matrix @ fit - goal), kind="stable").tolist():
            if len(chosen) < self.width and _rank([self.rows[j] for j in (*chosen, i)]) == len(chosen) + 1:
                chosen.append(i)
        if len(chosen) < self.width:
            raise UndecidedError("the covariates do not determine the parameters: the maximisers are a line or more")
        solution = sp.Matrix([[as_rational(v) for v in self.rows[i]] for i in chosen]).LUsolve(
            sp.Matrix([as_rational(self.offsets[i]) for i in chosen])
        )
        return tuple(as_fraction(v) for v in solution)

    def _improved(self, vertex: Vector) -> Vector | None:
        """The best point along the first edge on which ℓ rises; None at a maximum."""
        for edge in self._edges(vertex):
            if self._slope(vertex, edge) > 0:
                return self._along(vertex, edge)
        return None

    def _edges(self, vertex: Vector) -> Iterator[Vector]:
        """Both directions of every line in which k − 1 planes through the vertex meet."""
        through = {_scaled(row) for row, c in zip(self.rows, self.offsets, strict=True) if _dot(row, vertex) == c}
        seen: set[Vector] = set()
        for count, planes in enumerate(combinations(sorted(through), self.width - 1)):
            if count > MOST_EDGES:
                raise UndecidedError("too many observations are fitted exactly")
            direction = _kernel(planes, self.width)
            if direction is not None and direction not in seen:
                seen.add(direction)
                yield direction
                yield tuple(-v for v in direction)

    def _slope(self, vertex: Vector, direction: Vector) -> Fraction:
        """The one-sided derivative of ℓ along a direction."""
        total = Fraction(0)
        for row, c, below, above in zip(self.rows, self.offsets, self.below, self.above, strict=True):
            u, v = _dot(row, vertex) - c, _dot(row, direction)
            total += below * v if u < 0 or (u == 0 and v < 0) else -above * v
        return total

    def _along(self, vertex: Vector, direction: Vector) -> Vector:
        """The first point along a direction at which ℓ falls from there on."""
        slope, stops = self._slope(vertex, direction), []
        for row, c, below, above in zip(self.rows, self.offsets, self.below, self.above, strict=True):
            u, v = _dot(row, vertex) - c, _dot(row, direction)
            if u * v < 0:
                stops.append((-u / v, (below + above) * abs(v)))
        for step, drop in sorted(stops):
            slope -= drop
            if slope <= 0:
                return tuple(a + step * b for a, b in zip(vertex, direction, strict=True))
        raise UndecidedError("ℓ does not fall along a line")


def _dot(first: Vector, second: Vector) -> Fraction:
    return sum((a * b for a, b in zip(first, second, strict=True)), start=Fraction(0))


def _scaled(row: Vector) -> Vector:
    """The row with 1 as its first entry that is not 0."""
    lead = next(v for v in row if v)
    return tuple(v / lead for v in row)


def _reduced(rows: Sequence[Vector]) -> list[list[Fraction]]:
    """The rows in echelon form, without rows of zeros."""
    found: list[list[Fraction]] = []
    for row in rows:
        rest = list(row)
        for done in found:
            lead = next(j for j, v in enumerate(done) if v)
            rest = [v - rest[lead] * w for v, w in zip(rest, done, strict=True)] if rest[lead] else rest
        if any(rest):
            lead = next(j for j, v in enumerate(rest) if v)
            rest = [v / rest[lead] for v in rest]
            found = [
                [v - done[lead] * w for v, w in zip(done, rest, strict=True)] if done[lead] else done for done in found
            ]
            found.append(rest)
    return found


def _rank(rows: Sequence[Vector]) -> int:
    return len(_reduced(rows))


def _kernel(rows: Sequence[Vector], width: int) -> Vector | None:
    """The direction that k − 1 rows leave free; None where they leave more than one."""
    reduced = _reduced(rows)
    if len(reduced) != width - 1:
        return None
    leads = {next(j for j, v in enumerate(row) if v): row for row in reduced}
    (free,) = set(range(width)) - set(leads)
    return tuple(Fraction(1) if j == free else -leads[j][free] for j in range(width))
