"""Moments of estimators that are averages of the sample, or the average square about the sample mean.

  average   θ̂ = α + Σₖ βₖ Σᵢ Tₖ(xᵢ), α and β free of the data: E θ̂ = α + n Σ βₖ E[Tₖ], Var θ̂ = n βᵀ Cov(T) β. In an exponential
            family with coefficients c(θ) and τ = E[T], Cov(T) = Dτ·(Dc)⁻¹, for Cov(Tₗ, ∂ⱼ log f) = ∂ⱼτₗ (Lehmann & Casella
            1998, section 1.5).
  spread    θ̂ = (1/n) Σ (tᵢ − t̄)²: E θ̂ = (n − 1)/n · Var(t), for any law with a variance.

Theorem (Cramér–Rao bound attained: Casella & Berger 2002, Corollary 7.3.15). For one parameter an unbiased θ̂ has the smallest
variance 1/(n I(θ)) iff the score is a(θ)·(θ̂ − θ), a free of the data.
"""

from __future__ import annotations

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.sample import DataSum, outermost_sums, sealed
from symbolic_mle.inference.exact_laws.facts import FiniteSample
from symbolic_mle.inference.expectations import expectations
from symbolic_mle.inference.forms import shortest
from symbolic_mle.records import Specification
from symbolic_mle.stages.likelihood import Likelihood


class Family:
    """log f = Σ cₖ(θ)·Tₖ(x) + a(θ) + b(x), with E[T] and Cov(T)."""

    def __init__(self, likelihood: Likelihood, model: Specification) -> None:
        self.model = model
        self.parameters = list(model.parameters)
        log = likelihood.log_likelihood
        self.sums = sorted(outermost_sums(log), key=sp.default_sort_key)
        slots = {s: sp.Dummy("S", real=True) for s in self.sums}
        flat = sp.expand(log.xreplace(slots))
        self.coefficients = [flat.diff(d) for d in slots.values()]
        free = not any(c.has(*slots.values()) for c in self.coefficients)
        self.rest = flat.xreplace(dict.fromkeys(slots.values(), sp.S.Zero)) / model.size
        self.linear = free and not likelihood.mixed and bool(self.sums)
        self.scores = [log.diff(p) for p in self.parameters]

    def means(self) -> dict[Expr, Expr] | None:
        """E[T] of every statistic, from the score alone or by integration."""
        if not self.linear:
            return None
        found = expectations(self.scores, self.scores, self.model)
        closed = all(e.by != "stated" for e in found.values())
        return {t: e.value for t, e in found.items()} if closed else None

    def covariance(self, means: dict[Expr, Expr]) -> sp.Matrix | None:
        """Cov(T) = Dτ·(Dc)⁻¹."""
        if len(self.sums) != len(self.parameters):
            return None
        slopes = sp.Matrix(self.coefficients).jacobian(self.parameters)
        determinant = shortest(slopes.det())
        if determinant == 0:
            return None
        changes = sp.Matrix([means[s.summand] for s in self.sums]).jacobian(self.parameters)
        return (changes * slopes.adjugate() / determinant).applyfunc(shortest)


def average(parameter: Symbol, value: Expr, family: Family) -> FiniteSample | None:
    n, means = family.model.size, family.means()
    used = sorted(outermost_sums(value), key=sp.default_sort_key)
    weights = _weights(value, used)
    if means is None or weights is None or not used or any(s.summand not in means for s in used):
        return None
    rest = sp.expand(value - sp.Add(*(w * s for w, s in zip(weights, used, strict=True))))
    mean = shortest(rest + n * sp.Add(*(w * means[s.summand] for w, s in zip(weights, used, strict=True))))
    matrix = family.covariance(means)
    variance = None
    if matrix is not None:
        column = sp.Matrix([weights[used.index(s)] if s in used else sp.S.Zero for s in family.sums])
        variance = shortest(n * (column.T * matrix * column)[0, 0])
    return FiniteSample(parameter, "average", mean, variance, attains_bound=_attains(parameter, value, mean, family))


def _weights(value: Expr, used: list[DataSum]) -> list[Expr] | None:
    """β with value = α + Σ βₖ Sₖ, or None."""
    slots = {s: sp.Dummy("S") for s in used}
    flat = sp.expand(value.xreplace(slots))
    found = [flat.diff(d) for d in slots.values()]
    return None if any(w.has(*slots.values()) for w in found) else found


def _attains(parameter: Symbol, value: Expr, mean: Expr, family: Family) -> bool | None:
    """For one parameter: is the estimator unbiased, with the score a(θ)·(θ̂ − θ)?"""
    if len(family.parameters) > 1:
        return None
    if shortest(mean - parameter) != 0:
        return False
    ratio = sealed(sp.cancel, sp.together(family.scores[0]) / sp.together(value - parameter))
    return not outermost_sums(ratio)


def spread(parameter: Symbol, value: Expr, family: Family) -> FiniteSample | None:
    """(1/n) Σ (t − t̄)², with Var(t) from E[t] and E[t²]."""
    n, sums = family.model.size, outermost_sums(value)
    if len(sums) != 1:
        return None
    (total,) = sums
    base = total.summand.base if isinstance(total.summand, sp.Pow) and total.summand.exp == 2 else sp.S.Zero
    if sp.cancel(value * n / total) != 1 or not base.has(DataSum):
        return None
    quantity, rest = base.as_independent(DataSum, as_Add=True)
    if sp.expand(rest * n + DataSum(quantity, total.variables)) != 0:
        return None
    means = family.means()
    if means is None or quantity not in means or quantity**2 not in means:
        return None
    variance = shortest(means[quantity**2] - means[quantity] ** 2)
    return FiniteSample(parameter, "spread", shortest((n - 1) * variance / n), None)
