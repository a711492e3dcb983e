"""A maximum among corners: how the log-likelihood bends at them, what that proves, and where the maximum is.

The kinds are told in files of their own: ``corners_quantile`` (the sample median and its kin), ``corners_search`` (one-sided
slopes, and candidates that are compared) and ``corners_others`` (what is left for the other parameters).
"""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.arguments import corners_others, corners_quantile, corners_search
from symbolic_mle.exposition.arguments.corners_drawing import Drawing
from symbolic_mle.exposition.arguments.teller import Teller
from symbolic_mle.exposition.document import Block, display, line
from symbolic_mle.exposition.prose import say
from symbolic_mle.exposition.telling_log_likelihood import log_likelihood_blocks
from symbolic_mle.exposition.telling_model import likelihood_blocks
from symbolic_mle.exposition.telling_solution import Titled
from symbolic_mle.exposition.voice import Voice


def sections(voice: Voice) -> Iterator[Titled]:
    """Likelihood, log-likelihood, its shape, its maximum, and the other parameters."""
    drawing = Drawing.of(voice)
    yield ("Likelihood",), tuple(likelihood_blocks(voice))
    yield ("Log-likelihood",), tuple(_log_likelihood(voice))
    told = corners_quantile if drawing.argument.quantile is not None else corners_search
    yield ("Shape",), (*drawing.scale_blocks(), *told.shape_blocks(drawing))
    yield ("Maximum",), tuple(told.maximum_blocks(drawing))
    if drawing.argument.rest is not None:
        yield from corners_others.sections(voice, (drawing.argument.parameter,), drawing.argument.rest)


def _whole(voice: Voice, drawing: Drawing) -> Iterator[Block]:
    """Whole numbers only."""
    if drawing.is_whole:
        yield say(
            "As {p} is a whole number, the estimates are the whole numbers among these points. If there is none among them, they "
            "are the better of the two whole numbers next to them, or both, because a concave function falls on either side of "
            "its maximisers.",
            p=drawing.parameter,
        )


def _log_likelihood(voice: Voice) -> Iterator[Block]:
    """ℓ in its terms; where these are told by cases, the cases come with the shape."""
    if not any(c.has(*voice.parameters) for p in voice.model.density.atoms(sp.Piecewise) for _, c in p.args):
        yield from log_likelihood_blocks(voice)
        return
    log = make.chain(make.name("ell"), "=", make.call("log", make.name("L")))
    yield say("The logarithm is increasing, so {log} has the same maximisers as {L}:", log=log, L=make.name("L"))
    observed = make.sequence(*map(voice.plain.observed, voice.model.variables))
    given = (*map(voice.plain.observed, voice.model.covariates), *map(voice.name, voice.parameters))
    density = make.call(make.name("f"), make.chain(observed, "mid", make.sequence(*given)))
    total = make.big("sum", make.name("i"), make.call("log", density), make.ONE, voice.write(voice.size))
    yield display(line(voice.notation.log_likelihood(), "=", total))


def result(voice: Voice) -> Iterator[Block]:
    """The maximisers, and the data for which there are none."""
    drawing = Drawing.of(voice)
    told = corners_quantile if drawing.argument.quantile is not None else corners_search
    yield from told.result_blocks(drawing)
    yield from _whole(voice, drawing)
    if drawing.argument.rest is not None:
        yield from corners_others.result_blocks(voice, drawing.argument.rest)


TELLER = Teller(sections, result)
