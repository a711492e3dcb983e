"""Which mistake was made? Computed by undoing candidates: a dropped term put back, a sign changed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

import sympy as sp
from sympy import Expr

from symbolic_mle.algebra.numeric import ExactEvaluator
from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.marking.agreement import Valued, formula_fits, holds_at_maximum, valued
from symbolic_mle.marking.bench import Place
from symbolic_mle.marking.desk import Desk
from symbolic_mle.marking.evaluation import DIGITS
from symbolic_mle.marking.labels import Label
from symbolic_mle.marking.sign_errors import sign_changes
from symbolic_mle.reading.syntax import Negative, Node

MOST = 24  # changed formulas that are tried


def log_terms(density: Expr) -> Iterator[Expr]:
    """The terms of log f as a student writes them, factor by factor: (x/s)^(k−1) → (k−1) log x, −(k−1) log s."""
    if density.is_Mul:
        for factor in density.args:
            yield from log_terms(factor)
    elif isinstance(density, sp.exp):
        yield from sp.Add.make_args(density.args[0])
        yield from sp.Add.make_args(sp.expand(density.args[0]))
    elif density.is_Pow:
        for term in log_terms(density.base):
            yield density.exp * term
            yield from sp.Add.make_args(sp.expand(density.exp * term))
    else:
        yield sp.log(density)


def term_values(desk: Desk) -> list[tuple[Expr, Valued]]:
    """The terms of log L that depend on a parameter, as functions of place and parameter values."""
    likelihood = desk.bench.truth.likelihood
    parameters = set(likelihood.model.parameters)
    terms = [t for t in dict.fromkeys(log_terms(likelihood.model.density)) if t.free_symbols & parameters]
    return [(t, _summed(t, desk)) for t in terms[:16]]


def _summed(term: Expr, desk: Desk) -> Valued:
    likelihood = desk.bench.truth.likelihood
    total = DataSum(term, likelihood.model.observed)
    symbols = {s.name: s for s in likelihood.names}
    compiled: dict[Place, ExactEvaluator] = {}

    def at(place: Place, values: Any) -> Any:
        if place not in compiled:
            compiled[place] = ExactEvaluator.of(
                total, likelihood.names, place.trial.sample, likelihood.model.size, DIGITS
            )
        numbers = {symbols[n]: v for n, v in values.items() if n in symbols}
        return desk.bench.truth.context.mpf(compiled[place]({**place.trial.known, **numbers}))

    return at


def dropped_term(label: Label, node: Node, desk: Desk) -> Expr | None:
    """The term of log L that makes the formula right when it is put back."""
    for term, value in term_values(desk):
        if formula_fits(label, node, desk, value):
            return term
    return None


def sign_slip(label: Label, node: Node, desk: Desk) -> bool:
    """Is the formula right with one sign changed?"""
    return any(formula_fits(label, changed, desk, profile=False) for changed in islice(sign_changes(node), MOST))


def equation_sign_slip(left: Node, right: Node, desk: Desk) -> bool:
    """Does the maximiser solve the equation with one sign changed?"""
    whole: list[tuple[Node, Node]] = [(left, Negative(right.start, right.end, right))]
    changed_left = ((changed, right) for changed in sign_changes(left))
    changed_right = ((left, changed) for changed in sign_changes(right))
    tried = chain(whole, islice(changed_left, MOST), islice(changed_right, MOST))
    return any(holds_at_maximum(valued(a, desk), valued(b, desk), desk) for a, b in tried)
