"""Expectation, variance and law of θ̂ for every n, where they are known: the ways in their order, each a file in ``exact_laws``.

They are about the formula of the generic case, so that has to be the estimator for almost all data: the other cases must have
probability 0 (an equation among continuous observations), agree with the formula, or be discrete data without a maximum, which
the telling mentions. Where an inequality parts the data, as for max(x̄, 0), nothing is stated.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.sample import outermost_statistics, outermost_sums
from symbolic_mle.inference.exact_laws.averages import Family, average, spread
from symbolic_mle.inference.exact_laws.extremes import excess, extreme
from symbolic_mle.inference.exact_laws.facts import FiniteSample
from symbolic_mle.inference.exact_laws.gamma_sums import power_of_sum
from symbolic_mle.inference.exact_laws.normal_samples import normal_facts
from symbolic_mle.records import Case, Existence, Specification
from symbolic_mle.stages.likelihood import Likelihood


def finite_sample_facts(
    likelihood: Likelihood, model: Specification, cases: tuple[Case, ...]
) -> tuple[FiniteSample, ...]:  # fmt: skip
    """What is known for every n of the estimators of the generic case that are formulas."""
    case, *others = cases
    if any(not _negligible(other, case, model) for other in others):
        return ()
    if case.existence is not Existence.ATTAINED or case.others or not model.checked or len(model.variables) != 1:
        return ()
    normal = {f.parameter: f for f in normal_facts(likelihood, model)} if case.kind == "interior" else {}
    found = {**normal, **{f.parameter: f for f in _by_formula(likelihood, model, case, set(normal))}}
    return tuple(found[p] for p in model.parameters if p in found)


def _negligible(other: Case, generic: Case, model: Specification) -> bool:
    """Does another case leave what is said of the formula of the generic one as it is?"""
    if other.kind == "impossible" or (not model.discrete and any(c.relation == "=" for c in other.conditions)):
        return True
    if not model.discrete:
        return False
    if other.existence in (Existence.NOT_ATTAINED, Existence.UNBOUNDED):
        return True
    every = [c for c in other.conditions if c.meaning == "every" and c.quantity in model.variables]
    if other.existence is not Existence.ATTAINED or len(every) != 1 or other.ranges or other.others:
        return False
    ((x,), value) = model.variables, every[0].value
    at = {p: _at_equal(e, x, value, model) for p, e in generic.estimators.items()}
    return all(sp.cancel(e - other.estimators.get(p, sp.nan)) == 0 for p, e in at.items())


def _at_equal(expr: Expr, x: Symbol, value: Expr | None, model: Specification) -> Expr:
    """The formula where every observation has this value: Σ g(xᵢ) = n·g(v)."""
    sums = {s: model.size * s.summand.xreplace({x: value}) for s in outermost_sums(expr)}
    return expr.xreplace(sums)


def _by_formula(
    likelihood: Likelihood, model: Specification, case: Case, known: set[Symbol]
) -> Iterator[FiniteSample]:  # fmt: skip
    """Of the estimators that are formulas in statistics whose law is known."""
    if model.covariates or any(not r.free_symbols <= model.support.free_symbols for r in model.restrictions):
        return
    family = Family(likelihood, model)
    for parameter, value in case.estimators.items():
        if parameter not in known and not value.free_symbols & set(model.parameters):
            found = _facts(parameter, value, family)
            if found is not None:
                yield found


def _facts(parameter: Symbol, value: Expr, family: Family) -> FiniteSample | None:
    if outermost_statistics(value) - outermost_sums(value):
        return extreme(parameter, value, family.model) or excess(parameter, value, family.model)
    if family.model.support.free_symbols & set(family.model.parameters):
        return None
    law = power_of_sum(parameter, value, family)
    found = average(parameter, value, family) or spread(parameter, value, family)
    if found is None or law is None:
        return found or law
    return replace(found, exact=law.exact)
