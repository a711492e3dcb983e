"""Least absolute deviations and its kin: corners on planes, a maximum at a point where as many observations are fitted as there
are parameters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, cast

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.arguments import corners_others
from symbolic_mle.exposition.arguments.teller import Teller
from symbolic_mle.exposition.document import Block, display, line
from symbolic_mle.exposition.facts import FindingsFacts
from symbolic_mle.exposition.prose import say
from symbolic_mle.exposition.telling_log_likelihood import log_likelihood_blocks
from symbolic_mle.exposition.telling_model import likelihood_blocks
from symbolic_mle.exposition.telling_solution import Titled
from symbolic_mle.exposition.voice import Voice


class SearchFacts(Protocol):
    """uᵢ = rᵢ·θ − cᵢ, and the slopes below and above uᵢ = 0."""

    @property
    def parameters(self) -> tuple[Symbol, ...]: ...
    @property
    def rows(self) -> tuple[Expr, ...]: ...
    @property
    def offset(self) -> Expr: ...
    @property
    def below(self) -> Expr: ...
    @property
    def above(self) -> Expr: ...


class PlanesFacts(Protocol):
    """What is read of the argument."""

    @property
    def search(self) -> SearchFacts: ...
    @property
    def rest(self) -> FindingsFacts | None: ...


def _facts(voice: Voice) -> PlanesFacts:
    return cast(PlanesFacts, voice.derivation.findings.argument)


def sections(voice: Voice) -> Iterator[Titled]:
    """Likelihood, log-likelihood, shape, maximum, and the other parameters."""
    argument = _facts(voice)
    yield ("Likelihood",), tuple(likelihood_blocks(voice))
    yield ("Log-likelihood",), tuple(log_likelihood_blocks(voice))
    yield ("Shape",), tuple(_shape(voice, argument.search))
    yield ("Maximum",), tuple(_maximum(voice, argument.search))
    if argument.rest is not None:
        yield from corners_others.sections(voice, argument.search.parameters, argument.rest)


def _shape(voice: Voice, search: SearchFacts) -> Iterator[Block]:
    level = sp.Add(*(r * p for r, p in zip(search.rows, search.parameters, strict=True)), -search.offset)
    names = voice.names(search.parameters)
    yield say(
        "As a function of {names}, the term of {ell} that observation {i} contributes rises up to the plane",
        names=names,
        ell=make.name("ell"),
        i=make.name("i"),
    )
    yield display(line(voice.observed(level), "=", make.ZERO))
    yield say(
        "and falls beyond it, linearly on either side. So it is concave, and {ell}, their sum, is concave and linear on each "
        "cell that the {n} planes cut out. It has corners on them: the likelihood equations need not have a root, and where "
        "they hold, {ell} is flat.",
        ell=make.name("ell"),
        n=voice.write(voice.size),
    )


def _maximum(voice: Voice, search: SearchFacts) -> Iterator[Block]:
    k = make.number(len(search.parameters))
    yield say(
        "If the planes have no direction in common, {ell} falls along every line in the end, so it has a maximum, and one at "
        "a vertex: a point at which {k} of the observations are fitted exactly (Koenker 2005, Theorem 2.1). Through a vertex "
        "run finitely many edges, the lines along which {fewer} of these observations {stay} fitted exactly. A vertex is a "
        "maximum exactly when {ell} does not rise along any of them, because between neighbouring edges the slope is linear "
        "in the direction. If {ell} falls along every edge it is the only maximum. If {ell} stays the same along some, "
        "the points between the vertices so joined are maxima too.",
        ell=make.name("ell"),
        k=k,
        fewer=make.words("one") if len(search.parameters) == 2 else make.number(len(search.parameters) - 1),
        stay="stays" if len(search.parameters) == 2 else "stay",
    )
    yield say(
        "The maximum is found by going from vertex to vertex along edges on which {ell} rises. It rises each time, so the "
        "search ends.",
        ell=make.name("ell"),
    )


def result(voice: Voice) -> Iterator[Block]:
    """The vertex, and what it gives for the other parameters."""
    argument = _facts(voice)
    yield say(
        "{point} is a point at which {k} observations are fitted exactly and from which {ell} rises along no edge.",
        point=make.brackets(make.sequence(*map(voice.hat, argument.search.parameters))),
        k=make.number(len(argument.search.parameters)),
        ell=make.name("ell"),
    )
    if argument.rest is not None:
        yield from corners_others.result_blocks(voice, argument.rest)


TELLER = Teller(sections, result)
