"""Precision: observed and Fisher information, and the standard errors at an interior maximum."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp
from sympy import Expr

from symbolic_mle.algebra.sample import sealed
from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.document import Block, Inline, definitions, display, line, paragraph, row
from symbolic_mle.exposition.mathematics import Maths
from symbolic_mle.exposition.voice import Voice

LARGE = 40  # operations beyond which an entry is not shown


def precision_blocks(voice: Voice) -> Iterator[Block]:
    """Rows for what is derived; nothing where the theory of large samples does not apply."""
    facts, case = voice.derivation.precision, voice.derivation.cases[0]
    if case.kind != "interior" or facts.fisher is None or _is_large(facts.fisher):
        return
    rows = []
    parameters = tuple(voice.derivation.model.parameters)
    names = make.sequence(*map(voice.notation.write, parameters))
    if facts.observed is not None and not _is_large(facts.observed):
        hats = make.sequence(*map(voice.hatted.write, parameters))
        rows.append(_fact("Observed information", make.call(make.name("J"), hats), _drawn(voice, facts.observed)))
    rows.append(_fact("Fisher information", make.call(make.name("I"), names), _drawn(voice, facts.fisher * voice.derivation.model.size)))
    for parameter, error in (facts.errors or {}).items():
        if error.count_ops() <= LARGE:
            rows.append(_fact("Standard error", make.call("se", voice.hatted.write(parameter)), voice.notation.write(_tidy(error)), "approx"))
    yield definitions(*rows)
    means: list[Inline] = []
    for k, (total, value) in enumerate(facts.means.items()):
        means += [", " if k else "", make.chain(make.call("E", voice.notation.write(total)), "=",
                                               voice.notation.write(sealed(sp.factor_terms, voice.derivation.model.size * value)))]  # fmt: skip
    yield paragraph("The Fisher information uses ", *means, ", which the score gives, having expectation 0. "
                    "The standard errors hold for large n, at a true value inside the parameter space.")  # fmt: skip


def _fact(label: str, name: Maths, value: Maths, relation: str = "=") -> object:
    return row(label, display(line(name, relation, value)))


def _drawn(voice: Voice, matrix: sp.Matrix) -> Maths:
    entries = matrix.applyfunc(_tidy)
    return voice.notation.write(entries[0, 0] if entries.shape == (1, 1) else entries)


def _tidy(expr: Expr) -> Expr:
    return min((expr, sealed(sp.factor, expr), sealed(sp.factor_terms, expr)), key=lambda e: e.count_ops())


def _is_large(matrix: sp.Matrix) -> bool:
    return any(e.count_ops() > LARGE for e in matrix)
