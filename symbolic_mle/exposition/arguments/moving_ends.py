"""Centre and half-width by the ends of the support: the change of parameters, the maximum in the ends, and back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.arguments import moving, moving_result
from symbolic_mle.exposition.arguments.teller import Teller
from symbolic_mle.exposition.document import Block, display, line
from symbolic_mle.exposition.prose import listed, say
from symbolic_mle.exposition.telling_result import estimator_forms
from symbolic_mle.exposition.telling_solution import Titled
from symbolic_mle.exposition.voice import Voice
from symbolic_mle.records import Existence


def sections(voice: Voice) -> Iterator[Titled]:
    """New parameters, then all that is told of the model in these."""
    argument: Any = voice.derivation.findings.argument
    inner = Voice.of(argument.inner)
    yield ("The ends as parameters",), tuple(_change(voice, inner, argument))
    yield from moving.sections(inner)


def _change(voice: Voice, inner: Voice, argument: Any) -> Iterator[Block]:
    names = voice.names(list(argument.back))
    yield say(
        "The bounds that the sample puts on one of {names} depend on the other. The ends of the support are bounded one by "
        "one. Write",
        names=names,
    )
    yield display(*(line(inner.name(new), "=", voice.write(old)) for new, old in argument.ends.items()))
    yield say("so that")
    yield display(*(line(voice.name(old), "=", inner.write(new)) for old, new in argument.back.items()))
    yield say(
        "This is one to one, so a maximiser in the ends gives one in {names}, and each comes from one (invariance of the "
        "maximum likelihood estimate). In the ends the density is",
        names=names,
    )
    yield display(line(inner.notation.density(), "=", inner.plain.write(inner.model.density)))
    if inner.model.restrictions:
        yield say("with {restrictions}.", restrictions=listed([inner.plain.write(r) for r in inner.model.restrictions]))


def result(voice: Voice) -> Iterator[Block]:
    """The maximisers in the ends, put back."""
    argument: Any = voice.derivation.findings.argument
    case, inner = voice.derivation.cases[0], Voice.of(argument.inner)
    yield from moving_result.result(inner)
    if case.existence is not Existence.ATTAINED or not case.estimators:
        return
    point = make.sequence(*map(voice.name, voice.parameters))
    yield say("By invariance the maximum likelihood estimate of {point} is", point=make.brackets(point))
    yield display(*(line(voice.hat(p), "=", estimator_forms(voice, v)[0]) for p, v in case.estimators.items()))


TELLER = Teller(sections, result)
