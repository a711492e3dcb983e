"""The likelihood of counts, and its logarithm in the cells of a simplex."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.arguments.cells import FEW, Cells
from symbolic_mle.exposition.document import Block, Line, display, line
from symbolic_mle.exposition.mathematics import Maths
from symbolic_mle.exposition.prose import listed, say
from symbolic_mle.exposition.telling_log_likelihood import log_likelihood_blocks


def counted_likelihood(cells: Cells) -> Iterator[Block]:
    """L = ∏ᵢ f(xᵢ) = ∏ᵥ f(v)^(nᵥ)."""
    voice, notation = cells.voice, cells.notation
    yield say(
        "The observations are independent, so their joint probability is a product. Observations with the same value "
        "give the same factor. So only the counts matter:"
    )
    yield display(*_definitions(cells))
    whole = make.chain(cells.sum([*cells.named_counts()]), "=", notation.write(voice.size))
    yield say("with {whole}. As a function of {names},", whole=whole, names=voice.names())
    powers = [
        make.power(make.brackets(drawn) if not isinstance(f, Symbol) else drawn, notation.write(s))
        for f, s in _probabilities(cells)
        for drawn in (notation.write(f),)
    ]
    yield display(line(voice.notation.likelihood(), "=", make.product(*powers)))


def _definitions(cells: Cells) -> Iterator[Line]:
    """n₁ = #{xᵢ = 1}, …; of many, nⱼ = #{xᵢ = j}."""
    plain, every = cells.voice.plain, list(cells.counts.items())
    x = cells.voice.model.variables[0]
    if len(every) <= 2 * FEW or len(cells.voice.model.variables) > 1:
        yield from (line(cells.notation.write(symbol), "=", plain.write(count)) for count, symbol in every)
        return
    value = Symbol("j" if "j" not in plain.spellings else "v")
    count = DataSum(sp.Piecewise((1, sp.Eq(x, value)), (0, True)), x)
    name = make.name(every[0][1].name.split("_")[0], plain.write(value))
    ends = [plain.write(v[x]) for _, v in cells.argument.counts]
    where = make.chain(plain.write(value), "=", make.sequence(ends[0], make.words("…"), ends[-1]))
    yield line(name, "=", make.sequence(plain.write(count), where))


def _probabilities(cells: Cells) -> Iterator[tuple[Expr, Symbol]]:
    """f(v) and nᵥ."""
    for (_, value), symbol in zip(cells.argument.counts, cells.counts.values(), strict=True):
        yield cells.probability(value), symbol


def cell_log_likelihood(cells: Cells) -> Iterator[Block]:
    """ℓ = Σ Sₖ log uₖ, and the whole that the uₖ make up."""
    if not cells.counts:
        yield from log_likelihood_blocks(cells.voice)
    yield from _whole(cells)
    constants = list(cells.constants())
    terms = make.total(*(_term(cells, s) for simplex in cells.argument.simplices for s in simplex.shares))
    lines = []
    if cells.counts:
        log = make.chain(make.name("ell"), "=", make.call("log", make.name("L")))
        yield say("The logarithm is increasing, so {log} has the same maximisers as {L}:", log=log, L=make.name("L"))
        lines = [line(cells.voice.notation.log_likelihood(), "=", make.total(*factors(cells)))]
    elif cells.extra:
        yield say("So, up to a constant,")
        lines = [line(cells.voice.notation.log_likelihood(), "=", terms)]
    free = [
        make.product(
            cells.write(sp.Add(*(n for c, n in constants if c == value))), make.call("log", cells.write(value))
        )
        for value in dict.fromkeys(c for c, _ in constants)
    ]
    collected = make.total(terms, *free)
    if cells.counts and lines[0].right != collected:
        lines.append(line(None, "=", collected))
    if lines:
        yield display(*lines)
    if free:
        yield say(
            "The last {one} does not involve {names} and does not move the maximum."
            if len(free) == 1
            else "The last terms, {free}, do not involve {names} and do not move the maximum.",
            one="term",
            free=make.total(*free),
            names=cells.voice.names(last=" or "),
        )


def factors(cells: Cells) -> Iterator[Maths]:
    """nᵥ log f(v)"""
    for probability, count in _probabilities(cells):
        yield make.product(cells.write(count), make.call("log", cells.write(probability)))


def _term(cells: Cells, share: Any) -> Maths:
    return make.product(cells.write(share.weight.total), make.call("log", cells.write(share.weight.shown)))


def _whole(cells: Cells) -> Iterator[Block]:
    """r = 1 − p − q; the equation that ties the cells, and the parameters that it gives beside them."""
    argument = cells.argument
    shown = {s.weight.shown for simplex in argument.simplices for s in simplex.shares}
    others = [p for p in cells.voice.parameters if p not in shown]
    named = [make.chain(cells.notation.write(s), "=", cells.voice.plain.write(u)) for u, s in cells.extra.items()]
    wholes = listed([constraint(cells, simplex) for simplex in argument.simplices])
    if others:
        tied = listed([make.chain(cells.write(p), "=", cells.write(_in_cells(cells, p))) for p in others])
        yield say("The equations among the parameters say {tied}, and leave {wholes}.", wholes=wholes, tied=tied)
    elif named:
        yield say("Write {named}, so that {wholes}.", named=listed(named), wholes=wholes)
    else:
        yield say("The parameters are tied by {wholes}.", wholes=wholes)


def _in_cells(cells: Cells, parameter: Symbol) -> Expr:
    """A parameter that is no cell, in the cells of its simplex."""
    found = ((cells.argument.in_cells(parameter, s), s) for s in cells.argument.simplices)
    coefficients, simplex = next((c, s) for c, s in found if c is not None)
    return sp.Add(*(c * s.weight.shown for c, s in zip(coefficients, simplex.shares, strict=True)))


def constraint(cells: Cells, simplex: Any) -> Maths:
    parts = [make.product(cells.write(s.multiple), cells.write(s.weight.shown)) for s in simplex.shares]
    return make.chain(cells.sum(parts), "=", make.ONE)
