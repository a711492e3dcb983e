"""Computation: Newton–Raphson and Fisher scoring written out for the model, where the estimate has no formula."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from symbolic_mle.algebra.sample import sealed
from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.document import Block, Line, display, formula, line
from symbolic_mle.exposition.facts import ReweightingFacts
from symbolic_mle.exposition.mathematics import Maths
from symbolic_mle.exposition.prose import say
from symbolic_mle.exposition.telling_precision import LARGE, short
from symbolic_mle.exposition.voice import Voice
from symbolic_mle.records import Existence

_START = (
    "Start inside the space, at the best of a few values on the scale of the data; a step that lowers the likelihood or leaves "
    "the space is halved. Near the maximum each Newton step about doubles the number of correct digits."
)
LONG = 60  # operations beyond which an iteration is not written out


def numerics_blocks(voice: Voice) -> Iterator[Block]:
    """The two iterations, in one parameter or several."""
    case, facts = voice.derivation.cases[0], voice.derivation.precision
    if case.kind == "unknown" or case.existence is Existence.UNBOUNDED or facts.failure:
        return
    if voice.derivation.reweighting is not None:
        yield from _reweighted(voice, voice.derivation.reweighting)
        return
    if case.locator is not None:
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


def _reweighted(voice: Voice, facts: ReweightingFacts) -> Iterator[Block]:
    """Fisher scoring of a regression: a weighted least-squares fit a step."""
    index = voice.notation.index
    letters = [voice.letter(*wanted) for wanted in (("eta", "h"), ("s", "d"), ("w", "v"), ("u", "r"))]
    eta, slope, weight, response = (make.name(letter, index) for letter in letters)
    written = voice.notation.with_names({facts.symbol: eta}).observed
    predictor = voice.notation.observed(facts.predictor)
    yield say(
        "With {eta} at the present values, let {slope} be the derivative of the log-density of observation {i} in {name}, "
        "and {weight} the information on {name} in it:",
        eta=make.chain(eta, "=", predictor),
        slope=slope,
        i=make.name(index),
        name=eta,
        weight=weight,
    )
    yield display(
        line(slope, "=", written(facts.slope)),
        line(weight, "=", written(facts.weight)),
        line(response, "=", make.total(eta, make.fraction(slope, weight))),
    )
    yield say(
        "A step of Fisher scoring goes to the {names} that {minimise}",
        names=voice.names(),
        minimise="minimise" if voice.several else "minimises",
    )
    gap = make.power(make.brackets(make.total(response, make.negative(predictor))), make.number(2))
    yield display(formula(make.big("sum", make.name(index), make.product(weight, gap))))
    other = (
        "The derivative of {slope} is minus {weight} whatever the response, so this is Newton–Raphson too"
        if facts.newton
        else "Newton–Raphson puts minus the derivative of {slope} for {weight}"
    )
    yield say(
        "which is a weighted least-squares fit: the method is iteratively reweighted least squares. "
        + other
        + ". Start "
        "at the best of a few values on the scale of the data; a step that lowers the likelihood is halved.",
        weight=weight,
        slope=slope,
    )


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
    yield say(_START)


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
    yield from _several(voice)


def _several(voice: Voice) -> Iterator[Block]:
    """(a, b) → (a, b) + J(a, b)⁻¹ ∇ℓ, with J written out where it is short."""
    names = make.sequence(*map(voice.name, voice.parameters))
    point, gradient = make.brackets(names), make.row(make.name("nabla"), make.name("ell"))

    def step(matrix: Maths) -> Line:
        return line(point, "to", make.total(point, make.product(make.power(matrix, make.number(-1)), gradient)))

    observed, expected = (make.call(make.name(letter), names) for letter in "JI")
    log = voice.derivation.likelihood.log_likelihood
    hessian = -sp.hessian(log, list(voice.parameters))
    size = sum(1 for entry in hessian for _ in sp.preorder_traversal(entry))
    entries = hessian.applyfunc(lambda e: short(e, voice)) if size <= LONG else None
    yield say("For all parameters at once, Newton–Raphson is")
    yield display(step(observed))
    second = make.negative(make.row(make.power(make.name("nabla"), make.number(2)), make.name("ell")))
    if entries is None:
        yield say(
            "where {matrix}. Fisher scoring puts the expected information of the sample there:",
            matrix=make.chain(observed, "=", second),
        )
    else:
        yield say("where")
        yield display(line(observed, "=", second), line(None, "=", voice.notation.write(entries)))
        yield say("Fisher scoring puts the expected information of the sample there:")
    yield display(step(expected))
    yield say(_START)
