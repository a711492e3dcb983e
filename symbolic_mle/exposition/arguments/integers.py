"""An integer parameter: the ratio of neighbouring likelihoods, why it falls, and where it passes 1."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.arguments.teller import Teller
from symbolic_mle.exposition.document import Block, Inlines, display, line
from symbolic_mle.exposition.mathematics import Maths, Operator
from symbolic_mle.exposition.prose import phrase, say
from symbolic_mle.exposition.telling_cases import exponential
from symbolic_mle.exposition.telling_conditions import in_symbols, short
from symbolic_mle.exposition.telling_model import likelihood_blocks
from symbolic_mle.exposition.telling_solution import Titled
from symbolic_mle.exposition.voice import Voice


def _sections(voice: Voice) -> Iterator[Titled]:
    argument: Any = voice.derivation.findings.argument
    yield ("Likelihood",), tuple(likelihood_blocks(voice))
    yield ("Neighbouring values",), tuple(_neighbours(voice, argument))
    title = "Rise and fall" if argument.falling.kind == "peak" else "The ratio falls"
    yield (title,), tuple(_falling(voice, argument))
    yield ("Maximum",), tuple(_maximum(voice, argument))


def _ratio(voice: Voice, parameter: Symbol) -> Maths:
    return make.call(make.name(voice.letter("r", "q")), voice.name(parameter))


def _neighbours(voice: Voice, argument: Any) -> Iterator[Block]:
    parameter = argument.parameter
    name = voice.name(parameter)
    yield say(
        "{N} takes integer values only, so there is no derivative to set to zero. The likelihoods of neighbouring values "
        "are compared instead:",
        N=name,
    )
    above, below = (voice.plain.likelihood(e) for e in (parameter + 1, parameter))
    product = voice.plain.product_over_sample(argument.ratio)
    yield display(
        line(_ratio(voice, parameter), "=", make.fraction(above, below)),
        line(None, "=", product),
    )
    if argument.last is not None:
        yield display(line(make.call("log", _ratio(voice, parameter)), "=", voice.write(argument.change)))
    rises, falls = (make.chain(_ratio(voice, parameter), sign, make.ONE) for sign in (">=", "<"))
    yield say(
        "From {N} to {after} the likelihood does not fall when {rises}, and falls when {falls}.",
        N=name, after=voice.write(parameter + 1), rises=rises, falls=falls,
    )  # fmt: skip


# ------------------------------------------------------------------ why it falls


def _falling(voice: Voice, argument: Any) -> Iterator[Block]:
    yield from {"ratio": _slope, "concave": _bend, "scaled": _scaled, "peak": _peak}[argument.falling.kind](
        voice, argument
    )


def _slope(voice: Voice, argument: Any) -> Iterator[Block]:
    parameter = argument.parameter
    yield say(
        "Take {N} as a real number for a moment. The logarithm of the factor of an observation has the derivative",
        N=voice.name(parameter),
    )
    derivative = make.fraction(Operator("d"), make.row(Operator("d"), voice.name(parameter)))
    inside = argument.log_ratio if argument.ratio.has(sp.exp) else sp.log(argument.ratio)
    slope = argument.falling.slope
    value = make.chain(voice.plain.observed(slope), "<" if slope.is_negative else "<=", make.ZERO)
    body = voice.plain.observed(inside)
    yield display(line(make.product(derivative, make.brackets(body) if inside.is_Add else body), "=", value))
    yield from _so_it_falls(voice, parameter)


def _so_it_falls(voice: Voice, parameter: Symbol) -> Iterator[Block]:
    yield say(
        "wherever both values are possible. So {r} is decreasing in {N}: once it is below 1 it stays below 1, and the "
        "likelihood, having begun to fall, falls from there on.",
        r=_ratio(voice, parameter), N=voice.name(parameter),
    )  # fmt: skip


def _bend(voice: Voice, argument: Any) -> Iterator[Block]:
    parameter = argument.parameter
    yield say("Take {N} as a real number for a moment. For every observation", N=voice.name(parameter))
    second = make.fraction(
        make.power(Operator("d"), make.number(2)),
        make.row(Operator("d"), make.power(voice.name(parameter), make.number(2))),
    )
    drawn = make.product(second, make.call("log", voice.notation.density()))
    yield display(line(drawn, "=", make.chain(voice.plain.write(argument.falling.slope), "<=", make.ZERO)))
    yield say(
        "so {ell} is concave, and its increase {r} over an interval of length 1 is decreasing in {N}. Once it is negative "
        "it stays negative, and the likelihood, having begun to fall, falls from there on.",
        ell=make.name("ell"), r=make.call("log", _ratio(voice, parameter)), N=voice.name(parameter),
    )  # fmt: skip


def _scaled(voice: Voice, argument: Any) -> Iterator[Block]:
    parameter, found = argument.parameter, argument.falling
    scale, part = make.name(voice.letter("s", "h")), make.name(voice.letter("t", "u"), make.name("i"))
    yield say("The factor of an observation is {factor} with", factor=_one_over(scale, part))
    yield display(
        line(scale, "=", voice.plain.write(found.scale)),
        line(part, "=", voice.plain.observed(found.part)),
    )
    logarithm = make.call("log", make.total(make.ONE, make.fraction(part, scale)))
    yield say(
        "Where both values are possible, {positive} and both are increasing in {N}, taken as a real number. The function {f} is "
        "increasing in {t}, and in {s} too, because {bound} for {z}. So {product} is decreasing in {N}: "
        "once {r} is below 1 it stays below 1, and the likelihood, having begun to fall, falls from there on.",
        positive=make.chain(scale, ">", make.ZERO),
        f=make.product(scale, logarithm),
        t=part, s=scale, N=voice.name(parameter),
        bound=_logarithm_bound(voice), z=make.chain(make.name(voice.letter("z", "w")), ">", make.number(-1)),
        product=make.product(scale, make.call("log", _ratio(voice, parameter))),
        r=_ratio(voice, parameter),
    )  # fmt: skip


def _one_over(scale: Maths, part: Maths) -> Maths:
    return make.fraction(make.ONE, make.total(make.ONE, make.fraction(part, scale)))


def _logarithm_bound(voice: Voice) -> Maths:
    """log(1 + z) ≥ z/(1 + z)"""
    z = make.name(voice.letter("z", "w"))
    return make.chain(make.call("log", make.total(make.ONE, z)), ">=", make.fraction(z, make.total(make.ONE, z)))


def _peak(voice: Voice, argument: Any) -> Iterator[Block]:
    parameter, shape = argument.parameter, argument.falling.shape
    times = () if shape.multiplier == 1 else phrase("{m} > 0 times ", m=voice.write(shape.multiplier))
    yield say(
        "For real {N}, {times}the derivative of {ell} is", N=voice.name(parameter), times=times, ell=make.name("ell")
    )
    yield display(line(None, "", voice.write(shape.function)))
    yield say(
        "which is strictly decreasing. So {ell} rises up to one point and falls after it, and so it does on the integers: "
        "once {r} is below 1 it stays below 1.",
        ell=make.name("ell"), r=_ratio(voice, parameter),
    )  # fmt: skip


# ------------------------------------------------------------------ the maximum


def _maximum(voice: Voice, argument: Any) -> Iterator[Block]:
    parameter, ratio = argument.parameter, _ratio(voice, argument.parameter)
    hat = voice.hat(parameter)
    upper = [b for b in argument.bounds if b.upper]
    yield say(
        "So the maximiser {smallest}{most}.{existence}",
        smallest=_smallest(voice, argument, "is"),
        most=phrase(", or the largest possible value, {most}, where there is none", most=_end(voice, argument, upper))
        if upper else (),
        existence=_existence(voice, argument),
    )  # fmt: skip
    yield say(
        "When {tie} exactly, {before} has the same likelihood and is a maximiser too. There is no other.",
        tie=_tie(voice, parameter), before=make.total(hat, make.number(-1)),
    )  # fmt: skip
    if argument.last is not None:
        yield from _solved(voice, argument, argument.last, "Here ")
    elif argument.single is not None:
        yield from _solved(voice, argument, argument.single, "For one observation, ")
    for case in voice.derivation.cases[1:]:
        yield say(
            "When {data}, {rises} for every {N}: the likelihood rises for ever, its supremum is approached as {limit} and not "
            "attained. No maximum likelihood estimate exists.",
            data=short(voice, case.conditions[-1]),
            rises=make.chain(ratio, ">", make.ONE), N=voice.name(parameter),
            limit=make.chain(voice.name(parameter), "to", make.INFINITY),
        )  # fmt: skip


def _tie(voice: Voice, parameter: Symbol) -> Maths:
    """r(N̂ − 1) = 1"""
    before = make.total(voice.hat(parameter), make.number(-1))
    return make.chain(make.call(make.name(voice.letter("r", "q")), before), "=", make.ONE)


def _smallest(voice: Voice, argument: Any, verb: str) -> Inlines:
    """is the smallest integer N ≥ max(1, x₍ₙ₎) with r(N) < 1"""
    lower = [b for b in argument.bounds if not b.upper]
    name = voice.name(argument.parameter)
    where = make.chain(name, ">=", _end(voice, argument, lower)) if lower else name
    below = make.chain(_ratio(voice, argument.parameter), "<", make.ONE)
    return phrase(f"{verb} the smallest integer {{where}} with {{below}}", where=where, below=below)


def _end(voice: Voice, argument: Any, bounds: list[Any]) -> Maths:
    """max(1, x₍ₙ₎), the smallest value that the space and the data allow; the largest, for upper bounds."""
    values = [b.statistic(voice.model) + ((-1 if b.upper else 1) if b.strict else 0) for b in bounds]
    return voice.write((sp.Min if bounds[0].upper else sp.Max)(*values))


def _existence(voice: Voice, argument: Any) -> Inlines:
    """Why there is an N with r(N) < 1, where no bound ends the search."""
    parameter, limit, ratio = argument.parameter, argument.limit, _ratio(voice, argument.parameter)
    if limit is None:
        return ()
    name = voice.name(parameter)
    if argument.falling.kind != "scaled":
        value = voice.write(exponential(limit)) if limit != -sp.oo else make.ZERO
        tends = make.chain(make.limit(name, make.INFINITY, ratio), "=", value)
        return phrase(" There is one, because {tends} is below 1.", tends=tends)
    scale = make.name(voice.letter("s", "h"))
    product = make.product(scale, make.call("log", ratio))
    tends = make.chain(make.limit(name, make.INFINITY, product), "=", voice.write(limit))
    data = in_symbols(voice, voice.derivation.cases[0].conditions)
    provided = phrase(", when {data}", data=data) if data else ()
    return phrase(" There is one{provided}, because {tends} is negative.", provided=provided, tends=tends)


def _solved(voice: Voice, argument: Any, last: Expr, start: str) -> Iterator[Block]:
    """r(N) ≥ 1 ⇔ N ≤ R"""
    parameter = argument.parameter
    write = voice.write if argument.last is not None else voice.plain.write
    value = sp.expand(last + 1)
    yield say(
        "{start}{rises} says {where}, so {value}{cut}. When {exact} is a whole number, the integer before it, if possible, "
        "maximises too.",
        start=start, rises=make.chain(_ratio(voice, parameter), ">=", make.ONE),
        where=make.chain(voice.name(parameter), "<=", write(sp.expand(last))),
        value=make.chain(voice.hat(parameter), "=", write(sp.floor(value))),
        cut=", moved to the nearest possible value where it is none" if argument.bounds else "",
        exact=write(value),
    )  # fmt: skip


def _result(voice: Voice) -> Iterator[Block]:
    argument: Any = voice.derivation.findings.argument
    case = voice.derivation.cases[0]
    formula = case.estimators.get(argument.parameter)
    if formula is not None:
        yield display(line(voice.hat(argument.parameter), "=", voice.write(formula)))
    else:
        smallest = _smallest(voice, argument, "is")
        upper = [b for b in argument.bounds if b.upper]
        most = phrase(" (or {most}, where there is none)", most=_end(voice, argument, upper)) if upper else ()
        yield say("{hat} {claim}{most}, where", hat=voice.hat(argument.parameter), claim=smallest, most=most)
        yield display(line(_ratio(voice, argument.parameter), "=", voice.plain.product_over_sample(argument.ratio)))
    provided = phrase(", provided {data}", data=in_symbols(voice, case.conditions)) if case.conditions else ()
    yield say(
        "This is the global maximum{provided}. It is unique unless {tie} exactly; then both values maximise.",
        provided=provided, tie=_tie(voice, argument.parameter),
    )  # fmt: skip


TELLER = Teller(_sections, _result)
