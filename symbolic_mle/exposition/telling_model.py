"""The model and its likelihood: what is observed, from which density, and the product over the sample."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp
from sympy import Symbol

from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.document import Block, Inline, display, line, paragraph
from symbolic_mle.exposition.mathematics import Maths, size
from symbolic_mle.exposition.products_of_sample import collected_product
from symbolic_mle.exposition.voice import Voice, listed


def model_blocks(voice: Voice) -> Iterator[Block]:
    """What is observed, from which density, with which unknowns."""
    notation, model = voice.plain, voice.model
    if model.covariates:
        given = listed([notation.sample(z) for z in model.covariates])
        yield paragraph(notation.sample(), " are independent, given the known ", *given, ", with")
    elif len(model.variables) > 1:
        pair = make.brackets(make.sequence(*(notation.observed(x) for x in model.variables)))
        yield paragraph(pair, ", i = 1, …, n, are independent observations from")
    else:
        yield paragraph(notation.sample(), " are independent observations from")
    yield display(line(notation.density(), "=", notation.write(model.density)))
    yield paragraph(*_where(voice))
    if not model.checked:
        yield paragraph(
            "That this is a density was not checked; what follows holds of it as a contribution to a likelihood."
        )


def _where(voice: Voice) -> Iterator[Inline]:
    notation, model = voice.plain, voice.model
    yield "for "
    yield from listed([_support(voice, x) for x in model.variables])
    for relation in model.support.relations:
        yield ", "
        yield notation.write(relation)
    yield ", with "
    yield from listed([_space(voice, p) for p in model.parameters])
    yield " unknown"
    if model.known:
        yield " and "
        yield from listed([notation.space(c, s) for c, s in model.known.items()])
        yield " known"
    for relation in model.restrictions:
        yield ", where "
        yield notation.write(relation)
    yield "."


def _space(voice: Voice, parameter: Symbol) -> Maths:
    points = voice.model.points.get(parameter)
    if points is None:
        return voice.plain.space(parameter, voice.model.parameters[parameter])
    values = make.brackets(make.sequence(*map(voice.plain.write, points)), "{}")
    return make.chain(voice.name(parameter), "in", values)


def _support(voice: Voice, variable: Symbol) -> Maths:
    """x = 0, 1, 2, … for whole numbers, else the interval."""
    notation, interval = voice.plain, voice.model.support.intervals[variable]
    name = notation.write(variable)
    if not interval.integer or not interval.closed_lower or interval.lower.is_infinite:
        return notation.space(variable, interval)
    low, high = interval.lower, interval.upper
    if low.is_Integer and high.is_Integer and high - low <= 3:
        values = [notation.write(sp.Integer(k)) for k in range(int(low), int(high) + 1)]
    elif high.is_infinite:
        values = [notation.write(low), notation.write(low + 1), notation.write(low + 2), make.words("…")]
    else:
        values = [notation.write(low), notation.write(low + 1), make.words("…"), notation.write(high)]
    return make.chain(name, "=", make.sequence(*values))


def likelihood_blocks(voice: Voice) -> Iterator[Block]:
    """L as a product, with its powers collected."""
    notation, model = voice.plain, voice.model
    kind = "probability" if model.discrete else "density"
    names = listed(list(map(voice.name, voice.parameters)))
    yield paragraph(
        f"The observations are independent, so their joint {kind} is a product. With the data fixed it is a function of ", *names, ":"
    )  # fmt: skip
    product = notation.product_over_sample(model.density)
    lines = [line(notation.likelihood(), "=", product)]
    collected = collected_product(voice)
    if collected is not None and size(collected) <= 2 * size(product):
        lines.append(line(None, "=", collected))
    yield display(*lines)
    yield from _where_possible(voice)


def _where_possible(voice: Voice) -> Iterator[Block]:
    """For which parameters the observations are possible, where the support depends on them."""
    model = voice.model
    if not model.support.free_symbols & set(voice.parameters):
        return
    bounds: list[Inline] = [
        voice.plain.observed_space(x, i)
        for x, i in model.support.intervals.items()
        if i.free_symbols & set(voice.parameters)
    ]
    yield paragraph(
        "This holds where every observation is possible, that is, where ", *listed(bounds), " for every ", make.name("i"),
        ". For all other values of ", *listed(list(map(voice.name, voice.parameters))), " the likelihood is 0.",
    )  # fmt: skip
