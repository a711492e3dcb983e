"""Product → log → sum; constants out; sums of the data become statistics.

All of it is done on the log-density of one observation. A term c(θ)·T(x) becomes c(θ)·Σ T(xᵢ); a term that does not part
stays Σ g(xᵢ, θ); a term free of the parameters is set aside.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.logs import expand_log
from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.algebra.separation import separate
from symbolic_mle.algebra.signs import Sign
from symbolic_mle.records import Specification
from symbolic_mle.stages.relations import Related
from symbolic_mle.stages.sample_signs import find_sign


@dataclass(frozen=True, slots=True)
class Likelihood:
    """ℓ(θ) = Σⱼ cⱼ(θ)·Σᵢ Tⱼ(xᵢ) + Σᵢ g(xᵢ, θ) + constant.

    ``parted`` holds the pairs (cⱼ, Tⱼ), Tⱼ = 1 for a term free of the data; ``mixed`` the g; ``free`` the terms of the
    log-density that are free of the parameters.
    """

    parted: tuple[tuple[Expr, Expr], ...]
    mixed: tuple[Expr, ...]
    free: tuple[Expr, ...]
    log_density: Expr
    log_likelihood: Expr
    constant: Expr

    @property
    def statistics(self) -> tuple[Expr, ...]:
        """The sums of the data through which alone the data enter, or () when some term does not part."""
        if self.mixed:
            return ()
        return tuple(sorted(self.log_likelihood.atoms(DataSum), key=sp.default_sort_key))


def build_likelihood(model: Specification) -> Likelihood:
    """The log-likelihood of the model, with the data kept as sums."""
    data, parameters = set(model.observed), set(model.parameters)
    region, related = model.region, Related.of(model)

    def positive(expr: Expr) -> bool:
        if expr.is_positive or related.is_positive(expr):
            return True
        if isinstance(expr, sp.exp) and expr.exp.is_rational_function():
            return True  # e to a real number, where there is one
        found = find_sign(expr, region)
        return found is not None and found.sign is Sign.POSITIVE

    log_density = sp.Integer(0)
    parted: dict[Expr, Expr] = {}
    mixed: list[Expr] = []
    free: list[Expr] = []
    for piece, where in branches(model.density, model.few_values, model.variables):
        terms = by_label(piece, model, lambda f: expand_log(_gather_gammas(f, parameters), positive))
        log_density += _restrict(terms, where)
        if where.free_symbols & parameters:  # which observations a term is summed over moves with the parameters
            mixed.append(_restrict(terms, where))
            continue
        separable, rest = separate(terms, data, parameters, positive)
        for coefficient, statistic in separable:
            if coefficient.free_symbols & parameters:
                number, shape = coefficient.as_coeff_Mul()
                parted[shape] = parted.get(shape, sp.Integer(0)) + number * _restrict(statistic, where)
            else:
                free.append(_restrict(coefficient * statistic, where))
        mixed.extend(_restrict(term, where) for term in rest)
    pairs = tuple((c, t) for c, t in parted.items() if t != 0)
    total = sp.Add(*(c * sum_over_sample(t, model) for c, t in pairs), *(sum_over_sample(g, model) for g in mixed))
    constant = sp.Add(*(sum_over_sample(t, model) for t in free))
    return Likelihood(pairs, tuple(mixed), tuple(free), log_density, total, constant)


def by_label(density: Expr, model: Specification, log_of: Callable[[Expr], Expr]) -> Expr:
    """log f, where labels g = 0 or 1 tell groups apart: (1 − g)·log f₀ + g·log f₁."""
    labels = [c for c, i in model.covariates.items() if i.integer and (i.lower, i.upper) == (0, 1) and density.has(c)]
    if not labels:
        return log_of(density)
    label = labels[0]
    found = sp.Integer(0)
    for value, share in ((0, 1 - label), (1, label)):
        terms = by_label(density.subs(label, value), model, log_of)
        found += sp.Add(*(share * t for t in sp.Add.make_args(terms)))
    return found


def branches(
    density: Expr, points: tuple[Expr, ...] = (), variables: tuple[Symbol, ...] = ()
) -> list[tuple[Expr, sp.Basic]]:
    """The factors and pieces of a density with where each holds: factors everywhere, pieces under exclusive conditions.

    ``points`` are the only values of the one variable, where they are few.
    """
    if not density.has(sp.Piecewise):
        return [(density, sp.true)]
    factors = sp.Mul.make_args(density)
    everywhere = sp.Mul(*(f for f in factors if not f.has(sp.Piecewise)))
    folded = sp.piecewise_fold(sp.Mul(*(f for f in factors if f.has(sp.Piecewise))))
    found: list[tuple[Expr, sp.Basic]] = [] if everywhere == 1 else [(everywhere, sp.true)]
    if not isinstance(folded, sp.Piecewise):
        return [*found, (folded, sp.true)]
    before: list[sp.Basic] = []
    for piece, condition in folded.args:
        about = set().union(*(c.free_symbols for c in (condition, *before)))
        where = exclusive(condition, before, points if about <= set(variables) else ())
        before.append(condition)
        if where != sp.false and piece != 0:  # where the density is 0 no observation lies
            found.append((piece, where))
    return found


def exclusive(condition: sp.Basic, before: list[sp.Basic], points: tuple[Expr, ...] = ()) -> sp.Basic:
    """The condition without the cases before it; for few possible values, x = one of those that are left."""
    earlier = [values_of(b) for b in before]
    taken = set().union(*(v for v in earlier if v is not None))
    here = set(points) if condition == sp.true and points else values_of(condition)
    if here is None or any(v is None for v in earlier):
        return sp.And(condition, *(sp.Not(b) for b in before))
    symbols = set().union(*(c.free_symbols for c in (*before, condition)))
    left = sorted(here - taken, key=sp.default_sort_key)
    return sp.Or(*(sp.Eq(x, value) for x in symbols for value in left))


def values_of(condition: sp.Basic) -> set[Expr] | None:
    """{0, 2} for x = 0 or x = 2, of numbers; None for any other condition."""
    equations = condition.args if isinstance(condition, sp.Or) else (condition,)
    if len(condition.free_symbols) != 1 or not all(isinstance(e, sp.Eq) and e.rhs.is_number for e in equations):
        return None
    return {e.rhs for e in equations}


def _restrict(expr: Expr, where: sp.Basic) -> Expr:
    """expr · 1{where}."""
    if where == sp.true or expr == 0:
        return expr
    return sp.Add(*(sp.Piecewise((term, where), (0, True)) for term in sp.Add.make_args(expr)))


def sum_over_sample(term: Expr, model: Specification) -> Expr:
    """Σᵢ term(xᵢ): linear, constants out, Σ c = n·c.

    >>> # Σ (1 − xᵢ) = n − Σ xᵢ
    """
    data = set(model.observed)
    total = sp.Integer(0)
    for piece in sp.Add.make_args(term):
        outside, inside = piece.as_independent(*data, as_Add=False)
        if isinstance(inside, sp.Piecewise):
            outside, inside = _out_of_piecewise(outside, inside, data)
        total += outside * (model.size if inside == 1 else DataSum(inside, model.observed))
    return total


def _out_of_piecewise(outside: Expr, inside: Expr, data: set[Symbol]) -> tuple[Expr, Expr]:
    """c·T(x)·1{…} → c outside, T(x)·1{…} inside."""
    (first, where), (other, _) = inside.args[0], inside.args[-1]
    if other != 0 or len(inside.args) != 2:
        return outside, inside
    factor, rest = first.as_independent(*data, as_Add=False)
    return outside * factor, sp.Piecewise((rest, where), (0, True))


def _gather_gammas(density: Expr, parameters: set[Symbol]) -> Expr:
    """Γ(θ + 1)/Γ(θ) → θ, among the factors that are free of the data; binomials and betas with a parameter become gammas."""
    kinds = (sp.gamma, sp.beta, sp.binomial, sp.factorial)
    with_parameter = [f for f in density.atoms(*kinds) if f.free_symbols & parameters]
    if not with_parameter:
        return density
    rewritten = density.xreplace({f: f.rewrite(sp.gamma) for f in with_parameter})
    factors = sp.Mul.make_args(rewritten)
    gammas = [f for f in factors if f.has(sp.gamma) and f.free_symbols <= parameters]
    if len([g for f in gammas for g in f.atoms(sp.gamma)]) < 2:
        return rewritten
    return sp.gammasimp(sp.Mul(*gammas)) * sp.Mul(*(f for f in factors if f not in gammas))
