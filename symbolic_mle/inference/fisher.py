"""Fisher information of one observation, I(θ) = −E[∇² log f] = Var(score).

By the expectations of the statistics in the Hessian (expectations.py); for a support of few values, where the score alone does not
give these, as Σ ∂ᵢf ∂ⱼf / f.
Every closed matrix is compared with Var(score) by quadrature, and E[score] with 0: integrals that took no part in the derivation.
Where they contradict it there is no answer. Where a condition of regularity fails there is none either. With covariates the
expectations are those of the response given the covariates.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import sympy as sp
from sympy import Expr

from symbolic_mle.algebra.patience import patience
from symbolic_mle.algebra.sample import outermost_sums
from symbolic_mle.algebra.separation import separate
from symbolic_mle.inference.expectations import (
    Expectation,
    Expectations,
    expectations,
    in_expectation,
    mass,
    parted,
    statistics_in,
)
from symbolic_mle.inference.forms import shortest
from symbolic_mle.inference.numbers import ScoreMoments, test_points, value_at
from symbolic_mle.inference.regularity import failure, smooth_form, unfinished
from symbolic_mle.inference.stated import stated
from symbolic_mle.records import Specification
from symbolic_mle.stages.likelihood import Likelihood, sum_over_sample

SECONDS = 3.0  # for the searches in one information matrix
TOLERANCE = 1e-6
SINGULAR = 1e-10  # the lowest eigenvalue, of a matrix with diagonal 1, that rounding may make of 0
MOST_OPERATIONS = 40  # of a part that is stated beside closed parts; a longer one makes the entry one integral


@dataclass(frozen=True, slots=True)
class FisherInformation:
    """I(θ), the expectations it was made of, whether all of them are closed, and at how many θ quadrature confirms it.

    ``by`` is "points" for a sum over the few values of the support, "conditional" for expectations given covariates, else
    "expectations". ``singular``: wherever it was tested, some combination of the parameters has no information.
    """

    matrix: sp.Matrix
    by: str
    means: Expectations = field(default_factory=dict)
    closed: bool = True
    tested: int = 0
    singular: bool = False

    @property
    def observed_agrees(self) -> bool:
        """Is J(θ̂) the information of the sample at every root of the likelihood equations?

        Yes if the Hessian is free of the data, or if the score alone gives the expectations: the same equations then give the
        means of the statistics at θ̂. (Not with covariates: the equations are about sums then, not about each observation.)
        """
        if not self.means:
            return self.by in ("expectations", "conditional") and self.closed
        return self.by == "expectations" and self.closed and all(e.by == "score" for e in self.means.values())


def fisher_information(likelihood: Likelihood, model: Specification) -> FisherInformation | None:
    """I(θ) of one observation, or None where it does not exist or is not derived."""
    if failure(model):
        return None
    parameters = list(model.parameters)
    log = smooth_form(likelihood.log_likelihood, model)
    score = [log.diff(p) for p in parameters]
    hessian = sp.Matrix([[s.diff(p) for p in parameters] for s in score])
    if any(unfinished(e) for e in (*score, *hessian)):
        return None
    with patience(SECONDS):
        found = _by_expectations(score, hessian, likelihood, model)
        if not found.observed_agrees:
            found = _over_points(model) or found
    tested = _tested(found, of_one_observation(score, model), model)
    if tested is None or (model.covariates and not tested[0]):
        return None
    return replace(found, tested=tested[0], singular=tested[1])


def of_one_observation(score: list[Expr], model: Specification) -> list[Expr]:
    """The score of one observation: Σ g(xᵢ) → g(x), n → 1."""
    sums = {s: s.summand for component in score for s in outermost_sums(component)}
    return [component.xreplace(sums).xreplace({model.size: sp.S.One}) for component in score]


def _over_points(model: Specification) -> FisherInformation | None:
    """Σ ∂ᵢf ∂ⱼf / f over a support of few values."""
    points = model.few_values if model.discrete and len(model.variables) == 1 else ()
    if not points:
        return None
    masses = [m for m in (mass(v, model) for v in points) if m != 0]
    parameters = list(model.parameters)

    def entry(i: int, j: int) -> Expr:
        p, q = parameters[i], parameters[j]
        return shortest(sp.Add(*(_ratio(m.diff(p) * m.diff(q), m) for m in masses)))

    return FisherInformation(_symmetric(entry, len(parameters)), "points")


def _symmetric(entry: object, size: int) -> sp.Matrix:
    """The matrix of entry(i, j), each pair computed once."""
    upper = {(i, j): entry(i, j) for i in range(size) for j in range(i, size)}  # type: ignore[operator]
    return sp.Matrix(size, size, lambda i, j: upper[min(i, j), max(i, j)])


def _ratio(numerator: Expr, denominator: Expr) -> Expr:
    """One term of the sum, shortened by itself so that factors of the mass cancel."""
    if numerator == 0:
        return sp.S.Zero
    ratio = numerator / denominator
    return sp.cancel(ratio) if ratio.is_rational_function(*ratio.free_symbols) else shortest(ratio)


def _by_expectations(
    score: list[Expr], hessian: sp.Matrix, likelihood: Likelihood, model: Specification
) -> FisherInformation:
    means = expectations(score, hessian, model, lambda: _scores_of_constants(likelihood, model))
    values = {t: e.value for t, e in means.items()}
    used = {t: means[t] for e in hessian for t in statistics_in(e, model)}

    def entry(i: int, j: int) -> Expr:
        second = hessian[i, j]
        unknown = [t for t in statistics_in(second, model) if means[t].by == "stated"]
        if len(unknown) > 1 or any(t.count_ops() > MOST_OPERATIONS for t in unknown):
            (whole,) = of_one_observation([-second], model)
            given, statistic = parted(whole, model)
            used[statistic] = Expectation(stated(statistic, model), "stated")
            return given * used[statistic].value
        return shortest(in_expectation(-second, values, model))

    matrix = _symmetric(entry, len(score))
    shown = {t: e for t, e in used.items() if e.by != "stated" or matrix.has(e.value)}
    by = "conditional" if model.covariates else "expectations"
    return FisherInformation(matrix, by, shown, all(e.by != "stated" for e in used.values()))


def _scores_of_constants(likelihood: Likelihood, model: Specification) -> list[Expr]:
    """∂ log f/∂c for the known constants: f integrates to 1 for every value of theirs too, so these have expectation 0."""
    fixed = model.support.free_symbols
    constants = [c for c, i in model.known.items() if not i.integer and c not in fixed]
    found = []
    for c in constants:
        slope = likelihood.log_density.diff(c)
        if unfinished(slope):
            continue
        parts, rest = separate(
            slope, set(model.observed), {*model.parameters, *model.known}, lambda e: bool(e.is_positive)
        )
        terms = [k * sum_over_sample(t, model) for k, t in parts] + [sum_over_sample(t, model) for t in rest]
        found.append(sp.Add(*terms))
    return found


def _tested(found: FisherInformation, score: list[Expr], model: Specification) -> tuple[int, bool] | None:
    """At how many values of θ quadrature confirms E[score] = 0 and Var(score) = I(θ); None where it contradicts one.

    Beside it, whether I(θ) is singular at all of them.
    """
    count, regular, by_numbers = 0, bool(model.covariates), ScoreMoments(score, model)
    for values in test_points(model):
        moments = by_numbers.at(values)
        if moments is None:
            continue
        spread = np.sqrt(np.diag(moments.products))
        if (np.abs(moments.mean) > TOLERANCE * (1 + spread)).any():
            return None
        claimed = np.array([[value_at(e, values) for e in row] for row in found.matrix.tolist()], dtype=float)
        wrong = np.abs(claimed - moments.products) > TOLERANCE * (1e-3 + np.outer(spread, spread))
        if wrong.any() or (found.closed and np.isnan(claimed).any()):
            return None
        count += 1
        regular = regular or bool(np.linalg.eigvalsh(moments.products / np.outer(spread, spread))[0] > SINGULAR)
    return count, count > 0 and not regular
