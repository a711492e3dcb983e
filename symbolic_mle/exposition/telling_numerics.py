"""Computation: Newton–Raphson and Fisher scoring written out for the model, where the estimate has no formula."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from symbolic_mle.algebra.sample import sealed
from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.document import Block, Line, display, line
from symbolic_mle.exposition.mathematics import Maths
from symbolic_mle.exposition.prose import say
from symbolic_mle.exposition.telling_precision import LARGE, short
from symbolic_mle.exposition.voice import Voice
from symbolic_mle.records import Existence

LONG = 60  # operations beyond which an iteration is not written out


def numerics_blocks(voice: Voice) -> Iterator[Block]:
    """The two iterations, in one parameter or several."""
    case, facts = voice.derivation.cases[0], voice.derivation.precision
    if case.kind == "unknown" or case.existence is Existence.UNBOUNDED or facts.failure or case.locator is not None:
        return
    if case.implicit is None:
        yield say("The estimates are formulas; no iteration is needed.")
        return
    if len(case.implicit.parameters) == 1 and len(voice.parameters) > 1:
        yield from _profile(voice)
    elif len(voice.parameters) == 1:
        yield from _one(voice)
    else:
        yield from _several(voice)


def _one(voice: Voice) -> Iterator[Block]:
    (parameter,) = voice.parameters
    log = voice.derivation.likelihood.log_likelihood
    score, curvature = log.diff(parameter), log.diff(parameter, 2)
    primes = [voice.notation.log_likelihood(primes=k) for k in (1, 2)]
    yield say("Newton–Raphson follows the tangent of the score to its root:")
    lines = [
        line(voice.name(parameter), "to", make.total(voice.name(parameter), make.negative(make.fraction(*primes))))
    ]
    yield display(*lines, *_written(voice, primes, [score, curvature]))
    information = voice.derivation.precision.information
    if information is not None and information.closed and not voice.model.covariates:
        of_sample = short(information.matrix[0, 0] * voice.size, voice)
        if of_sample.count_ops() <= LARGE:
            name = make.call(make.name("I"), voice.name(parameter))
            step = make.total(voice.name(parameter), make.fraction(primes[0], name))
            yield say("Fisher scoring puts the expected information of the sample for the curvature:")
            yield display(line(voice.name(parameter), "to", step), line(name, "=", voice.write(of_sample)))
    yield say(
        "Start inside the space, at the best of a few values on the scale of the data; a step that lowers the likelihood or leaves "
        "the space is halved. Near the maximum each Newton step about doubles the number of correct digits."
    )


def _written(voice: Voice, names: list[Maths], values: list[sp.Expr]) -> Iterator[Line]:
    for name, value in zip(names, values, strict=True):
        shown = sealed(sp.factor_terms, value)
        if shown.count_ops() <= LONG:
            yield line(name, "=", voice.write(shown))


def _profile(voice: Voice) -> Iterator[Block]:
    """The last parameter by Newton's method on its profile score, the others from it."""
    implicit = voice.derivation.cases[0].implicit
    assert implicit is not None
    (parameter,) = implicit.parameters
    name = voice.name(parameter)
    g = make.name(voice.letter("g", "h"))
    slope = sealed(sp.factor_terms, implicit.function.diff(parameter))
    step = make.fraction(make.call(g, name), make.call(make.name(g.base, primes=1), name))
    yield say("Newton–Raphson for {p} alone, the other parameters following from it by their formulas:", p=name)
    lines = [line(name, "to", make.total(name, make.negative(step)))]
    for drawn, value in (
        (make.call(g, name), implicit.function),
        (make.call(make.name(g.base, primes=1), name), slope),
    ):
        if value.count_ops() <= LONG:
            lines.append(line(drawn, "=", voice.write(value)))
    yield display(*lines)
    yield say("Start inside the space; a step that leaves it is halved.")


def _several(voice: Voice) -> Iterator[Block]:
    theta = make.name("theta")
    gradient = make.row(make.name("nabla"), make.name("ell"))
    inverse = make.power(
        make.brackets(make.row(make.power(make.name("nabla"), make.number(2)), make.name("ell"))), make.number(-1)
    )
    yield say(
        "With {theta} for {names}, Newton–Raphson is",
        theta=theta,
        names=make.brackets(make.sequence(*map(voice.name, voice.parameters))),
    )
    yield display(line(theta, "to", make.total(theta, make.negative(make.product(inverse, gradient)))))
    information = make.power(make.call(make.name("I"), theta), make.number(-1))
    extra = " For a regression these are iteratively reweighted least squares." if voice.model.covariates else ""
    yield say(
        "and Fisher scoring, with the expected information of the sample, is {step}.{extra} A step that lowers the likelihood is "
        "halved.",
        step=make.chain(theta, "to", make.total(theta, make.product(information, gradient))),
        extra=extra,
    )
