"""Fisher's and the observed information of a model, and the standard errors that they give.

Theorem (large samples; its conditions in regularity.py): the covariance matrix of θ̂ is (n·I(θ))⁻¹ up to terms of smaller order, and
J(θ̂) = −∇²ℓ(θ̂) estimates n·I(θ) (Lehmann & Casella 1998, section 6.5). Stated only for a maximum in the interior of the space.
"""

from __future__ import annotations

from dataclasses import dataclass

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.sample import sealed
from symbolic_mle.inference.fisher import FisherInformation, fisher_information
from symbolic_mle.inference.forms import shortest
from symbolic_mle.inference.regularity import NOT_IDENTIFIED, failure, smooth_form
from symbolic_mle.records import Case, Existence, Specification
from symbolic_mle.stages.likelihood import Likelihood, sum_over_sample


@dataclass(frozen=True, slots=True)
class Precision:
    """Information in the engine's own symbols: Fisher's of one observation, the observed of the sample, and standard errors.

    Matrices are in the order of the parameters; each is None where it is not derived.
    """

    information: FisherInformation | None
    observed: sp.Matrix | None
    errors: dict[Symbol, Expr] | None
    failure: str = ""  # the condition of the theory of large samples that the model does not meet

    @property
    def fisher(self) -> sp.Matrix | None:
        return self.information.matrix if self.information and not self.failure else None


def precision(likelihood: Likelihood, model: Specification, case: Case, regular: bool = True) -> Precision:
    """All that is derived of the precision of the generic estimate; ``regular``: its maximum is one of a smooth likelihood."""
    if case.existence is Existence.UNBOUNDED and not regular:
        return Precision(None, None, None, failure(model))
    information = fisher_information(likelihood, model)
    if information is not None and information.singular:
        return Precision(information, None, None, NOT_IDENTIFIED)
    if not regular or case.others:
        return Precision(information, None, None, failure(model))
    observed = observed_information(likelihood, model, case)
    errors = standard_errors(information, observed, model, case)
    return Precision(information, observed, errors, failure(model))


def is_regular_maximum(model: Specification, case: Case) -> bool:
    """Is the case an interior maximum of a model to which the theory of large samples applies?"""
    return case.existence is Existence.ATTAINED and case.kind == "interior" and not case.ranges and not failure(model)


def is_formula(model: Specification, case: Case) -> bool:
    """Is every parameter estimated by a formula?"""
    return case.implicit is None and case.locator is None and set(model.parameters) <= case.estimators.keys()


def observed_information(likelihood: Likelihood, model: Specification, case: Case) -> sp.Matrix | None:
    """J(θ̂) = −∇²ℓ(θ̂) of the sample, for an interior maximum in closed form."""
    if not is_regular_maximum(model, case) or not is_formula(model, case):
        return None
    hessian = -sp.hessian(smooth_form(likelihood.log_likelihood, model), list(model.parameters))
    return hessian.xreplace(dict(case.estimators)).applyfunc(sp.factor_terms)


def of_sample(information: sp.Matrix, model: Specification) -> sp.Matrix:
    """n·I(θ), or Σᵢ I(θ | zᵢ) with covariates."""
    if not model.covariates:
        return information * model.size
    return information.applyfunc(lambda e: sum_over_sample(e, model))


def standard_errors(
    information: FisherInformation | None, observed: sp.Matrix | None, model: Specification, case: Case
) -> dict[Symbol, Expr] | None:
    """√ of the diagonal of the inverse information at an interior maximum in closed form: of n·I(θ̂), or else of J(θ̂)."""
    if not is_regular_maximum(model, case) or not is_formula(model, case):
        return None
    if information is not None and information.closed:
        variances = _inverse_diagonal(of_sample(information.matrix, model))
    elif observed is not None:
        variances = _inverse_diagonal(observed)
    else:
        return None
    if variances is None:
        return None
    at = dict(case.estimators)
    return {p: sp.sqrt(v).xreplace(at) for p, v in zip(model.parameters, variances, strict=True)}


def _inverse_diagonal(matrix: sp.Matrix) -> list[Expr] | None:
    """The diagonal of the inverse by cofactors; None for a singular matrix."""
    size = matrix.shape[0]
    determinant = sealed(shortest, matrix.det(method="berkowitz"))
    if determinant == 0:
        return None
    if size == 1:
        return [sealed(shortest, 1 / matrix[0, 0])]
    return [sealed(shortest, matrix.cofactor(k, k, method="berkowitz") / determinant) for k in range(size)]
