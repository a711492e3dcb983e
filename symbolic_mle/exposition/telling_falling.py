"""Why an equation that is not solved in closed form has one root, and why that is the maximum.

A function M = m·ℓ′ with m > 0 falls strictly, and its limits at the ends say whether it passes through 0; or ℓ is
concave by rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import sympy as sp
from sympy import Expr

from symbolic_mle.algebra.sample import outermost_sums
from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.document import Block, Inlines, display, line
from symbolic_mle.exposition.facts import EndFacts, ShapeFacts
from symbolic_mle.exposition.forms import collected, compact, merged_sums, same, tidy
from symbolic_mle.exposition.mathematics import Maths
from symbolic_mle.exposition.prose import phrase, say
from symbolic_mle.exposition.telling_conditions import in_symbols, in_words, needed
from symbolic_mle.exposition.voice import Voice


def falling_blocks(voice: Voice, stage: int, shape: ShapeFacts) -> Iterator[Block]:
    """M = m·ℓ′ is strictly decreasing; its limits at the ends tell whether it has a zero."""
    parameter = voice.reductions[stage].parameter
    slope, name = voice.function(stage, 1, parameter), voice.name(parameter)
    if shape.multiplier.is_number:
        yield from _decreasing(voice, stage, shape, slope, voice.function(stage, 2, parameter), shape.multiplier)
        yield from _through_zero(voice, stage, shape.multiplier)
        return
    letter = voice.letter("g", "h", "q", "w")
    subject, multiplier = make.call(make.name(letter), name), voice.write(shape.multiplier)
    yield say("The function")
    yield display(
        line(subject, "=", make.product(multiplier, slope)),
        line(None, "=", voice.write(collected(tidy(shape.function, voice.size)))),
    )
    yield say(
        "has the sign of {slope}, because {positive}.", slope=slope, positive=make.chain(multiplier, ">", make.ZERO)
    )
    yield from _decreasing(voice, stage, shape, subject, make.call(make.name(letter, primes=1), name), sp.S.One)
    yield from _through_zero(voice, stage, sp.S.One)


# ------------------------------------------------------------------ strictly decreasing


def _decreasing(
    voice: Voice, stage: int, shape: ShapeFacts, subject: Maths, steeper: Maths, scale: Expr
) -> Iterator[Block]:
    name = voice.name(voice.reductions[stage].parameter)
    if shape.derivative is None:
        yield _mean_of_family(voice, stage, shape, subject)
        return
    derivative = _seen_negative(tidy(shape.derivative / scale, voice.size), voice)
    below = make.chain(voice.write(derivative), "<", make.ZERO)
    yield say("{f} is strictly decreasing in {p}, because", f=subject, p=name)
    yield display(line(steeper, "=", below, *_reason(voice, derivative)))


def _seen_negative(derivative: Expr, voice: Voice) -> Expr:
    """The derivative in the form in which its sign is easiest to see."""
    moving = [s for s in outermost_sums(derivative) if s.free_symbols & set(voice.parameters)]
    if not moving:
        return compact(derivative) if not derivative.has(sp.polygamma) else derivative
    merged = merged_sums(derivative, voice.model.observed)
    return merged if merged.count_ops() < derivative.count_ops() else derivative


def _mean_of_family(voice: Voice, stage: int, shape: ShapeFacts, subject: Maths) -> Block:
    """Why S − n·τ(θ) falls: τ is the mean of T, and the derivative of a mean in its parameter is a variance."""
    total = next(iter(outermost_sums(shape.function)))
    return say(
        "{f} is strictly decreasing in {p}: the model is an exponential family in {statistic}, so what is subtracted "
        "from {total} is {n} times the mean of {statistic}, and its derivative has the sign of a variance.",
        f=subject,
        p=voice.name(voice.reductions[stage].parameter),
        statistic=voice.plain.write(total.summand),
        total=voice.write(total),
        n=voice.write(voice.size),
    )


def _reason(voice: Voice, derivative: Expr) -> Inlines:
    """ψ′(k) > 1/k, where that is what makes a derivative negative."""
    trigammas = [p for p in derivative.atoms(sp.polygamma) if p.args[0] == 1]
    if len(trigammas) != 1:
        return ()
    (trigamma,) = trigammas
    opened = sp.expand(derivative)
    weight = opened.coeff(trigamma)
    rest = sp.expand(opened - weight * trigamma)
    bound = sp.S.Zero if rest == 0 else 1 / trigamma.args[1]
    if not weight.is_negative or not (rest == 0 or same(rest, -weight * bound)):
        return ()
    return phrase("as {fact}", fact=make.chain(voice.write(trigamma), ">", voice.write(bound)))


# ------------------------------------------------------------------ through zero


def _through_zero(voice: Voice, stage: int, scale: Expr) -> Iterator[Block]:
    reduction = voice.reductions[stage]
    name, root, slope = (
        voice.name(reduction.parameter),
        voice.hat(reduction.parameter),
        voice.function(stage, 1, reduction.parameter),
    )
    ends = (reduction.lower, reduction.upper)
    if any(e.limit is None for e in ends):
        yield say(
            "So the equation has at most one root, and there {slope} turns from + to −: a root {root} is the unique "
            "maximiser of {f}. Whether there is one is seen on the data, from the sign of {slope} near the ends of "
            "{space}.",
            slope=slope,
            root=root,
            f=voice.head(stage),
            space=voice.notation.space(reduction.parameter, reduction.interval.interior),
        )
        return
    low, high = (_limit(voice, stage, end, scale) for end in ends)
    yield say("It tends to {low} and to {high}.{jensen}", low=low, high=high, jensen=_jensen(voice, stage, ends))
    wanted = needed(reduction)
    yield say(
        "So {when}the equation has exactly one root {root}, with {above} for {before} and {below} for {after}. Hence "
        "{root} is the unique maximiser of {f}.",
        when=phrase("when {data}, ", data=in_symbols(voice, wanted)) if wanted else (),
        root=root,
        above=make.chain(slope, ">", make.ZERO),
        before=make.chain(name, "<", root),
        below=make.chain(slope, "<", make.ZERO),
        after=make.chain(name, ">", root),
        f=voice.head(stage),
    )


def _limit(voice: Voice, stage: int, end: EndFacts, scale: Expr) -> Inlines:
    name = voice.name(voice.reductions[stage].parameter)
    approach = make.chain(name, "to", voice.end(end.value, end.side))
    return phrase("{limit} as {approach}", limit=_limit_value(voice, stage, end, scale), approach=approach)


def _limit_value(voice: Voice, stage: int, end: EndFacts, scale: Expr) -> Maths:
    """The limit, in the letter s where the data stand in it."""
    assert end.limit is not None
    value = tidy(end.limit / scale, voice.size)
    gap = voice.gaps.get(stage)
    if gap is not None and same(value, -gap.side * voice.size * gap.value):
        return voice.write(-gap.side * voice.size * gap.symbol)
    return voice.write(value)


def _jensen(voice: Voice, stage: int, ends: Sequence[EndFacts]) -> Inlines:
    """Which side of 0 a limit lies on, by Jensen's inequality."""
    for end in ends:
        if end.sign is None or end.sign.fact != "jensen" or end.sign.zero is None:
            continue
        fact = make.chain(_limit_value(voice, stage, end, sp.S.One), ">=" if end.side == "+" else "<=", make.ZERO)
        if stage in voice.gaps:
            fact = make.chain(voice.write(voice.gaps[stage].symbol), ">=", make.ZERO)
        equal = in_words(voice, [end.sign.zero])
        return phrase(" By Jensen's inequality {fact}, with equality only if {equal}.", fact=fact, equal=equal)
    return ()


