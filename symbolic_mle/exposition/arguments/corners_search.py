"""One-sided slopes find the maximum of a concave log-likelihood; of one that is not, finitely many candidates are compared."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp
from sympy import Expr

from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.arguments import corners_candidates
from symbolic_mle.exposition.arguments.corners_drawing import BrokenFacts, Drawing
from symbolic_mle.exposition.document import Block, Inlines, Row, definitions, display, line, row
from symbolic_mle.exposition.mathematics import Maths
from symbolic_mle.exposition.prose import listed, phrase, say


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
        yield from corners_candidates.maximum_blocks(drawing)


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
        "Take the corners of all observations in order. The slope falls, so there is one place at which it passes through or "
        "over 0. If that is a corner, the corner is the maximiser."
        + (
            ""
            if _is_linear(drawing)
            else " If it is between two corners, the maximiser is the root of {slope} there, which is found by iteration."
        )
        + " Where the slope is 0 on a whole stretch, every point of it is a maximiser, its ends included.",
        ell=make.name("ell"),
        slope=drawing.slope(),
    )


def _is_linear(drawing: Drawing) -> bool:
    kinked = drawing.argument.kinked
    pieces = [kinked.smooth, *(p for b in kinked.broken for p in b.pieces if p != -sp.oo)]
    return not any(p.diff(kinked.scale).has(kinked.scale) for p in pieces)


def _weights(drawing: Drawing) -> list[tuple[Expr, Expr]] | None:
    """(y, w) for the corners of an observation with ℓ = −½ Σ w·|η − y| + constant; None where ℓ is not of this kind."""
    kinked = drawing.argument.kinked
    if not _is_linear(drawing) or kinked.smooth.has(kinked.scale):
        return None
    found: list[tuple[Expr, Expr]] = []
    for broken in kinked.broken:
        slopes = [sp.cancel(p.diff(kinked.scale)) for p in broken.pieces]
        if not broken.slope.is_positive and (len(broken.corners) > 1 or not broken.slope.free_symbols):
            return None
        if sp.expand(slopes[0] + slopes[-1]) != 0 or len(set(broken.at) & {-sp.oo}):
            return None
        for corner, before, after in zip(broken.corners, slopes, slopes[1:], strict=False):
            weight = sp.cancel(before - after)
            knot = sp.cancel((broken.offset + corner) / broken.slope)
            found.append((knot, weight if broken.slope.is_positive else sp.Abs(weight)))
    common = sp.gcd_list([w.as_independent(*drawing.voice.model.observed, as_Add=False)[0] for _, w in found])
    return [(knot, sp.cancel(weight / common)) for knot, weight in found]


def _weighted_median(drawing: Drawing, weighted: list[tuple[Expr, Expr]]) -> Iterator[Block]:
    voice = drawing.voice
    if all(weight == 1 for _, weight in weighted):
        yield say(
            "The slope falls by the same amount at each of the {count} values {knots}, and far below all of them it is as "
            "much above 0 as it is below 0 far above. So it passes through 0 at the middle of these values.",
            count=voice.write(len(weighted) * voice.size),
            knots=listed([drawing.write(knot) for knot, _ in weighted]),
        )
        return
    y, w = (make.name(voice.letter(*letters), make.name("i")) for letters in (("t", "z", "r"), ("w", "v", "c")))
    if len(weighted) > 1:
        yield say(
            "The slope falls at {knots} by amounts in the ratio {weights}, and far below all of them it is as much above 0 as "
            "it is below 0 far above. So the maximisers are the weighted medians of these values, with the amounts as weights.",
            knots=listed([drawing.write(knot) for knot, _ in weighted]),
            weights=listed([drawing.write(weight) for _, weight in weighted], " to "),
        )
        return
    ((knot, weight),) = weighted
    below, above = (make.big("sum", make.chain(y, relation, drawing.eta), w) for relation in ("<", ">"))
    yield say(
        "Write {y} for the corner of observation {i} and {w} for its weight. Off the corners {slope} is a positive multiple of",
        y=make.chain(y, "=", drawing.write(knot)),
        i=make.name("i"),
        w=make.chain(w, "=", drawing.write(weight)),
        slope=drawing.slope(),
    )
    yield display(line(None, "", make.total(above, make.negative(below))))
    yield say(
        "So the maximisers are the points with at most half of the total weight on either side: the weighted medians of the "
        "{y} with the weights {w}. There is one, a {y}, unless the weight left of some point is exactly half; then every "
        "point up to the next {y} is one.",
        y=y,
        w=w,
    )


def result_blocks(drawing: Drawing) -> Iterator[Block]:
    """What is computed from the data, and what is proved of it."""
    if str(drawing.argument.shape) != "concave":
        yield corners_candidates.result_block(drawing)
        return
    weighted = _weights(drawing)
    if weighted is not None:
        yield _median_result(drawing, weighted)
        return
    yield say(
        "{p} is the point at which the slope of {ell} passes from positive to negative, or any point of the interval on which "
        "it is 0. It is a global maximum, because {ell} is concave{space}.",
        p=_back(drawing),
        ell=make.name("ell"),
        space=_end(drawing),
    )


def _median_result(drawing: Drawing, weighted: list[tuple[Expr, Expr]]) -> Block:
    voice = drawing.voice
    knots = listed([drawing.write(knot) for knot, _ in weighted])
    if all(weight == 1 for _, weight in weighted):
        return say(
            "{p} is a median of the {count} values {knots}: every point between the two middle ones{even} is a maximum "
            "likelihood estimate.{moved}",
            even=() if len(weighted) % 2 == 0 else phrase(" (for even {n})", n=voice.write(voice.size)),
            p=_back(drawing),
            count=voice.write(len(weighted) * voice.size),
            knots=knots,
            moved=_moved(drawing),
        )
    return say(
        "{p} is a weighted median of the values {knots} with the weights {weights}; every weighted median is a maximum "
        "likelihood estimate.{moved}",
        p=_back(drawing),
        knots=knots,
        weights=listed([drawing.write(weight) for _, weight in weighted]),
        moved=_moved(drawing),
    )


def _moved(drawing: Drawing) -> Inlines:
    kinked = drawing.argument.kinked
    if kinked.space.is_real_line:
        return ()
    within = drawing.voice.plain.with_names({kinked.scale: drawing.eta})
    return phrase(
        " Where none of them is in {space}, the nearest end of the space is the estimate, if it belongs to the space.",
        space=within.space(kinked.scale, kinked.space),
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
