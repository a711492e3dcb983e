"""Large samples: the conditions of the theorem one by one, and the law of √n(θ̂ − θ), or why it does not apply."""

from __future__ import annotations

from collections.abc import Iterator

from symbolic_mle.algebra.matrices import inverse
from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.document import Block, Inlines, definitions, display, line, row
from symbolic_mle.exposition.facts import PremiseFacts
from symbolic_mle.exposition.mathematics import Maths
from symbolic_mle.exposition.prose import phrase, say
from symbolic_mle.exposition.telling_finite_sample import consistent_extremes, tail_lines
from symbolic_mle.exposition.telling_precision import LARGE, facing, reason
from symbolic_mle.exposition.voice import Voice
from symbolic_mle.records import Existence

_CONDITIONS = {
    "density": ("Density", "it integrates to 1"),
    "support": ("Support", "it is the same for every parameter value"),
    "continuous": ("Parameters", "they range over intervals"),
    "open": ("Space", "it has interior points"),
    "smooth": ("Smoothness", "log f has continuous derivatives in the parameters"),
    "dominated": ("Domination", "the third derivatives of log f have an integrable bound near the true value"),
    "score": ("Score", "its expectation is 0"),
    "information": (
        "Information",
        "the variance of the score is minus the mean second derivative, finite and positive",
    ),
    "interior": ("True value", "it lies inside the space"),
    "identified": ("Identification", "different values give different distributions"),
}


def asymptotic_blocks(voice: Voice) -> Iterator[Block]:
    """The conditions in a table, then what follows from them."""
    found = voice.derivation.conditions
    failed = [c for c in found if c.holds is False]
    shown = [c for c in found if not failed or c.holds is not None]
    yield definitions(*(row(_CONDITIONS[c.name][0], say("{verdict}", verdict=_verdict(voice, c))) for c in shown))
    if failed:
        yield say("So the theorem on the normal limit does not apply here: {why}.", why=reason(voice, failed[0].reason))
        laws = list(tail_lines(voice))
        if laws:
            yield say("What holds instead is exact, for every {n}:", n=voice.write(voice.size))
            yield display(*laws)
            yield from consistent_extremes(voice)
        return
    yield from _limit(voice)


def _verdict(voice: Voice, condition: PremiseFacts) -> Inlines:
    sentence = _CONDITIONS[condition.name][1]
    if condition.holds is None:
        return (f"assumed: {sentence}.",)
    if condition.holds is False:
        return ("fails: ", *reason(voice, condition.reason), ".")
    tested = ", compared by quadrature" if condition.name in ("score", "information") else ""
    return (f"holds: {sentence}{tested}.",)


def _limit(voice: Voice) -> Iterator[Block]:
    """√n (θ̂ − θ) → N(0, I(θ)⁻¹)"""
    facts = voice.derivation.precision
    case = voice.derivation.cases[0]
    if voice.model.covariates or case.kind == "unknown" or case.existence is Existence.UNBOUNDED:
        yield say("The law of large samples is not stated here: {why}.", why=_why(voice))
        return
    point, truth = (make.sequence(*map(draw, voice.parameters)) for draw in (voice.hat, voice.name))
    if voice.several:
        point, truth = make.brackets(point), make.brackets(truth)
    gap = make.brackets(make.total(point, make.negative(truth)))
    left = make.product(make.root(voice.write(voice.size)), gap)
    law = make.power(make.call(make.name("I"), *map(voice.name, voice.parameters)), make.number(-1))
    yield display(line(left, "to", make.call(make.name("N"), make.ZERO, law)))
    information = facts.information
    covariance = inverse(information.matrix) if information is not None and information.closed else None
    if covariance is not None:
        matrix = covariance.applyfunc(lambda e: facing(e, voice))
        if all(e.count_ops() <= LARGE for e in matrix):
            drawn: Maths = voice.notation.write(matrix[0, 0] if matrix.shape == (1, 1) else matrix)
            yield say("in distribution, {covariance}.", covariance=make.chain(law, "=", drawn))
    if information is not None and information.matrix.is_diagonal() and voice.several:
        yield say(
            "The information matrix is diagonal: the parameters are orthogonal, and their estimates independent in the limit."
        )
    yield say(
        "The limit needs a consistent root of the likelihood equations; {which}.",
        which=_consistency(voice),
    )


def _why(voice: Voice) -> str:
    if voice.derivation.cases[0].existence is Existence.UNBOUNDED:
        return "it is about a maximum, and there is none"
    if voice.model.covariates:
        return "it depends on how the covariates grow with the sample"
    return "the maximum is not derived"


def _consistency(voice: Voice) -> Inlines:
    case = voice.derivation.cases[0]
    names = phrase("{names}", names=voice.names([p for p in voice.parameters]))
    if case.proof.value == "global":
        return phrase(
            "the maximum derived here is the only one, and under these conditions it is consistent for {names}",
            names=names,
        )
    return phrase("under these conditions there is one near the true value of {names}", names=names)
