"""ℓ = Σₖ Sₖ log uₖ(θ) + constant, with uₖ affine in the parameters and Sₖ ≥ 0.

The coefficients of the log-likelihood are opened to logarithms of irreducible polynomials, the equations among the
parameters are put in, and factors that agree up to a constant are collected. So cells that are products are covered
as well: genotypes p², 2pq, q² have the weights 2n₁ + n₂ and n₂ + 2n₃; the blood group p² + 2pr = p(p + 2r) has p and p + 2r.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.affine import Form, Polyhedron, expression, proportional
from symbolic_mle.records import Specification
from symbolic_mle.stages.likelihood import Likelihood
from symbolic_mle.stages.simplex.counts import Observed


@dataclass(frozen=True, slots=True)
class Weight:
    """S·log u: ``shown`` is u as it is written, ``form`` its coefficients, ``term`` and ``total`` are T and S = Σ T(xᵢ)."""

    shown: Expr
    form: Form
    term: Expr
    total: Expr


def weights_of(likelihood: Likelihood, model: Specification, space: Polyhedron) -> tuple[Weight, ...] | None:
    """The weights of the log-likelihood; None where it has other terms, or a weight may be negative."""
    if likelihood.mixed:
        return None
    collected: list[tuple[Expr, Form, Expr]] = []
    for coefficient, statistic in likelihood.parted:
        opened = _logarithms(coefficient, model)
        if opened is None:
            return None
        for number, base in opened:
            factors = _affine_factors(base, space)
            if factors is None:
                return None
            for shown, form, power in factors:
                _collect(collected, shown, form, number * power * statistic)
    observed = Observed.of(model)
    found = [Weight(u, form, term, observed.total(term)) for u, form, term in collected]
    found = [w for w in found if w.total != 0]
    if not all(observed.is_nonnegative(w.term) for w in found):
        return None
    return tuple(_named(w, model, space) for w in found)


def _logarithms(coefficient: Expr, model: Specification) -> list[tuple[Expr, Expr]] | None:
    """c = Σ a log b as pairs (a, b) with numbers a; what is free of the parameters is left out."""
    found = []
    for term in sp.Add.make_args(sp.expand(coefficient)):
        number, logarithm = term.as_independent(*model.parameters, as_Add=False)
        if logarithm == 1:
            continue
        if not isinstance(logarithm, sp.log) or not number.is_Rational:
            return None
        found.append((number, logarithm.args[0]))
    return found


def _affine_factors(base: Expr, space: Polyhedron) -> list[tuple[Expr, Form, int]] | None:
    """The factors of a polynomial that hold a parameter, each ≥ 0 on the space, when all of them are affine there."""
    for candidate in (base, sp.expand(base.xreplace(dict(space.solved)))):
        if not candidate.is_rational_function(*candidate.free_symbols):
            return None
        found, top = [], sp.together(candidate)
        numerator, denominator = sp.fraction(top)
        for part, sign in ((numerator, 1), (denominator, -1)):
            for factor, power in sp.factor_list(part)[1]:
                found.append(_upright(factor, space, sign * power))
        if all(f is not None for f in found):
            return [f for f in found if f is not None and any(f[1][1:])]
    return None


def _upright(factor: Expr, space: Polyhedron, power: int) -> tuple[Expr, Form, int] | None:
    """The factor or its negative, whichever is ≥ 0 on the space."""
    for shown in (factor, -factor):
        form = space.form(shown)
        if form is None:
            return None
        if space.is_nonnegative(form):
            return shown, form, power
    return None


def _collect(found: list[tuple[Expr, Form, Expr]], shown: Expr, form: Form, term: Expr) -> None:
    for k, (u, other, before) in enumerate(found):
        if proportional(form, other) is not None:
            found[k] = (u, other, before + term)
            return
    found.append((shown, form, term))


def _named(weight: Weight, model: Specification, space: Polyhedron) -> Weight:
    """u as a parameter where it is a multiple of one."""
    for parameter in model.parameters:
        form = space.form(parameter)
        if form is not None and proportional(weight.form, form) is not None:
            return Weight(parameter, form, weight.term, weight.total)
    return weight


def blocks(weights: tuple[Weight, ...], space: Polyhedron) -> Iterator[tuple[tuple[Symbol, ...], tuple[Weight, ...]]]:
    """The free parameters in groups such that no weight holds parameters of two groups."""
    left = list(space.free)
    while left:
        group, grown = {left[0]}, True
        while grown:
            mine = [w for w in weights if expression(w.form, space.free).free_symbols & group]
            joined = group.union(*(expression(w.form, space.free).free_symbols for w in mine))
            grown, group = joined != group, joined
        yield tuple(p for p in space.free if p in group), tuple(mine)
        left = [p for p in left if p not in group]
