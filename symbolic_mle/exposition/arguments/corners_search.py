"""One-sided slopes find the maximum of a concave log-likelihood; of one that is not, finitely many candidates are compared."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp
from sympy import Expr

from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.arguments.corners_drawing import BrokenFacts, Drawing
from symbolic_mle.exposition.document import Block, Row, definitions, display, line, row
from symbolic_mle.exposition.mathematics import Maths
from symbolic_mle.exposition.prose import listed, say


def shape_blocks(drawing: Drawing) -> Iterator[Block]:
    """The pieces of one term of ℓ, and how they bend."""
    kinked = drawing.argument.kinked
    for broken in kinked.broken:
        yield say(
            "As a function of {eta}, the term of {ell} that observation {i} contributes has {corners} at {knots}. Between "
            "them it is, up to terms free of corners,",
            eta=drawing.eta,
            ell=make.name("ell"),
            i=make.name("i"),
            corners="a corner or jump" if len(broken.corners) == 1 else "corners or jumps",
            knots=listed(_knots(drawing, broken)),
        )
        yield definitions(*_rows(drawing, broken))
        if any(piece == -sp.oo for piece in broken.pieces):
            yield say("Elsewhere observation {i} is impossible, and the likelihood is 0.", i=make.name("i"))
        yield from _still(drawing, broken)
    yield from {"concave": _concave, "convex on every cell": _convex, "concave on every cell": _concave_cells}[
        str(drawing.argument.shape)
    ](drawing)


def _knots(drawing: Drawing, broken: BrokenFacts) -> list[Maths]:
    """η = yᵢ − 1"""
    found = [sp.cancel((broken.offset + c) / broken.slope) for c in broken.corners]
    if broken.slope.is_negative:
        found = found[::-1]
    return [make.chain(drawing.eta, "=", drawing.write(k)) for k in found]


def _rows(drawing: Drawing, broken: BrokenFacts) -> Iterator[Row]:
    """(1) η < yᵢ: the piece."""
    kinked = drawing.argument.kinked
    u: Expr = broken.slope * kinked.scale - broken.offset
    plain = broken.slope.is_positive
    levels = [(broken.offset + c) / broken.slope if plain else c for c in broken.corners]
    subject = drawing.eta if plain else drawing.write(u)
    ends = [drawing.write(sp.expand(level)) for level in levels]
    for k, piece in enumerate(broken.pieces):
        if piece == -sp.oo:
            continue
        if k == 0:
            where = make.chain(subject, "<", ends[0])
        elif k == len(ends):
            where = make.chain(subject, ">", ends[-1])
        else:
            where = make.chain(ends[k - 1], "<", subject, "<", ends[k])
        yield row(where, display(line(None, "", drawing.write(piece))))


def _still(drawing: Drawing, broken: BrokenFacts) -> Iterator[Block]:
    """Where the slope can be 0, an observation says nothing."""
    if broken.slope.is_nonzero or not broken.slope.free_symbols & set(drawing.voice.model.observed):
        return
    yield say(
        "An observation with {zero} does not depend on {eta} and has no corner.",
        zero=make.chain(drawing.write(broken.slope), "=", make.ZERO),
        eta=drawing.eta,
    )


def _concave(drawing: Drawing) -> Iterator[Block]:
    yield say(
        "Every piece is concave in {eta}, neighbouring pieces meet, and the slope does not grow where they meet. So each term "
        "is concave, and {ell}, their sum, is concave.",
        eta=drawing.eta,
        ell=make.name("ell"),
    )


def _convex(drawing: Drawing) -> Iterator[Block]:
    yield say(
        "Every piece is convex in {eta}, so {ell} is convex between neighbouring corners of the sample, and nowhere there "
        "larger than at the ends of that stretch. A root of {slope} would be a minimum there, not a maximum.",
        eta=drawing.eta,
        ell=make.name("ell"),
        slope=drawing.slope(),
    )


def _concave_cells(drawing: Drawing) -> Iterator[Block]:
    yield say(
        "Every piece is concave in {eta}, so {ell} is concave between neighbouring corners of the sample, and largest there "
        "at a root of {slope} or towards an end of that stretch.",
        eta=drawing.eta,
        ell=make.name("ell"),
        slope=drawing.slope(),
    )


def maximum_blocks(drawing: Drawing) -> Iterator[Block]:
    """One-sided slopes, or candidates."""
    if str(drawing.argument.shape) == "concave":
        yield from _by_slopes(drawing)
    else:
        yield from _by_candidates(drawing)


def _by_slopes(drawing: Drawing) -> Iterator[Block]:
    yield say(
        "A concave function is largest exactly where its slope passes from positive or 0 to 0 or negative: where 0 lies "
        "between the slope from the right and the slope from the left (Rockafellar 1970, Theorem 27.1). The likelihood "
        "equation {equation} need not have a root, because the slope can jump over 0 at a corner.",
        equation=make.chain(drawing.slope(), "=", make.ZERO),
    )
    weighted = _weights(drawing)
    if weighted is not None:
        yield from _weighted_median(drawing, weighted)
        return
    yield say(
        "Take the corners of all observations in order. The slope falls from each to the next; take the last corner with a "
        "positive slope to its left."
    )
    linear = _is_linear(drawing)
    yield say(
        "Right of it the slope is 0 or negative, so it is a maximiser. Where the slope right of it is 0, every point up to the "
        "next corner at which the slope changes is a maximiser too."
        if linear
        else "If the slope right of it is 0 or negative, it is the maximiser. If that slope is positive, {ell} has a root of "
        "{slope} before the next corner, and the root is the maximiser. Where the slope is 0 on a whole stretch, each point of "
        "it is a maximiser.",
        ell=make.name("ell"),
        slope=drawing.slope(),
    )


def _is_linear(drawing: Drawing) -> bool:
    kinked = drawing.argument.kinked
    pieces = [kinked.smooth, *(p for b in kinked.broken for p in b.pieces if p != -sp.oo)]
    return not any(p.diff(kinked.scale).has(kinked.scale) for p in pieces)


def _weights(drawing: Drawing) -> tuple[Expr, Expr] | None:
    """(knot, weight) of −w·|η − y| with w and y of the observation: ℓ = −Σ wᵢ·|η − yᵢ| + …"""
    kinked = drawing.argument.kinked
    if not _is_linear(drawing) or kinked.smooth.has(kinked.scale) or len(kinked.broken) != 1:
        return None
    (broken,) = kinked.broken
    if len(broken.corners) != 1:
        return None
    before, after = (sp.cancel(p.diff(kinked.scale)) for p in broken.pieces)
    if sp.expand(before + after) != 0:
        return None
    return sp.cancel((broken.offset + broken.corners[0]) / broken.slope), sp.Abs(before)


def _weighted_median(drawing: Drawing, weighted: tuple[Expr, Expr]) -> Iterator[Block]:
    knot, weight = (drawing.write(e) for e in weighted)
    voice = drawing.voice
    y, w = (make.name(voice.letter(*letters), make.name("i")) for letters in (("t", "z", "r"), ("w", "v", "c")))
    below, above = (make.big("sum", make.chain(y, relation, drawing.eta), w) for relation in ("<", ">"))
    yield say(
        "Write {y} for the corner of observation {i} and {w} for its weight. Off the corners",
        y=make.chain(y, "=", knot), i=make.name("i"), w=make.chain(w, "=", weight),
    )  # fmt: skip
    yield display(line(drawing.slope(), "=", make.total(above, make.negative(below))))
    yield say(
        "So the maximisers are the points with at most half of the total weight on either side: the weighted medians of the "
        "{y} with the weights {w}. There is one, a {y}, unless the weight left of some point is exactly half; then every "
        "point up to the next {y} is one.",
        y=y,
        w=w,
    )


def _by_candidates(drawing: Drawing) -> Iterator[Block]:
    interior = str(drawing.argument.shape) == "concave on every cell"
    yield say(
        "So finitely many candidates are compared: the value of {ell} at each corner of the sample{roots}, which is attained, "
        "and its limits at each corner from the left and from the right and at the ends of the space, which are not attained "
        "there unless they are the value.",
        ell=make.name("ell"),
        roots=" and at each root of its slope" if interior else "",
    )
    yield say(
        "If the largest candidate is a value, the parameters with this value are the maximisers. If only a limit is as large, "
        "the likelihood comes as near to it as one likes without attaining it, and there is no maximum."
    )


def result_blocks(drawing: Drawing) -> Iterator[Block]:
    """What is computed from the data, and what is proved of it."""
    name = drawing.hat
    if str(drawing.argument.shape) != "concave":
        yield say(
            "{p} is the best of the candidates, provided it is a value of {ell} and not only a limit. Otherwise there is no "
            "maximum likelihood estimate. As the data decide which it is, there is no formula for all of them.",
            p=name,
            ell=make.name("ell"),
        )
        return
    weighted = _weights(drawing)
    if weighted is not None:
        knot, weight = (drawing.write(e) for e in weighted)
        yield say("{p} is a weighted median of the {knot} with the weights {weight}; every weighted median is a maximum "
                  "likelihood estimate.", p=_back(drawing), knot=knot, weight=weight)  # fmt: skip
        return
    yield say(
        "{p} is the point at which the slope of {ell} passes from positive to negative, or any point of the interval on which "
        "it is 0. It is a global maximum, because {ell} is concave{space}.",
        p=_back(drawing),
        ell=make.name("ell"),
        space=_end(drawing),
    )


def _end(drawing: Drawing) -> str:
    space = drawing.argument.kinked.space
    if space.is_real_line:
        return ""
    return "; at the end of the space to which the slope points, if it does not pass through 0 in the space"


def _back(drawing: Drawing) -> Maths:
    return (
        drawing.hat
        if not drawing.is_rescaled
        else make.chain(drawing.eta, "=", drawing.voice.write(drawing.argument.kinked.forward))
    )
