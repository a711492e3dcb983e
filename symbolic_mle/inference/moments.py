"""The method of moments beside maximum likelihood, for one parameter: E[X] = x̄ (Casella & Berger 2002, section 7.2.1).

E[X] is derived as any expectation is; where it is free of the parameter, or not derived, nothing is said. The two estimators are
the same where E[X] at θ̂ is x̄ identically in the data; they differ where θ̂ depends on other statistics than x̄.
"""

from __future__ import annotations

from dataclasses import dataclass

import sympy as sp
from sympy import Expr

from symbolic_mle.algebra.sample import DataSum, outermost_statistics, sealed
from symbolic_mle.inference.expectations import expectations
from symbolic_mle.inference.forms import shortest
from symbolic_mle.inference.precision import is_formula
from symbolic_mle.inference.regularity import failure
from symbolic_mle.records import Case, Existence, Specification
from symbolic_mle.stages.likelihood import Likelihood


@dataclass(frozen=True, slots=True)
class MomentEquation:
    """E[X] = m(θ), to be equated to x̄; ``same``: is its solution the maximum likelihood estimate? None: not told."""

    mean: Expr
    same: bool | None


def moment_equation(likelihood: Likelihood, model: Specification, case: Case) -> MomentEquation | None:
    """The method of moments for a model with one parameter and one variable, or None."""
    if len(model.parameters) != 1 or len(model.variables) != 1 or model.covariates or failure(model):
        return None
    (x,), (parameter,) = model.variables, model.parameters
    total = DataSum(x, (x,))
    found = expectations([likelihood.log_likelihood.diff(parameter)], [total], model)[x]
    if found.by == "stated" or parameter not in found.value.free_symbols:
        return None
    same = None
    if case.existence is Existence.ATTAINED and is_formula(model, case) and not case.others:
        at = found.value.xreplace(dict(case.estimators))
        statistics = outermost_statistics(case.estimators[parameter])
        same = sealed(shortest, sp.together(at - total / model.size)) == 0
        if not same and statistics == {total}:
            same = None  # a function of x̄ that algebra did not recognise
    return MomentEquation(found.value, same)
