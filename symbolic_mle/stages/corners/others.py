"""A location among corners with other parameters: the location first, the same for every value of the others.

If ∂/∂η log f(x | η, φ) = c(φ)·h(x, η) with c > 0, then ℓ(η, φ) = c(φ)·D(η) + (terms free of η): the maximisers of D maximise ℓ
over η whatever φ is, and a maximiser of ℓ is one of D together with a maximiser over φ of ℓ(η̂, φ), which is the same
function for all maximisers η̂ of D. The second maximum is found as in the model in which η is known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.locating.kinked import Kinked
from symbolic_mle.records import Case, Condition, Proof, Region, Specification
from symbolic_mle.stages.corners.taking_apart import proved_sign, region_of
from symbolic_mle.stages.equal_observations import variation
from symbolic_mle.stages.likelihood import build_likelihood
from symbolic_mle.stages.solution.cases import Findings, find_cases


def without_others(kinked: Kinked, model: Specification) -> Kinked | None:
    """The function D as a kinked log-likelihood: the other parameters at one value, where they only scale the slope."""
    others = [p for p in model.parameters if p != kinked.parameter]
    if not others:
        return kinked
    region = {**region_of(model, kinked.parameter), kinked.scale: kinked.space.interior}
    if any(b.free_symbols & set(others) for f in kinked.broken for b in (f.slope, f.offset, *f.corners)):
        return None
    values = some_values(model, others)
    pieces = (kinked.smooth, *(p for f in kinked.broken for p in f.pieces))
    slopes = [sp.Integer(0) if p == -sp.oo else sp.cancel(p.diff(kinked.scale)) for p in pieces]
    factor = common_factor(slopes, values, model, region)
    if factor is None or kinked.scale in factor.free_symbols:
        return None
    return replace(kinked, broken=tuple(f.mapped(lambda e: e.subs(values)) for f in kinked.broken),
                   smooth=kinked.smooth.subs(values))  # fmt: skip


def common_factor(
    slopes: Sequence[Expr], values: Mapping[Symbol, Expr], model: Specification, region: Region
) -> Expr | None:
    """c(φ) > 0 with slope = c(φ)·(slope at the given φ) for all slopes; None where there is no such factor."""
    factors = {sp.cancel(slope / slope.subs(values)) for slope in slopes if slope != 0}
    if len(factors) != 1:
        return None
    (factor,) = factors
    data = bool(factor.free_symbols & set(model.observed))
    return None if data or proved_sign(factor, region) != 1 else factor


def some_values(model: Specification, parameters: Sequence[Symbol]) -> dict[Symbol, Expr]:
    """A value inside the space of each parameter."""
    return {p: _some_value(model.parameters[p].lower, model.parameters[p].upper) for p in parameters}


def _some_value(low: Expr, high: Expr) -> Expr:
    if low.is_finite and high.is_finite:
        return (low + high) / 2
    return low + 1 if low.is_finite else high - 1 if high.is_finite else sp.Integer(1)


def with_known(locations: Sequence[Symbol], model: Specification) -> Findings | None:
    """Where the likelihood of the model in which these are known is largest over the others; None where it is no formula."""
    rest = {p: i for p, i in model.parameters.items() if p not in locations}
    fixed = {p: model.parameters[p].interior for p in locations}
    known = replace(model, parameters=rest, known={**model.known, **fixed})
    found = find_cases(build_likelihood(known).log_likelihood, known)
    if any(c.proof is not Proof.GLOBAL or c.implicit or c.existence_by or c.locator for c in found.cases):
        return None
    return found


def put_in(case: Case, parameter: Symbol, value: Expr, model: Specification) -> Case:
    """A case of the model with the parameter known, with an estimator in its place."""

    def conditioned(condition: Condition) -> Condition:
        statistic = condition.statistic.subs(parameter, value)
        anywhere = model.parameters[parameter].is_real_line
        if anywhere and condition.quantity in model.observed and condition.value == parameter:
            equal = condition.meaning == "every"
            return Condition(variation(condition.quantity, model), "=" if equal else ">", "equal" if equal else "not equal",
                             condition.quantity)  # fmt: skip
        return replace(condition, statistic=statistic, meaning="", quantity=None, value=None)

    return replace(
        case,
        conditions=tuple(map(conditioned, case.conditions)),
        estimators={p: e.subs(parameter, value) for p, e in case.estimators.items()},
    )
