"""A maximum among corners: how the log-likelihood bends at them, what that proves, and where the maximum is.

The kinds are told in files of their own: ``corners_quantile`` (the sample median and its kin), ``corners_search`` (one-sided
slopes, and candidates that are compared) and ``corners_others`` (what is left for the other parameters).
"""

from __future__ import annotations

from collections.abc import Iterator

from symbolic_mle.exposition.arguments import corners_others, corners_quantile, corners_search
from symbolic_mle.exposition.arguments.corners_drawing import Drawing
from symbolic_mle.exposition.arguments.teller import Teller
from symbolic_mle.exposition.document import Block
from symbolic_mle.exposition.telling_log_likelihood import log_likelihood_blocks
from symbolic_mle.exposition.telling_model import likelihood_blocks
from symbolic_mle.exposition.telling_solution import Titled
from symbolic_mle.exposition.voice import Voice


def sections(voice: Voice) -> Iterator[Titled]:
    """Likelihood, log-likelihood, its shape, its maximum, and the other parameters."""
    drawing = Drawing.of(voice)
    yield ("Likelihood",), tuple(likelihood_blocks(voice))
    yield ("Log-likelihood",), tuple(log_likelihood_blocks(voice))
    told = corners_quantile if drawing.argument.quantile is not None else corners_search
    yield ("Shape",), (*drawing.scale_blocks(), *told.shape_blocks(drawing))
    yield ("Maximum",), tuple(told.maximum_blocks(drawing))
    if drawing.argument.rest is not None:
        yield from corners_others.sections(voice, (drawing.argument.parameter,), drawing.argument.rest)


def result(voice: Voice) -> Iterator[Block]:
    """The maximisers, and the data for which there are none."""
    drawing = Drawing.of(voice)
    told = corners_quantile if drawing.argument.quantile is not None else corners_search
    yield from told.result_blocks(drawing)
    if drawing.argument.rest is not None:
        yield from corners_others.result_blocks(voice, drawing.argument.rest)


TELLER = Teller(sections, result)
