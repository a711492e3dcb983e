"""The sample median, and other sample quantiles: counts on either side of a point decide."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp
from sympy import Expr

from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.arguments.corners_drawing import Drawing, QuantileFacts
from symbolic_mle.exposition.document import Block, Inlines, cases, display, line, row
from symbolic_mle.exposition.mathematics import Maths
from symbolic_mle.exposition.prose import phrase, say


def shape_blocks(drawing: Drawing) -> Iterator[Block]:
    """Concave and linear between the knots, with a slope that counts."""
    voice, quantile = drawing.voice, drawing.quantile
    if not drawing.is_plain:
        yield say(
            "Observation {i} has its corner at {knot}.",
            i=make.name("i"),
            knot=make.chain(drawing.knots, "=", voice.observed(quantile.quantity)),
        )
    yield say(
        "As a function of {eta}, each term of {ell} is linear on either side of {knot}: it rises with the slope {rise} "
        "below it and falls with the slope {fall} above it. So it is concave. The sum {ell} is then concave too, and linear "
        "between neighbouring values of {ordered}. Off these values its slope is",
        eta=drawing.eta,
        ell=make.name("ell"),
        knot=drawing.knots,
        rise=voice.write(quantile.left),
        fall=voice.write(-quantile.right),
        ordered=make.chain(
            drawing.ordered(1), "<=", drawing.ordered(2), "<=", make.words("…"), "<=", drawing.ordered(voice.size)
        ),
    )
    yield display(line(drawing.slope(), "=", _counts(drawing)))
    yield say(
        "The likelihood equation {equation} need not have a root: the slope jumps at the observations, and can jump over 0.",
        equation=make.chain(drawing.slope(), "=", make.ZERO),
    )


def _counts(drawing: Drawing) -> Maths:
    """(1/b)(#{xᵢ > μ} − #{xᵢ < μ})"""
    voice, quantile = drawing.voice, drawing.quantile
    above, below = drawing.count(">"), drawing.count("<")
    if quantile.is_median:
        difference = make.total(above, make.negative(below))
        return difference if quantile.left == 1 else make.product(voice.write(quantile.left), make.brackets(difference))
    return make.total(
        make.product(voice.write(quantile.left), above), make.negative(make.product(voice.write(quantile.right), below))
    )


def maximum_blocks(drawing: Drawing) -> Iterator[Block]:
    """Where the slope passes from ≥ 0 to ≤ 0."""
    voice, quantile = drawing.voice, drawing.quantile
    j = make.name(voice.letter("j", "k", "r"))
    slot, n = sp.Symbol("j"), voice.size
    given = voice.plain.with_names({slot: j})
    right, left = (given.write(_bound(quantile, n, slot - k)) for k in (0, 1))
    yield say(
        "A concave function is largest exactly where its slope passes from {up} to {down}. At most {rest} observations are "
        "above {at} and at least {j} are not, so just right of {at} the slope is at most {right}; just left of {at} it is "
        "at least {left}.",
        up=make.words("≥ 0"),
        down=make.words("≤ 0"),
        rest=given.write(n - slot),
        at=drawing.ordered(j),
        j=j,
        right=right,
        left=left,
    )
    yield from _median_rows(drawing) if quantile.is_median else _quantile_rows(drawing)
    yield from _restricted(drawing)


def _bound(quantile: QuantileFacts, size: Expr, below: Expr) -> Expr:
    """The slope with ``below`` observations below and all others above."""
    if quantile.is_median:
        return quantile.left * (size - 2 * below)
    return sp.expand(quantile.left * size) - sp.expand(quantile.left + quantile.right) * below


def _median_rows(drawing: Drawing) -> Iterator[Block]:
    voice = drawing.voice
    n, eta = voice.write(voice.size), drawing.eta
    m = make.name(voice.letter("m", "k", "r"))
    middle, after = drawing.ordered(m), drawing.ordered(make.total(m, make.ONE))
    half = drawing.quantile.left
    yield cases(
        row(
            phrase("{n} odd", n=n),
            say(
                "With {m}: left of {x} the slope is at least {up} and right of it at most {down}. So {max} is the only "
                "maximiser: the sample median.",
                m=make.chain(m, "=", voice.write((voice.size + 1) / 2)),
                x=middle,
                up=voice.write(half),
                down=voice.write(-half),
                max=make.chain(eta, "=", middle),
            ),
        ),
        row(
            phrase("{n} even", n=n),
            say(
                "With {m}: between {x} and {y} the slope is 0; left of {x} it is positive, right of {y} negative. So every point "
                "of {all} is a maximiser. There is one only if {same}; the usual choice is the midpoint.",
                m=make.chain(m, "=", voice.write(voice.size / 2)),
                x=middle,
                y=after,
                all=make.interval(middle, after, True, True),
                same=make.chain(middle, "=", after),
            ),
        ),
    )


def _quantile_rows(drawing: Drawing) -> Iterator[Block]:
    ranks = _Ranks(drawing)
    yield say("Write {tau} for the share of the slopes.", tau=ranks.share)
    yield cases(
        row(
            phrase("{nt} not whole", nt=ranks.product),
            say(
                "With {j}: the slope is positive left of {x} and negative right of it, so {x} is the only maximiser.",
                j=ranks.first,
                x=ranks.low,
            ),
        ),
        row(
            phrase("{nt} whole", nt=ranks.product),
            say(
                "With {j}: between {x} and {y} the slope is 0; left of {x} it is positive, right of {y} negative. So every point "
                "of {all} is a maximiser.",
                j=make.chain(ranks.j, "=", ranks.product),
                x=ranks.low,
                y=drawing.ordered(make.total(ranks.j, make.ONE)),
                all=make.interval(ranks.low, drawing.ordered(make.total(ranks.j, make.ONE)), True, True),
            ),
        ),
    )


class _Ranks:
    """τ, nτ, j = ⌈nτ⌉ and k = ⌊nτ⌋ + 1 as they are drawn; for the median τ is 1/2."""

    def __init__(self, drawing: Drawing) -> None:
        voice, quantile = drawing.voice, drawing.quantile
        tau = make.name(voice.letter("tau", "alpha", "q"))
        half = make.fraction(voice.write(voice.size), make.number(2))
        self.share = make.chain(tau, "=", voice.write(quantile.share))
        self.product = half if quantile.is_median else make.product(voice.write(voice.size), tau)
        self.j, self.k = make.name(voice.letter("j", "r")), make.name(voice.letter("k", "s", "m"))
        self.first = make.chain(self.j, "=", make.brackets(self.product, "⌈⌉"))
        self.second = make.chain(self.k, "=", make.total(make.brackets(self.product, "⌊⌋"), make.ONE))
        self.low, self.high = drawing.ordered(self.j), drawing.ordered(self.k)


def _restricted(drawing: Drawing) -> Iterator[Block]:
    """The point of the space that is nearest."""
    space = drawing.argument.kinked.space
    if space.is_real_line:
        return
    within = drawing.voice.plain.with_names({drawing.argument.kinked.scale: drawing.eta})
    yield say(
        "The space is {space}. A concave function that is largest on an interval outside of it is monotone on the space, and "
        "largest at the end of the space that is nearest to the interval.{none}",
        space=within.space(drawing.argument.kinked.scale, space),
        none=" That end does not belong to the space where it is left out: then there is no maximum."
        if _has_open_end(space)
        else "",
    )


def result_blocks(drawing: Drawing) -> Iterator[Block]:
    """μ̂ = median(x₁, …, xₙ)"""
    voice, quantile = drawing.voice, drawing.quantile
    numbered = (
        make.name(drawing.knot.base, "1"),
        make.words("…"),
        make.name(drawing.knot.base, voice.write(voice.size)),
    )
    if quantile.is_median and drawing.argument.kinked.space.is_real_line and not drawing.is_rescaled:
        m = make.name(voice.letter("m", "k", "r"))
        yield display(line(drawing.hat, "=", make.call("median", *numbered)))
        yield say(
            "For even {n} every point between the two middle values, {low} and {high} with {m}, {maximises}.",
            n=voice.write(voice.size),
            low=drawing.ordered(m),
            high=drawing.ordered(make.total(m, make.ONE)),
            m=make.chain(m, "=", voice.write(voice.size / 2)),
            maximises=drawing.maximises,
        )
        return
    ranks = _Ranks(drawing)
    interval = make.interval(ranks.low, ranks.high, True, True)
    name = voice.write(drawing.argument.kinked.forward) if drawing.is_rescaled else drawing.parameter
    yield say(
        "With {first} and {second}{share}, the maximum likelihood estimates are the points {points}{projected}.",
        first=ranks.first,
        second=ranks.second,
        share=() if quantile.is_median else phrase(", {share}", share=ranks.share),
        points=make.chain(name, "in", interval),
        projected=_projected(drawing),
    )


def _projected(drawing: Drawing) -> Inlines:
    space = drawing.argument.kinked.space
    if space.is_real_line:
        return ()
    within = drawing.voice.plain.with_names({drawing.argument.kinked.scale: drawing.eta})
    return phrase(
        ", moved to the nearest points of {space} if they are not there{none}",
        space=within.space(drawing.argument.kinked.scale, space),
        none="; if the nearest is an end that is left out, there is none" if _has_open_end(space) else "",
    )


def _has_open_end(space: Interval) -> bool:
    return any(
        e.is_finite and not closed
        for e, closed in ((space.lower, space.closed_lower), (space.upper, space.closed_upper))
    )
