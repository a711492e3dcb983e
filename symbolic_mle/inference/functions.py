"""g(θ): its maximum likelihood estimate by invariance, and its standard error by the delta method.

Theorem (invariance: Zehna 1966; Casella & Berger 2002, Theorem 7.2.10). If θ̂ maximises L, then g(θ̂) maximises the induced
likelihood L*(η) = max {L(θ) : g(θ) = η}. For a one-to-one g this is the likelihood in the parameter η itself.

Theorem (delta method: Lehmann & Casella 1998, Theorem 1.8.12). If √n(θ̂ − θ) → N(0, I⁻¹) and g is differentiable at θ with ∇g ≠ 0,
then √n(g(θ̂) − g(θ)) → N(0, ∇gᵀ I⁻¹ ∇g).

One parameter: a derivative of one strict sign on the interval makes g one-to-one; values of both signs, with g continuous between,
make it many-to-one. A real function of several parameters that is continuous is never one-to-one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.numeric import NotNumeric, compile_expression
from symbolic_mle.algebra.sample import sealed
from symbolic_mle.inference.forms import shortest
from symbolic_mle.inference.precision import Precision, is_formula, is_regular_maximum, of_sample
from symbolic_mle.records import Case, Existence, Specification
from symbolic_mle.stages.density import admissible_points
from symbolic_mle.stages.sample_signs import STRICT, find_sign

JUMPS = (
    sp.tan, sp.cot, sp.sec, sp.csc, sp.coth, sp.csch, sp.gamma, sp.polygamma, sp.floor, sp.ceiling, sp.sign, sp.Heaviside,
    sp.Piecewise,
)  # fmt: skip


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
    formula = case.existence is Existence.ATTAINED and is_formula(model, case) and not case.others
    estimator = sealed(sp.factor_terms, g.xreplace(dict(case.estimators))) if formula else None
    regular = formula and is_regular_maximum(model, case)
    error = _standard_error(gradient, model, facts) if regular else None
    at = dict(case.estimators)
    return FunctionOfParameters(
        g, gradient, estimator, None if error is None else error.xreplace(at), is_one_to_one(g, model)
    )


def is_one_to_one(g: Expr, model: Specification) -> bool | None:
    """Does g take every value once on the space? None where it could not be told."""
    parameters = list(model.parameters)
    if len(parameters) > 1:
        return False
    (p,) = parameters
    if p in model.points:
        values = [g.xreplace({p: v}) for v in model.points[p]]
        return len(set(values)) == len(values) if all(v.is_number for v in values) else None
    if not _is_continuous(g, model):
        return None
    slope = g.diff(p)
    found = find_sign(slope, model.region)
    if found is not None and found.sign in STRICT:
        return True
    return False if _turns(slope, p, model) else None


def _is_continuous(g: Expr, model: Specification) -> bool:
    """Is g made of functions without jumps, and does no denominator vanish inside the space?"""
    if g.has(*JUMPS):
        return False
    below = {f.base for f in g.atoms(sp.Pow) if not f.exp.is_nonnegative and f.base != sp.E}
    signs = [find_sign(b, model.region) for b in below if b.free_symbols & set(model.parameters)]
    return all(s is not None and s.sign in STRICT for s in signs)


def _turns(slope: Expr, p: Symbol, model: Specification) -> bool:
    """Does the slope take both signs at points of the space?"""
    interval = model.parameters[p]
    ends = [float(e) if e.is_number else np.inf * s for e, s in ((interval.lower, -1), (interval.upper, 1))]
    values = next(iter(admissible_points(model)), None)
    if values is None:
        return False
    grid = np.tan(np.linspace(-1.5, 1.5, 41))
    low, high = ends
    inside = (
        grid[(grid > low) & (grid < high)] if not np.isfinite([low, high]).all() else np.linspace(low, high, 43)[1:-1]
    )
    try:
        evaluate = compile_expression(slope, [p, *model.known])
    except NotNumeric:
        return False
    constants = {c: float(values[c]) for c in model.known}
    signs = {float(np.sign(evaluate({p: float(v), **constants}, {}))) for v in inside}
    return {1.0, -1.0} <= signs


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
