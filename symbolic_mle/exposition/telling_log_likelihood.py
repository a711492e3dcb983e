"""The log-likelihood, through what the data enter it, and the score."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp
from sympy import Expr

from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.document import Block, display, line
from symbolic_mle.exposition.forms import pulled, summed
from symbolic_mle.exposition.mathematics import Maths
from symbolic_mle.exposition.prose import listed, say
from symbolic_mle.exposition.squares import Squares
from symbolic_mle.exposition.voice import Voice


def log_likelihood_blocks(voice: Voice) -> Iterator[Block]:
    """ℓ as a sum, term by term; what plays no part in the maximum; through what the data enter."""
    log = make.chain(make.name("ell"), "=", make.call("log", make.name("L")))
    yield say("The logarithm is increasing, so {log} has the same maximisers as {L}:", log=log, L=make.name("L"))
    lines = [line(voice.notation.log_likelihood(), "=", voice.plain.sum_over_sample(voice.log_density))]
    lines += [line(None, "=", drawn) for drawn in _sums(voice) if drawn != lines[0].right]
    yield display(*lines)
    yield from _without_parameters(voice)
    yield from _sufficiency(voice)
    if voice.squares is not None:
        yield from _squares(voice, voice.squares)


def _sums(voice: Voice) -> Iterator[Maths]:
    """ℓ term by term, then with data and parameters parted, where that says more."""
    first = voice.termwise
    unparted = any(total.free_symbols & set(voice.parameters) for total in first.atoms(DataSum))
    if voice.squares is not None or (unparted and not voice.derivation.likelihood.mixed):
        yield voice.plain.write(first)
    if voice.squares is None:
        yield voice.write(voice.separated)


def _shown_last(voice: Voice) -> Expr:
    return voice.termwise if voice.squares is not None else voice.separated


def _without_parameters(voice: Voice) -> Iterator[Block]:
    """The terms that do not move the maximum."""
    free = [t for t in sp.Add.make_args(_shown_last(voice)) if not t.free_symbols & set(voice.parameters)]
    if not free or free == [0]:
        return
    one = len(free) == 1
    shown = -free[0] if one and free[0].could_extract_minus_sign() else sp.Add(*free)
    yield say(
        "The term {shown} does not involve {names} and does not move the maximum."
        if one
        else "The terms {shown} do not involve {names} and do not move the maximum.",
        shown=voice.plain.write(shown),
        names=voice.names(last=" or "),
    )


def _sufficiency(voice: Voice) -> Iterator[Block]:
    """The statistics through which alone the data enter, when the support says nothing more."""
    likelihood, model = voice.derivation.likelihood, voice.model
    if likelihood.mixed or model.support.free_symbols & set(voice.parameters):
        return
    statistics = _statistics(voice)
    if 1 <= len(statistics) <= 3:
        yield say(
            "The data enter only through {statistics}, which {are} sufficient for {names}.",
            statistics=listed([voice.plain.write(s) for s in statistics]),
            are="is" if len(statistics) == 1 else "are jointly",
            names=make.brackets(make.sequence(*map(voice.name, voice.parameters))) if voice.several else voice.names(),
        )


def _statistics(voice: Voice) -> list[Expr]:
    """Σ T(xᵢ) for every T that ends in ℓ with a coefficient of the parameters; multiples of one are one."""
    found: list[Expr] = []
    for _, statistic in voice.derivation.likelihood.parted:
        _, shape = statistic.as_independent(*voice.model.observed, as_Add=False)
        total = pulled(summed(shape, voice.model.observed, voice.size))
        total = total.as_independent(DataSum, as_Add=True)[1]
        if total.has(DataSum) and total not in found and -total not in found:
            found.append(-total if total.could_extract_minus_sign() else total)
    return found


def _squares(voice: Voice, squares: Squares) -> Iterator[Block]:
    """∑ᵢ (xᵢ − μ)² parted at the mean."""
    if voice.alias is not None:
        quantity, name = voice.alias
        yield say(
            "Write {named}.", named=make.chain(voice.notation.observed(name), "=", voice.plain.observed(quantity))
        )
    mean, centre = voice.write(squares.mean), voice.write(squares.centre)
    difference = make.total(mean, make.negative(centre))
    deviations = voice.write(DataSum(squares.spread.summand.base, squares.spread.variables))
    yield say(
        "The squares are parted at the mean {mean}. The cross term {cross} is 0, because deviations from the mean sum "
        "to 0:",
        mean=mean,
        cross=make.product(make.number(2), make.brackets(difference), deviations),
    )
    yield display(
        line(voice.write(squares.total), "=", make.total(voice.write(squares.spread), voice.write(squares.parted))),
        line(voice.notation.log_likelihood(), "=", voice.write(squares.log_likelihood)),
    )


def score_blocks(voice: Voice) -> Iterator[Block]:
    """The partial derivatives."""
    yield display(*(line(voice.notation.score(p), "=", voice.write(voice.score(0, p))) for p in voice.parameters))
