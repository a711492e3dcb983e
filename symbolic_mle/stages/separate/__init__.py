"""Parameters with separate values, where there is no derivative: integers, and finite sets.

ratio.py        L(N + 1)/L(N), one observation's share
falling.py      why it is decreasing in N, or passes 1 only once
integers.py     the maximum over the integers from it
profiled.py     an integer beside real parameters
finite_sets.py  the comparison of finitely many likelihoods
"""

from __future__ import annotations

from dataclasses import replace

import sympy as sp
from sympy import Expr

from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.records import Specification
from symbolic_mle.stages.likelihood import Likelihood
from symbolic_mle.stages.separate.finite_sets import among_points
from symbolic_mle.stages.separate.integers import among_integers
from symbolic_mle.stages.separate.profiled import with_others
from symbolic_mle.stages.solution.cases import Findings

__all__ = ["attempt"]

MANY = 200  # integers that are not compared one by one


def attempt(likelihood: Likelihood, model: Specification) -> Findings | None:
    """The findings for a model whose only parameter takes separate values, or one of them an integer."""
    if model.restrictions:
        return None
    if len(model.parameters) != 1:
        return with_others(likelihood, model)
    (parameter,) = model.parameters
    if parameter in model.points:
        return among_points(likelihood, model)
    interval = model.parameters[parameter]
    if not interval.integer:
        return None
    found = among_integers(likelihood, model)
    if found is not None or not (interval.lower.is_number and interval.upper.is_number):
        return found
    values = whole_numbers(interval)
    return among_points(likelihood, replace(model, points={parameter: values})) if values else None


def whole_numbers(interval: Interval) -> tuple[Expr, ...]:
    """The integers of a bounded interval; () where they are many."""
    if not (interval.lower.is_finite and interval.upper.is_finite) or interval.upper - interval.lower > MANY:
        return ()
    first, last = int(sp.ceiling(interval.lower)), int(sp.floor(interval.upper))
    return tuple(sp.Integer(k) for k in range(first, last + 1) if interval.contains(k))
