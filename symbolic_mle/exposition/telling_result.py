"""The result: the estimators, the data that they need, what is proved of them, and what follows at once."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.document import Block, Inlines, Line, display, line
from symbolic_mle.exposition.forms import same, tidy
from symbolic_mle.exposition.mathematics import Maths, size
from symbolic_mle.exposition.prose import listed, phrase, say
from symbolic_mle.exposition.telling_cases import case_blocks, data_of, estimates
from symbolic_mle.exposition.telling_conditions import in_symbols, on_data
from symbolic_mle.exposition.telling_equations import LONG, implicit_line, root_forms
from symbolic_mle.exposition.voice import Voice
from symbolic_mle.records import Case, Existence, Implicit, Proof


def result_blocks(voice: Voice) -> Iterator[Block]:
    """The estimators of the generic case, what they need, and what is proved of them."""
    case = voice.derivation.cases[0]
    if case.kind == "unknown":
        yield say("No estimator is claimed.")
        return
    if case.existence is not Existence.ATTAINED:
        yield from case_blocks(voice, case)
        return
    closed = [(p, case.estimators[p]) for p in voice.parameters if p in case.estimators]
    if closed:
        yield display(*(drawn for p, value in closed for drawn in _estimator(voice, p, value)))
    if voice.alias is not None:
        quantity, name = voice.alias
        yield say(
            "where {named}.", named=make.chain(voice.notation.observed(name), "=", voice.plain.observed(quantity))
        )
    if case.implicit is not None:
        yield from _implicit(voice, case, case.implicit)
    yield say("{claim}", claim=_claim(voice, case))
    yield from _other_cases(voice, case)


def _estimator(voice: Voice, parameter: Symbol, value: Expr) -> Iterator[Line]:
    """λ̂ = x̄ = (1/n) ∑ᵢ xᵢ"""
    first, *rest = estimator_forms(voice, value)
    hat = voice.hat(parameter)
    if rest and size(first) + sum(map(size, rest)) <= LONG:
        yield line(hat, "=", make.chain(first, *(part for d in rest for part in ("=", d))))
        return
    yield line(hat, "=", first)
    yield from (line(None, "=", d) for d in rest)


def estimator_forms(voice: Voice, value: Expr) -> list[Maths]:
    """The shortest form first, then the sums that it stands for."""
    return root_forms(voice, value, *voice.parameters)[::-1]


def _implicit(voice: Voice, case: Case, implicit: Implicit) -> Iterator[Block]:
    """The equations that define the rest."""
    parameters = implicit.parameters
    names = listed([voice.hat(p) for p in parameters])
    depends = any(set(parameters) & value.free_symbols for value in case.estimators.values())
    start = "" if not case.estimators else "where " if depends else "and "
    if len(parameters) > 1:
        yield say("{start}{names} solve", start=start, names=names)
        scores = [tidy(implicit.log_likelihood.diff(p), voice.size) for p in parameters]
        yield display(*(line(voice.write_hatted(score), "=", make.ZERO) for score in scores))
        return
    a_root = "the root" if implicit.unique else "a root"
    yield say("{start}{names} is {a_root} of", start=start, names=names, a_root=a_root)
    stage = next(k for k, r in enumerate(voice.reductions) if r.parameter == parameters[0])
    yield display(implicit_line(voice, stage))
    if stage in voice.gaps:
        gap = voice.gaps[stage]
        yield say("with {named}.", named=make.chain(voice.write(gap.symbol), "=", voice.write(gap.value)))
    explicit = getattr(voice.reductions[stage], "explicit", None)
    if explicit is not None:
        yield say("In Lambert's function {W} this root is", W=make.name("W"))
        yield display(line(voice.hat(parameters[0]), "=", root_forms(voice, explicit, *voice.parameters)[-1]))


def _claim(voice: Voice, case: Case) -> Inlines:
    """What is proved of the point."""
    point = (
        make.brackets(make.sequence(*map(voice.hat, voice.parameters)))
        if voice.several
        else voice.hat(voice.parameters[0])
    )
    if case.proof is not Proof.GLOBAL:
        return phrase("It is not proved for all data that {point} is the global maximiser.", point=point)
    if case.others:
        return phrase(
            "{provided}{point} and {image} are the two maximum likelihood estimates, equally likely.",
            provided=_provided(voice, case),
            point=point,
            image=make.negative(point),
        )
    return phrase(
        "{provided}{point} is the unique maximum likelihood estimate.", provided=_provided(voice, case), point=point
    )


def _provided(voice: Voice, case: Case) -> Inlines:
    """What the data have to satisfy, and what they decide beyond that."""
    data = in_symbols(voice, case.conditions)
    reason = case.reason if data else case.reason[:1].upper() + case.reason[1:]
    if data and reason:
        return phrase("Provided {data}, and {reason}, ", data=data, reason=reason)
    return phrase("Provided {data}, ", data=data) if data else phrase("{reason}, ", reason=reason) if reason else ()


def _other_cases(voice: Voice, case: Case) -> Iterator[Block]:
    """What the formula says where the interior solution does not exist."""
    others = [c for c in voice.derivation.cases[1:] if c.conditions]
    boundary = [c for c in others if c.kind == "boundary"]
    formula = case.estimators.get(voice.parameters[0])
    if boundary and len(boundary) == len(others) and formula is not None and not voice.several:
        if holds_at_the_boundary(voice):
            always = make.chain(voice.hat(voice.parameters[0]), "=", estimator_forms(voice, formula)[0])
            yield say("The formula also gives the boundary values, so {always} in every case.", always=always)
            return
        for other in boundary:
            value = other.estimators.get(voice.parameters[0])
            if value is not None:
                there = make.chain(voice.hat(voice.parameters[0]), "=", voice.write(value))
                yield say("When {data}, {there}, at the boundary.", data=data_of(voice, other), there=there)
        return
    if voice.several:
        for other in boundary:
            if other.implicit is None and other.existence is Existence.ATTAINED:
                yield say("When {data}, {values}.", data=data_of(voice, other), values=estimates(voice, other))
    missing = [c for c in others if c.existence in (Existence.NOT_ATTAINED, Existence.UNBOUNDED)]
    if missing:
        yield say("When {data}, there is none.", data=listed([data_of(voice, c) for c in missing], " or when "))


def holds_at_the_boundary(voice: Voice) -> bool:
    """Does the formula of the interior also give every maximum at the boundary?"""
    formula = voice.derivation.cases[0].estimators.get(voice.parameters[0])
    boundary = [c for c in voice.derivation.cases[1:] if c.kind == "boundary" and c.conditions]
    return not boundary or (formula is not None and all(_agrees(voice, formula, c) for c in boundary))


def _agrees(voice: Voice, formula: Expr, case: Case) -> bool:
    there = on_data(formula, case.conditions[-1], voice)
    return there is not None and same(sp.cancel(there), case.estimators[voice.parameters[0]])
