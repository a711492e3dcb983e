"""The model and its likelihood: what is observed, from which density, and the product over the sample."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp
from sympy import Symbol

from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.document import Block, Inlines, display, line
from symbolic_mle.exposition.mathematics import Maths, size
from symbolic_mle.exposition.products_of_sample import collected_product
from symbolic_mle.exposition.prose import listed, phrase, say
from symbolic_mle.exposition.voice import Voice


def model_blocks(voice: Voice) -> Iterator[Block]:
    """What is observed, from which density, with which unknowns."""
    notation, model = voice.plain, voice.model
    sample: Maths = notation.sample()
    if len(model.variables) > 1:
        sample = make.brackets(make.sequence(*(notation.observed(x) for x in model.variables)))
    if model.covariates:
        given = listed([_given(voice, z, interval) for z, interval in model.covariates.items()])
        yield say("{sample} are independent, given the known {given}, with", sample=sample, given=given)
    elif len(model.variables) > 1:
        yield say("{sample}, i = 1, …, n, are independent observations from", sample=sample)
    else:
        yield say("{sample} are independent observations from", sample=sample)
    yield display(line(notation.density(), "=", notation.write(model.density)))
    yield say(
        "for {support}{relations}, with {unknown} unknown{known}{restrictions}.",
        support=listed([_support(voice, x) for x in model.variables]),
        relations=_each(", ", [notation.write(r) for r in model.support.relations]),
        unknown=listed([_space(voice, p) for p in model.parameters]),
        known=_known(voice),
        restrictions=_where([notation.write(r) for r in model.restrictions]),
    )
    if model.covariates:
        yield say(
            "The observations are independent but not identically distributed: the {kind} moves with {given}.",
            kind="probability" if model.discrete else "density",
            given=listed([notation.observed(z) for z in model.covariates]),
        )
    if not model.checked:
        yield say("That this is a density was not checked; what follows holds of it as a contribution to a likelihood.")


def _given(voice: Voice, covariate: Symbol, interval: Interval) -> Inlines:
    """x₁, …, xₙ, each with the values that give a density"""
    named: Inlines = (voice.plain.sample(covariate),)
    if interval.is_real_line:
        return named
    return (*named, " (", voice.plain.observed_space(covariate, interval), ")")


def _each(before: str, nodes: list[Maths]) -> Inlines:
    return tuple(part for node in nodes for part in (before, node))


def _where(nodes: list[Maths]) -> Inlines:
    return (", where ", *listed(nodes)) if nodes else ()


def _known(voice: Voice) -> Inlines:
    spaces = [voice.plain.space(c, interval) for c, interval in voice.model.known.items()]
    return phrase(" and {spaces} known", spaces=listed(spaces)) if spaces else ()


def _space(voice: Voice, parameter: Symbol) -> Maths:
    points = voice.model.points.get(parameter)
    interval = voice.model.parameters[parameter]
    if points is None and not (interval.integer and interval.closed_lower):
        return voice.plain.space(parameter, interval)
    drawn = list(map(voice.plain.write, points)) if points is not None else _whole_numbers(voice, interval)
    values = make.brackets(make.sequence(*drawn), "{}")
    return make.chain(voice.name(parameter), "in", values)


def _support(voice: Voice, variable: Symbol) -> Maths:
    """x = 0, 1, 2, … for whole numbers, else the interval."""
    notation, interval = voice.plain, voice.model.support.intervals[variable]
    name = notation.write(variable)
    if not interval.integer or not interval.closed_lower or interval.lower.is_infinite:
        return notation.space(variable, interval)
    return make.chain(name, "=", make.sequence(*_whole_numbers(voice, interval)))


def _whole_numbers(voice: Voice, interval: Interval) -> list[Maths]:
    """0, 1, 2, … or 0, 1, …, N"""
    low, high = interval.lower, interval.upper if interval.closed_upper else interval.upper - 1
    if low.is_Integer and high.is_Integer and high - low <= 3:
        return [voice.plain.write(sp.Integer(k)) for k in range(int(low), int(high) + 1)]
    first = [voice.plain.write(low), voice.plain.write(low + 1)]
    if high.is_infinite:
        return [*first, voice.plain.write(low + 2), make.words("…")]
    return [*first, make.words("…"), voice.plain.write(high)]


def likelihood_blocks(voice: Voice) -> Iterator[Block]:
    """L as a product, with its powers collected."""
    notation, model = voice.plain, voice.model
    yield say(
        "The observations are independent, so their joint {kind} is a product. With the data fixed it is a function "
        "of {names}:",
        kind="probability" if model.discrete else "density",
        names=voice.names(),
    )
    product = notation.product_over_sample(model.density)
    lines = [line(notation.likelihood(), "=", product)]
    collected = collected_product(voice)
    if collected is not None and size(collected) <= 2 * size(product):
        lines.append(line(None, "=", collected))
    yield display(*lines)
    yield from _where_possible(voice)


def _where_possible(voice: Voice) -> Iterator[Block]:
    """For which parameters the observations are possible, where the support depends on them."""
    unknown, intervals = set(voice.parameters), voice.model.support.intervals
    if voice.model.support.free_symbols & unknown:
        bounds = [voice.plain.observed_space(x, i) for x, i in intervals.items() if i.free_symbols & unknown]
        bounds += [voice.plain.observed(r) for r in voice.model.support.relations if r.free_symbols & unknown]
        yield say(
            "This holds where every observation is possible, that is, where {bounds} for every {i}. For all other "
            "values of {names} the likelihood is 0.",
            bounds=listed(bounds),
            i=make.name("i"),
            names=voice.names(),
        )
