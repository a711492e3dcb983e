"""A coefficient common to several sums of squares with spreads of their own: the profile, its polynomial, its several roots."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.arguments.teller import Teller
from symbolic_mle.exposition.document import Block, cases, display, line, row
from symbolic_mle.exposition.mathematics import Maths
from symbolic_mle.exposition.prose import listed, phrase, say
from symbolic_mle.exposition.telling_log_likelihood import log_likelihood_blocks
from symbolic_mle.exposition.telling_model import likelihood_blocks
from symbolic_mle.exposition.telling_solution import Titled
from symbolic_mle.exposition.voice import Voice


def _sections(voice: Voice) -> Iterator[Titled]:
    argument: Any = voice.derivation.findings.argument
    others = tuple(p for p in voice.parameters if p != argument.coefficient)
    yield ("Likelihood",), tuple(likelihood_blocks(voice))
    yield ("Log-likelihood",), (*log_likelihood_blocks(voice), *_squares(voice, argument, others))
    yield phrase("Eliminating {others}", others=voice.names(others)), tuple(_spreads(voice, argument, others))
    yield (
        phrase("The profile log-likelihood of {p}", p=voice.name(argument.coefficient)),
        tuple(_profile(voice, argument)),
    )
    yield ("The remaining data",), tuple(_remaining(voice, argument))


def _function(voice: Voice, letter: Symbol, argument: Any) -> Maths:
    return make.call(voice.write(letter), voice.name(argument.coefficient))


def _total(voice: Voice, residual: Expr) -> Expr:
    outside, inside = residual.as_independent(*voice.model.observed, as_Add=False)
    return outside * DataSum(inside, voice.model.observed)


def _squares(voice: Voice, argument: Any, others: tuple[Symbol, ...]) -> Iterator[Block]:
    yield say("{p} enters only through the sums of squares", p=voice.name(argument.coefficient))
    yield display(
        *(
            line(_function(voice, r, argument), "=", voice.write(_total(voice, e)))
            for r, e in argument.residuals.items()
        )
    )
    yield say(
        "Each has a spread of its own. The value of {p} that is best for given {others} moves with them, so {others} are "
        "eliminated first.",
        p=voice.name(argument.coefficient),
        others=voice.names(others),
    )


def _spreads(voice: Voice, argument: Any, others: tuple[Symbol, ...]) -> Iterator[Block]:
    """v₁(μ) = R(μ)/n₁ and so on."""
    drawn = {r: _function(voice, r, argument) for r in argument.residuals}
    named = replace(voice, plain=voice.plain.with_names(drawn), drawn={})
    values = argument.rest.cases[0].estimators
    given = dict(argument.counts)
    yield say(
        "Fix {p}. Where no sum of squares is 0, the derivative of {ell} in each of {others} passes from + to − at one "
        "point, whatever the values of the others: the unique maximum over {others} is at",
        p=voice.name(argument.coefficient),
        ell=make.name("ell"),
        others=voice.names(others),
    )
    at = voice.name(argument.coefficient)
    yield display(
        *(
            line(make.call(voice.name(p), at), "=", named.write(values[p].xreplace(given)))
            for p in others
            if p in values
        )
    )


def _profile(voice: Voice, argument: Any) -> Iterator[Block]:
    drawn = {r: _function(voice, r, argument) for r in argument.residuals}
    named = replace(voice, plain=voice.plain.with_names(drawn), drawn={})
    given = dict(argument.counts)
    total = sp.Add(*(-w.xreplace(given) * sp.log(r) for r, w in argument.weights.items()))
    head = voice.notation.profile(argument.coefficient)
    constant = make.words("constant")
    yield say("Put in, they leave")
    yield display(line(head, "=", make.total(constant, named.write(total))))
    degree = 2 * len(argument.residuals) - 1
    yield say(
        "It falls to {low} as {p} runs to either end, and it is smooth, so it has a maximum, where its derivative is 0. "
        "Cleared of denominators the derivative is a polynomial of degree {degree} in {p}. It can have several roots, and "
        "the likelihood several peaks (Sugiura and Gupta 1987). On data all real roots are isolated in exact arithmetic "
        "and their heights compared: the highest is the global maximum. If two are equally high, both maximise.",
        low=make.negative(make.INFINITY),
        p=voice.name(argument.coefficient),
        degree=make.number(degree),
    )


def _remaining(voice: Voice, argument: Any) -> Iterator[Block]:
    rows = [
        row(
            "some sum of squares is 0 at some value",
            say(
                "Then {ell} grows without bound as {p} runs to that value and the spread of these observations to its end: "
                "no maximum likelihood estimate exists. So it is when all observations with one spread are equal.",
                ell=make.name("ell"),
                p=voice.name(argument.coefficient),
            ),
        )
    ]
    if argument.counts:
        rows.append(row("a group has no observation", say("Nothing is known of its spread, and no estimate is given.")))
    yield cases(*rows)


def _result(voice: Voice) -> Iterator[Block]:
    argument: Any = voice.derivation.findings.argument
    hat = voice.hat(argument.coefficient)
    others = [p for p in voice.parameters if p != argument.coefficient]
    yield say(
        "{hat} is the highest stationary point of {profile}, and {others}. Unless a sum of squares can be made 0, this is "
        "the global maximum, certified on the data.",
        hat=hat,
        profile=make.name("ell", "p"),
        others=listed([make.chain(voice.hat(p), "=", make.call(voice.name(p), hat)) for p in others]),
    )


TELLER = Teller(_sections, _result)
