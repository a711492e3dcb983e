"""Equations among the parameters, and one inequality between them.

Equations are put in: what is left is a model in fewer parameters. (Equations and an inequality together are not treated.)

Theorem (one inequality). Let θ̂ be the maximiser without the inequality g ≥ 0, and let a continuous path on which ℓ does not
fall lead from every θ to θ̂. If g(θ̂) ≥ 0, θ̂ is the maximum. If not, the path from any θ with g(θ) ≥ 0 crosses g = 0 at a
point not lower than θ: so a maximum over g = 0 is one over g ≥ 0, and with g > 0 there is none, because ℓ rises on the way.
Premises checked: θ̂ is found one parameter after another, each with a score that falls on some scale, for all values of the
others, so that ℓ rises to its root (the path goes to the root of the first, then along these roots, and so on; the roots are
formulas, and continuous). g is affine, and the maximum over g = 0 is proved to be global.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import sympy as sp
from sympy import Basic, Expr

from symbolic_mle.algebra.affine import INEQUALITIES, Face, Polyhedron, expression, polyhedron, proportional
from symbolic_mle.algebra.sample import sealed
from symbolic_mle.records import Case, Condition, Existence, Proof, Specification, Step
from symbolic_mle.stages.constrained.substitution import Reduced, in_full, is_bound, reduced, tie_of
from symbolic_mle.stages.likelihood import Likelihood
from symbolic_mle.stages.simplex.concave import concave_case
from symbolic_mle.stages.simplex.weights import weights_of
from symbolic_mle.stages.solution.cases import Findings


@dataclass(frozen=True, slots=True)
class ConstrainedArgument:
    """``inside`` is the derivation without the inequality, ``edge`` the one on its boundary; None where there is none."""

    inside: Reduced
    edge: Reduced | None
    gap: Expr | None  # g, in the parameters
    strict: bool
    cases: tuple[Case, ...]
    kind: str = "constrained"
    regular: bool = False

    def steps(self) -> Iterator[Step]:
        for case in self.cases:
            if case.existence is Existence.ATTAINED and case.implicit is None and case.locator is None:
                for parameter, value in case.estimators.items():
                    yield Step("result", "maximum", value, parameter, parameter=parameter, conditions=case.conditions)


def attempt(likelihood: Likelihood, model: Specification) -> Findings | None:
    """The findings under linear equations, and at most one linear inequality that is no bound of one parameter."""
    unsuited = model.points or any(i.integer or i.free_symbols for i in model.parameters.values())
    if not model.restrictions or unsuited or model.support.free_symbols & set(model.parameters):
        return None
    space = polyhedron(model.parameters, model.restrictions)
    ties = [] if space is None else [f for f in space.faces if not is_bound(f)]
    if (
        space is None
        or not space.free
        or len(ties) > 1
        or (ties and space.solved)
        or _is_cell(ties, likelihood, model, space)
    ):
        return None
    inside = reduced(model, space, [f for f in space.faces if f not in ties])
    if inside is None or inside.cases[0].proof is not Proof.GLOBAL:
        return None
    argument = _with_inequality(inside, ties[0], space, model, likelihood) if ties else _with_equations(inside, model)
    if argument is None:
        return None
    return Findings(
        (), (), likelihood.log_likelihood, argument.cases, likelihood.log_likelihood, argument=argument
    )  # fmt: skip


def _is_cell(ties: list[Face], likelihood: Likelihood, model: Specification, space: Polyhedron) -> bool:
    """Is the inequality there for a probability to be positive? Without it there is no model."""
    weights = weights_of(likelihood, model, space) if ties else None
    return bool(weights) and any(proportional(t.form, w.form) for t in ties for w in weights or ())


def _with_equations(inside: Reduced, model: Specification) -> ConstrainedArgument | None:
    cases = tuple(c for case in inside.cases if (c := in_full(case, inside, model)) is not None)
    complete = len(cases) == len(inside.cases)
    return ConstrainedArgument(inside, None, None, False, cases) if complete else None


def _with_inequality(
    inside: Reduced, tie: Face, space: Polyhedron, model: Specification, likelihood: Likelihood
) -> ConstrainedArgument | None:  # fmt: skip
    free = in_full(inside.cases[0], inside, model)
    others = [r for given in model.restrictions for r in sp.And.make_args(given) if not _is_tie(r, tie, space)]
    on_edge = polyhedron(model.parameters, [*others, tie_of(tie, space)])
    if not _has_path(inside.findings):
        return None
    closed = (
        free is not None and free.existence is Existence.ATTAINED and free.kind == "interior" and free.implicit is None
    )
    if free is None or not closed or on_edge is None:
        return None
    edge = reduced(model, on_edge, (f for f in on_edge.faces if any(f.form[1:])))
    if edge is None or edge.cases[0].proof is not Proof.GLOBAL:
        return None
    gap = expression(tie.form, space.free)
    value = sealed(sp.factor, gap.xreplace(dict(free.estimators)))
    kept = Condition(value, ">" if tie.strict else ">=")
    cases = [replace(free, conditions=(*free.conditions, kept), kind="interior")]
    broken = Condition(value, "<=" if tie.strict else "<")
    for case in edge.cases:
        found = in_full(case, edge, model)
        if found is None:
            return None
        if tie.strict and found.existence is Existence.ATTAINED:
            reason = "the likelihood is largest on the boundary, which the space leaves out"
            found = Case((), Existence.NOT_ATTAINED, Proof.GLOBAL, "path", reason=reason)
        kind = "boundary" if found.existence is Existence.ATTAINED else found.kind
        cases.append(replace(found, conditions=(*free.conditions, broken, *case.conditions), kind=kind))
    if free.conditions or any(c.conditions for c in edge.cases):
        reason = "without the inequality the likelihood has no maximum for these data, or it is not proved"
        unknown = Case((), Existence.UNKNOWN, Proof.NONE, "unknown", reason=reason)
        cases.append(_located(likelihood, model, space) or unknown)
    return ConstrainedArgument(inside, edge, gap, tie.strict, tuple(cases))


def _located(likelihood: Likelihood, model: Specification, space: Polyhedron) -> Case | None:
    """Data without an unrestricted maximum, where ℓ is a sum of logarithms of affine functions."""
    weights = weights_of(likelihood, model, space)
    return concave_case(weights, space) if weights else None


def _is_tie(relation: Basic, tie: Face, space: Polyhedron) -> bool:
    """Is this the relation that makes the face?"""
    if not isinstance(relation, INEQUALITIES):
        return False
    return space.form(relation.gts - relation.lts) == tie.form


def _has_path(findings: Findings) -> bool:
    """Is every parameter eliminated at the root of a score that falls on some scale?"""
    shapes = [r.shape for r in findings.reductions]
    single = not (findings.joint or findings.family or findings.location_scale)
    return single and all(s is not None and s.kind != "direction" for s in shapes)
