"""From the reductions to the cases of the data: where the maximum is, or why there is none.

A maximiser of ℓ maximises ℓ in each parameter with the others fixed. So when ℓ is strictly monotone in θ for every value of
the others and runs to an end that the space leaves out, no maximiser exists; when that end belongs to the space, every
maximiser has θ there, and the derivation goes on with θ at the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import sympy as sp
from sympy import Dummy, Expr, Symbol

from symbolic_mle.algebra.ends import limit_at
from symbolic_mle.algebra.sample import DataSum, sealed
from symbolic_mle.algebra.signs import Sign
from symbolic_mle.records import Argument, Case, Condition, Existence, Implicit, Proof, Specification
from symbolic_mle.stages.equal_observations import variation
from symbolic_mle.stages.facts import sample_sign
from symbolic_mle.stages.sample_signs import STRICT, find_sign
from symbolic_mle.stages.solution.elimination import centre_squares, covers, is_about_data, next_reduction, profile
from symbolic_mle.stages.solution.ends import End
from symbolic_mle.stages.solution.single import Reduction

Fixed = tuple[tuple[Symbol, Expr], ...]

EQUAL_SECONDS = 3.0  # for the sign of the score when all observations are equal: a proof worth waiting for
LARGE = 150  # operations

BY_DATA = "if the score changes its sign inside the space, which the data decide"

NEGATION = {"=": "!=", "<=": ">", ">=": "<", "<": ">=", ">": "<="}


@dataclass(frozen=True, slots=True)
class Findings:
    """Every reduction in its order, the profile that is left for a joint maximisation (if any), and the cases."""

    reductions: tuple[Reduction, ...]
    joint: tuple[Symbol, ...]
    profile: Expr
    cases: tuple[Case, ...]
    start: Expr = sp.Integer(0)  # the log-likelihood from which the search started, sums of squares centred
    centred: tuple[tuple[Expr, Expr], ...] = ()
    family: tuple[Expr, ...] = ()  # the statistics of the exponential family, where that is what proves the maximum
    within: Specification | None = (
        None  # the model with its space cut down to where the search took place, if not all of it
    )
    location_scale: tuple[
        Symbol, ...
    ] = ()  # location and scale, where a log-concave location–scale family is the proof
    argument: Argument | None = None  # of the way that found the cases, where it is not the score


def find_cases(log_likelihood: Expr, model: Specification) -> Findings:
    """Maximise over all parameters; with several, sums of squares are centred first."""
    centred = centre_squares(log_likelihood, model) if len(model.parameters) > 1 else ()
    start = log_likelihood.xreplace(dict(centred))
    return replace(explore(start, tuple(model.parameters), model), start=start, centred=centred)


def explore(
    log_likelihood: Expr, remaining: Sequence[Symbol], model: Specification,
    conditions: tuple[Condition, ...] = (), fixed: Fixed = (), direct: bool = True,
) -> Findings:  # fmt: skip
    """Maximise over the remaining parameters; ``conditions`` hold of the data, ``fixed`` are the parameters already found."""
    if not remaining:
        case = Case(conditions, Existence.ATTAINED, Proof.GLOBAL, "interior", estimators=_back(fixed))
        return Findings((), (), log_likelihood, (case,))
    reduction = next_reduction(log_likelihood, remaining, model, conditions, direct)
    if reduction is None:
        implicit = Implicit(tuple(remaining), log_likelihood, log_likelihood, False)
        case = Case(conditions, Existence.ATTAINED, Proof.LOCAL, "interior", _back(fixed), implicit)
        return Findings((), tuple(remaining), log_likelihood, (case,))
    others = tuple(p for p in remaining if p != reduction.parameter)
    if sealed(sp.expand, reduction.score) == 0:
        reason = f"every value of {reduction.parameter} gives the same likelihood"
        return Findings(
            (), (), log_likelihood, (Case(conditions, Existence.UNKNOWN, Proof.NONE, "unknown", reason=reason),)
        )
    cases: list[Case] = []
    inside = conditions
    if reduction.flat is not None:
        cases.append(_any_value(reduction, (*inside, reduction.flat), others, model, fixed))
        inside = (*inside, _negated(reduction.flat, model))
    equal = _when_all_equal(reduction, model)
    if equal is not None:
        end, same = equal
        at_end = _at_end(reduction, end, (*inside, same), same, others, model, fixed)
        cases.extend(replace(c, proof=Proof.GLOBAL) if c.kind == "path" else c for c in at_end)
        inside = (*inside, replace(same, relation=">", meaning="not equal"))
    for end, wanted in ((reduction.lower, Sign.POSITIVE), (reduction.upper, Sign.NEGATIVE)):
        exceptional = _exception(end, wanted, others, model)
        if exceptional is None:
            continue
        where = conditions if exceptional is ALWAYS else (*inside, exceptional)
        cases.extend(_at_end(reduction, end, where, exceptional, others, model, fixed))
        if exceptional is ALWAYS:
            return Findings((reduction,), (), log_likelihood, tuple(cases))
        inside = (*inside, _negated(exceptional, model))
    found = _inside(reduction, others, inside, model, fixed)
    return replace(found, reductions=(reduction, *found.reductions), cases=(*found.cases, *cases))


def _any_value(
    reduction: Reduction, where: tuple[Condition, ...], others: Sequence[Symbol], model: Specification, fixed: Fixed
) -> Case:  # fmt: skip
    """The likelihood does not depend on the parameter: every value of it is a maximiser."""
    parameter = reduction.parameter
    if others or fixed:
        reason = f"every value of {parameter} gives the same likelihood"
        return Case(where, Existence.UNKNOWN, Proof.NONE, "unknown", reason=reason)
    return Case(where, Existence.ATTAINED, Proof.GLOBAL, "any", ranges={parameter: model.parameters[parameter]})


ALWAYS = Condition(sp.Integer(0), "=")


def _exception(end: End, wanted: Sign, others: Sequence[Symbol], model: Specification) -> Condition | None:
    """The data for which M does not have the wanted sign at an end: None for no data, ALWAYS for all."""
    if end.sign is None:
        if end.limit is None or end.limit.has(*model.parameters):
            return None  # decided on the data
        return Condition(end.limit, "<=" if wanted is Sign.POSITIVE else ">=")
    weak = Sign.NONNEGATIVE if wanted is Sign.POSITIVE else Sign.NONPOSITIVE
    if end.sign.sign is wanted:
        return None
    if end.sign.sign is not weak:
        return ALWAYS
    zero = end.sign.zero
    if zero is None:
        if end.limit is None or end.limit.has(*model.parameters):
            return None
        return Condition(end.limit, "=")
    return _for_some_value(zero, others, model)


def _undecided(end: End) -> bool:
    """Is it left to the data whether M has the wanted sign at this end?"""
    return end.sign is None and end.limit is None


def _when_all_equal(reduction: Reduction, model: Specification) -> tuple[End, Condition] | None:
    """If an end is undecided, but ℓ is strictly monotone when all observations are equal: the end it runs to."""
    if not any(_undecided(e) for e in (reduction.lower, reduction.upper)) or model.discrete or len(model.observed) != 1:
        return None
    (x,) = model.observed
    value = Dummy("c", **x.assumptions0)
    score = _constant_sample(reduction.score, x, value, model).xreplace({value: x})
    if score.count_ops() > LARGE:
        return None
    found = find_sign(sp.simplify(score), model.region, EQUAL_SECONDS)
    if found is None or found.sign not in STRICT:
        return None
    condition = Condition(variation(x, model), "=", "equal", x)
    return (reduction.upper if found.sign is Sign.POSITIVE else reduction.lower), condition


def _for_some_value(zero: Condition, others: Sequence[Symbol], model: Specification) -> Condition | None:
    """ "every xᵢ = φ" for some value of another parameter φ means that all xᵢ are equal."""
    if not others or is_about_data(zero, model) or zero.quantity is None:
        return zero
    assert covers(zero, model)  # next_reduction chooses no other
    return Condition(variation(zero.quantity, model), "=", "equal", zero.quantity)


def _negated(condition: Condition, model: Specification) -> Condition:
    meaning = {"every": "not every", "equal": "not equal"}.get(condition.meaning, "")
    relation = NEGATION[condition.relation]
    if relation == "!=":
        found = sample_sign(condition.statistic, model, model.region)
        relation = ">" if found is not None and found.sign.is_upward else "<" if found is not None else "!="
    return replace(condition, relation=relation, meaning=meaning)


def _back(fixed: Fixed) -> dict[Symbol, Expr]:
    """The estimators, each with the later ones put in: θ₁ = r(θ₂), θ₂ = s gives θ₁ = r(s)."""
    found: dict[Symbol, Expr] = {}
    for parameter, value in reversed(fixed):
        found[parameter] = value.xreplace(found)
    return {p: found[p] for p, _ in fixed}


def _inside(
    reduction: Reduction,
    others: Sequence[Symbol],
    conditions: tuple[Condition, ...],
    model: Specification,
    fixed: Fixed,
) -> Findings:
    """The maximum is where the score vanishes."""
    parameter = reduction.parameter
    proved = reduction.shape is not None
    function = reduction.shape.function if reduction.shape else reduction.score
    decided = proved and not any(_undecided(e) for e in (reduction.lower, reduction.upper))
    implicit = Implicit((parameter,), function, reduction.log_likelihood, proved, exists=decided)
    if reduction.root is None:
        case = Case(
            conditions, Existence.ATTAINED, Proof.GLOBAL if proved else Proof.LOCAL, "interior", _back(fixed), implicit,
            reason="" if decided else BY_DATA,
        )  # fmt: skip
        return Findings((), (), reduction.log_likelihood, (case,))
    profiled = reduction.value or sp.Integer(0)
    if others and reduction.value is None:
        profiled = profile(reduction.log_likelihood, parameter, reduction.root, others, model, conditions)
    found = explore(profiled, others, model, conditions, (*fixed, (parameter, reduction.root)), direct=False)
    if proved and not decided and not others:
        cases = tuple(replace(c, existence_by=implicit, reason=BY_DATA) for c in found.cases)
        return replace(found, cases=cases)
    if proved:
        return found
    return replace(
        found, cases=tuple(replace(c, proof=Proof.LOCAL) if c.proof is Proof.GLOBAL else c for c in found.cases)
    )


def _at_end(
    reduction: Reduction, end: End, where: tuple[Condition, ...], exceptional: Condition, others: Sequence[Symbol],
    model: Specification, fixed: Fixed,
) -> tuple[Case, ...]:  # fmt: skip
    """ℓ is strictly monotone in the parameter and runs to the end."""
    parameter = reduction.parameter
    if end.closed:
        boundary = _on_boundary(reduction, end, where, exceptional, others, model, fixed)
        if boundary is not None:
            return boundary
        return (
            Case(
                where, Existence.UNKNOWN, Proof.NONE, "unknown", reason="the likelihood on the boundary was not decided"
            ),
        )
    limit = _limit_of_likelihood(reduction, end, exceptional, model)
    existence = Existence.UNBOUNDED if limit == sp.oo else Existence.NOT_ATTAINED
    proof = Proof.GLOBAL if reduction.shape is not None else Proof.LOCAL
    by_data, bounded = None, model.discrete and model.checked  # probabilities are at most 1
    if limit is None and not bounded and reduction.shape is not None and not others:
        by_data = Implicit((parameter,), reduction.shape.function, reduction.log_likelihood, unique=True)
    return (Case(where, existence, proof, "path", path=((parameter, end.value, end.side),), existence_by=by_data),)


def _on_boundary(
    reduction: Reduction,
    end: End,
    where: tuple[Condition, ...],
    exceptional: Condition,
    others: Sequence[Symbol],
    model: Specification,
    fixed: Fixed,
) -> tuple[Case, ...] | None:
    """The end belongs to the space: the maximum over the others with the parameter there (L is continuous at the end)."""
    fixed = (*fixed, (reduction.parameter, end.value))
    if not others:
        proof = Proof.GLOBAL if reduction.shape is not None else Proof.LOCAL
        return (Case(where, Existence.ATTAINED, proof, "boundary", _back(fixed)),)
    there = on_condition(reduction.log_likelihood, exceptional, model).subs(reduction.parameter, end.value)
    if there.has(sp.oo, -sp.oo, sp.zoo, sp.nan):
        return None
    found = explore(there, others, model, where, fixed, direct=False)
    return tuple(replace(c, kind="boundary" if c.kind == "interior" else c.kind) for c in found.cases)


def _limit_of_likelihood(reduction: Reduction, end: End, condition: Condition, model: Specification) -> Expr | None:
    """lim ℓ at the end, for the data of the condition."""
    replaced = sp.expand_log(on_condition(reduction.log_likelihood, condition, model))
    sums = {s: Dummy("S", **({"positive": True} if s.is_positive else {"real": True})) for s in replaced.atoms(DataSum)}
    if any(s.has(reduction.parameter) for s in sums):
        return None
    return limit_at(replaced.xreplace(sums), reduction.parameter, end.value, end.side)


def on_condition(expr: Expr, condition: Condition, model: Specification) -> Expr:
    """An expression for the data that satisfy a condition: every xᵢ = c, or all equal, or a sum that is 0."""
    if len(model.observed) == 1 and condition.quantity == model.observed[0]:
        x = model.observed[0]
        if condition.meaning == "every" and condition.value is not None:
            return _constant_sample(expr, x, condition.value, model)
        if condition.meaning == "equal":
            return _constant_sample(expr, x, Dummy("c", **x.assumptions0), model)
    if isinstance(condition.statistic, DataSum):
        return sealed(sp.expand, expr).xreplace({condition.statistic: sp.Integer(0)})
    return expr


def _constant_sample(expr: Expr, x: Symbol, value: Expr, model: Specification) -> Expr:
    """Σ g(xᵢ) → n·g(c)."""

    def at(total: DataSum) -> Expr:
        inner = total.summand.replace(lambda e: isinstance(e, DataSum), at)
        return model.size * inner.xreplace({x: value})

    return expr.replace(lambda e: isinstance(e, DataSum), at)
