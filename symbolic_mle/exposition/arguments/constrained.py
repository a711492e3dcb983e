"""Equations put in, and one inequality: the maximum without it, or on its boundary."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.arguments.teller import Teller
from symbolic_mle.exposition.document import Block, Inlines, cases, display, line, row
from symbolic_mle.exposition.prose import listed, say
from symbolic_mle.exposition.telling_log_likelihood import log_likelihood_blocks, score_blocks
from symbolic_mle.exposition.telling_model import likelihood_blocks
from symbolic_mle.exposition.telling_solution import Titled, solution_sections
from symbolic_mle.exposition.voice import Voice
from symbolic_mle.records import Case, Existence


def _argument(voice: Voice) -> Any:
    return voice.derivation.findings.argument


def _sections(voice: Voice) -> Iterator[Titled]:
    argument = _argument(voice)
    yield ("Likelihood",), tuple(likelihood_blocks(voice))
    yield ("Log-likelihood",), tuple(log_likelihood_blocks(voice))
    if argument.edge is None:
        yield from _part(argument.inside, "With the equations put in")
        return
    yield from _part(argument.inside, "Without the inequality")
    yield ("The inequality",), tuple(_inequality(voice))
    yield from _part(argument.edge, "On the boundary")
    yield ("Which case are the data in?",), (cases(*(_row(voice, c) for c in voice.derivation.cases)),)


def _part(part: Any, title: str) -> Iterator[Titled]:
    """The derivation of a reduced model, as it is told by itself."""
    inner = Voice.of(part)
    start: list[Block] = []
    if part.solved:
        tied = [make.chain(inner.plain.write(p), "=", inner.plain.write(e)) for p, e in part.solved.items()]
        start = [say("Put in {tied}:", tied=listed(tied))]
        start.append(display(line(inner.notation.log_likelihood(), "=", inner.write(inner.separated))))
    yield (title,), (*start, *score_blocks(inner))
    yield from solution_sections(inner)


def _inequality(voice: Voice) -> Iterator[Block]:
    argument = _argument(voice)
    gap = voice.plain.write(argument.gap)
    relation = ">" if argument.strict else ">="
    yield say(
        "The space also asks for {asked}. Where the maximiser found satisfies it, it is the maximum over the smaller space "
        "too. Where it does not, a path on which {ell} never falls leads from every point of the space to that maximiser: "
        "to the best value of the first parameter, then along these best values. On the way it crosses {edge}, at a point "
        "that is no lower. So the maximum is on that boundary.{none}",
        asked=make.chain(gap, relation, make.ZERO),
        ell=make.name("ell"),
        edge=make.chain(gap, "=", make.ZERO),
        none=" The space leaves it out, so there is none then." if argument.strict else "",
    )


def _row(voice: Voice, case: Case) -> Any:
    if case.existence is Existence.UNKNOWN:
        return row("other data", say("Not decided: {reason}.", reason=case.reason))
    if case.locator is not None:
        return row(
            "other data",
            say("The maximum, or that there is none, is found on data: {ell} is concave.", ell=make.name("ell")),
        )
    label: Inlines = ("the unrestricted maximiser satisfies the inequality",)
    if case is not voice.derivation.cases[0]:
        label = ("it does not",)
    if case.existence is not Existence.ATTAINED:
        return row(
            label, say("There is no maximum likelihood estimate: {reason}.", reason=case.reason or "ℓ has no maximum")
        )
    found = [make.chain(voice.hat(p), "=", voice.write_hatted(v)) for p, v in case.estimators.items()]
    return row(label, say("{estimates}", estimates=listed(found)))


def _result(voice: Voice) -> Iterator[Block]:
    every = voice.derivation.cases
    attained = [c for c in every if c.existence is Existence.ATTAINED and c.locator is None]
    for k, case in enumerate(attained):
        if k:
            yield say("when these satisfy the inequality; otherwise" if k == 1 else "or")
        yield display(*(line(voice.hat(p), "=", voice.write_hatted(v)) for p, v in case.estimators.items()))
    yield say("This is the unique maximum likelihood estimate for the data named above.")


TELLER = Teller(_sections, _result)
