"""Why the point found is the maximum: proofs that look at the model as a whole, after the search one parameter at a time.

To add a proof: a file with its theorem and premises, and a line in ``verify``. The proofs of one parameter at a time are in
``solution/single`` (the decreasing score), ``solution/curvature`` (concavity by rules) and ``solution/cases`` (the profile).
"""

from __future__ import annotations

from dataclasses import replace

from symbolic_mle.records import Case, Condition, Existence, Proof, Specification
from symbolic_mle.stages.equal_observations import variation
from symbolic_mle.stages.likelihood import Likelihood
from symbolic_mle.stages.solution.cases import BY_DATA, Findings
from symbolic_mle.stages.verification.exponential_family import curve_is_convex, statistics_of_family
from symbolic_mle.stages.verification.location_scale import location_scale


def verify(findings: Findings, likelihood: Likelihood, model: Specification) -> Findings:
    """The findings with every proof that holds of the whole model."""
    if findings.cases[0].existence is Existence.UNKNOWN:
        return findings  # nothing is claimed that could be proved
    if findings.argument is not None or all(c.proof is Proof.GLOBAL for c in findings.cases):
        return findings
    return (
        _by_exponential_family(findings, likelihood, model)
        or _by_location_scale(findings, likelihood, model)
        or findings
    )


def _by_exponential_family(findings: Findings, likelihood: Likelihood, model: Specification) -> Findings | None:
    statistics = statistics_of_family(likelihood, model)
    if statistics is None:
        return None
    cases = tuple(_proved(c) for c in findings.cases)
    if findings.joint and not cases[0].conditions and _is_open(model) and curve_is_convex(statistics, model):
        distinct, equal = _equal_or_not(model)
        nowhere = Case((equal,), Existence.NOT_ATTAINED, Proof.GLOBAL, "path")
        cases = (replace(cases[0], conditions=(distinct,)), *cases[1:], nowhere)
    return replace(findings, cases=cases, family=statistics)


def _by_location_scale(findings: Findings, likelihood: Likelihood, model: Specification) -> Findings | None:
    if not findings.joint or len(findings.cases) != 1:
        return None
    family = location_scale(likelihood, model)
    if family is None:
        return None
    distinct, equal = _equal_or_not(model)
    path = ((family.scale, family.vanishing, "+" if family.vanishing == 0 else "-"),)
    unbounded = Case((equal,), Existence.UNBOUNDED, Proof.GLOBAL, "path", path=path)
    generic = replace(_proved(findings.cases[0]), conditions=(distinct,), reason="")
    return replace(findings, cases=(generic, unbounded), location_scale=(family.location, family.scale))


def _equal_or_not(model: Specification) -> tuple[Condition, Condition]:
    (x,) = model.observed
    distinct = Condition(variation(x, model), ">", "not equal", x)
    return distinct, replace(distinct, relation="=", meaning="equal")


def _proved(case: Case) -> Case:
    """An interior stationary point is the unique global maximum; that there is one inside the space is for the data to say."""
    if case.existence is not Existence.ATTAINED or case.kind != "interior":
        return case
    implicit, proved = case.implicit and replace(case.implicit, unique=True), case.proof is Proof.GLOBAL
    return replace(case, proof=Proof.GLOBAL, implicit=implicit, reason=case.reason if proved else _by_data(case))


def _by_data(case: Case) -> str:
    if case.implicit is not None and len(case.implicit.parameters) > 1:
        return "if the likelihood equations have a solution inside the space, which the data decide"
    return BY_DATA


def _is_open(model: Specification) -> bool:
    """In an open space a maximiser is a stationary point."""
    return not any(i.closed_lower or i.closed_upper for i in model.parameters.values())
