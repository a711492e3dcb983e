"""Every sample size: expectation, bias and variance of the estimators whose law is known, and the exact law of extremes."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp
from sympy import Expr

from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.document import Block, Inlines, Line, display, line
from symbolic_mle.exposition.facts import FiniteSampleFacts
from symbolic_mle.exposition.mathematics import Maths
from symbolic_mle.exposition.prose import phrase, say
from symbolic_mle.exposition.telling_moments import moment_blocks
from symbolic_mle.exposition.telling_precision import LARGE, facing, short
from symbolic_mle.exposition.voice import Voice

_ORIGINS = {
    "average": "a linear function of averages of the sample, so its moments follow from those of one observation",
    "spread": "the average square about the sample mean, whose expectation is known for any law with a variance",
    "gamma": "a power of a sum whose law is a gamma law",
    "extreme": "an extreme observation, whose law is a power of that of one observation",
}


def finite_sample_blocks(voice: Voice) -> Iterator[Block]:
    """One display a parameter, and what it means."""
    for facts in voice.derivation.finite_sample:
        hat = voice.hat(facts.parameter)
        yield say(
            "The formula for {hat} is {origin}{when}.", hat=hat, origin=_ORIGINS[facts.law], when=_when(voice, facts)
        )
        lines = [*_tail(voice, facts), line(_moment("E", hat), "=", _shown(voice, facts.mean))]
        if facts.variance is not None and facts.variance.count_ops() <= LARGE:
            lines.append(line(_moment("Var", hat), "=", _shown(voice, facts.variance)))
        yield display(*lines)
        yield say("{verdict}", verdict=_verdict(voice, facts))
    yield from moment_blocks(voice)


def tail_lines(voice: Voice) -> Iterator[Line]:
    """P(θ̂ ≤ t) for the estimators that are extremes."""
    for facts in voice.derivation.finite_sample:
        yield from _tail(voice, facts)


def _tail(voice: Voice, facts: FiniteSampleFacts) -> Iterator[Line]:
    if facts.tail is not None:
        event = make.chain(voice.hat(facts.parameter), facts.tail.relation, voice.write(facts.tail.at))
        yield line(make.call(make.name("P"), event), "=", voice.write(facts.tail.probability))


def _moment(name: str, hat: Maths) -> Maths:
    return make.row(make.words(name), make.brackets(hat, "[]"))


def _shown(voice: Voice, expr: Expr) -> Maths:
    factored = sp.factor(expr)
    return voice.write(short(expr, voice) if isinstance(factored, sp.Add) else facing(factored, voice))


def _when(voice: Voice, facts: FiniteSampleFacts) -> Inlines:
    """, for n > 2"""
    if facts.positive is None:
        return ()
    n = voice.size
    slope, rest = facts.positive.coeff(n, 1), facts.positive.coeff(n, 0)
    least = make.chain(_shown(voice, n * slope), ">", _shown(voice, -rest))
    return phrase("; the variance exists for {least}", least=least)


def _verdict(voice: Voice, facts: FiniteSampleFacts) -> Inlines:
    hat = voice.hat(facts.parameter)
    if facts.bias == 0:
        if facts.attains_bound:
            return phrase(
                "So {hat} is unbiased, and because the score is a multiple of {gap} it attains the Cramér–Rao bound: no unbiased "
                "estimator has a smaller variance.",
                hat=hat,
                gap=make.total(hat, make.negative(voice.name(facts.parameter))),
            )
        return phrase("So {hat} is unbiased.", hat=hat)
    return phrase(
        "So {hat} is biased, by {bias}{limit}.", hat=hat, bias=_shown(voice, facts.bias), limit=_vanishing(voice, facts)
    )


def _vanishing(voice: Voice, facts: FiniteSampleFacts) -> Inlines:
    """The factor that makes it unbiased, where the expectation is a multiple of the parameter."""
    ratio = short(facts.parameter / facts.mean, voice)
    if facts.parameter in ratio.free_symbols or ratio.count_ops() > LARGE:
        return ()
    product = make.product(make.brackets(voice.write(ratio)), voice.hat(facts.parameter))
    return phrase("; {product} is unbiased", product=product)
