"""Finitely many candidates for the maximum of a log-likelihood with corners or jumps: values, limits, roots."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.arguments.corners_drawing import Drawing
from symbolic_mle.exposition.document import Block, display, line
from symbolic_mle.exposition.logarithm_forms import with_joined_logs
from symbolic_mle.exposition.prose import say


def maximum_blocks(drawing: Drawing) -> Iterator[Block]:
    interior = str(drawing.argument.shape) == "concave on every cell"
    yield say(
        "So finitely many candidates are compared: the value of {ell} at each corner of the sample{roots}, which is attained, "
        "and its limits at each corner from the left and from the right and at the ends of the space, which are not attained "
        "there unless they are the value.",
        ell=make.name("ell"),
        roots=" and at each root of its slope" if interior else "",
    )
    yield from _values(drawing)
    yield say(
        "If the largest candidate is a value, the parameters with this value are the maximisers. If only a limit is as large, "
        "the likelihood comes as near to it as one likes without attaining it, and there is no maximum."
    )


def _values(drawing: Drawing) -> Iterator[Block]:
    """ℓ(x₍ⱼ₎) and its limits, where a piece is the same for all observations."""
    kinked, voice = drawing.argument.kinked, drawing.voice
    (broken, *others), (x, *more) = kinked.broken, voice.model.observed
    pieces = (*broken.pieces, *broken.at)
    plain = (
        not others and not more and len(pieces) == 3 and broken.slope == 1 and broken.offset + broken.corners[0] == x
    )
    if not plain or any(p.has(x) or p == -sp.oo for p in (*pieces, kinked.smooth)):
        return
    n, rank, at = voice.size, sp.Symbol("j"), sp.Symbol("at")
    j = make.name(voice.letter("j", "k", "r"))
    place = make.order_statistic(x.name, j)
    given = voice.plain.with_names({rank: j, at: place})
    joined = (with_joined_logs(p + kinked.smooth, voice.model.observed, voice.parameters) for p in pieces)
    before, after, here = (p.xreplace({kinked.scale: at}) for p in joined)
    below = (rank if here == after else rank - 1) * after
    above = (n - rank + 1 if here == before else n - rank) * before
    value = below + above + (0 if here in (after, before) else here)
    ell = make.name("ell")
    yield say(
        "Take the observations in order and suppose that they differ. Then {lower} of them are below {x} and {upper} above:",
        lower=given.write(rank - 1),
        x=place,
        upper=given.write(n - rank),
    )
    yield display(
        line(make.call(ell, place), "=", given.write(value)),
        line(make.limit(drawing.eta, make.from_below(place), make.call(ell, drawing.eta)), "=",
             given.write((rank - 1) * after + (n - rank + 1) * before)),
        line(make.limit(drawing.eta, make.from_above(place), make.call(ell, drawing.eta)), "=",
             given.write(rank * after + (n - rank) * before)),
    )  # fmt: skip


def result_block(drawing: Drawing) -> Block:
    """The best candidate, if it is a value."""
    return say(
        "{p} is the best of the candidates, provided it is a value of {ell} and not only a limit. Otherwise there is no "
        "maximum likelihood estimate. As the data decide which it is, there is no formula for all of them.",
        p=drawing.hat,
        ell=make.name("ell"),
    )
