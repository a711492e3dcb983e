"""Expectation and variance of θ̂ for every n, where its law is known.

  average   θ̂ = α + Σₖ βₖ Σᵢ Tₖ(xᵢ), α and β free of the data: E θ̂ = α + n Σ βₖ E[Tₖ], Var θ̂ = n βᵀ Cov(T) β. In an exponential
            family with coefficients c(θ) and τ = E[T], Cov(T) = Dτ·(Dc)⁻¹, for Cov(Tₗ, ∂ⱼ log f) = ∂ⱼτₗ (Lehmann & Casella
            1998, section 1.5).
  spread    θ̂ = (1/n) Σ (tᵢ − t̄)²: E θ̂ = (n − 1)/n · Var(t), for any law with a variance.
  gamma     θ̂ = K·Sʳ, S = Σ T(xᵢ), with log f = c(θ)·T + A·log(−c(θ)) + …: then E[exp(sT)] = (1 + s/c)^(−A), the moment generating
            function of a gamma law, so S has that of shape nA and rate −c: E[Sʳ] = Γ(nA + r)/Γ(nA)·(−c)^(−r) for nA + r > 0
            (Casella & Berger 2002, Theorem 2.3.11 and section 3.3).
  extreme   θ̂ = x₍ₙ₎ or x₍₁₎ at a moving end: P(x₍ₙ₎ ≤ t) = F(t)ⁿ, P(x₍₁₎ > t) = (1 − F(t))ⁿ (Casella & Berger 2002, section 5.4),
            for F a power of the distance to the other end, or 1 − F a power or an exponential.

Theorem (Cramér–Rao bound attained: Casella & Berger 2002, Corollary 7.3.15). For one parameter an unbiased θ̂ has the smallest
variance 1/(n I(θ)) iff the score is a(θ)·(θ̂ − θ), a free of the data.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.sample import DataSum, OrderStatistic, outermost_statistics, outermost_sums, sealed
from symbolic_mle.inference.expectations import expectations
from symbolic_mle.inference.forms import shortest
from symbolic_mle.records import Case, Existence, Specification
from symbolic_mle.stages.likelihood import Likelihood


@dataclass(frozen=True, slots=True)
class Tail:
    """P(θ̂ ≤ t) or P(θ̂ > t), as ``relation`` says, for t between the parameter and the fixed end."""

    at: Symbol
    relation: str
    probability: Expr


@dataclass(frozen=True, slots=True)
class FiniteSample:
    """E θ̂ and Var θ̂ of one parameter's estimator, and where they hold: ``positive`` must be > 0, beside n ≥ 1."""

    parameter: Symbol
    law: str  # "average", "spread", "gamma", "extreme"
    mean: Expr
    variance: Expr | None
    positive: Expr | None = None
    attains_bound: bool | None = None
    tail: Tail | None = None

    @property
    def bias(self) -> Expr:
        return shortest(self.mean - self.parameter)


def finite_sample_facts(likelihood: Likelihood, model: Specification, case: Case) -> tuple[FiniteSample, ...]:
    """What is known for every n of the estimators of the generic case that are formulas."""
    if case.existence is not Existence.ATTAINED or case.others or model.covariates or not model.checked:
        return ()
    if len(model.variables) != 1 or model.restrictions:
        return ()
    family = _Family(likelihood, model)
    closed = {p: v for p, v in case.estimators.items() if not v.free_symbols & set(model.parameters)}
    return tuple(found for p, value in closed.items() if (found := _facts(p, value, family)) is not None)


def _facts(parameter: Symbol, value: Expr, family: _Family) -> FiniteSample | None:
    if outermost_statistics(value) - outermost_sums(value):
        return _extreme(parameter, value, family.model)
    if family.model.support.free_symbols & set(family.model.parameters):
        return None
    for way in (_average, _spread, _gamma):
        found = way(parameter, value, family)
        if found is not None:
            return found
    return None


class _Family:
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


def _average(parameter: Symbol, value: Expr, family: _Family) -> FiniteSample | None:
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
    return FiniteSample(parameter, "average", mean, variance, None, _attains(parameter, value, mean, family))


def _weights(value: Expr, used: list[DataSum]) -> list[Expr] | None:
    """β with value = α + Σ βₖ Sₖ, or None."""
    slots = {s: sp.Dummy("S") for s in used}
    flat = sp.expand(value.xreplace(slots))
    found = [flat.diff(d) for d in slots.values()]
    return None if any(w.has(*slots.values()) for w in found) else found


def _attains(parameter: Symbol, value: Expr, mean: Expr, family: _Family) -> bool | None:
    """For one parameter: is the estimator unbiased, with the score a(θ)·(θ̂ − θ)?"""
    if len(family.parameters) > 1:
        return None
    if shortest(mean - parameter) != 0:
        return False
    ratio = sealed(sp.cancel, sp.together(family.scores[0]) / sp.together(value - parameter))
    return not outermost_sums(ratio)


def _spread(parameter: Symbol, value: Expr, family: _Family) -> FiniteSample | None:
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


