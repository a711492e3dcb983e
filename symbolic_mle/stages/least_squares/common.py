"""One coefficient in several sums of squares, each with a spread of its own: a common mean of groups (Behrens–Fisher).

Theorem. Let ℓ(β, φ) = −Σ cⱼ·gⱼ(φ)·Rⱼ(β) + h(φ), where for every β with all Rⱼ(β) > 0 the maximum over φ is unique and has the value
const − Σ wⱼ log Rⱼ(β), wⱼ > 0, with Rⱼ quadratic in β. Then (profile) ℓ has a maximum iff Rⱼ(β) = 0 for no j and β, and it is where
Σ wⱼ log Rⱼ(β) is smallest. That function runs to ∞ at both ends, and its stationary points are the real roots of the polynomial
Σⱼ wⱼ Rⱼ′ ∏ₖ≠ⱼ Rₖ, of which there may be several (for two groups a cubic; Sugiura & Gupta 1987, Drton 2008). If some Rⱼ(β) = 0,
the likelihood grows without bound on the way there.
Premises checked: the unique maximum over φ, by the score; the form of its value. The roots are found on the data, all of them
(``locating.common_mean``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.algebra.signs import Sign
from symbolic_mle.locating.common_mean import CommonCoefficient
from symbolic_mle.records import Case, Condition, Existence, Proof, Specification, Step
from symbolic_mle.stages.inner import Inner
from symbolic_mle.stages.least_squares.quadratic import Quadratic
from symbolic_mle.stages.least_squares.spread import Spread
from symbolic_mle.stages.likelihood import Likelihood
from symbolic_mle.stages.sample_signs import find_sign
from symbolic_mle.stages.solution.cases import Findings


@dataclass(frozen=True, slots=True)
class CommonMean:
    """The facts that are told: R(β) by letter, the profile over φ, and its value −Σ w log R."""

    coefficient: Symbol
    residuals: Mapping[Symbol, Expr]
    counts: Mapping[Symbol, DataSum]
    weights: Mapping[Symbol, Expr]
    rest: Inner
    slope: Expr
    kind: str = "common-mean"
    regular: bool = True

    def steps(self) -> Iterator[Step]:
        """The derivative in the coefficient."""
        yield Step("score", "differentiate", self.slope, parameter=self.coefficient)


def common_coefficient(
    quadratic: Quadratic, spread: Spread, rest: Inner, likelihood: Likelihood, model: Specification
) -> Findings | None:
    """Findings for one coefficient whose least squares move with the spreads."""
    case = rest.cases[0]
    alone = len(rest.cases) == 1 and not case.conditions and case.implicit is None and case.proof is Proof.GLOBAL
    if len(quadratic.coefficients) != 1 or not alone or len(spread.positive) != len(spread.residuals):
        return None
    top = sp.expand_log(spread.profile.xreplace(dict(case.estimators)), force=False)
    weights = {letter: sp.simplify(-letter * top.diff(letter)) for letter in spread.residuals}
    if any(w.has(*spread.residuals) for w in weights.values()):
        return None
    signs = [find_sign(w, {**spread.model.region}) for w in weights.values()]
    if any(s is None or s.sign is not Sign.POSITIVE for s in signs):
        return None
    (coefficient,) = quadratic.coefficients
    here = {count: total for count, total in spread.counts.items() if spread.profile.has(count)}
    locator = CommonCoefficient(
        coefficient, spread.residuals, {r: w.xreplace(here) for r, w in weights.items()},
        {p: e.xreplace(here) for p, e in case.estimators.items()},
    )  # fmt: skip
    both = tuple(Condition(total * (model.size - total), ">") for total in here.values())
    totals = spread.put_in({})
    formulas = {p: e.xreplace(totals) for p, e in case.estimators.items()}
    cases = [Case(both, Existence.ATTAINED, Proof.GLOBAL, "interior", formulas, locator=locator)]
    reason = "a group has no observation, and nothing is known of its spread"
    cases += [
        Case((Condition(c.statistic, "="),), Existence.UNKNOWN, Proof.NONE, "unknown", reason=reason) for c in both
    ]
    argument = CommonMean(
        coefficient, spread.residuals, here, weights, rest, likelihood.log_likelihood.diff(coefficient)
    )
    return Findings((), (), likelihood.log_likelihood, tuple(cases), likelihood.log_likelihood, argument=argument)