# ------------------------------------------------------------------ concavity by rules


def curvature_blocks(voice: Voice, stage: int, shape: ShapeFacts) -> Iterator[Block]:
    """ℓ = concave − c·log Σ (log-convex), on the scale of θ, 1/θ or log θ."""
    reduction = voice.reductions[stage]
    yield say(
        "{f} is strictly concave as a function of {scale}: the logarithm of a sum of log-convex terms is convex, it "
        "enters with a minus sign, and the remaining terms are concave. So there is at most one stationary point, and "
        "it is the unique maximiser of {head}.",
        f=voice.function(stage),
        scale=_scale(voice, stage, shape),
        head=voice.head(stage),
    )
    if any(e.limit is None and e.sign is None for e in (reduction.lower, reduction.upper)):
        slope = voice.function(stage, 1, reduction.parameter)
        yield say(
            "Whether there is one is seen on the data, from the sign of {slope} near the ends of the space.",
            slope=slope,
        )


def _scale(voice: Voice, stage: int, shape: ShapeFacts) -> Maths:
    """θ, log θ or 1/θ, by dθ/dt = 1, θ or θ²."""
    parameter = voice.reductions[stage].parameter
    if shape.multiplier == 1:
        return voice.name(parameter)
    return voice.write(sp.log(parameter) if shape.multiplier == parameter else 1 / parameter)
