"""Precision: Fisher information, the observed information at the estimate, and the standard errors that they give.

Told only for an interior maximum, where the theory of large samples applies. The Fisher information is derived for full
exponential families, and for these the observed information at the estimate is that of the sample: J(θ̂) = n·I(θ̂),
because the Hessians differ by a multiple of Σ T − E Σ T, which is 0 there (Lehmann & Casella 1998, section 2.5).
"""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp
from sympy import Expr

from symbolic_mle.algebra.sample import sealed
from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.document import Block, Inlines, Row, definitions, display, line, row
from symbolic_mle.exposition.mathematics import Maths
from symbolic_mle.exposition.prose import listed, phrase, say
from symbolic_mle.exposition.telling_cases import has_boundary
from symbolic_mle.exposition.telling_remarks import expectation
from symbolic_mle.exposition.voice import Voice

LARGE = 40  # operations beyond which an entry is not shown


def precision_blocks(voice: Voice) -> Iterator[Block]:
    """Rows for what is derived; nothing where the theory of large samples does not apply."""
    facts, case = voice.derivation.precision, voice.derivation.cases[0]
    if case.kind != "interior" or facts.fisher is None or any(e.count_ops() > LARGE for e in facts.fisher):
        return
    information = (facts.fisher * voice.size).applyfunc(lambda e: _short(e, voice))
    names, hats = (make.sequence(*map(draw, voice.parameters)) for draw in (voice.name, voice.hat))
    rows = [
        _fact("Fisher information", make.call(make.name("I"), names), _drawn(voice, information)),
        _fact("Observed information", make.call(make.name("J"), hats), _drawn(voice, information, hats=True)),
    ]
    errors = list(_standard_errors(voice, information)) if facts.errors else []
    yield definitions(*rows, *errors)
    means = [
        make.chain(expectation(voice, total), "=", voice.write(_short(voice.size * m, voice)))
        for total, m in facts.means.items()
    ]
    yield say(
        "The Fisher information {I} of the sample follows from {means}, because the score has expectation 0. The "
        "model is a full exponential family, so the observed information at the estimate is {I} there.{errors}",
        I=make.name("I"),
        means=listed(means),
        errors=_when_errors_hold(voice) if errors else (),
    )


def _when_errors_hold(voice: Voice) -> Inlines:
    n, boundary = voice.write(voice.size), has_boundary(voice)
    return phrase(
        " The standard errors hold for large {n}, at a true value inside the parameter space{boundary}.",
        n=n,
        boundary="; at a boundary point they do not apply" if boundary else "",
    )


def _standard_errors(voice: Voice, information: sp.Matrix) -> Iterator[Row]:
    """√ of the diagonal of the inverse information, at the estimate."""
    inverse = information.inv()
    for k, parameter in enumerate(voice.parameters):
        variance = _facing(sealed(sp.factor, inverse[k, k]), voice)
        if variance.count_ops() <= LARGE:
            yield _fact("Standard error", make.call("se", voice.hat(parameter)), _root(voice, variance), "approx")


def _root(voice: Voice, variance: Expr) -> Maths:
    """θ̂/√n for √(θ̂²/n), and √(p̂(1 − p̂)/n)."""
    root = sp.sqrt(variance)
    if any(p.base.is_Add for p in root.atoms(sp.Pow) if p.exp.is_Rational and p.exp.q == 2):
        return make.root(voice.write_hatted(variance))
    return voice.write_hatted(root)


def _fact(label: str, name: Maths, value: Maths, relation: str = "=") -> Row:
    return row(label, display(line(name, relation, value)))


def _drawn(voice: Voice, matrix: sp.Matrix, hats: bool = False) -> Maths:
    notation = voice.hatted if hats else voice.notation
    return notation.write(matrix[0, 0] if matrix.shape == (1, 1) else matrix)


def _short(expr: Expr, voice: Voice) -> Expr:
    """The shortest form."""
    forms = (expr, sealed(sp.factor, expr), sealed(sp.factor_terms, expr))
    return _facing(min(forms, key=lambda e: e.count_ops()), voice)


def _facing(expr: Expr, voice: Voice) -> Expr:
    """1 − p rather than p − 1, for p < 1."""
    for parameter, interval in voice.model.parameters.items():
        if interval.upper.is_finite:
            expr = _turned(expr, parameter - interval.upper)
    return expr


def _turned(product: Expr, gap: Expr) -> Expr:
    """−a/(p − 1) → a/(1 − p)"""
    factors = list(sp.Mul.make_args(product))
    for k, factor in enumerate(factors):
        base, exponent = factor.as_base_exp()
        if base == gap and exponent.is_Integer:
            factors[k] = (-1) ** exponent * (-gap) ** exponent
    return sp.Mul(*factors)
