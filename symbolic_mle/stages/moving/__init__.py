"""Support that depends on the parameters: the maximum over the values that allow every observation.

isolation     one relation, solved for the observation or for a parameter
edges         every xᵢ in the support, as bounds on the extreme values of the sample
boundary      the density at an end that moves
bounds        the feasible interval of one parameter
trend         ℓ rises or falls all over it
elimination   one parameter after another to its end
rest          the score, for the parameters that are left
cases         what happens for which data
argument      the facts, as they are told
"""

from __future__ import annotations

from dataclasses import replace

import sympy as sp
from sympy import Symbol

from symbolic_mle.records import Specification
from symbolic_mle.stages.inner import Inner
from symbolic_mle.stages.likelihood import Likelihood, build_likelihood
from symbolic_mle.stages.moving.argument import EndsAsParameters, MovingSupport
from symbolic_mle.stages.moving.boundary import Edgewise, density_at
from symbolic_mle.stages.moving.cases import cases_of
from symbolic_mle.stages.moving.edges import Constraint, constraints_of, edge_region
from symbolic_mle.stages.moving.elimination import Search, eliminate
from symbolic_mle.stages.moving.ends_as_parameters import by_ends, in_old_parameters
from symbolic_mle.stages.moving.interior import solve_between
from symbolic_mle.stages.moving.rest import solve_rest, stated_case
from symbolic_mle.stages.moving.unbounded import find_growth
from symbolic_mle.stages.solution.cases import Findings
from symbolic_mle.stages.steps import write_steps


def attempt(likelihood: Likelihood, model: Specification) -> Findings | None:
    """The maximum of a likelihood whose support moves; None for other models, and where the theorems do not reach."""
    if not model.support.free_symbols & set(model.parameters) or model.points or model.covariates:
        return None
    constraints = constraints_of(model)
    if not constraints:
        return None
    return (
        _in_the_parameters(likelihood, model, constraints)
        or _in_the_parameters(likelihood, model, constraints, _may_be_zero(constraints, model))
        or _in_the_ends(likelihood, model, constraints)
        or _without_bound(likelihood, model, constraints)
    )


def _may_be_zero(constraints: tuple[Constraint, ...], model: Specification) -> tuple[Symbol, ...]:
    """The edges that are ≥ 0, and 0 for some data."""
    region = edge_region(constraints, model)
    edges = dict.fromkeys(c.edge.symbol for c in constraints if c.edge.largest)
    return tuple(e for e in edges if region[e].lower == 0 and region[e].closed_lower)


def _in_the_parameters(
    likelihood: Likelihood,
    model: Specification,
    constraints: tuple[Constraint, ...],
    positive: tuple[Symbol, ...] | None = None,
) -> Findings | None:
    """One parameter after another; ``positive`` edges are taken not to be 0 (None: nothing is taken, (): nothing can be)."""
    if positive == ():
        return None
    search = replace(Search.of(model, constraints, likelihood.log_likelihood), positive=positive or ())
    if all(density_at(c, model) is Edgewise.POSITIVE for c in constraints):
        search = eliminate(search)
    rest = None
    if search.remaining:
        found = _rest(search)
        if found is None:
            return None
        search, rest = found
    cases = cases_of(search, rest)
    if cases is None:
        return None
    statistics = {c.edge.symbol: c.edge.statistic for c in constraints}
    argument = MovingSupport(constraints, search.stages, statistics, cases, rest)
    return Findings((), (), likelihood.log_likelihood, cases, likelihood.log_likelihood, argument=argument)


def _without_bound(
    likelihood: Likelihood, model: Specification, constraints: tuple[Constraint, ...]
) -> Findings | None:
    """The density is infinite at a moving end."""
    found = find_growth(model, constraints)
    if found is None:
        return None
    statistics = {c.edge.symbol: c.edge.statistic for c in constraints}
    cases = tuple(stated_case(c, Search.of(model, constraints, sp.Integer(0)), statistics) for c in found.cases)
    argument = MovingSupport(constraints, (), statistics, cases, growth=found.growth)
    return Findings((), (), likelihood.log_likelihood, cases, likelihood.log_likelihood, argument=argument)


def _in_the_ends(likelihood: Likelihood, model: Specification, constraints: tuple[Constraint, ...]) -> Findings | None:
    """With the ends of the support as parameters, and back by invariance."""
    change = by_ends(model, constraints)
    if change is None:
        return None
    new = build_likelihood(change.model)
    moved = constraints_of(change.model)
    findings = _in_the_parameters(new, change.model, moved) if moved else None
    if findings is None:
        return None
    inner = Inner(change.model, new, findings, write_steps(change.model, new, findings))
    cases = tuple(in_old_parameters(c, change, model) for c in findings.cases)
    argument = EndsAsParameters(change.ends, change.back, inner, cases)
    return Findings((), (), likelihood.log_likelihood, cases, likelihood.log_likelihood, argument=argument)


def _rest(search: Search) -> tuple[Search, Inner] | None:
    """The parameters that are left: by the score, or between the bounds of the last one."""
    values = dict(search.values)
    moving = any(c.end.xreplace(values).free_symbols & set(search.remaining) for c in search.constraints)
    if moving:
        return solve_between(search)
    rest = solve_rest(search) if search.stages else None
    return None if rest is None else (search, rest)
