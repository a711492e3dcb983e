"""Generalised linear models: a log-likelihood that is concave in linear predictors, with no closed maximum.

Theorem. Let ℓ(θ) = Σ ℓᵢ(θ) on all of ℝᵏ, every ℓᵢ a sum of the concave terms of ``concave`` and bounded above.
Along a direction d it falls at least like a line unless every row r of every observation has r·d ≥ 0, where the
rows are the slopes at infinity of its terms. So (Rockafellar 1970, Theorems 8.6 and 27.1; for logistic models
Albert & Anderson 1984, Theorems 1 to 3)
  * if some d has r·d ≥ 0 for all rows and r·d > 0 for one, ℓ rises for ever along d from every point: no maximum exists;
  * otherwise ℓ has a maximum; it is unique iff the rows span ℝᵏ, and else every point of a line, a plane … maximises.
A stationary point of a concave function is a global maximum (Boyd & Vandenberghe 2004, section 4.2.3). Premises
checked: all parameters range over the whole line; the rules; the bound, for a probability function (ℓᵢ ≤ 0) here
and for other models on the data. Which of the three holds is decided on the data in fractions
(``locating.concave``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.logs import expand_log
from symbolic_mle.algebra.signs import Sign
from symbolic_mle.locating.concave import ConcaveMaximum, Slopes
from symbolic_mle.records import Case, Existence, Proof, Specification, Step
from symbolic_mle.stages.likelihood import Likelihood
from symbolic_mle.stages.linear_predictor.concave import Concave, concave_form
from symbolic_mle.stages.sample_signs import find_sign
from symbolic_mle.stages.scope import out_of_scope
from symbolic_mle.stages.solution.cases import Findings

OVERLAP = "if no direction of the parameters separates the data, which they decide"


@dataclass(frozen=True, slots=True)
class LinearPredictors:
    """The facts that are told: the score, the rules that prove concavity, and whether −ℓ is a cross-entropy."""

    slopes: dict[Symbol, Expr]
    rules: tuple[str, ...]
    predictors: tuple[Expr, ...]
    discrete: bool
    kind: str = "linear-predictors"
    regular: bool = True

    def steps(self) -> Iterator[Step]:
        """The partial derivatives."""
        for parameter, slope in self.slopes.items():
            yield Step("score", "differentiate", slope, parameter=parameter)


def attempt(likelihood: Likelihood, model: Specification) -> Findings | None:
    """Findings for a model with covariates, or with several variables an observation."""
    if len(model.observed) < 2 or out_of_scope(model) or not all(i.is_real_line for i in model.parameters.values()):
        return None
    forms = list(_forms(likelihood, model))
    if any(form is None for _, form in forms) or not any(form and form.bends for _, form in forms):
        return None
    pieces = tuple((value, form) for value, form in forms if form is not None)
    slopes = tuple(
        Slopes(value, form.slope, tuple((b.kind, b.weight, b.vectors) for b in form.bends)) for value, form in pieces
    )
    bounded = model.discrete and model.checked
    total = likelihood.log_likelihood
    locator = ConcaveMaximum(total, slopes, bounded)
    case = Case((), Existence.ATTAINED, Proof.GLOBAL, "interior", locator=locator, reason=OVERLAP)
    rules = tuple(dict.fromkeys(b.kind for _, form in pieces for b in form.bends))
    argument = LinearPredictors(
        {p: total.diff(p) for p in model.parameters}, rules, _predictors(pieces, model), model.discrete
    )
    return Findings((), (), total, (case,), total, argument=argument)


def _forms(likelihood: Likelihood, model: Specification) -> Iterator[tuple[Expr | None, Concave | None]]:
    """The log-density by the rules; of few possible values, one after another."""
    points = model.few_values
    if not points:
        yield None, concave_form(likelihood.log_density, model)
        return

    def positive(expr: Expr) -> bool:
        found = None if expr.is_positive is False else find_sign(expr, model.region)
        return bool(expr.is_positive) or (found is not None and found.sign is Sign.POSITIVE)

    (y,) = model.variables
    for point in points:
        density = sp.piecewise_fold(model.density.subs(y, point))
        if density == 0 or density.has(sp.Piecewise):
            yield point, None
            return
        yield point, concave_form(expand_log(density, positive), model)


def _predictors(pieces: tuple[tuple[Expr | None, Concave], ...], model: Specification) -> tuple[Expr, ...]:
    """The distinct affine functions v·θ, up to their sign."""
    names = tuple(model.parameters)
    found: list[Expr] = []
    for _, form in pieces:
        for bend in form.bends:
            for vector in bend.vectors:
                predictor = sp.Add(*(v * p for v, p in zip(vector, names, strict=True)))
                if predictor != 0 and predictor not in found and sp.expand(-predictor) not in found:
                    found.append(predictor)
    return tuple(found)
