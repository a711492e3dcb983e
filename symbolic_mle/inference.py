"""After the estimate: observed and Fisher information, and the standard errors that they give.

Theorem (exponential family). If log f = Σⱼ cⱼ(θ)·Tⱼ(x) + a(θ) + b(x) on a support free of θ, then E[∂ log f/∂θᵢ] = 0 is the
linear system Σⱼ ∂ᵢcⱼ·E[Tⱼ] + ∂ᵢa = 0; with as many T as parameters and a nonsingular Jacobian of c it gives every E[Tⱼ] without an
integral, and Iᵢₗ = −E[∂ᵢ∂ₗ log f] = −(Σⱼ ∂ᵢ∂ₗcⱼ·E[Tⱼ] + ∂ᵢ∂ₗa) (Lehmann & Casella 1998, sections 1.5 and 2.5).
Elsewhere the information is not stated.
"""

from __future__ import annotations

from dataclasses import dataclass

import sympy as sp
from sympy import Dummy, Expr, Symbol

from symbolic_mle.algebra.sample import DataSum, outermost_sums
from symbolic_mle.records import Case, Existence, Specification
from symbolic_mle.stages.likelihood import Likelihood
from symbolic_mle.stages.scope import out_of_scope


@dataclass(frozen=True, slots=True)
class Precision:
    """Information in the engine's own symbols: Fisher's of one observation, the observed of the sample, and standard errors.

    Matrices are in the order of the parameters; each is None where it is not derived.
    """

    fisher: sp.Matrix | None
    observed: sp.Matrix | None
    errors: dict[Symbol, Expr] | None
    means: dict[DataSum, Expr]  # E[T] of one observation, for every statistic


def precision(likelihood: Likelihood, model: Specification, case: Case) -> Precision:
    """All that is derived of the precision of the generic estimate."""
    means = expected_statistics(likelihood, model) or {}
    fisher = _information(likelihood, model, means) if means else None
    return Precision(fisher, observed_information(likelihood, model, case), standard_errors(fisher, model, case), means)


def expected_statistics(likelihood: Likelihood, model: Specification) -> dict[DataSum, Expr] | None:
    """E[T] of one observation for every statistic Σ T(xᵢ), or None where the theorem does not apply."""
    sums = sorted(outermost_sums(likelihood.log_likelihood), key=sp.default_sort_key)
    parameters = list(model.parameters)
    if likelihood.mixed or not model.checked or out_of_scope(model) or len(sums) != len(parameters):
        return None
    if any(not s.summand.free_symbols & set(model.variables) for s in sums):
        return None  # a sum of covariates is a known number
    slots = {s: Dummy("E", real=True) for s in sums}
    mean_score = [likelihood.log_likelihood.diff(p).xreplace(slots) / model.size for p in parameters]
    # Σ T(xᵢ) stands for n·E[T]: the score of the mean observation
    scaled = [sp.expand(e.xreplace({d: model.size * d for d in slots.values()})) for e in mean_score]
    matrix, right = sp.linear_eq_to_matrix(scaled, list(slots.values()))
    determinant = sp.simplify(matrix.det())
    if determinant == 0 or matrix.has(*slots.values()):
        return None
    solution = matrix.LUsolve(right)
    return {s: sp.simplify(value) for s, value in zip(sums, solution, strict=True)}


def _information(likelihood: Likelihood, model: Specification, expected: dict[DataSum, Expr]) -> sp.Matrix:
    """I(θ) = −E[∇² log f] with every Σ T(xᵢ) replaced by n·E[T]."""
    means = {s: model.size * value for s, value in expected.items()}
    hessian = sp.hessian(likelihood.log_likelihood, list(model.parameters))
    return hessian.applyfunc(lambda e: sp.simplify(sp.expand(-e.xreplace(means) / model.size)))


def observed_information(likelihood: Likelihood, model: Specification, case: Case) -> sp.Matrix | None:
    """J(θ̂) = −∇²ℓ(θ̂) of the sample, for an interior maximum in closed form."""
    if case.existence is not Existence.ATTAINED or case.kind != "interior" or case.implicit is not None:
        return None
    hessian = -sp.hessian(likelihood.log_likelihood, list(model.parameters))
    return hessian.xreplace(dict(case.estimators)).applyfunc(sp.factor_terms)


def standard_errors(information: sp.Matrix | None, model: Specification, case: Case) -> dict[Symbol, Expr] | None:
    """√ of the diagonal of (n I(θ̂))⁻¹: the large-sample standard errors at an interior maximum in closed form."""
    if information is None or case.implicit is not None or case.kind != "interior" or not case.estimators:
        return None
    covariance = information.inv() / model.size
    return {
        p: sp.sqrt(sp.simplify(covariance[k, k])).xreplace(dict(case.estimators))
        for k, p in enumerate(model.parameters)
    }
