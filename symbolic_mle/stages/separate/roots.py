"""The largest real N at which ℓ(N + 1) − ℓ(N) ≥ 0, where the change is decreasing and that can be solved for N.

Solved forms: the change is K·c(N) + rest with K > 0 and a decreasing c, which is −N, −log N or log(N + 1) − log N; or, for one
observation, ρ = u/v with u − v of first degree in N.
"""

from __future__ import annotations

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.algebra.signs import Sign
from symbolic_mle.records import Specification
from symbolic_mle.stages.facts import sample_sign


def last_of_sample(change: Expr, parameter: Symbol, model: Specification) -> Expr | None:
    """R with change ≥ 0 ⇔ N ≤ R, for every sample; None where there is no such formula."""
    if any(s.has(parameter) for s in change.atoms(DataSum)):
        return None
    rest, moving = sp.expand(change).as_independent(parameter, as_Add=True)
    weight, inside = _weight(moving, parameter)
    found = sample_sign(weight, model, model.region)
    if found is None or found.sign is not Sign.POSITIVE:
        return None
    level = rest / weight
    if inside == -parameter:
        return sp.expand(level)
    if inside == -sp.log(parameter):
        return sp.exp(level)
    return 1 / (sp.exp(-level) - 1) if inside == sp.log(parameter + 1) - sp.log(parameter) else None


def _weight(moving: Expr, parameter: Symbol) -> tuple[Expr, Expr]:
    """K and c(N) with K·c(N) = moving, K free of N."""
    collected = sp.factor_terms(moving)
    weight, inside = collected.as_independent(parameter, as_Add=False)
    if weight.could_extract_minus_sign():
        weight, inside = -weight, sp.expand(-inside)
    return weight, inside


def last_of_single(ratio: Expr, parameter: Symbol, model: Specification) -> Expr | None:
    """R(x) with ρ(x, N) ≥ 1 ⇔ N ≤ R(x), for one observation x; the denominator of ρ is positive."""
    above, below = sp.fraction(sp.together(ratio))
    difference = sp.expand(above - below)
    if not difference.is_polynomial(parameter) or sp.degree(difference, parameter) != 1:
        return None
    slope = difference.coeff(parameter, 1)
    return sp.cancel(-difference.coeff(parameter, 0) / slope)


def rational_limit(expr: Expr, symbol: Symbol) -> Expr | None:
    """The limit of a rational function as the symbol → ∞; None where the sign of an infinite one is not a number's."""
    above, below = (sp.Poly(sp.expand(e), symbol) for e in sp.fraction(sp.together(expr)))
    if above.degree() < below.degree():
        return sp.Integer(0)
    leading = sp.cancel(above.LC() / below.LC())
    if above.degree() == below.degree():
        return leading
    return sp.oo if leading.is_positive else -sp.oo if leading.is_negative else None
