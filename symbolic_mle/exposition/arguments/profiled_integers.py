"""An integer beside real parameters: the others eliminated, the profile for real values, then for integers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sympy as sp

from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.arguments.teller import Teller
from symbolic_mle.exposition.document import Block, Inlines, cases, display, line
from symbolic_mle.exposition.mathematics import Maths
from symbolic_mle.exposition.prose import phrase, say
from symbolic_mle.exposition.telling_cases import case_row
from symbolic_mle.exposition.telling_conditions import in_words
from symbolic_mle.exposition.telling_log_likelihood import log_likelihood_blocks, score_blocks
from symbolic_mle.exposition.telling_model import likelihood_blocks
from symbolic_mle.exposition.telling_result import estimator_forms
from symbolic_mle.exposition.telling_solution import Titled, elimination_sections
from symbolic_mle.exposition.voice import Voice


def _sections(voice: Voice) -> Iterator[Titled]:
    argument: Any = voice.derivation.findings.argument
    name = voice.name(argument.parameter)
    yield ("Likelihood",), tuple(likelihood_blocks(voice))
    yield ("Log-likelihood",), tuple(log_likelihood_blocks(voice))
    real = say(
        "{N} is an integer. Taken as a real number for a moment, it can be differentiated in; what is found for all real {N} "
        "holds for the integers too.",
        N=name,
    )
    yield ("Score",), (real, *score_blocks(voice))
    yield from elimination_sections(voice)
    yield ("Integer values of ", name), tuple(_integers(voice, argument))
    others = voice.derivation.cases[1:]
    if others:
        yield ("The remaining data",), (cases(*(case_row(voice, c) for c in others)),)


def _height(voice: Voice, argument: Any, after: int = 0) -> Maths:
    return make.call(make.name("ell", "p"), voice.write(argument.parameter + after))


def _integers(voice: Voice, argument: Any) -> Iterator[Block]:
    yield say(
        "Over the real numbers {profile} rises up to one point and falls after it, and so it does on the integers. There the "
        "maximiser {claim}. When the two are equal for the integer before {hat}, that integer maximises too, and there is no "
        "other.",
        profile=_height(voice, argument), claim=_smallest(voice, argument), hat=voice.hat(argument.parameter),
    )  # fmt: skip


def _smallest(voice: Voice, argument: Any) -> Inlines:
    """k̂ is the smallest integer k ≥ 1 with ℓₚ(k + 1) < ℓₚ(k)"""
    lower = [b.statistic(voice.model) + (1 if b.strict else 0) for b in argument.bounds if not b.upper]
    upper = [b.statistic(voice.model) - (1 if b.strict else 0) for b in argument.bounds if b.upper]
    name = voice.name(argument.parameter)
    return phrase(
        "{hat} is the smallest integer {where} with {falls}{most}",
        hat=voice.hat(argument.parameter),
        where=make.chain(name, ">=", voice.write(sp.Max(*lower))) if lower else name,
        falls=make.chain(_height(voice, argument, 1), "<", _height(voice, argument)),
        most=phrase(", or {last} where there is none", last=voice.write(sp.Min(*upper))) if upper else (),
    )  # fmt: skip


def _result(voice: Voice) -> Iterator[Block]:
    argument: Any = voice.derivation.findings.argument
    case = voice.derivation.cases[0]
    yield display(
        *(
            line(voice.hat(p), "=", estimator_forms(voice, case.estimators[p])[0])
            for p in voice.parameters
            if p in case.estimators
        )
    )
    provided = phrase(", provided {data}", data=in_words(voice, case.conditions)) if case.conditions else ()
    yield say(
        "where {claim}. This is the global maximum{provided}.", claim=_smallest(voice, argument), provided=provided
    )


TELLER = Teller(_sections, _result)
