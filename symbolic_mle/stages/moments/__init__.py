"""Several parameters of an exponential family in several variables, from its moment equations.

Theorem (Barndorff-Nielsen 1978, section 9.3; Brown 1986, Theorem 5.5). Let f = h(x) exp(c(θ)·T(x) + a(θ)) on a support
free of θ, with as many statistics T as parameters, 1, T₁ … T_k linearly independent there, and the Jacobian of c
nonsingular. Then ∇ℓ(θ) = 0 iff E_θ T = T̄, the averages over the sample; ℓ is strictly concave as a function of c, so such
a θ is the unique global maximiser.
Corollary. Let every step from E_θ T = T̄ to θ = θ̂(T̄) be an implication. If θ̂(T̄) is not in the space, the equations have no
solution there; and in an open space a maximiser would be one. So the likelihood then has no maximum.
Premises checked: the form of f; the sign of the determinant; the rank of 1, T₁ … T_k at points of the support; open spaces.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.records import Case, Condition, Existence, Proof, Specification, Step
from symbolic_mle.stages.likelihood import Likelihood
from symbolic_mle.stages.moments.conditions import conditions_of
from symbolic_mle.stages.moments.equations import moments_of
from symbolic_mle.stages.moments.solution import solve
from symbolic_mle.stages.solution.cases import Findings

NONE = "the moment equations have no solution in the parameter space"


@dataclass(frozen=True, slots=True)
class MomentEquations:
    """The facts that are told: T, E T, and the estimators in the order in which they were found."""

    statistics: tuple[Expr, ...]
    means: Mapping[Expr, Expr]
    slopes: Mapping[Symbol, Expr]
    generic: Case
    kind: str = "moments"
    regular: bool = False  # the information of coupled parameters has no inverse that is short enough to be told

    def steps(self) -> Iterator[Step]:
        """The partial derivatives and the estimators."""
        for parameter, slope in self.slopes.items():
            yield Step("score", "differentiate", slope, parameter=parameter)
        for parameter, value in self.generic.estimators.items():
            yield Step("result", "estimator", value, parameter, parameter=parameter, conditions=self.generic.conditions)


def attempt(likelihood: Likelihood, model: Specification) -> Findings | None:
    """Findings for coupled parameters of observations with several components."""
    if len(model.variables) < 2 or model.covariates or not _is_open_space(model) or not _is_coupled(likelihood, model):
        return None
    moments = moments_of(likelihood, model)
    solution = None if moments is None else solve(moments, model)
    if moments is None or solution is None:
        return None
    conditions = conditions_of(solution, model)
    if conditions is None:
        return None
    estimators = {p: solution[p] for p in model.parameters}
    generic = Case(conditions, Existence.ATTAINED, Proof.GLOBAL, "interior", estimators)
    cases = [generic, *_without(conditions)]
    argument = MomentEquations(
        moments.statistics, moments.means, {p: likelihood.log_likelihood.diff(p) for p in model.parameters}, generic
    )
    return Findings((), (), likelihood.log_likelihood, tuple(cases), likelihood.log_likelihood, argument=argument)


def _is_open_space(model: Specification) -> bool:
    """Open intervals of real numbers, further limited by strict inequalities at most; and a fixed support."""
    parameters = set(model.parameters)
    intervals = model.parameters.values()
    if model.points or model.support.free_symbols & parameters or any(i.free_symbols & parameters for i in intervals):
        return False
    strict = all(isinstance(r, (sp.Lt, sp.Gt)) for r in model.restrictions)
    return strict and not any(i.integer or i.closed_lower or i.closed_upper for i in intervals)


def _is_coupled(likelihood: Likelihood, model: Specification) -> bool:
    """Does one parameter's score hold another?"""
    names = tuple(model.parameters)
    return any(likelihood.log_likelihood.diff(p).has(*(q for q in names if q != p)) for p in names) and len(names) > 1


def _without(conditions: tuple[Condition, ...]) -> Iterator[Case]:
    """The data for which one of the conditions fails, after those before it."""
    for k, condition in enumerate(conditions):
        failed = replace(condition, relation="<=", meaning="")
        if condition.meaning == "not equal":
            failed = replace(condition, relation="=", meaning="equal")
        yield Case((*conditions[:k], failed), Existence.NOT_ATTAINED, Proof.GLOBAL, "path", reason=NONE)