def _gamma(parameter: Symbol, value: Expr, family: _Family) -> FiniteSample | None:
    """K·Sʳ for S = Σ(T + δ) or its negative, of gamma law."""
    if not family.linear or len(family.sums) != 1 or len(family.parameters) != 1 or family.model.discrete:
        return None
    n, (total,) = family.model.size, family.sums
    found = _gamma_law(parameter, family)
    if found is None or outermost_sums(value) != {total}:
        return None
    shape, rate, shift = found
    sign = sp.S.One if rate.is_positive else -sp.S.One
    s = sp.Dummy("S", positive=True)
    inside = sp.cancel(sp.together(value.xreplace({total: sign * s - n * shift})))
    power = sp.cancel(sp.together(s * inside.diff(s) / inside))
    factor = sp.cancel(sp.expand_power_base(inside / s**power, force=False))
    if not power.is_number or s in factor.free_symbols:
        return None

    def moment(k: int) -> Expr:
        ratio = sp.gammasimp(sp.gamma(n * shape + k * power) / sp.gamma(n * shape))
        found = factor**k * ratio * (sign * rate) ** (-k * power)
        return shortest(sp.powdenest(sp.expand_power_base(found), force=False))

    mean, needed = moment(1), n * shape + 2 * power
    variance = shortest(moment(2) - mean**2)
    return FiniteSample(parameter, "gamma", mean, variance, None if needed.is_positive else needed, False)


def _gamma_law(parameter: Symbol, family: _Family) -> tuple[Expr, Expr, Expr] | None:
    """(A, −u, δ) with T + δ of gamma law, shape A and rate −u (or −(T + δ), rate u), where u = c + κ, free of each other.

    log f = c·T + a gives a gamma law iff a = A log|u| + δ·u up to a constant: a′/c′ = A/u + δ. Tried are κ = 0 and δ = 0.
    """
    (c,) = family.coefficients
    slope = c.diff(parameter)
    if slope == 0:
        return None
    q = shortest(family.rest.diff(parameter) / slope)
    shift = shortest((q * c).diff(parameter) / slope)  # κ = 0
    if parameter not in shift.free_symbols:
        shape, u = shortest((q - shift) * c), c
    else:
        inverse = shortest((1 / q).diff(parameter) / slope)  # δ = 0: u/A = 1/q
        if parameter in inverse.free_symbols or inverse == 0:
            return None
        shape, u, shift = 1 / inverse, shortest(1 / (q * inverse)), sp.S.Zero
    if parameter in shape.free_symbols or not shape.is_positive or u.is_positive is u.is_negative:
        return None
    return shape, -u, shift


def _extreme(parameter: Symbol, value: Expr, model: Specification) -> FiniteSample | None:
    """The largest or smallest observation at the end of the support that is the parameter."""
    (x,) = model.variables
    interval = model.support.intervals[x]
    n = model.size
    if not isinstance(value, OrderStatistic) or value.summand != x or model.discrete or model.support.relations:
        return None
    steep = sp.cancel(sp.together(sp.expand_log(sp.log(model.density)).diff(x)))  # f′/f
    if value.rank == n and interval.upper == parameter and interval.lower.is_finite:
        return next(_largest(parameter, interval.lower, steep, x, n), None)
    if value.rank == 1 and interval.lower == parameter and interval.upper == sp.oo:
        return next(_smallest(parameter, steep, x, n), None)
    return None


def _largest(parameter: Symbol, low: Expr, steep: Expr, x: Symbol, n: Symbol) -> Iterator[FiniteSample]:
    """F(t) = ((t − a)/(θ − a))ᵏ, so E x₍ₙ₎ = a + (θ − a)·nk/(nk + 1)."""
    k = sp.cancel((x - low) * steep) + 1
    if x not in k.free_symbols and parameter not in low.free_symbols and k.is_positive:
        width = parameter - low
        mean = low + width * n * k / (n * k + 1)
        variance = width**2 * n * k / ((n * k + 1) ** 2 * (n * k + 2))
        t = _letter(x, parameter)
        tail = Tail(t, "<=", ((t - low) / width) ** (n * k))
        yield FiniteSample(parameter, "extreme", shortest(mean), variance, tail=tail)


def _smallest(parameter: Symbol, steep: Expr, x: Symbol, n: Symbol) -> Iterator[FiniteSample]:
    """1 − F = (θ/t)^α or exp(−c(t − θ)): with nα, nc in place of α, c for the smallest of n."""
    tail, pace, t = sp.cancel(-x * steep) - 1, sp.cancel(-steep), _letter(x, parameter)
    if x not in tail.free_symbols and tail.is_positive and parameter.is_positive:
        a = n * tail
        variance = parameter**2 * a / ((a - 1) ** 2 * (a - 2))
        yield FiniteSample(
            parameter, "extreme", a * parameter / (a - 1), variance, a - 2, tail=Tail(t, ">", (parameter / t) ** a)
        )
    if x not in pace.free_symbols and pace.is_positive:
        law = Tail(t, ">", sp.exp(-n * pace * (t - parameter)))
        yield FiniteSample(parameter, "extreme", parameter + 1 / (n * pace), 1 / (n * pace) ** 2, tail=law)


def _letter(x: Symbol, parameter: Symbol) -> Symbol:
    return sp.Symbol(
        next(letter for letter in "tuvw" if letter not in (x.name, parameter.name)), positive=x.is_positive, real=True
    )
