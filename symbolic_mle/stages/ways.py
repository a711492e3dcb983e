"""The ways to a maximum: the score where it finds it, and a way of its own for each kind of model where it does not.

A way looks at a model and returns its findings, or None when the model is not of its kind or its theorem does not apply.
Its findings carry an ``argument``: the facts that it found, told by ``exposition.arguments``. To add a way: a package beside
``solution`` with ``attempt``, a line in ``WAYS``, and a teller.
"""

from __future__ import annotations

from collections.abc import Callable

from symbolic_mle.records import Specification
from symbolic_mle.stages import (
    constrained,
    corners,
    degenerate,
    least_squares,
    linear_predictor,
    mirrored,
    moments,
    moving,
    ordered,
    reflected,
    restricted,
    separate,
    simplex,
)
from symbolic_mle.stages.likelihood import Likelihood
from symbolic_mle.stages.scope import out_of_scope, undecided
from symbolic_mle.stages.solution.cases import Findings, find_cases

Way = Callable[[Likelihood, Specification], Findings | None]

WAYS: tuple[Way, ...] = (
    degenerate.attempt,
    moving.attempt,
    mirrored.attempt,
    corners.attempt,
    least_squares.attempt,
    linear_predictor.attempt,
    moments.attempt,
    separate.attempt,
    restricted.attempt,
    reflected.attempt,
    ordered.attempt,
    simplex.attempt,
    constrained.attempt,
    simplex.attempt_concave,
)
"""Tried in this order before the score."""


def find(likelihood: Likelihood, model: Specification) -> Findings:
    """The findings of the first way that applies; an honest "unknown" when none does."""
    for way in WAYS:
        found = way(likelihood, model)
        if found is not None:
            return found
    reason = out_of_scope(model)
    return undecided(likelihood, reason) if reason else find_cases(likelihood.log_likelihood, model)
