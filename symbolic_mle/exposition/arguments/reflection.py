"""A space on both sides of 0: ℓ(θ) against ℓ(−θ), then the maximum on one side, and the other by its mirror image."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.arguments.teller import Teller
from symbolic_mle.exposition.document import Block, Row, cases, display, line, row
from symbolic_mle.exposition.mathematics import Maths
from symbolic_mle.exposition.prose import listed, say
from symbolic_mle.exposition.telling_conditions import in_symbols
from symbolic_mle.exposition.telling_log_likelihood import log_likelihood_blocks, score_blocks
from symbolic_mle.exposition.telling_model import likelihood_blocks
from symbolic_mle.exposition.telling_solution import Titled, solution_sections
from symbolic_mle.exposition.voice import Voice
from symbolic_mle.records import Case, Existence


def _sections(voice: Voice) -> Iterator[Titled]:
    argument: Any = voice.derivation.findings.argument
    yield ("Likelihood",), tuple(likelihood_blocks(voice))
    yield ("Log-likelihood",), tuple(log_likelihood_blocks(voice))
    yield ("Which side of 0?",), tuple(_sides(voice, argument))
    inner = Voice.of(argument.half)
    name = voice.name(argument.parameter)
    yield ("The side ", make.chain(name, ">", make.ZERO)), tuple(score_blocks(inner))
    yield from solution_sections(inner)


def _sides(voice: Voice, argument: Any) -> Iterator[Block]:
    name, ell, statistic = voice.name(argument.parameter), make.name("ell"), voice.write(argument.statistic)
    yield say("The space has two parts, which are mirror images of each other. A point and its image are compared:")
    image = make.call(ell, make.negative(name))
    yield display(
        line(
            make.total(make.call(ell, name), make.negative(image)),
            "=",
            voice.write(argument.scale * argument.statistic),
        )
    )
    yield say(
        "For {side} the factor {scale} is positive, so the difference has the sign of {t}. When {above}, every point with "
        "{p} negative is lower than its image, and the maximum is to be sought on the side {side}; when {below}, on the other "
        "side; when {tie}, the two sides are equally high.",
        side=make.chain(name, ">", make.ZERO), scale=voice.write(argument.scale), t=statistic, p=name,
        above=make.chain(statistic, ">", make.ZERO), below=make.chain(statistic, "<", make.ZERO),
        tie=make.chain(statistic, "=", make.ZERO),
    )  # fmt: skip
    yield say(
        "The side {side} is treated from here on. On the other side put {p} for {minus}: the steps are the same.",
        side=make.chain(name, ">", make.ZERO), p=name, minus=make.negative(name),
    )  # fmt: skip


def _row(voice: Voice, case: Case) -> Row:
    return row(in_symbols(voice, case.conditions), *_outcome(voice, case))


def _outcome(voice: Voice, case: Case) -> Iterator[Block]:
    if case.existence is Existence.ATTAINED:
        ties = [listed(_values(voice, formulas)) for formulas in (case.estimators, *case.others)]
        if len(ties) > 1:
            yield say("Both {ties} maximise.", ties=listed(ties))
        else:
            yield say("{value}, the unique maximum likelihood estimate.", value=ties[0])
        return
    parameter, end, _ = case.path[-1]
    limit = make.chain(voice.name(parameter), "to", voice.write(end))
    if case.existence is Existence.UNBOUNDED:
        yield say("The likelihood grows without bound as {limit}: no maximum likelihood estimate exists.", limit=limit)
    else:
        yield say(
            "The supremum is approached as {limit} and never attained: no maximum likelihood estimate exists.",
            limit=limit,
        )


def _values(voice: Voice, formulas: Any) -> list[Maths]:
    return [make.chain(voice.hat(p), "=", voice.write_hatted(v)) for p, v in formulas.items()]


def _result(voice: Voice) -> Iterator[Block]:
    yield cases(*(_row(voice, c) for c in voice.derivation.cases))


TELLER = Teller(_sections, _result)
