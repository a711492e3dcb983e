"""Several parameters, one at a time: maximise over θ₁ for every value of the others, put θ₁(others) in, go on with the profile.

Theorem (profile). If for every φ the function θ ↦ ℓ(θ, φ) has the unique maximiser θ(φ), then (θ, φ) maximises ℓ iff φ
maximises ℓₚ(φ) = ℓ(θ(φ), φ) and θ = θ(φ). Premise checked: θ(φ) is the unique maximiser for every φ in the space, for all
data but those named in the conditions.
"""

from __future__ import annotations

from collections.abc import Sequence

import sympy as sp
from sympy import Dummy, Expr, Symbol

from symbolic_mle.algebra.logs import expand_log
from symbolic_mle.algebra.sample import DataSum, outermost_sums
from symbolic_mle.algebra.signs import Sign
from symbolic_mle.records import Condition, Specification
from symbolic_mle.stages.equal_observations import variation
from symbolic_mle.stages.likelihood import sum_over_sample
from symbolic_mle.stages.sample_signs import find_sign
from symbolic_mle.stages.solution.ends import End, sign_assumption
from symbolic_mle.stages.solution.single import Reduction, reduce_parameter

LARGE = 60  # operations in a factor beyond which its logarithm is not opened


def next_reduction(
    current: Expr, remaining: Sequence[Symbol], model: Specification, given: Sequence[Condition], direct: bool
) -> Reduction | None:
    """The parameter to eliminate next: a closed conditional maximum that exists for all data, else for most.

    ``direct`` says that ``current`` is a log-likelihood and not a profile of one.
    """
    if len(remaining) == 1:
        return reduce_parameter(current, remaining[0], model, given, direct)
    fair = None
    for parameter in remaining:
        found = reduce_parameter(current, parameter, model, given, direct, closed_only=True)
        if found is None or found.shape is None:
            continue
        if all(_strict(e, side) for e, side in ((found.lower, Sign.POSITIVE), (found.upper, Sign.NEGATIVE))):
            return found
        if fair is None and all(_usable(e, model) for e in (found.lower, found.upper)):
            fair = found
    return fair


def _strict(end: End, wanted: Sign) -> bool:
    return end.sign is not None and end.sign.sign is wanted


def _usable(end: End, model: Specification) -> bool:
    """Can the data without an interior maximum be named, whatever the other parameters are?"""
    if end.sign is None:
        return end.limit is not None and not end.limit.has(*model.parameters)
    if end.sign.sign in (Sign.POSITIVE, Sign.NEGATIVE):
        return True
    return end.sign.zero is not None and (is_about_data(end.sign.zero, model) or covers(end.sign.zero, model))


def is_about_data(condition: Condition, model: Specification) -> bool:
    """Does the condition say the same for all values of the parameters?"""
    return not any(e is not None and e.has(*model.parameters) for e in (condition.statistic, condition.value))


def covers(zero: Condition, model: Specification) -> bool:
    """Is "every xᵢ = φ" met, for some value of a parameter φ, by all data that are equal? (φ ranges over the support.)"""
    phi, x = zero.value, zero.quantity
    if phi not in model.parameters or x not in model.support.intervals:
        return False
    assert phi is not None and x is not None
    space, support = model.parameters[phi], model.inner_support[x]
    ends = (space.lower, space.upper) == (support.lower, support.upper) and not support.integer
    return ends and space.closed_lower >= support.closed_lower and space.closed_upper >= support.closed_upper


def profile(
    current: Expr, parameter: Symbol, root: Expr, remaining: Sequence[Symbol], model: Specification,
    given: Sequence[Condition] = (),
) -> Expr:  # fmt: skip
    """ℓ(θ(φ), φ) for the data given, logarithms opened, terms free of φ kept (they do not change the maximiser)."""
    changed = {s: s.xreplace({parameter: root}) for s in outermost_sums(current) if s.has(parameter)}
    replaced = current.xreplace({s: _opened(new, model) for s, new in changed.items()}).xreplace({parameter: root})
    certain = {c.statistic for c in given if c.relation == ">"}
    slots = {
        s: Dummy("S", **({"positive": True} if s in certain else sign_assumption(s, model)))
        for s in outermost_sums(replaced)
    }
    region = model.region

    def positive(expr: Expr) -> bool:
        if expr.is_positive or expr.count_ops() > LARGE:
            return bool(expr.is_positive)
        found = find_sign(expr, region)
        return found is not None and found.sign is Sign.POSITIVE

    opened = replaced.xreplace(slots).replace(
        lambda e: isinstance(e, sp.log) and e.has(*remaining, *slots.values()),
        lambda e: expand_log(_joined(e.args[0]), positive),
    )
    return sp.powsimp(sp.expand(opened)).xreplace({d: s for s, d in slots.items()})


def _joined(expr: Expr) -> Expr:
    return sp.factor_terms(sp.together(expr)) if expr.count_ops() < 60 else expr


def _opened(total: DataSum, model: Specification) -> Expr:
    """Σ (a·xᵢ + b) → a Σ xᵢ + n b."""
    return sum_over_sample(sp.expand(total.summand), model) if isinstance(total.summand, sp.Add) else total


def centre_squares(expr: Expr, model: Specification) -> tuple[tuple[Expr, Expr], ...]:
    """Σ tᵢ² = Σ (tᵢ − t̄)² + n t̄², wherever Σ tᵢ is there too."""
    sums = expr.atoms(DataSum)
    found = []
    for total in sorted(sums, key=sp.default_sort_key):
        bases = [s.summand for s in sums if s != total and sp.expand(s.summand**2 - total.summand) == 0]
        if bases and not total.has(*model.parameters):
            average = DataSum(bases[0], model.observed)
            found.append((total, variation(bases[0], model) + average**2 / model.size))
    return tuple(found)
