"""Least squares: the sum of squares, its normal equations, the profile of the rest, and the data without a unique line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.arguments.least_squares.drawing import (
    argument_of,
    inner_voice,
    shortened,
    solution_lines,
    total_of,
    with_sums,
)
from symbolic_mle.exposition.arguments.least_squares.remaining import remaining, result
from symbolic_mle.exposition.arguments.teller import Teller
from symbolic_mle.exposition.document import Block, Inlines, Line, display, line
from symbolic_mle.exposition.forms import tidy
from symbolic_mle.exposition.mathematics import Maths
from symbolic_mle.exposition.prose import listed, phrase, say
from symbolic_mle.exposition.telling_conditions import short
from symbolic_mle.exposition.telling_equations import equation_blocks
from symbolic_mle.exposition.telling_log_likelihood import log_likelihood_blocks
from symbolic_mle.exposition.telling_maximum import maximum_blocks
from symbolic_mle.exposition.telling_model import likelihood_blocks
from symbolic_mle.exposition.telling_solution import Titled
from symbolic_mle.exposition.voice import Voice


def _sections(voice: Voice) -> Iterator[Titled]:
    argument = argument_of(voice)
    yield ("Likelihood",), tuple(likelihood_blocks(voice))
    yield ("Log-likelihood",), (*log_likelihood_blocks(voice), *_squares(voice, argument))
    yield _coefficients_title(voice, argument), tuple(_coefficients(voice, argument))
    if argument.rest is not None:
        yield _rest_title(voice, argument), tuple(_rest(voice, argument))
    others = tuple(remaining(voice, argument))
    if others:
        yield ("The remaining data",), others


def _squares(voice: Voice, argument: Any) -> Iterator[Block]:
    """That the coefficients enter through R alone, and what is minimised."""
    names = listed([voice.name(p) for p in argument.coefficients])
    lines = [line(_function(voice, argument, letter), "=", voice.write(total_of(voice, r)))
             for letter, r in argument.residuals.items()]  # fmt: skip
    others = tuple(p for p in voice.parameters if p not in argument.coefficients)
    fixed = phrase("For every value of {others}, ", others=voice.names(others)) if others else ()
    if len(lines) > 1 or not argument.normal_equations:
        yield say("{names} enter {ell} only through", names=names, ell=make.name("ell"))
        yield display(*lines)
        yield say(
            "{fixed}{ell} is a concave quadratic function of {names}.", fixed=fixed, ell=make.name("ell"), names=names
        )
        return
    letter = next(iter(argument.residuals))
    enters = "enters" if len(argument.coefficients) == 1 else "enter"
    yield say(
        "{names} {enters} {ell} only through the sum of squares", names=names, enters=enters, ell=make.name("ell")
    )
    yield display(*lines)
    yield say(
        "and {ell} decreases when it grows. {fixed}{the} maximum of {ell} is where {R} is smallest: maximum likelihood is "
        "{what} here.",
        ell=make.name("ell"),
        fixed=fixed,
        the="the" if others else "The",
        R=voice.write(letter),
        what=_loss(argument.residuals[letter], voice),
    )  # fmt: skip


def _loss(residual: Expr, voice: Voice) -> str:
    weighted = not isinstance(residual, (sp.Pow, sp.Add))
    return "weighted least squares" if weighted else "least squares"


def _function(voice: Voice, argument: Any, letter: Symbol) -> Maths:
    mine = [p for p in argument.coefficients if argument.residuals[letter].has(p)]
    return make.call(voice.write(letter), *map(voice.name, mine))


def _coefficients_title(voice: Voice, argument: Any) -> Inlines:
    return ("The least squares for ", *listed([voice.name(p) for p in argument.coefficients]))


def _coefficients(voice: Voice, argument: Any) -> Iterator[Block]:
    """The normal equations, their solution, and why it is the only minimiser."""
    one = len(argument.coefficients) == 1
    slopes = argument.normal_equations or argument.slopes
    head = voice.write(next(iter(argument.residuals))) if argument.normal_equations else make.name("ell")
    yield say("At the {end} its derivative is 0:" if one else "At the {end} all its partial derivatives are 0:",
              end="minimum" if argument.normal_equations else "maximum")  # fmt: skip
    yield display(*(_equation(voice, head, p, slope, one) for p, slope in slopes.items()))
    named = "This is the normal equation." if one else "These are the normal equations."
    yield say("{named} {solved}", named=named, solved=_solved_words(argument))
    shown = list(solution_lines(voice, argument))
    if shown:
        yield display(*shown)
    yield from _sums_blocks(voice, argument)
    yield _unique(voice, argument, head)


def _solved_words(argument: Any) -> str:
    if argument.conditional and len(argument.coefficients) > 1:
        return (
            "One coefficient is an average of what the others leave; with it put in, they are solved in deviations from "
            "the means:"
        )
    return "Solved, they give" if len(argument.coefficients) > 1 else "Solved, it gives"


def _equation(voice: Voice, head: Maths, parameter: Symbol, slope: Expr, one: bool) -> Line:
    partial = voice.notation.partial(head, parameter)
    return line(partial, "=", make.chain(voice.write(_gathered(slope, voice)), "=", make.ZERO))


def _gathered(slope: Expr, voice: Voice) -> Expr:
    """Σ −2xᵢ(yᵢ − …) → −2 Σ xᵢ(yᵢ − …)"""

    def pulled(total: DataSum) -> Expr:
        outside, inside = sp.factor_terms(total.summand).as_independent(*voice.model.observed, as_Add=False)
        slopes = [sp.expand(inside).coeff(y, 1) for y in voice.model.variables]
        if any(s.could_extract_minus_sign() for s in slopes):
            outside, inside = -outside, -inside
        return outside * DataSum(inside, voice.model.observed)

    return slope.replace(lambda e: isinstance(e, DataSum), pulled)


def _sums_blocks(voice: Voice, argument: Any) -> Iterator[Block]:
    if argument.sums:
        named = with_sums(voice, argument)
        yield say("with")
        yield display(*(line(named.write(s), "=", voice.write(total)) for s, total in argument.sums.items()))


def _unique(voice: Voice, argument: Any, head: Maths) -> Block:
    names = make.brackets(make.sequence(*map(voice.hat, argument.coefficients)))
    point = voice.hat(argument.coefficients[0]) if len(argument.coefficients) == 1 else names
    what, shape = ("minimiser", "convex") if argument.normal_equations else ("maximiser", "concave")
    others = tuple(p for p in voice.parameters if p not in argument.coefficients)
    condition: Inlines = ()
    if argument.full_rank is not None:
        condition = phrase(", provided {data}", data=short(with_sums(voice, argument), shortened(argument)))
    return say(
        "{head} is a {shape} quadratic function, strictly {shape}{condition}. So {point} is its unique {what}{every}.",
        head=head,
        shape=shape,
        condition=condition,
        point=point,
        what=what,
        every=phrase(", the same for every value of {others}", others=voice.names(others)) if others else (),
    )


def _rest_title(voice: Voice, argument: Any) -> Inlines:
    return ("The profile log-likelihood of ", *voice.names(tuple(argument.rest.model.parameters)))


def _rest(voice: Voice, argument: Any) -> Iterator[Block]:
    inner = inner_voice(voice, argument)
    least = [make.chain(inner.write(r), "=", _value_of(voice, argument, r)) for r in argument.residuals]
    yield say(
        "Put the coefficients in. With {least}, a number of the sample, the profile log-likelihood is",
        least=listed(least),
    )
    whole = argument.rest.likelihood.log_likelihood
    yield display(line(inner.function(0), "=", inner.write(tidy(whole, voice.size))))
    for stage, reduction in enumerate(argument.rest.findings.reductions):
        if stage:
            yield say("With {p} put in,", p=inner.name(argument.rest.findings.reductions[stage - 1].parameter))
            yield display(line(inner.function(stage), "=", inner.write(tidy(reduction.log_likelihood, voice.size))))
        slope = inner.function(stage, 1, reduction.parameter)
        yield display(line(slope, "=", inner.write(inner.score(stage, reduction.parameter))))
        yield from equation_blocks(inner, stage)
        yield from maximum_blocks(inner, stage)


def _value_of(voice: Voice, argument: Any, letter: Symbol) -> Maths:
    mine = [p for p in argument.coefficients if argument.residuals[letter].has(p)]
    return make.call(voice.write(letter), *map(voice.hat, mine))


TELLER = Teller(_sections, result)
