"""Concavity by rules, for a profile in which the observations are coupled by logarithms of sums.

Theorem. If h(x, t) > 0 and t ↦ log h(x, t) is convex for every x, then t ↦ log Σᵢ h(xᵢ, t) is convex (Boyd & Vandenberghe
2004, section 3.5.2). So ℓ(t) = R(t) − Σⱼ cⱼ log Σᵢ hⱼ(xᵢ, t), cⱼ > 0, is strictly concave when R″ < 0, or when R″ ≤ 0 and
every log hⱼ is strictly convex (Hölder's inequality is then strict). A power of t may move between the two parts: log Σ h =
log Σ (h·tᵏ) − k log t.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import sympy as sp
from sympy import Dummy, Expr, Symbol

from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.algebra.signs import Sign
from symbolic_mle.records import Condition, Specification
from symbolic_mle.stages.facts import sample_sign
from symbolic_mle.stages.sample_signs import find_sign, merged


def concave_scale(
    log_likelihood: Expr, parameter: Symbol, model: Specification, given: Sequence[Condition] = ()
) -> Expr | None:
    """|dθ/dt| for a scale t (θ itself, 1/θ or log θ) on which ℓ is strictly concave for the data given, or None."""
    interval = model.parameters[parameter]
    scales: list[tuple[Expr, Expr]] = [(parameter, sp.Integer(1))]
    if interval.lower == 0 and interval.upper == sp.oo:
        scales += [(1 / parameter, parameter**2), (sp.exp(parameter), parameter)]
    for substitution, derivative in scales:
        on_scale = sp.expand(log_likelihood.xreplace({parameter: substitution}), log=False, power_base=False)
        if _is_concave(on_scale, parameter, model, given, whole_line=substitution.func is sp.exp):
            return derivative
    return None


def _is_concave(function: Expr, t: Symbol, model: Specification, given: Sequence[Condition], whole_line: bool) -> bool:
    region = dict(model.region)
    if whole_line:  # t = log θ is any real number, but θ's symbol is positive
        line = Dummy("t", real=True)
        function, t = function.xreplace({t: line}), line
    rest, coupled = sp.Integer(0), []
    for term in sp.Add.make_args(sp.expand_log(function)):
        split = _log_of_sum(term, t, model)
        if split is None:
            rest += term
        else:
            coupled.append(split)
    if not coupled or any(sign_is_not_negative(c, model, given) for c, _ in coupled):
        return False
    return any(_parts_are_concave(rest, coupled, k, t, model, given) for k in (0, -1)) if region else False


def sign_is_not_negative(coefficient: Expr, model: Specification, given: Sequence[Condition] = ()) -> bool:
    found = sample_sign(coefficient, model, model.region, given)
    return found is None or found.sign is not Sign.NEGATIVE


def _log_of_sum(term: Expr, t: Symbol, model: Specification) -> tuple[Expr, Expr] | None:
    """(c, h) for a term c·log Σ h(xᵢ, t) with c free of t."""
    coefficient, log = term.as_independent(t, as_Add=False)
    if not isinstance(log, sp.log):
        return None
    summand = merged(log.args[0], model)
    if summand is None and log.args[0].has(DataSum):
        summand = merged(sp.expand(log.args[0] * model.size), model)
    if summand is None or not summand.free_symbols & set(model.observed):
        return None
    return coefficient, summand


def _parts_are_concave(
    rest: Expr, coupled: list[tuple[Expr, Expr]], k: int, t: Symbol, model: Specification, given: Sequence[Condition]
) -> bool:
    strict = False
    for coefficient, summand in coupled:
        if k and not t.is_positive:
            return False
        curved = _log_convexity(summand * t**k, t, model)
        if curved is None:
            return False
        strict = strict or curved is Sign.POSITIVE
        rest += -coefficient * k * sp.log(t)
    found = sample_sign(sp.expand(rest).diff(t, 2), model, model.region, given)
    return found is not None and (
        found.sign is Sign.NEGATIVE or (strict and found.sign in (Sign.ZERO, Sign.NONPOSITIVE))
    )


def _log_convexity(summand: Expr, t: Symbol, model: Specification) -> Sign | None:
    """The sign of (log h)″ where it is ≥ 0 for every x and t."""
    sign = find_sign(summand, model.region)
    if sign is None or sign.sign is not Sign.POSITIVE:
        return None
    for log in _logs(summand):
        curvature = log.diff(t, 2)
        if curvature == 0:
            return Sign.ZERO
        found = find_sign(curvature, model.region)
        if found is not None and found.sign.is_upward:
            return found.sign
    return None


def _logs(summand: Expr) -> Iterator[Expr]:
    opened = sp.expand_log(sp.log(summand))
    yield opened
    yield sp.log(summand)
