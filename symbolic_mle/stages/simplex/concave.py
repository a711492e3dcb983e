"""Σ Sₖ log uₖ with more uₖ than a simplex has: concave, without a formula.

Theorem. Sₖ ≥ 0 and uₖ affine make ℓ concave on the bounded convex set {g ≥ 0} (Boyd & Vandenberghe 2004, section 3.2), and
ℓ is upper semicontinuous there with log 0 = −∞: a maximum exists on the closed set, and a point with multipliers νⱼ ≥ 0
(Karush, Kuhn and Tucker) is one. It is the estimate where the space holds it, and there is none where the space leaves it out.
Premises checked: the set is bounded; the uₖ are nonnegative on it (``weights``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.affine import Polyhedron, in_cone
from symbolic_mle.locating.log_affine import LogAffine
from symbolic_mle.records import Case, Existence, Proof, Step
from symbolic_mle.stages.simplex.weights import Weight


@dataclass(frozen=True, slots=True)
class ConcaveArgument:
    """The weights of a concave log-likelihood on a polyhedron."""

    weights: tuple[Weight, ...]
    counts: tuple[tuple[Expr, Mapping[Symbol, Expr]], ...]
    space: Polyhedron
    kind: str = "log-affine"
    regular: bool = False
    simplices: tuple[()] = ()

    @property
    def solved(self) -> Mapping[Symbol, Expr]:
        return self.space.solved

    def steps(self) -> Iterator[Step]:
        """The slope in every free parameter, the others put in."""
        return iter(())


def concave_case(weights: tuple[Weight, ...], space: Polyhedron) -> Case | None:
    """The one case, located on data."""
    if not is_bounded(space) or any(not w.form[1:] for w in weights):
        return None
    locator = LogAffine(tuple(w.total for w in weights), tuple(w.form for w in weights), space)
    return Case((), Existence.ATTAINED, Proof.GLOBAL, "interior", locator=locator)


def is_bounded(space: Polyhedron) -> bool:
    """Is every parameter bounded on both sides? By Farkas: ±θ is a sum of the faces' normals, up to a constant."""
    zero = sp.Integer(0)
    normals = [(zero, *f.form[1:]) for f in space.faces]
    for k in range(len(space.free)):
        for sign in (1, -1):
            direction = tuple(sp.Integer(sign if j == k else 0) for j in range(len(space.free)))
            if not normals or not in_cone((zero, *direction), normals):
                return False
    return True
