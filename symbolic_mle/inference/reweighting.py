"""Iteratively reweighted least squares: Fisher scoring for a regression with one linear predictor.

Theorem (Green 1984; McCullagh & Nelder 1989, section 2.5). Let log f(y | z, θ) = h(y, η) with η = z·θ. Then ∇ℓ = Σ h′(yᵢ, ηᵢ) zᵢ
and, where E[h′] = 0, the information of the sample is Σ wᵢ zᵢzᵢᵀ with w = E[−h″]. So a step θ + I(θ)⁻¹∇ℓ of Fisher scoring is the
weighted least-squares fit of uᵢ = ηᵢ + h′(yᵢ, ηᵢ)/wᵢ on zᵢ with weights wᵢ.
Premises checked: the log-density contains the parameters through η only, which is linear in them; h′ = A(η)·y + B(η), so
E[h′] = 0 says E[y] = −B/A, and w = A′·B/A − B′. That E[h′] = 0 is what ``regularity`` tests.
"""

from __future__ import annotations

from dataclasses import dataclass

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.inference.forms import shortest
from symbolic_mle.records import Specification


@dataclass(frozen=True, slots=True)
class Reweighting:
    """The rows z and the predictor η = z·θ; h′(y, η) and the weight w as functions of the symbol of η."""

    rows: tuple[Expr, ...]
    predictor: Expr
    symbol: Symbol
    slope: Expr
    weight: Expr
    newton: bool  # is −h″ = w, so that the step is Newton's too?


def reweighting(log_density: Expr, predictor: Expr, model: Specification) -> Reweighting | None:
    """The weights, where the premises hold; None where one fails."""
    if len(model.variables) != 1 or not model.covariates:
        return None
    (y,) = model.variables
    predictor = -predictor if predictor.could_extract_minus_sign() else predictor
    rows = tuple(predictor.diff(p) for p in model.parameters)
    if any(r.free_symbols & set(model.parameters) for r in rows):
        return None
    eta = Symbol("eta", real=True)
    h = _through(eta, predictor, log_density, model)
    if h is None:
        return None
    slope = sp.expand(h.diff(eta))
    share = slope.coeff(y, 1)
    rest = sp.expand(slope - share * y)
    if share == 0 or (share.free_symbols | rest.free_symbols) & {y}:
        return None
    weight = shortest(share.diff(eta) * rest / share - rest.diff(eta))
    if weight == 0:
        return None
    slope = sp.Add(shortest(share) * y, shortest(rest))
    return Reweighting(rows, predictor, eta, slope, weight, share.diff(eta) == 0)


def _through(eta: Symbol, predictor: Expr, log_density: Expr, model: Specification) -> Expr | None:
    """h(y, η): one parameter solved for, which must take the others with it."""
    for p in model.parameters:
        share = predictor.diff(p)
        if share != 0:
            h = log_density.xreplace({p: (eta - (predictor - share * p).expand()) / share})
            h = sp.expand(h.replace(lambda e: e.is_Add, lambda e: sp.expand(e)))
            return None if h.free_symbols & set(model.parameters) else h
    return None
