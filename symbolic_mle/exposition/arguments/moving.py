"""A support that moves with the parameters: possible values, the end that the likelihood runs to, the score for the rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sympy import Symbol

from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.arguments import moving_bounds as write
from symbolic_mle.exposition.arguments.moving_growth import growth_blocks
from symbolic_mle.exposition.arguments.moving_result import other_data, result
from symbolic_mle.exposition.arguments.teller import Teller
from symbolic_mle.exposition.document import Block, Inlines, display, line
from symbolic_mle.exposition.forms import tidy
from symbolic_mle.exposition.mathematics import Maths
from symbolic_mle.exposition.mathematics import size as size_of
from symbolic_mle.exposition.products_of_sample import collected_product
from symbolic_mle.exposition.prose import listed, phrase, say
from symbolic_mle.exposition.telling_log_likelihood import log_likelihood_blocks, score_blocks
from symbolic_mle.exposition.telling_solution import Titled, solution_sections
from symbolic_mle.exposition.voice import Voice


def sections(plain: Voice) -> Iterator[Titled]:
    """Likelihood with its indicator, log-likelihood on the possible values, a section a parameter, the other data."""
    voice = write.with_edges(plain)
    argument: Any = voice.derivation.findings.argument
    yield ("Likelihood",), tuple(_likelihood(voice, argument))
    yield _log_title(voice, argument), tuple(log_likelihood_blocks(voice))
    for k, stage in enumerate(argument.stages):
        if voice.several:
            yield ("Maximum over ", voice.name(stage.parameter)), tuple(_one_of_several(voice, argument, k))
        else:
            yield ("Score, on ", write.between(voice, stage, opened=True)), tuple(_score(voice, stage))
            yield ("Maximum",), tuple(_maximum(voice, stage))
    if argument.rest is not None:
        yield from _rest(voice, argument)
    if argument.growth is not None:
        yield ("Why there is no maximum",), tuple(growth_blocks(voice, argument.growth))
    others = tuple(other_data(voice, argument.cases, 0 if argument.rest is None else len(argument.rest.cases)))
    if others:
        yield ("Other data",), others


# ------------------------------------------------------------------ likelihood


def _likelihood(voice: Voice, argument: Any) -> Iterator[Block]:
    """∏ᵢ f(xᵢ) 1{…} = … 1{x₍ₙ₎ ≤ θ}"""
    notation, model = voice.plain, voice.model
    product = notation.product_over_sample(model.density)
    one = make.product(notation.observed(model.density), write.indicated(voice, argument.constraints))
    lines = [line(notation.likelihood(), "=", make.big("product", make.name("i"), one))]
    collected = collected_product(voice)
    bounds = make.indicator(make.sequence(*(write.constraint(voice, c) for c in argument.constraints)))
    if collected is None or size_of(collected) > 2 * size_of(product):
        collected = product
    lines.append(line(None, "=", make.product(collected, bounds)))
    yield say(
        "The observations are independent. A parameter value under which some observation lies outside the support has "
        "likelihood 0, so the density of each comes with the indicator of its support:"
    )
    yield display(*lines)
    extremes = list(dict.fromkeys(e for c in argument.constraints if (e := write.extreme(voice, c)) is not None))
    means = [
        phrase(
            "{every} for all {i} means {all}",
            every=write.of_every(voice, c),
            i=make.name("i"),
            all=write.constraint(voice, c),
        )
        for c in argument.constraints
    ]
    yield say(
        "Every observation must be possible: {means}{extremes}. For all other values of {names} the likelihood is 0.",
        means=listed(means),
        extremes=phrase(", with {named}", named=listed(list(extremes))) if extremes else (),
        names=voice.names(),
    )


def _log_title(voice: Voice, argument: Any) -> Inlines:
    return ("Log-likelihood, where ", *listed([write.constraint(voice, c) for c in argument.constraints]))


# ------------------------------------------------------------------ one parameter


def _score(voice: Voice, stage: Any) -> Iterator[Block]:
    """ℓ′(θ) = −n/θ < 0: no zero."""
    yield display(_slope_line(voice, stage, voice.notation.score(stage.parameter)))
    if stage.slope.trend == "constant":
        yield say("The log-likelihood does not depend on {p} where it is finite.", p=voice.name(stage.parameter))
        return
    if voice.model.parameters[stage.parameter].integer:
        yield say(
            "Here {p} is taken to be real. What is monotone on the real numbers is so on the integers among them. The slope has "
            "no zero: the maximum is where the support begins to exclude an observation.",
            p=voice.name(stage.parameter),
        )
        return
    yield say(
        "The score has no zero. The likelihood equation does not locate the maximum, because the maximum is where the "
        "support begins to exclude an observation, not where the slope vanishes."
    )


def _slope_line(voice: Voice, stage: Any, name: Maths) -> Any:
    drawn = voice.plain.write(stage.slope.score)
    relation = {"rises": ">", "falls": "<"}.get(str(stage.slope.trend))
    return line(name, "=", drawn if relation is None else make.chain(drawn, relation, make.ZERO))


def _maximum(voice: Voice, stage: Any) -> Iterator[Block]:
    """ℓ is decreasing where it is finite: the maximiser is the smallest possible value."""
    parameter, name = stage.parameter, voice.name(stage.parameter)
    where = write.between(voice, stage)
    if stage.end is None:
        yield say(
            "On {where} the likelihood has one and the same value, and elsewhere it is 0. So every {p} with {where} is a "
            "maximum likelihood estimate: the maximiser is not unique.",
            where=where,
            p=name,
        )
        return
    falls = stage.slope.trend == "falls"
    value = voice.plain.write(stage.end.value)
    start = phrase(
        "On {where} the log-likelihood is strictly {direction}, and elsewhere the likelihood is 0.",
        where=where,
        direction="decreasing" if falls else "increasing",
    )
    if not stage.end.closed:
        yield say(
            "{start} The closer {p} is to {value}, the larger the likelihood, but {p} = {value} itself is not possible: the "
            "support leaves its end out, and an observation lies there. So the likelihood has no maximum.",
            start=start,
            p=name,
            value=value,
        )
        return
    yield say(
        "{start} The maximiser is therefore the {extreme} possible value,",
        start=start,
        extreme="smallest" if falls else "largest",
    )
    yield display(line(voice.hat(parameter), "=", value))
    yield say("the unique global maximiser.")


def _one_of_several(voice: Voice, argument: Any, k: int) -> Iterator[Block]:
    """For every value of the others the largest possible (smallest possible) one; ℓ with it put in."""
    stage = argument.stages[k]
    later = [s.parameter for s in argument.stages[k + 1 :]]
    rest = [] if argument.rest is None else list(argument.rest.model.parameters)
    others = [p for p in voice.parameters if p in (*later, *rest)]
    ell = make.name("ell")
    alone = not others and k > 0
    slope = (
        voice.plain.log_likelihood(stage.parameter, primes=1) if alone else voice.plain.partial(ell, stage.parameter)
    )
    yield display(_slope_line(voice, stage, slope))
    p, where = voice.name(stage.parameter), write.between(voice, stage)
    every = phrase("For every possible {others}, ", others=voice.names(others)) if others else ()
    if stage.end is None:
        yield say("{every}{ell} is the same for all {where}.", every=every, ell=ell, where=where)
        return
    value = voice.plain.write(stage.end.value)
    falls = stage.slope.trend == "falls"
    if voice.model.parameters[stage.parameter].integer:
        yield say(
            "Here {p} is taken to be real; what is monotone on the real numbers is so on the integers among them.", p=p
        )
    yield say(
        "{every}{ell} is strictly {direction} in {p} on {where}: the maximum is not where a slope vanishes, but "
        "where the support begins to exclude an observation.{end}",
        every=every or ("Here ",),
        ell=ell,
        direction="decreasing" if falls else "increasing",
        p=p,
        where=where,
        end=_end_of(stage, p, value, voice.names(others)),
    )
    if k + 1 < len(argument.stages):
        yield say("With this value the log-likelihood is")
        yield display(
            line(
                voice.plain.log_likelihood(*others),
                "=",
                voice.plain.write(tidy(argument.stages[k + 1].log_likelihood, voice.size)),
            )
        )


def _end_of(stage: Any, p: Maths, value: Maths, others: Inlines) -> Inlines:
    if stage.end.closed:
        whatever = phrase(", whatever the value of {others}", others=others) if others else ()
        return phrase(" So the best value is {fact}{whatever}.", fact=make.chain(p, "=", value), whatever=whatever)
    return phrase(
        " But {fact} itself is not possible, because the support leaves its end out and an observation lies there. So the "
        "likelihood has no maximum in {p}, and none at all.",
        fact=make.chain(p, "=", value),
        p=p,
    )


# ------------------------------------------------------------------ the rest


def _rest(voice: Voice, argument: Any) -> Iterator[Titled]:
    """The profile of the parameters that are left, and its maximum by the score."""
    rest = argument.rest
    inner = Voice.of(rest)
    inner = replace(inner, plain=inner.plain.with_names(dict(voice.plain.given)))
    ends = [make.chain(voice.name(s.parameter), "=", voice.plain.write(s.end.value)) for s in argument.stages if s.end]
    last = (
        next(iter(rest.model.parameters))
        if any(p in voice.model.support.free_symbols for p in rest.model.parameters)
        else None
    )
    yield _rest_title(inner, last), tuple(_rest_score(inner, last, ends))
    yield from solution_sections(inner)


def _rest_title(inner: Voice, last: Symbol | None) -> Inlines:
    if last is None:
        return ("The profile likelihood of ", *inner.names())
    return ("Score, where ", inner.notation.space(last, inner.model.parameters[last].interior))


def _rest_score(inner: Voice, last: Symbol | None, ends: list[Maths]) -> Iterator[Block]:
    put = phrase("With {ends} the", ends=listed(list(ends))) if ends else ("The",)
    if last is None:
        yield say(
            "{put} log-likelihood is a function of {names} alone, and its support no longer moves:",
            put=put,
            names=inner.names(),
        )
    else:
        yield say(
            "{put} log-likelihood is finite between these bounds alone. It need not be monotone there, so the maximum can be "
            "where the score vanishes or at a bound:",
            put=put,
        )
    yield display(line(inner.notation.log_likelihood(), "=", inner.write(inner.separated)))
    yield from score_blocks(inner)


TELLER = Teller(sections, result)
