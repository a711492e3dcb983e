"""The data for which the interior solution does not exist: a maximum on the boundary, or none."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.document import Block, Inlines, Row, cases, row
from symbolic_mle.exposition.forms import tidy
from symbolic_mle.exposition.logarithm_forms import with_joined_logs
from symbolic_mle.exposition.mathematics import Maths, children
from symbolic_mle.exposition.prose import listed, phrase, say
from symbolic_mle.exposition.telling_conditions import on_data, short
from symbolic_mle.exposition.voice import Voice
from symbolic_mle.records import Case, Existence


def has_boundary(voice: Voice) -> bool:
    """Is there a case with its maximum on the boundary?"""
    return any(c.kind == "boundary" for c in voice.derivation.cases)


def remaining_data(voice: Voice) -> Iterator[Block]:
    """A row for every case but the generic one."""
    others = [c for c in voice.derivation.cases[1:] if c.conditions]
    if others:
        yield cases(*(case_row(voice, c) for c in others))


def case_row(voice: Voice, case: Case) -> Row:
    label = data_of(voice, case)
    if case.conditions[-1].meaning == "equal":
        label = phrase(
            "{label} (always so for {one})", label=label, one=make.chain(voice.write(voice.size), "=", make.ONE)
        )
    return row(label, *case_blocks(voice, case))


def data_of(voice: Voice, case: Case) -> Inlines:
    """The data of a case that is not the generic one: its last condition, after those that part the samples in two."""
    *before, last = case.conditions
    parting = [c for c in before if not c.meaning] if voice.several and last.meaning != "every" else []
    told = [short(voice, c) for c in parting]
    return listed([*told, short(voice, last)])


def case_blocks(voice: Voice, case: Case) -> Iterator[Block]:
    """What happens for the data of a case."""
    flat = [r.parameter for r in voice.reductions if getattr(r, "flat", None) in case.conditions[-1:]]
    if flat:
        name = voice.name(flat[0])
        yield say("Then the likelihood does not depend on {p}: every value of {p} is a maximiser.", p=name)
    elif case.existence is Existence.UNKNOWN:
        yield say("Not decided: {reason}.", reason=case.reason)
    elif case.kind == "boundary":
        yield _boundary(voice, case)
    elif case.existence is Existence.ATTAINED:
        yield say("The estimate is {estimates}.", estimates=estimates(voice, case))
    elif not case.path:
        yield say("The likelihood equations have no solution, and the likelihood has no maximum.")
    else:
        yield _path(voice, case)


def estimates(voice: Voice, case: Case) -> Inlines:
    """μ̂ = x̄ and σ̂ = 0"""
    return listed([make.chain(voice.hat(p), "=", voice.write_hatted(v)) for p, v in case.estimators.items()])


def _boundary(voice: Voice, case: Case) -> Block:
    """L(p) = (1 − p)ⁿ is strictly decreasing: p̂ = 0."""
    (parameter, *others), values = case.estimators, estimates(voice, case)
    if others:
        return say("The maximum is on the boundary of the parameter space: {values}.", values=values)
    interval = voice.model.parameters[parameter]
    there, value = _likelihood_there(voice, case)
    return say(
        "{L} is strictly {direction} on {space}, so {values}, a boundary maximum.{zero}",
        L=make.name("L") if value is None else make.chain(there, "=", value),
        direction="decreasing" if case.estimators[parameter] == interval.lower else "increasing",
        space=voice.notation.space(parameter, interval),
        values=values,
        zero=_no_zero(voice, case),
    )


def _no_zero(voice: Voice, case: Case) -> Inlines:
    """That the derivative is never 0 for these data."""
    value = on_data(voice.reductions[0].score, case.conditions[-1], voice)
    if value is None or value.has(DataSum) or sp.fraction(sp.together(value))[0].is_nonzero is not True:
        return ()
    slope = make.chain(voice.function(0, 1), "=", voice.write(value))
    return phrase(" The derivative {slope} is never 0: the likelihood equation has no root.", slope=slope)


def _likelihood_there(voice: Voice, case: Case) -> tuple[Maths, Maths | None]:
    """L for the data of the case: (1 − p)ⁿ."""
    likelihood = voice.derivation.likelihood
    found = on_data(likelihood.log_likelihood + likelihood.constant, case.conditions[-1], voice)
    if found is None or found.has(DataSum):
        return voice.notation.likelihood(), None
    return voice.notation.likelihood(), voice.write(exponential(sp.expand_mul(found)))


def _opened_logs(expr: Expr) -> Expr:
    """log(n·c) → log n + log c, but log(2π) stays."""
    return expr.replace(lambda e: isinstance(e, sp.log) and not e.args[0].is_number, lambda e: sp.expand_log(e))


def exponential(expr: Expr) -> Expr:
    """e^(c·log b + d) → b^c·e^d"""
    factors = []
    for term in sp.Add.make_args(expr):
        logs = [f for f in sp.Mul.make_args(term) if isinstance(f, sp.log)]
        factors.append(logs[0].args[0] ** (term / logs[0]) if len(logs) == 1 else sp.exp(term))
    return sp.Mul(*factors)


# ------------------------------------------------------------------ no maximum


def _path(voice: Voice, case: Case) -> Block:
    """ℓ(λ) = −nλ is strictly decreasing: its supremum is approached as λ → 0⁺ and never attained."""
    parameter, end, side = case.path[-1]
    if not voice.reductions:
        return _joint_path(voice, parameter, end, side)
    stage = next((k for k, r in enumerate(voice.reductions) if r.parameter == parameter), 0)
    value, function = _function_there(voice, stage, case), voice.function(stage)
    interval = voice.model.parameters[parameter]
    outside = () if interval.is_real_line else phrase(" in {space}", space=voice.notation.space(parameter, interval))
    ending = "Its supremum is approached as {limit} and never attained: no maximum likelihood estimate exists{outside}."
    if case.existence is Existence.UNBOUNDED:
        ending = (
            "It grows without bound as {limit}: the likelihood is unbounded, and no maximum likelihood estimate exists."
        )
    return say(
        "{start}{f}{verb} strictly {direction} in {p}. " + ending,
        start=_start(voice, case, value),
        f=function if value is None else make.chain(function, "=", value),
        verb=" is" if value is None else ", which is",
        direction="decreasing" if side == "+" else "increasing",
        p=voice.name(parameter),
        limit=make.chain(voice.name(parameter), "to", voice.end(end, side)),
        outside=outside,
    )


def _joint_path(voice: Voice, parameter: Symbol, end: Expr, side: str) -> Block:
    """Equal observations in a location–scale family: the density piles up on them."""
    (location,) = [p for p in voice.parameters if p != parameter]
    return say(
        "With the centre of the density at the common value, set by {location}, {f} grows without bound as {limit}: "
        "the likelihood is unbounded, and no maximum likelihood estimate exists.",
        location=voice.name(location),
        f=make.name("ell"),
        limit=make.chain(voice.name(parameter), "to", voice.end(end, side)),
    )


def _start(voice: Voice, case: Case, value: Maths | None) -> Inlines:
    common = common_value(voice)
    if value is None or case.conditions[-1].meaning != "equal" or common not in _names(value):
        return ("Then ",)
    return phrase("With every {same}, ", same=make.chain(voice.observed(voice.model.variables[0]), "=", common))


def common_value(voice: Voice) -> Maths:
    """c, for observations that are all equal."""
    return make.name(voice.letter("c", "v"))


def _names(node: Maths) -> set[Maths]:
    return {node}.union(*(_names(child) for child in children(node)))


def _function_there(voice: Voice, stage: int, case: Case) -> Maths | None:
    """ℓ, or the profile, for the data of the case, constants kept."""
    whole: Expr = voice.reductions[stage].log_likelihood + voice.derivation.likelihood.constant
    found = on_data(whole, case.conditions[-1], voice)
    if found is None or found.has(sp.zoo, sp.nan, sp.oo):
        return None
    if any(s.free_symbols & set(voice.parameters) for s in found.atoms(DataSum)):
        return None
    opened = sp.expand_mul(_opened_logs(sp.expand_mul(found)))
    shown = with_joined_logs(tidy(opened, voice.size), voice.model.observed, voice.parameters)
    return voice.write(shown) if shown.count_ops() < 40 else None
