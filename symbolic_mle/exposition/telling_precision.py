"""Precision: Fisher information, the observed information at the estimate, and the standard errors that they give.

Told only for an interior maximum of a model to which the theory of large samples applies; else why it does not. Where the score
alone gives the expectations in the Fisher information, the observed information at θ̂ is J(θ̂) = n·I(θ̂).
"""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp
from sympy import Expr

from symbolic_mle.algebra.matrices import inverse
from symbolic_mle.algebra.sample import sealed
from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.document import Block, Inlines, Row, definitions, display, line, row
from symbolic_mle.exposition.facts import InformationFacts
from symbolic_mle.exposition.forms import summed
from symbolic_mle.exposition.mathematics import Maths
from symbolic_mle.exposition.notation import Notation
from symbolic_mle.exposition.prose import listed, phrase, say
from symbolic_mle.exposition.telling_cases import has_boundary
from symbolic_mle.exposition.voice import Voice

LARGE = 40  # operations beyond which an entry is not shown
MIDDLE = 14  # operations beyond which an expectation is not written out


def precision_blocks(voice: Voice) -> Iterator[Block]:
    """Rows for what is derived; why there is none, where the theory of large samples does not apply."""
    facts, case = voice.derivation.precision, voice.derivation.cases[0]
    if facts.failure:
        if case.kind != "unknown" and voice.derivation.findings.argument is None:  # else the result says so
            yield say(
                "The theory of large samples, with its Fisher information and standard errors, does not apply here: {why}.",
                why=reason(voice, facts.failure),
            )
        return
    if case.kind not in ("interior", "unknown") or facts.information is None:
        return
    shown = Shown(voice, facts.information)
    if any(e.count_ops() > LARGE for e in shown.information):
        return
    agrees = facts.information.observed_agrees and case.kind == "interior"
    names, hats = (make.sequence(*map(draw, voice.parameters)) for draw in (voice.name, voice.hat))
    rows = [_fact("Fisher information", make.call(make.name("I"), names), shown.draw(shown.information))]
    if agrees:
        rows.append(_fact("Observed information", make.call(make.name("J"), hats), shown.draw(shown.information, True)))
    errors = list(_standard_errors(shown)) if case.kind == "interior" and facts.information.closed else []
    yield definitions(*rows, *errors)
    yield say(
        "{origin}{agrees}{errors}",
        origin=_origin(shown, facts.information),
        agrees=_agreement(shown) if agrees and facts.information.means else (),
        errors=_when_errors_hold(voice) if errors else (),
    )


def reason(voice: Voice, text: str) -> Inlines:
    """A failed condition, with the names drawn."""
    moving = [p for p in voice.parameters if p in voice.model.support.free_symbols]
    return (
        phrase("the support depends on {names}", names=voice.names(moving)) if moving and "support" in text else (text,)
    )


class Shown:
    """The information of the sample in the form in which it is shown."""

    def __init__(self, voice: Voice, facts: InformationFacts) -> None:
        self.voice, self.facts = voice, facts
        self.stated = {e.value: (sp.Dummy("E", real=True), t) for t, e in facts.means.items() if e.by == "stated"}
        matrix = facts.matrix.xreplace({value: slot for value, (slot, _) in self.stated.items()})
        if voice.model.covariates:
            information = matrix.applyfunc(lambda e: summed(e, voice.model.observed, voice.size))
        else:
            information = matrix * voice.size
        self.information = information.applyfunc(lambda e: short(e, voice))

    @property
    def notation(self) -> Notation:
        """With E[T] for the expectations that have no closed form."""
        return self.voice.notation.with_names({slot: self.mean(t) for slot, t in self.stated.values()})

    def draw(self, matrix: sp.Matrix, hats: bool = False) -> Maths:
        notation = self.notation.with_hats() if hats else self.notation
        return notation.write(matrix[0, 0] if matrix.shape == (1, 1) else matrix)

    def mean(self, statistic: Expr) -> Maths:
        """E[log X]"""
        notation = self.voice.notation
        names = {x: x.name.upper() for x in self.voice.model.variables if len(x.name) == 1 and x.name.islower()}
        if not set(names.values()) & notation.spellings:
            notation = notation.with_names({x: make.name(large) for x, large in names.items()})
        return make.row(make.words("E"), make.brackets(notation.write(statistic), "[]"))


