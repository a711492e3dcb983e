"""Probabilities that sum to 1: the maximum under equations and inequalities among the parameters, by Gibbs' inequality.

weights.py    the log-likelihood as Σ Sₖ log uₖ with affine uₖ
counts.py     the statistics Sₖ: counts of the values of an observation, where these are few
shares.py     the theorem: ûₖ is the share of Sₖ in the whole
argument.py   the cases of the data and the facts that are told
"""

from __future__ import annotations

from symbolic_mle.algebra.affine import polyhedron
from symbolic_mle.records import Specification
from symbolic_mle.stages.likelihood import Likelihood
from symbolic_mle.stages.scope import out_of_scope
from symbolic_mle.stages.simplex.argument import SimplexArgument, cases_of
from symbolic_mle.stages.simplex.counts import Observed
from symbolic_mle.stages.simplex.shares import Simplex, simplex_of
from symbolic_mle.stages.simplex.weights import blocks, weights_of
from symbolic_mle.stages.solution.cases import Findings


def attempt(likelihood: Likelihood, model: Specification) -> Findings | None:
    """The findings for a model whose parameters are shares of one or more wholes."""
    unsuited = model.points or any(i.integer for i in model.parameters.values()) or likelihood.mixed
    if unsuited or model.support.free_symbols & set(model.parameters) or not out_of_scope(model):
        return None
    space = polyhedron(model.parameters, model.restrictions)
    weights = None if space is None else weights_of(likelihood, model, space)
    if space is None or not weights:
        return None
    observed = Observed.of(model)
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
    counts = tuple((observed.count(v), v) for v in observed.values)
    argument = SimplexArgument(tuple(simplices), counts, space.solved, forms, cases)
    return Findings((), (), likelihood.log_likelihood, cases, likelihood.log_likelihood, argument=argument)
