"""A model in fewer parameters: linear equations put in, or one inequality left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import sympy as sp
from sympy import Basic, Expr, Symbol

from symbolic_mle.algebra.affine import Face, Polyhedron, expression
from symbolic_mle.algebra.intervals import Interval, intersect
from symbolic_mle.records import Case, Existence, Specification
from symbolic_mle.stages.inner import Inner, inner_derivation
from symbolic_mle.stages.scope import out_of_scope


@dataclass(frozen=True, slots=True)
class Reduced(Inner):
    """The derivation in the free parameters, and the others as functions of them."""

    solved: Mapping[Symbol, Expr]


def reduced(model: Specification, space: Polyhedron, faces: Iterable[Face]) -> Reduced | None:
    """The model on the space with these faces only, when the score can treat it."""
    intervals = _intervals(space, faces)
    if intervals is None:
        return None
    smaller = replace(
        model, density=model.density.xreplace(dict(space.solved)), parameters=intervals, restrictions=()
    )  # fmt: skip
    if out_of_scope(smaller) or any(p not in smaller.density.free_symbols for p in intervals):
        return None
    inner = inner_derivation(smaller)
    return Reduced(inner.model, inner.likelihood, inner.findings, inner.steps, space.solved)


def is_bound(face: Face) -> bool:
    """Is it a bound of one free parameter?"""
    return sum(c != 0 for c in face.form[1:]) == 1


def _intervals(space: Polyhedron, faces: Iterable[Face]) -> dict[Symbol, Interval] | None:
    found = dict.fromkeys(space.free, Interval())
    for face in faces:
        if not is_bound(face):
            return None
        k = next(k for k, c in enumerate(face.form[1:]) if c != 0)
        end, closed = -face.form[0] / face.form[1 + k], not face.strict
        side = (
            Interval(lower=end, closed_lower=closed)
            if face.form[1 + k] > 0
            else Interval(upper=end, closed_upper=closed)
        )
        common = intersect(found[space.free[k]], side)
        if common is None or common.is_empty:
            return None
        found[space.free[k]] = common
    return found


def in_full(case: Case, part: Reduced, model: Specification) -> Case | None:
    """A case of the reduced model as one of the whole; None where its equations were solved on another interval."""
    if case.existence is not Existence.ATTAINED:
        return replace(case, estimators={}, implicit=None, existence_by=None)
    if case.locator is not None or case.ranges or case.existence_by is not None or case.others:
        return None
    unsolved = case.implicit.parameters if case.implicit is not None else ()
    if any(part.model.parameters[p] != model.parameters[p] for p in unsolved):
        return None
    values = dict(case.estimators)
    rest = {p: sp.sympify(e).xreplace(values) for p, e in part.solved.items()}
    return replace(case, estimators={p: {**values, **rest}[p] for p in model.parameters if p in {**values, **rest}})


def tie_of(face: Face, space: Polyhedron) -> Basic:
    """The equation on a face."""
    return sp.Eq(expression(face.form, space.free), 0)
