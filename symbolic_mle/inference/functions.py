"""g(θ): its maximum likelihood estimate by invariance, and its standard error by the delta method.

Theorem (invariance: Zehna 1966; Casella & Berger 2002, Theorem 7.2.10). If θ̂ maximises L, then g(θ̂) maximises the induced
likelihood L*(η) = max {L(θ) : g(θ) = η}. For a one-to-one g this is the likelihood in the parameter η itself.

Theorem (delta method: Lehmann & Casella 1998, Theorem 1.8.12). If √n(θ̂ − θ) → N(0, I⁻¹) and g is differentiable at θ with ∇g ≠ 0,
then √n(g(θ̂) − g(θ)) → N(0, ∇gᵀ I⁻¹ ∇g).

Whether g is one-to-one: one_to_one.py.
"""

from __future__ import annotations

from dataclasses import dataclass

import sympy as sp
from sympy import Expr

from symbolic_mle.algebra.sample import sealed
from symbolic_mle.inference.forms import shortest
from symbolic_mle.inference.one_to_one import is_one_to_one
from symbolic_mle.inference.precision import Precision, is_formula, is_regular_maximum, of_sample
from symbolic_mle.records import Case, Existence, Specification


@dataclass(frozen=True, slots=True)
class FunctionOfParameters:
    """η = g(θ) in the engine's symbols: η̂ = g(θ̂) and its standard error where these are formulas, and whether g is one-to-one."""

    expression: Expr
    gradient: tuple[Expr, ...]
    estimator: Expr | None
    standard_error: Expr | None
    one_to_one: bool | None

    @property
    def likelihood(self) -> str:
        """Which likelihood g(θ̂) maximises: "reparametrised" for a one-to-one g, else "induced"."""
        return "reparametrised" if self.one_to_one else "induced"


def function_of_parameters(g: Expr, model: Specification, case: Case, facts: Precision) -> FunctionOfParameters:
    """What is derived of g(θ) for the generic case of the data."""
    gradient = tuple(g.diff(p) for p in model.parameters)
    formula = case.existence is Existence.ATTAINED and is_formula(model, case)
    values = [sealed(sp.factor_terms, g.xreplace(dict(v))) for v in (case.estimators, *case.others)] if formula else []
    estimator = values[0] if len(set(values)) == 1 else None  # several maximisers may have one value of g
    regular = formula and not case.others and is_regular_maximum(model, case)
    error = _standard_error(gradient, model, facts) if regular else None
    at = dict(case.estimators)
    return FunctionOfParameters(
        g, gradient, estimator, None if error is None else error.xreplace(at), is_one_to_one(g, model)
    )


def _standard_error(gradient: tuple[Expr, ...], model: Specification, facts: Precision) -> Expr | None:
    """√(∇gᵀ (n I)⁻¹ ∇g), or with J(θ̂) for n I where only that is a formula."""
    if facts.information is not None and facts.information.closed:
        matrix = of_sample(facts.information.matrix, model)
    elif facts.observed is not None:
        matrix = facts.observed
    else:
        return None
    determinant = sealed(shortest, matrix.det(method="berkowitz"))
    column = sp.Matrix(gradient)
    if determinant == 0 or all(entry == 0 for entry in column):
        return None
    variance = (column.T * matrix.adjugate(method="berkowitz") * column)[0, 0] / determinant
    return sp.sqrt(sealed(shortest, variance))