def _origin(shown: Shown, facts: InformationFacts) -> Inlines:
    """Where the expectations come from."""
    voice = shown.voice
    covariates = listed([voice.write(z) for z in voice.model.covariates])
    whose = phrase("of the sample, given {z},", z=covariates) if voice.model.covariates else ("of the sample",)
    free = "the response" if voice.model.covariates else "the data"
    head = phrase("The Fisher information {I} {whose} ", I=make.name("I"), whose=whose)
    if facts.by == "points":
        return head + phrase(
            "is the sum of the squared score over the values of an observation, each with its probability."
        )
    groups = [_group(shown, facts, kinds, why) for kinds, why in _REASONS]
    found = [g for g in groups if g]
    unknown = [t for t, e in facts.means.items() if e.by == "stated"]
    if unknown and not found:
        return head + (
            "is stated as an expectation, for which no closed form was found; its value at an estimate is computed.",
        )
    if not found:
        return head + (f"is minus the second derivative of the log-likelihood, which does not contain {free}.",)
    which = listed([shown.mean(t) if t.count_ops() <= MIDDLE else "the last expectation" for t in unknown])
    end = (
        phrase(" For {which} no closed form was found; its value at an estimate is computed.", which=which)
        if unknown
        else ()
    )
    return head + ("follows from ",) + listed(found, "; and from ") + (".", *end)


_REASONS = (
    (("score", "score+"), ", because the score has expectation 0"),
    (("points", "mass"), ", a probability"),
    (("integral",), ", by integration"),
)


def _group(shown: Shown, facts: InformationFacts, kinds: tuple[str, ...], why: str) -> Inlines:
    """E[X] = μ and E[X²] = μ² + σ², because …"""
    means = {t: e for t, e in facts.means.items() if e.by in kinds}
    if not means:
        return ()
    if any(max(t.count_ops(), e.value.count_ops()) > MIDDLE for t, e in means.items()):
        return ("the expectation of minus the second derivatives of the log-likelihood", why)
    voice = shown.voice
    return (
        *listed([make.chain(shown.mean(t), "=", voice.write(short(e.value, voice))) for t, e in means.items()]),
        why,
    )


def _agreement(shown: Shown) -> Inlines:
    return phrase(
        " At the estimate the likelihood equations say the same of the averages of the sample, so the observed "
        "information there is {I}.",
        I=make.name("I"),
    )


def _when_errors_hold(voice: Voice) -> Inlines:
    n, boundary = voice.write(voice.size), has_boundary(voice)
    return phrase(
        " The standard errors hold for large {n}, at a true value inside the parameter space{boundary}.",
        n=n,
        boundary="; at a boundary point they do not apply" if boundary else "",
    )


def _standard_errors(shown: Shown) -> Iterator[Row]:
    """√ of the diagonal of the inverse information, at the estimate."""
    voice = shown.voice
    too_long = sum(e.count_ops() for e in shown.information) > 2 * LARGE
    covariance = None if too_long or voice.model.covariates else inverse(shown.information)
    if covariance is None:
        return
    for k, parameter in enumerate(voice.parameters):
        variance = facing(covariance[k, k], voice)
        if variance.count_ops() <= LARGE:
            yield _fact("Standard error", make.call("se", voice.hat(parameter)), _root(voice, variance), "approx")


def _root(voice: Voice, variance: Expr) -> Maths:
    """θ̂/√n for √(θ̂²/n), and √(p̂(1 − p̂)/n)."""
    outside, inside = sp.S.One, sp.S.One
    for factor in sp.Mul.make_args(variance):
        base, exponent = factor.as_base_exp()
        if base.is_positive and not base.is_Add and exponent.is_Integer and exponent % 2 == 0:
            outside *= base ** (exponent / 2)
        else:
            inside *= factor
    if any(p.base.is_Add for p in sp.sqrt(inside).atoms(sp.Pow) if p.exp.is_Rational and p.exp.q == 2):
        return make.product(voice.write_hatted(outside), make.root(voice.write_hatted(inside)))
    return voice.write_hatted(outside * sp.sqrt(inside))


def _fact(label: str, name: Maths, value: Maths, relation: str = "=") -> Row:
    return row(label, display(line(name, relation, value)))


def short(expr: Expr, voice: Voice) -> Expr:
    """The shortest form."""
    forms = (expr, sealed(sp.factor, expr), sealed(sp.factor_terms, expr))
    return facing(min(forms, key=lambda e: e.count_ops()), voice)


def facing(expr: Expr, voice: Voice) -> Expr:
    """1 − p rather than p − 1, for p < 1."""
    for parameter, interval in voice.model.parameters.items():
        if interval.upper.is_finite:
            expr = _turned(expr, parameter - interval.upper)
    return expr


def _turned(product: Expr, gap: Expr) -> Expr:
    """−a/(p − 1) → a/(1 − p)"""
    factors, sign = [], 1
    for factor in sp.Mul.make_args(product):
        base, exponent = factor.as_base_exp()
        turns = base == gap and exponent.is_Integer
        sign *= (-1) ** exponent if turns else 1
        factors.append((-gap) ** exponent if turns else factor)
    return sp.Mul(sign, *factors)
