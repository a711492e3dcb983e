"""Every sample size: expectation, bias and variance of the estimators whose law is known, and the exact law of extremes."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp
from sympy import Expr

from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.document import Block, Inlines, Line, display, line
from symbolic_mle.exposition.facts import FiniteSampleFacts
from symbolic_mle.exposition.mathematics import Maths
from symbolic_mle.exposition.prose import listed, phrase, say
from symbolic_mle.exposition.telling_moments import moment_blocks
from symbolic_mle.exposition.telling_precision import LARGE, facing, short
from symbolic_mle.exposition.voice import Voice
from symbolic_mle.records import Existence

_ORIGINS = {
    "average": "is a linear function of averages of the sample, so its moments follow from those of one observation",
    "spread": "is the average square about the sample mean, whose expectation is known for any law with a variance",
    "gamma": "is a power of a sum whose law is a gamma law",
    "extreme": "is an extreme observation, whose law is a power of that of one observation",
    "coefficient": "is linear in normal variables, so its law is normal",
    "residual": "depends on the data through a sum of squares of normal variables",
    "excess": "is a power of what lies above the least observation, a sum whose law is a gamma law",
}


def finite_sample_blocks(voice: Voice) -> Iterator[Block]:
    """One display a parameter, and what it means."""
    facts = voice.derivation.finite_sample
    for each in facts:
        yield say("The formula for {hat} {origin}:", hat=voice.hat(each.parameter), origin=_ORIGINS[each.law])
        yield display(*_exact(voice, each), *_tail(voice, each), *_moments(voice, each))
        yield say("{verdict}", verdict=_verdict(voice, each))
    yield from _together(voice)
    yield from moment_blocks(voice)


def _moments(voice: Voice, facts: FiniteSampleFacts) -> Iterator[Line]:
    hat = voice.hat(facts.parameter)
    yield line(_moment("E", hat), "=", _shown(voice, facts.mean), *_when(voice, facts.mean_needs))
    if facts.variance is not None and facts.variance.count_ops() <= LARGE:
        yield line(_moment("Var", hat), "=", _shown(voice, facts.variance), *_when(voice, facts.variance_needs))


def _exact(voice: Voice, facts: FiniteSampleFacts) -> Iterator[Line]:
    """n σ̂²/σ² ~ χ² with n − 1 degrees of freedom"""
    law = facts.exact
    if law is None or law.quantity.count_ops() > LARGE or any(a.count_ops() > LARGE for a in law.arguments):
        return
    names = {} if law.estimate is None else {law.estimate: voice.hat(facts.parameter)}
    quantity = voice.notation.with_names(names).write(voice.aliased(law.quantity))
    arguments = [_shown(voice, a) for a in law.arguments]
    if law.name == "normal":
        yield line(quantity, "~", make.call(make.name("N"), *arguments))
    elif law.name == "chi-square":
        yield line(
            quantity,
            "~",
            make.power(make.name("chi"), make.number(2)),
            *phrase("with {k} degrees of freedom", k=arguments[0]),
        )
    else:
        yield line(quantity, "~", make.call(make.words("Gamma"), *arguments), "by shape and rate")


def _together(voice: Voice) -> Iterator[Block]:
    """What holds of several estimators of one normal sample, and of data without a maximum."""
    laws = {f.law: f for f in voice.derivation.finite_sample}
    given = voice.model.covariates
    if {"coefficient", "residual"} <= laws.keys():
        first = [f.parameter for f in voice.derivation.finite_sample if f.law == "coefficient"]
        yield say(
            "{spread} is independent of {first}{given}.",
            spread=voice.hat(laws["residual"].parameter),
            first=listed([voice.hat(p) for p in first]),
            given=phrase("; all this is given {z}", z=listed([voice.write(z) for z in given])) if given else (),
        )
    if "residual" in laws and (taken := laws["residual"].exact) and (taken.arguments[0] - voice.size) != 0:
        yield say(
            "The fitted mean takes {p} of the {n} degrees of freedom; the unbiased estimate of the variance divides by {rest}.",
            p=voice.write(voice.size - taken.arguments[0]),
            n=voice.write(voice.size),
            rest=voice.write(taken.arguments[0]),
        )
    lost = [c for c in voice.derivation.cases if c.existence in (Existence.NOT_ATTAINED, Existence.UNBOUNDED)]
    if laws and lost and voice.model.discrete:
        yield say(
            "These are the moments of the formula. The data for which no maximum exists have a positive probability; "
            "the formula is read at them as it stands."
        )


def tail_lines(voice: Voice) -> Iterator[Line]:
    """P(θ̂ ≤ t) for the estimators that are extremes."""
    for facts in voice.derivation.finite_sample:
        yield from _tail(voice, facts)


def _tail(voice: Voice, facts: FiniteSampleFacts) -> Iterator[Line]:
    tail = facts.tail
    if tail is not None:
        event = make.chain(voice.hat(facts.parameter), tail.relation, voice.write(tail.at))
        links = [voice.write(tail.low), "<=", voice.write(tail.at), "<=", voice.write(tail.high)]
        where = make.chain(*(links[:3] if tail.high == sp.oo else links))  # type: ignore[arg-type]
        if tail.high == sp.oo:
            where = make.chain(voice.write(tail.at), ">=", voice.write(tail.low))
        yield line(
            make.call(make.name("P"), event), "=", voice.write(tail.probability), *phrase("for {where}", where=where)
        )


def consistent_extremes(voice: Voice) -> Iterator[Block]:
    """P(|θ̂ − θ| > ε) → 0, read off the exact law."""
    facts = [f for f in voice.derivation.finite_sample if f.tail is not None]
    if not facts:
        return
    epsilon = sp.Symbol(voice.letter("epsilon", "delta"), positive=True)
    lines = []
    for f in facts:
        assert f.tail is not None
        below = f.tail.relation == "<="
        at = f.parameter - epsilon if below else f.parameter + epsilon
        hat, name = voice.hat(f.parameter), voice.name(f.parameter)
        gap = make.total(name, make.negative(hat)) if below else make.total(hat, make.negative(name))
        event = make.chain(gap, ">=" if below else ">", voice.write(epsilon))
        value = sp.powsimp(f.tail.probability.xreplace({f.tail.at: at}))
        lines.append(line(make.call(make.name("P"), event), "=", make.chain(voice.write(value), "to", make.ZERO)))
    yield say("For every small {epsilon} > 0, as {n} grows,", epsilon=voice.write(epsilon), n=voice.write(voice.size))
    yield display(*lines)
    verb = "are" if len(facts) > 1 else "is"
    yield say("so {hats} {verb} consistent.", hats=listed([voice.hat(f.parameter) for f in facts]), verb=verb)


def _moment(name: str, hat: Maths) -> Maths:
    return make.row(make.words(name), make.brackets(hat, "[]"))


def _shown(voice: Voice, expr: Expr) -> Maths:
    factored = sp.factor(expr)
    return voice.write(short(expr, voice) if isinstance(factored, sp.Add) else facing(factored, voice))


def _when(voice: Voice, needed: Expr | None) -> Inlines:
    """for n > 2"""
    if needed is None:
        return ()
    n = voice.size
    opened = sp.expand(needed)
    slope, rest = opened.coeff(n, 1), opened.coeff(n, 0)
    scale = sp.denom(sp.together(slope))
    least = make.chain(_shown(voice, n * slope * scale), ">", _shown(voice, -rest * scale))
    return phrase("for {least}", least=least)


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
    if set(voice.parameters) & ratio.free_symbols or ratio.count_ops() > LARGE:
        return ()
    product = make.product(make.brackets(voice.write(ratio)), voice.hat(facts.parameter))
    return phrase("; {product} is unbiased", product=product)
