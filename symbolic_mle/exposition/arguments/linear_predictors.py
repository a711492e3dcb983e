"""Concave log-likelihoods in linear predictors: the score, why every solution is a maximum, and when there is one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sympy as sp
from sympy import Expr

from symbolic_mle.algebra.sample import outermost_sums
from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.arguments.teller import Teller
from symbolic_mle.exposition.document import Block, cases, display, line, row
from symbolic_mle.exposition.prose import listed, say
from symbolic_mle.exposition.telling_log_likelihood import log_likelihood_blocks
from symbolic_mle.exposition.telling_model import likelihood_blocks
from symbolic_mle.exposition.telling_solution import Titled
from symbolic_mle.exposition.voice import Voice

RULES = {
    "log-sum-exp": "the logarithm of a sum of exponentials is convex",
    "exp": "the exponential is convex",
    "square": "a square is convex",
    "probit": "the normal distribution function is log-concave",
    "log-log": "log(1 − exp(−exp u)) is concave in u",
}


def _sections(voice: Voice) -> Iterator[Titled]:
    argument: Any = voice.derivation.findings.argument
    yield ("Likelihood",), tuple(likelihood_blocks(voice))
    yield ("Log-likelihood",), (*log_likelihood_blocks(voice), _loss(voice, argument))
    yield ("Score",), tuple(_score(voice, argument))
    yield ("Every solution is a global maximum",), (_concave(voice, argument),)
    yield ("Is there a solution?",), tuple(_existence(voice, argument))


def _loss(voice: Voice, argument: Any) -> Block:
    ell = make.name("ell")
    if argument.discrete:
        return say(
            "The largest {ell} is the smallest {loss}: what is minimised is the cross-entropy of the observations under "
            "their probabilities in the model.",
            ell=ell,
            loss=make.negative(ell),
        )
    return say(
        "The largest {ell} is the smallest {loss}, the loss that is minimised.", ell=ell, loss=make.negative(ell)
    )


# ------------------------------------------------------------------ the score


def _score(voice: Voice, argument: Any) -> Iterator[Block]:
    """∂ℓ/∂b = ∑ᵢ xᵢ (yᵢ − μᵢ), where it has that form."""
    terms = {p: _summand(slope, voice) for p, slope in argument.slopes.items()}
    mean = _common_mean([t for t in terms.values() if t is not None], voice)
    name = sp.Symbol(voice.letter("mu", "m", "h"))
    if mean is None or None in terms.values():
        yield display(*(line(voice.notation.score(p), "=", voice.write(s)) for p, s in argument.slopes.items()))
    else:
        (y,) = voice.model.variables
        notation = voice.notation.with_names({name: make.name(name.name, voice.notation.index)})
        lines = []
        for p, term in terms.items():
            share = sp.cancel(sp.diff(term, y))
            lines.append(line(voice.notation.score(p), "=", notation.sum_over_sample(share * (y - name))))
        yield display(*lines)
        yield say("where the mean of {y} is", y=voice.notation.observed(y))
        yield display(line(notation.write(name), "=", voice.notation.observed(mean)))
    zeros = listed([make.chain(voice.notation.score(p), "=", make.ZERO) for p in argument.slopes])
    yield say("At a maximum {zeros}. These equations have no solution in closed form.", zeros=zeros)


def _summand(slope: Expr, voice: Voice) -> Expr | None:
    """g with ∂ℓ/∂θ = Σ g(xᵢ)."""
    sums = outermost_sums(slope)
    slots = {s: sp.Dummy() for s in sums}
    opened = sp.expand(slope.xreplace(slots))
    total = opened.coeff(voice.size, 1)
    rest = sp.expand(opened - total * voice.size)
    if total.has(*slots.values()) or rest.xreplace(dict.fromkeys(slots.values(), sp.Integer(0))) != 0:
        return None
    back: dict[Expr, Expr] = {d: s.summand for s, d in slots.items()}
    return (rest.xreplace(back) + total) if all(not rest.coeff(d).has(*slots.values()) for d in back) else None


def _common_mean(terms: list[Expr], voice: Voice) -> Expr | None:
    """m, where every term is c·(y − m) with c free of y and of the parameters."""
    if len(voice.model.variables) != 1:
        return None
    (y,) = voice.model.variables
    found: Expr | None = None
    for term in terms:
        share = sp.cancel(sp.diff(term, y))
        if share == 0 or share.has(y, *voice.parameters, sp.Piecewise, sp.Derivative):
            return None
        mean = sp.expand_mul(sp.cancel(y - sp.expand_mul(term) / share))
        mean = sp.powsimp(sp.factor_terms(mean), deep=True)
        if mean.has(y) or (found is not None and sp.simplify(mean - found) != 0):
            return None
        found = mean if found is None else found
    return found


# ------------------------------------------------------------------ concavity and existence


def _concave(voice: Voice, argument: Any) -> Block:
    predictors = [voice.notation.observed(p) for p in argument.predictors]
    return say(
        "The parameters enter the log-density of an observation through {predictors}, which {are} linear in them. Apart "
        "from linear terms it has terms that are concave, for {rules}; and a sum of concave functions is concave. So "
        "{ell} is concave in {names}, and wherever all its derivatives are 0 it has a global maximum.",
        predictors=listed(predictors),
        are="is" if len(predictors) == 1 else "are",
        rules=listed([RULES[r] for r in argument.rules]),
        ell=make.name("ell"),
        names=voice.names(),
    )


def _existence(voice: Voice, argument: Any) -> Iterator[Block]:
    ell = make.name("ell")
    yield say(
        "A concave function has a maximum unless it rises for ever in some direction. Move the parameters to infinity in a "
        "direction {d}: far out {ell} falls at least like a line, unless no observation becomes less likely. Whether "
        "there is such a direction is a question of linear inequalities with the data as coefficients. It is decided on "
        "the data without rounding:",
        d=make.name("d"),
        ell=ell,
    )
    yield cases(
        row(
            "some direction makes an observation more likely, and none less",
            say(
                "The data are separated. From every point {ell} rises for ever in that direction: its supremum is not "
                "attained, and no maximum likelihood estimate exists{source}.",
                ell=ell,
                source=" (Albert and Anderson 1984)" if "log-sum-exp" in argument.rules else "",
            ),
        ),
        row(
            "every such direction leaves all observations as they are",
            say(
                "{ell} has a maximum, and every point on the line (or plane …) through it in such directions is one: the "
                "data do not determine all parameters, as when covariates are constant or collinear.",
                ell=ell,
            ),
        ),
        row(
            "there is no such direction",
            say("{ell} is strictly concave and has exactly one maximum (Rockafellar 1970, theorem 27.1).", ell=ell),
        ),
    )


def _result(voice: Voice) -> Iterator[Block]:
    zeros = listed([make.chain(voice.notation.score(p), "=", make.ZERO) for p in voice.parameters])
    point = (
        make.brackets(make.sequence(*map(voice.hat, voice.parameters)))
        if voice.several
        else voice.hat(voice.parameters[0])
    )
    yield say(
        "Unless the data are separated, {point} is the solution of {zeros}, found by Newton’s method: the global maximum, "
        "and the only one when the data determine all parameters.",
        point=point,
        zeros=zeros,
    )


TELLER = Teller(_sections, _result)
