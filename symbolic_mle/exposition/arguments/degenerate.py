"""A component of a mixture degenerates at an observation: the path, the lower bound on it, and what is done instead."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sympy as sp
from sympy import Symbol

from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.arguments.teller import Teller
from symbolic_mle.exposition.document import Block, display, line
from symbolic_mle.exposition.mathematics import Maths
from symbolic_mle.exposition.notation import Notation
from symbolic_mle.exposition.prose import phrase, say
from symbolic_mle.exposition.telling_log_likelihood import log_likelihood_blocks
from symbolic_mle.exposition.telling_model import likelihood_blocks
from symbolic_mle.exposition.telling_solution import Titled
from symbolic_mle.exposition.voice import Voice


def _argument(voice: Voice) -> Any:
    return voice.derivation.findings.argument


def _sections(voice: Voice) -> Iterator[Titled]:
    yield ("Likelihood",), tuple(likelihood_blocks(voice))
    yield ("Log-likelihood",), tuple(log_likelihood_blocks(voice))
    yield ("A lower bound on a path",), tuple(_path(voice))
    yield ("What the likelihood equations still say",), tuple(_roots(voice))


def _first(voice: Voice) -> tuple[dict[Symbol, Symbol], Notation]:
    """The symbols of the first observation, and a notation that draws them: x₁, z₁."""
    first = {x: sp.Dummy(x.name, **x.assumptions0) for x in voice.model.observed}
    names: dict[Symbol, Maths] = {d: make.name(x.name, "1") for x, d in first.items()}
    return first, voice.plain.with_names(names)


def _path(voice: Voice) -> Iterator[Block]:
    """f(x₁) ≥ g₁(x₁) → ∞ and f(xᵢ) ≥ g₂(xᵢ), which stays."""
    argument = _argument(voice)
    first, plain = _first(voice)
    scale = voice.name(argument.scale)
    value = argument.value.xreplace(first)
    peak = plain.write(argument.peak.xreplace(first))
    stays = argument.floor.xreplace({argument.location: value})
    run = _run(voice)
    yield say(
        "The density is a sum of {count} components, none of them negative. Hold every parameter but {scale} at any value of its "
        "space{allowed}, {location} at",
        count=_NUMBERS.get(argument.count, str(argument.count)),
        scale=scale,
        location=voice.name(argument.location),
        allowed=" that the restrictions allow" if voice.model.restrictions else "",
    )
    yield display(line(voice.name(argument.location), "=", plain.write(value)))
    yield say(
        "Any other observation would do as well as {x}. There one component alone, and at the other observations a component that "
        "does not depend on {scale}, bound the density from below:",
        x=plain.write(first[voice.model.variables[0]]),
        scale=scale,
    )
    rest = plain.observed(stays)
    f, index = make.name("f"), make.name("i")
    others = make.chain(index, "=", make.sequence(make.number(2), make.words("…"), voice.write(voice.size)))
    yield display(
        line(make.call(f, plain.write(first[voice.model.variables[0]])), ">=", peak),
        line(make.call(f, plain.observed(voice.model.variables[0])), ">=", make.chain(rest, ">", make.ZERO), others),
    )
    yield say("Therefore, on this path,")
    sum_ = make.big("sum", make.chain(index, ">=", make.number(2)), make.call("log", make.brackets(rest)))
    yield display(line(make.name("ell"), ">=", make.total(make.call("log", make.brackets(peak)), sum_)))
    yield say(
        "As {run}, the first term runs to {infinity}, while the sum does not move. So {ell} grows without bound, for every "
        "sample of every size, with or without ties (Kiefer and Wolfowitz 1956; Day 1969).",
        run=run,
        infinity=make.INFINITY,
        ell=make.name("ell"),
    )


_NUMBERS = {2: "two", 3: "three", 4: "four"}


def _run(voice: Voice) -> Maths:
    argument = _argument(voice)
    return make.chain(voice.name(argument.scale), "to", voice.end(argument.end, argument.side))


def _roots(voice: Voice) -> Iterator[Block]:
    yield say(
        "The score may vanish all the same, and a numerical method such as the EM algorithm may stop there. Such a point is at "
        "best a local maximum: the path above passes every height. What is usually done is to report a local maximum away from "
        "the degenerate ones, or to change the problem: to bound {scale} away from the end that it runs to here (in mixtures of "
        "normal densities, to bound the ratios of the scales: Hathaway 1985), or to subtract a penalty that grows faster than "
        "{ell} as {run} (Chen, Tan and Zhang 2008).",
        scale=voice.name(_argument(voice).scale),
        ell=make.name("ell"),
        run=_run(voice),
    )


def _result(voice: Voice) -> Iterator[Block]:
    argument = _argument(voice)
    first, plain = _first(voice)
    held = make.chain(voice.name(argument.location), "=", plain.write(argument.value.xreplace(first)))
    yield say(
        "There is no maximum likelihood estimate of {names}, whatever the data: the likelihood grows without bound {path}.",
        names=voice.names(),
        path=phrase("with {held} as {run}", held=held, run=_run(voice)),
    )


TELLER = Teller(_sections, _result)
