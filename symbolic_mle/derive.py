"""The method itself, from a model to a derivation; each stage takes the results of those above it.

    model        what is observed, from which density, with which unknowns     (stages/density)
    likelihood   product → log → sum, the data as statistics                   (stages/likelihood)
    findings     score, equations, roots, ends, one parameter after another    (stages/solution)
    cases        which data have a maximum, where, and by which proof          (stages/verification)
    steps        all of it as lines, each checked by code that did not make it (audit)
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sympy import Expr, Symbol

from symbolic_mle.algebra.sample import as_sympy_sum
from symbolic_mle.audit import audit
from symbolic_mle.errors import ModelError
from symbolic_mle.model import Model
from symbolic_mle.records import Case, Form, Proof, Specification, Step
from symbolic_mle.stages.likelihood import Likelihood, build_likelihood
from symbolic_mle.stages.scope import out_of_scope, undecided
from symbolic_mle.stages.solution.cases import Findings, explore
from symbolic_mle.stages.steps import write_steps
from symbolic_mle.stages.verification import verify


def derive(model: Any, variable: Any = None, parameters: Any = (), *, budget: float = 20.0, **options: Any) -> Derivation:
    """The derivation of the maximum likelihood estimator of a model.

    ``derive(model)`` takes a ``Model`` or the name of one in the catalogue; ``derive(density, x, theta, ...)`` makes the model
    first. ``budget`` is in seconds: when it is spent, what is not proved by then is reported as not proved.
    Raises ``ModelError`` for what is not a model.
    """
    if isinstance(model, str):
        model = Model.named(model)
    elif not isinstance(model, Model):
        model = Model(model, variable, parameters, **options)
    specification, deadline = model.specification, time.monotonic() + budget
    likelihood = build_likelihood(specification)
    reason = out_of_scope(specification, likelihood)
    if reason:
        findings = undecided(specification, likelihood, reason)
    else:
        findings = verify(explore(likelihood.log_likelihood, list(specification.parameters), specification), likelihood, specification, deadline)
    steps = write_steps(specification, likelihood, findings)
    audit(steps, specification)
    return Derivation(specification, likelihood, findings, steps)


@dataclass(frozen=True)
class Derivation:
    """What was found for a model: cases of the data, estimators, proofs, and the steps that lead there."""

    model: Specification
    likelihood: Likelihood
    findings: Findings
    steps: tuple[Step, ...]

    @property
    def cases(self) -> tuple[Case, ...]:
        """Every case of the data; the first is the generic one."""
        return self.findings.cases

    @property
    def form(self) -> Form:
        """How much of the generic estimator is a formula."""
        generic = self.cases[0]
        if generic.implicit is None:
            return Form.CLOSED
        return Form.PARTLY_CLOSED if generic.estimators else Form.IMPLICIT

    @property
    def proof(self) -> Proof:
        """What is proved for the generic case."""
        return self.cases[0].proof

    @cached_property
    def estimators(self) -> dict[Symbol, Expr]:
        """{parameter: expression in the sample} for the generic case; the sums are SymPy's, over ``x[i]``, i = 1 … n."""
        return {
            self.model.published(p): self.model.published(as_sympy_sum(e, self.model.size))
            for p, e in self.cases[0].estimators.items()
        }

    def estimate(self, data: Any, known: Mapping[str, float] | None = None) -> Any:
        """The estimate on data: see ``symbolic_mle.estimation.estimate``."""
        from symbolic_mle.estimation import estimate

        return estimate(self, data, known)
