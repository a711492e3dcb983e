"""Logarithms of affine functions under constraints: concave, located on data, certified by multipliers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sympy as sp

from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.arguments.cell_likelihood import counted_likelihood, factors
from symbolic_mle.exposition.arguments.cells import Cells
from symbolic_mle.exposition.arguments.teller import Teller
from symbolic_mle.exposition.document import Block, Line, display, line
from symbolic_mle.exposition.mathematics import Maths
from symbolic_mle.exposition.prose import listed, say
from symbolic_mle.exposition.telling_log_likelihood import log_likelihood_blocks
from symbolic_mle.exposition.telling_model import likelihood_blocks
from symbolic_mle.exposition.telling_solution import Titled
from symbolic_mle.exposition.voice import Voice


def _sections(voice: Voice) -> Iterator[Titled]:
    cells = Cells(voice)
    yield ("Likelihood",), tuple(counted_likelihood(cells) if cells.counts else likelihood_blocks(voice))
    yield ("Log-likelihood",), tuple(_log_likelihood(cells))
    yield ("Likelihood equations",), tuple(_equations(cells))
    yield ("One maximum",), tuple(_concave(cells))


def _log_likelihood(cells: Cells) -> Iterator[Block]:
    voice = cells.voice
    terms = make.total(*(_term(cells, w) for w in cells.argument.weights))
    lines = []
    if cells.counts:
        log = make.chain(make.name("ell"), "=", make.call("log", make.name("L")))
        yield say("The logarithm is increasing, so {log} has the same maximisers as {L}:", log=log, L=make.name("L"))
        lines = [line(voice.notation.log_likelihood(), "=", make.total(*factors(cells)))]
    else:
        yield from log_likelihood_blocks(voice)
    if not lines or lines[0].right != terms:
        yield from (display(part) for part in lines)
        yield say("Every probability is a product of affine functions of the parameters. So, up to a constant,")
        lines = []
    yield display(*lines, *([] if lines else [line(voice.notation.log_likelihood(), "=", terms)]))


def _term(cells: Cells, weight: Any) -> Maths:
    return make.product(cells.write(weight.total), make.call("log", cells.write(weight.shown)))


def _equations(cells: Cells) -> Iterator[Block]:
    """∂ℓ/∂θ in the free parameters."""
    argument, voice = cells.argument, cells.voice
    if argument.solved:
        tied = [make.chain(voice.name(p), "=", voice.plain.write(v)) for p, v in argument.solved.items()]
        yield say("With {tied} put in, the slopes are", tied=listed(tied))
    else:
        yield say("The slopes are")
    yield display(*(_slope(cells, k) for k in range(len(argument.space.free))))
    yield say(
        "At a maximum inside the space they are 0. These equations are not solved in closed form here; and the maximum may "
        "lie on the boundary, where they need not hold."
    )


def _slope(cells: Cells, k: int) -> Line:
    weights = [w for w in cells.argument.weights if w.form[1 + k] != 0]
    terms = [make.fraction(cells.write(w.form[1 + k] * w.total), cells.write(w.shown)) for w in weights]
    return line(cells.voice.notation.score(cells.argument.space.free[k]), "=", make.total(*terms))


def _concave(cells: Cells) -> Iterator[Block]:
    argument = cells.argument
    yield say(
        "The logarithm of an affine function is concave, and the weights {weights} are not negative. So {ell} is concave on "
        "the parameter space, which is convex and bounded: it lies below each of its tangent planes. Let {on} be the "
        "constraints that hold with equality at a point. If there are multipliers {mu} with",
        weights=listed([cells.write(w.total) for w in _distinct(argument.weights)]),
        ell=make.name("ell"),
        on=make.chain(_face(), "=", make.ZERO),
        mu=make.chain(_multiplier(), ">=", make.ZERO),
    )
    gradient = make.row(make.words("∇"), make.name("ell"))
    total = make.big("sum", make.name("j"), make.product(_multiplier(), make.row(make.words("∇"), _face())))
    yield display(line(gradient, "=", make.negative(total)))
    yield say(
        "there, no point with every {inside} is higher: the conditions of Karush, Kuhn and Tucker are sufficient. Every "
        "sample has such a point in the closed space, because {ell} is upper semicontinuous with {zero}. It is found by "
        "Newton’s method, and the multipliers prove it.",
        inside=make.chain(_face(), ">=", make.ZERO),
        ell=make.name("ell"),
        zero=make.chain(make.call("log", make.ZERO), "=", make.negative(make.INFINITY)),
    )
    if any(f.strict for f in argument.space.faces):
        yield say("If the space leaves this point out, there is no maximum likelihood estimate.")


def _face() -> Maths:
    return make.name("g", make.name("j"))


def _multiplier() -> Maths:
    return make.name("nu", make.name("j"))


def _distinct(weights: Any) -> list[Any]:
    found: list[Any] = []
    for weight in weights:
        if all(sp.expand(weight.total - w.total) != 0 for w in found):
            found.append(weight)
    return found


def _result(voice: Voice) -> Iterator[Block]:
    yield say(
        "{point} is the maximiser of the concave {ell} over the parameter space. It has no formula here; it is found and "
        "certified on data.",
        point=make.brackets(make.sequence(*map(voice.hat, voice.parameters))),
        ell=make.name("ell"),
    )


TELLER = Teller(_sections, _result)
