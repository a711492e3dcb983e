"""Exact laws in a normal linear model: T(y) ~ N(Σⱼ βⱼ·wⱼ(z), V) given z, with one parameter φ in V or none.

Theorem (Gauss–Markov–Fisher: Seber & Lee 2003, Theorems 3.5 and 4.1; Casella & Berger 2002, Theorem 5.3.1 for z free models). Let
the rows (w₁(zᵢ), …, w_p(zᵢ)) form a matrix Z of rank p < n, β free on the whole line. Then the maximum likelihood estimator of β is
that of least squares, β̂ ~ N(β, V·(ZᵀZ)⁻¹), and R = Σ (T(yᵢ) − Σⱼ β̂ⱼ wⱼ(zᵢ))² is independent of it with R/V ~ χ²₍ₙ₋ₚ₎.

By invariance the estimator of V is R/n, so for V = K·φˢ, φ > 0, φ̂ = (R/(nK))^(1/s) is a power of a sum of gamma law, of shape
(n − p)/2 and rate 1/(2V). Premises: the density is that of a normal law in T to the last factor (then T takes all real values, or
the density would not integrate to 1); its mean is affine in the parameters other than φ; V is free of them and of z; the spaces are
the whole line and (0, ∞). The rank is a condition of the generic case of the data.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.inference.exact_laws.facts import FiniteSample, Law, gamma_moments
from symbolic_mle.inference.forms import shortest
from symbolic_mle.records import Specification
from symbolic_mle.stages.likelihood import Likelihood, sum_over_sample

MOST_COEFFICIENTS = 3


@dataclass(frozen=True, slots=True)
class NormalModel:
    """T(y) ~ N(mean, variance); ``weights`` wⱼ of the coefficients, and the parameter of the variance, if it has one."""

    transformed: Expr
    mean: Expr
    variance: Expr
    weights: dict[Symbol, Expr]
    spread: Symbol | None


def normal_facts(likelihood: Likelihood, model: Specification) -> Iterator[FiniteSample]:
    """The exact moments and laws of the coefficients and of the parameter of the variance."""
    found = _normal_model(likelihood, model)
    if found is None or model.restrictions:
        return
    p = len(found.weights)
    if 0 < p <= MOST_COEFFICIENTS:
        products = sp.Matrix(p, p, lambda i, j: _sum_of_products(found, i, j, model))
        determinant = products.det(method="berkowitz")
        for k, parameter in enumerate(found.weights):
            minor = products.cofactor(k, k, method="berkowitz") if p > 1 else sp.S.One
            variance = shortest(found.variance * minor / determinant)
            hat = sp.Dummy("hat", real=True)
            law = Law(hat, "normal", (parameter, variance), hat)
            attains = True if len(model.parameters) == 1 else None
            yield FiniteSample(parameter, "coefficient", parameter, variance, attains_bound=attains, exact=law)
    if found.spread is not None:
        yield _spread_facts(found.spread, found, model)


def _sum_of_products(found: NormalModel, i: int, j: int, model: Specification) -> Expr:
    weights = list(found.weights.values())
    return sum_over_sample(sp.expand(weights[i] * weights[j]), model)


def _spread_facts(phi: Symbol, found: NormalModel, model: Specification) -> FiniteSample:
    """φ̂ = (R/(nK))^(1/s) for V = K·φˢ."""
    n, p = model.size, len(found.weights)
    s = sp.cancel(phi * found.variance.diff(phi) / found.variance)
    scale = sp.cancel(found.variance / phi**s)
    factor = (n * scale) ** (-1 / s)
    shape = sp.Rational(1, 2) * (n - p)
    mean, variance, first, second = gamma_moments(factor, 1 / s, shape, 1 / (2 * found.variance))
    hat = sp.Dummy("hat", positive=True)
    pivot = shortest(n * found.variance.xreplace({phi: hat}) / found.variance)
    needs = [2 * e if e is not None else n - p if p else None for e in (first, second)]
    attains = sp.simplify(mean - phi) == 0 if len(model.parameters) == 1 and p == 0 and s == 1 else None
    law = Law(pivot, "chi-square", (n - p,), hat)
    return FiniteSample(phi, "residual", mean, variance, needs[0], needs[1], attains, exact=law)


def _normal_model(likelihood: Likelihood, model: Specification) -> NormalModel | None:
    if (
        model.discrete
        or len(model.variables) != 1
        or model.support.relations
        or model.density.has(sp.Piecewise, sp.Abs)
    ):
        return None
    for transformed in _transformations(likelihood, model):
        found = _normal_in(transformed, likelihood, model)
        if found is not None:
            return found
    return None


def _transformations(likelihood: Likelihood, model: Specification) -> list[Expr]:
    """y itself, and the functions of y alone that the statistics of the likelihood hold."""
    (y,) = model.variables
    found: dict[Expr, None] = {y: None}
    for total in sorted(likelihood.log_likelihood.atoms(DataSum), key=sp.default_sort_key):
        factors = [f.as_base_exp()[0] for f in sp.Mul.make_args(total.summand)]
        found |= dict.fromkeys(f for f in factors if f.free_symbols == {y})
    return list(found)


def _normal_in(transformed: Expr, likelihood: Likelihood, model: Specification) -> NormalModel | None:
    (y,) = model.variables
    slope = transformed.diff(y)
    density_of_t = likelihood.log_density - sp.log(sp.Abs(slope))
    if not (slope.is_positive or slope.is_negative or _one_signed(slope, model)):
        return None
    t = sp.Dummy("t", real=True)
    steep = sp.expand(
        sp.cancel(sp.together(sp.expand_log(likelihood.log_density).diff(y) - slope.diff(y) / slope) / slope)
    )
    line = sp.expand(steep.xreplace({transformed: t}))
    if y in line.free_symbols or not line.is_polynomial(t) or sp.degree(line, t) != 1:
        return None
    falling, rest = line.coeff(t, 1), line.coeff(t, 0)
    variance = shortest(-1 / falling)
    mean = shortest(rest * variance)
    claimed = -sp.log(2 * sp.pi * variance) / 2 - (transformed - mean) ** 2 / (2 * variance)
    gap = sp.expand_log(sp.expand(sp.expand_log(density_of_t) - sp.expand_log(claimed)))
    if not variance.is_positive or (gap != 0 and sp.simplify(gap) != 0):
        return None
    return _affine(transformed, mean, variance, model)


def _one_signed(slope: Expr, model: Specification) -> bool:
    (y,) = model.variables
    interval = model.support.intervals[y]
    inside = sp.Dummy("y", **interval.assumptions()) if interval.lower.is_number else y
    return bool(sp.factor(slope.xreplace({y: inside})).is_positive)


def _affine(transformed: Expr, mean: Expr, variance: Expr, model: Specification) -> NormalModel | None:
    """The mean as Σ βⱼ wⱼ + w₀, for parameters on the whole line, and V = K·φˢ of at most one other."""
    inside = [p for p in model.parameters if p in variance.free_symbols]
    coefficients = [p for p in model.parameters if p not in inside]
    if len(inside) > 1 or variance.free_symbols & {*model.covariates, *model.variables}:
        return None
    weights = {p: sp.expand(mean).coeff(p, 1) for p in coefficients}
    rest = sp.expand(mean - sp.Add(*(p * w for p, w in weights.items())))
    taken = set(model.parameters)
    if rest.free_symbols & taken or any(w.free_symbols & taken or w == 0 for w in weights.values()):
        return None
    if not all(model.parameters[p].is_real_line and not model.parameters[p].integer for p in coefficients):
        return None
    if not inside:
        return NormalModel(transformed, mean, variance, weights, None)
    (phi,) = inside
    space, power = model.parameters[phi], sp.cancel(phi * variance.diff(phi) / variance)
    whole = space.lower == 0 and space.upper == sp.oo and not space.integer
    return NormalModel(transformed, mean, variance, weights, phi) if whole and power.is_Rational else None
