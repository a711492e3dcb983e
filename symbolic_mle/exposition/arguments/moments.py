"""A full exponential family: the likelihood equations as moment equations, solved one after another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.arguments.teller import Teller
from symbolic_mle.exposition.document import Block, Inlines, cases, display, line, row
from symbolic_mle.exposition.prose import listed, phrase, say
from symbolic_mle.exposition.telling_conditions import has_meaning, in_symbols, short
from symbolic_mle.exposition.telling_log_likelihood import log_likelihood_blocks
from symbolic_mle.exposition.telling_model import likelihood_blocks
from symbolic_mle.exposition.telling_solution import Titled
from symbolic_mle.exposition.voice import Voice
from symbolic_mle.records import Condition


def _sections(voice: Voice) -> Iterator[Titled]:
    argument: Any = voice.derivation.findings.argument
    yield ("Likelihood",), tuple(likelihood_blocks(voice))
    yield ("Log-likelihood",), tuple(log_likelihood_blocks(voice))
    yield ("Moment equations",), tuple(_equations(voice, argument))
    yield ("Solving them",), tuple(_solution(voice))
    if len(voice.derivation.cases) > 1:
        yield ("The remaining data",), tuple(_remaining(voice))


def _equations(voice: Voice, argument: Any) -> Iterator[Block]:
    statistics = [voice.plain.write(t) for t in argument.statistics]
    yield say(
        "The density is an exponential family with the statistics {statistics}: as many as there are parameters, linearly "
        "independent of each other and of 1 on the support, and with coefficients {c} whose Jacobian is nowhere singular. "
        "The score is that Jacobian times the sums of the statistics less their expectations. So all partial derivatives "
        "are 0 exactly when every statistic has its average over the sample as its expectation:",
        statistics=listed(statistics),
        c=make.name("c"),
    )
    lines = []
    for statistic, mean in argument.means.items():
        expected = make.row(make.words("E"), make.brackets(voice.plain.write(statistic), "[]"))
        average = voice.write(DataSum(statistic, voice.model.variables) / voice.size)
        lines.append(line(expected, "=", make.chain(voice.write(mean), "=", average)))
    yield display(*lines)
    yield say(
        "{ell} is strictly concave as a function of {c}, so there is no other stationary point, and this one is the global "
        "maximum (Barndorff-Nielsen 1978, section 9.3).",
        ell=make.name("ell"),
        c=make.name("c"),
    )


def _estimators(voice: Voice) -> list[Any]:
    return [line(voice.hat(p), "=", voice.write(v)) for p, v in voice.derivation.cases[0].estimators.items()]


def _solution(voice: Voice) -> Iterator[Block]:
    yield say("Solved one after another, they give")
    yield display(*_estimators(voice))
    needs = _needs(voice)
    if needs:
        yield say("It lies in the parameter space exactly when {data}.", data=needs)


def _needs(voice: Voice) -> Inlines:
    return listed([_condition(voice, c) for c in voice.derivation.cases[0].conditions])


def _condition(voice: Voice, condition: Condition) -> Inlines:
    return short(voice, condition) if has_meaning(condition) else in_symbols(voice, (condition,))


def _remaining(voice: Voice) -> Iterator[Block]:
    rows = [
        row(
            _condition(voice, case.conditions[-1]),
            say(
                "The moment equations have no solution in the parameter space. It is open, so a maximum would be one: no "
                "maximum likelihood estimate exists."
            ),
        )
        for case in voice.derivation.cases[1:]
    ]
    yield cases(*rows)


def _result(voice: Voice) -> Iterator[Block]:
    yield display(*_estimators(voice))
    needs = _needs(voice)
    point = make.brackets(make.sequence(*map(voice.hat, voice.parameters)))
    yield say(
        "{provided}{point} is the unique maximum likelihood estimate.",
        provided=phrase("Provided {data}, ", data=needs) if needs else (),
        point=point,
    )


TELLER = Teller(_sections, _result)
