"""A derivation inside a derivation: a smaller model maximised by the score, told and audited as a part of a way's own argument."""

from __future__ import annotations

from dataclasses import dataclass

from symbolic_mle.records import Case, Specification, Step
from symbolic_mle.stages.likelihood import Likelihood, build_likelihood
from symbolic_mle.stages.solution.cases import Findings, find_cases
from symbolic_mle.stages.steps import write_steps
from symbolic_mle.stages.verification import verify


@dataclass(frozen=True, slots=True)
class Inner:
    """The smaller model and what was found of it."""

    model: Specification
    likelihood: Likelihood
    findings: Findings
    steps: tuple[Step, ...]

    @property
    def cases(self) -> tuple[Case, ...]:
        return self.findings.cases

    @property
    def precision(self) -> None:
        """Told of the whole, never of a part."""


def inner_findings(model: Specification) -> tuple[Likelihood, Findings]:
    """The likelihood of the smaller model, and what the score and the proofs of the whole find of it."""
    likelihood = build_likelihood(model)
    return likelihood, verify(find_cases(likelihood.log_likelihood, model), likelihood, model)


def inner_derivation(model: Specification) -> Inner:
    """The derivation of the smaller model."""
    likelihood, findings = inner_findings(model)
    return Inner(model, likelihood, findings, write_steps(model, likelihood, findings))
