"""Probabilities that sum to 1: the maximum under equations and inequalities among the parameters, by Gibbs' inequality.

weights.py    the log-likelihood as Σ Sₖ log uₖ with affine uₖ
counts.py     the statistics Sₖ: counts of the values of an observation, where these are few
shares.py     the theorem: ûₖ is the share of Sₖ in the whole
argument.py   the cases of the data and the facts that are told
"""

from __future__ import annotations

from collections.abc import Mapping

from sympy import Expr, Symbol

from symbolic_mle.algebra.affine import Polyhedron, polyhedron
from symbolic_mle.records import Specification
from symbolic_mle.stages.likelihood import Likelihood
from symbolic_mle.stages.scope import out_of_scope
from symbolic_mle.stages.simplex.argument import SimplexArgument, cases_of
from symbolic_mle.stages.simplex.concave import ConcaveArgument, concave_case
from symbolic_mle.stages.simplex.counts import Observed
from symbolic_mle.stages.simplex.shares import Simplex, simplex_of
from symbolic_mle.stages.simplex.weights import Weight, blocks, weights_of
from symbolic_mle.stages.solution.cases import Findings

Counts = tuple[tuple[Expr, Mapping[Symbol, Expr]], ...]


def attempt(likelihood: Likelihood, model: Specification) -> Findings | None:
    """The findings for a model whose parameters are shares of one or more wholes."""
    found = _weighted(likelihood, model)
    return found and _shares(likelihood, model, *found)


def attempt_concave(likelihood: Likelihood, model: Specification) -> Findings | None:
    """The findings for other log-likelihoods that are sums of logarithms of affine functions."""
    found = _weighted(likelihood, model)
    return found and _concave(likelihood, *found)


def _weighted(
    likelihood: Likelihood, model: Specification
) -> tuple[Polyhedron, tuple[Weight, ...], Observed] | None:  # fmt: skip
    """The space and the weights of a model of this kind."""
    unsuited = model.points or any(i.integer for i in model.parameters.values()) or likelihood.mixed
    if unsuited or model.support.free_symbols & set(model.parameters) or not out_of_scope(model):
        return None
    space = polyhedron(model.parameters, model.restrictions)
    weights = None if space is None else weights_of(likelihood, model, space)
    return (space, weights, Observed.of(model)) if space is not None and weights else None


def _shares(
    likelihood: Likelihood, model: Specification, space: Polyhedron, weights: tuple[Weight, ...], observed: Observed
) -> Findings | None:
    """Every group of parameters is a simplex."""
    simplices: list[Simplex] = []
    for parameters, mine in blocks(weights, space):
        simplex = simplex_of(parameters, mine, space, observed)
        if simplex is None:
            return None
        simplices.append(simplex)
    forms = {p: f for p in model.parameters if (f := space.form(p)) is not None}
    cases = cases_of(tuple(simplices), forms)
    if cases is None:
        return None
    argument = SimplexArgument(tuple(simplices), _counts(observed), space.solved, forms, cases)
    return Findings((), (), likelihood.log_likelihood, cases, likelihood.log_likelihood, argument=argument)


def _concave(
    likelihood: Likelihood, space: Polyhedron, weights: tuple[Weight, ...], observed: Observed
) -> Findings | None:  # fmt: skip
    case = concave_case(weights, space)
    if case is None:
        return None
    argument = ConcaveArgument(weights, _counts(observed), space)
    return Findings((), (), likelihood.log_likelihood, (case,), likelihood.log_likelihood, argument=argument)


def _counts(observed: Observed) -> Counts:
    return tuple((observed.count(v), v) for v in observed.values)
