"""Why the point found is the maximum: proofs that look at the model as a whole, after the search one parameter at a time.

To add a proof: a file with its theorem and premises, and a line in ``verify``. The proofs of one parameter at a time are in
``solution/single`` (the decreasing score), ``solution/curvature`` (concavity by rules) and ``solution/cases`` (the profile).
"""

from __future__ import annotations

from dataclasses import replace

from symbolic_mle.records import Case, Condition, Existence, Proof, Specification
from symbolic_mle.stages.equal_observations import variation
from symbolic_mle.stages.likelihood import Likelihood
from symbolic_mle.stages.solution.cases import Findings
from symbolic_mle.stages.verification.exponential_family import curve_is_convex, statistics_of_family


def verify(findings: Findings, likelihood: Likelihood, model: Specification) -> Findings:
    """The findings with every proof that holds of the whole model."""
    if all(c.proof is Proof.GLOBAL for c in findings.cases):
        return findings
    statistics = statistics_of_family(likelihood, model)
    if statistics is None:
        return findings
    cases = tuple(_proved(c) for c in findings.cases)
    if findings.joint and not cases[0].conditions and _is_open(model) and curve_is_convex(statistics, model):
        (x,) = model.observed
        distinct = Condition(variation(x, model), ">", "not equal", x)
        equal = replace(distinct, relation="=", meaning="equal")
        nowhere = Case((equal,), Existence.NOT_ATTAINED, Proof.GLOBAL, "path")
        cases = (replace(cases[0], conditions=(distinct,)), *cases[1:], nowhere)
    return replace(findings, cases=cases, family=statistics)


def _proved(case: Case) -> Case:
    """An interior stationary point is the unique global maximum."""
    if case.existence is not Existence.ATTAINED or case.kind != "interior":
        return case
    implicit = case.implicit and replace(case.implicit, unique=True)
    return replace(case, proof=Proof.GLOBAL, implicit=implicit)


def _is_open(model: Specification) -> bool:
    """In an open space a maximiser is a stationary point."""
    return not any(i.closed_lower or i.closed_upper for i in model.parameters.values())
