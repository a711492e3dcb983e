"""An even log-likelihood: ℓ(−θ) = ℓ(θ) on a space that is symmetric about 0.

Then θ̂ is a maximiser iff −θ̂ is, so the maximisers are ±θ̂ for the maximisers θ̂ on the half θ ≥ 0 of the space, and a maximum
exists on the whole iff it exists on the half. 0 belongs to the half, as its closed end, when it belongs to the space.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.algebra.parity import is_even
from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.records import Case, Existence, Specification
from symbolic_mle.stages.likelihood import Likelihood, sum_over_sample
from symbolic_mle.stages.scope import out_of_scope
from symbolic_mle.stages.solution.cases import Findings, find_cases

LARGE = 120  # operations


def attempt(likelihood: Likelihood, model: Specification) -> Findings | None:
    """The maximisers on θ ≥ 0 and their mirror images."""
    if len(model.parameters) != 1 or likelihood.log_likelihood.count_ops() > LARGE:
        return None
    ((parameter, space),) = model.parameters.items()
    hole = model.restrictions == (sp.Ne(parameter, 0),)
    whole = replace(model, restrictions=()) if hole else model
    size = {sp.Abs(parameter): parameter}  # on the half
    if not _is_symmetric(space) or out_of_scope(replace(whole, density=model.density.xreplace(size))):
        return None
    log_likelihood = sp.expand(_with_cosines(likelihood.log_likelihood, model))
    if not is_even(log_likelihood, parameter):
        return None
    log_likelihood = log_likelihood.xreplace(size)
    half = replace(space, lower=sp.Integer(0), closed_lower=not hole)
    within = replace(whole, parameters={parameter: half})
    found = find_cases(log_likelihood, within)
    return replace(found, cases=tuple(_mirrored(c, parameter) for c in found.cases), within=within)


def _is_symmetric(space: Interval) -> bool:
    ends = space.lower + space.upper == 0 if space.upper != sp.oo else space.lower == -sp.oo
    return bool(ends) and not space.integer and space.closed_lower == space.closed_upper


def _with_cosines(expr: Expr, model: Specification) -> Expr:
    """Σ log(c·e^a + c·e^b) → Σ ((a + b)/2 + log cosh((a − b)/2)) + constant, cosh = 1/sech."""

    def opened(total: DataSum) -> Expr:
        rewritten = sp.expand(total.summand.replace(_is_log_of_pair, _with_cosine), log=False)
        rest, cosines = rewritten.as_independent(sp.sech, as_Add=True)
        return sum_over_sample(rest, model) + (DataSum(cosines, total.variables) if cosines != 0 else 0)

    return expr.replace(lambda s: isinstance(s, DataSum), opened)


def _is_log_of_pair(expr: Expr) -> bool:
    return isinstance(expr, sp.log) and _pair(expr.args[0]) is not None


def _pair(expr: Expr) -> tuple[Expr, Expr] | None:
    """(a, b), for c·(e^a + e^b), where 1 is e⁰."""
    terms = sp.Add.make_args(sp.factor_terms(expr, clear=False) if not isinstance(expr, sp.Add) else expr)
    if len(terms) != 2:
        return None
    parts = [term.as_independent(sp.exp, as_Add=False) for term in terms]
    if parts[0][0] != parts[1][0] or not all(isinstance(e, sp.exp) or e == 1 for _, e in parts):
        return None
    return sp.log(parts[0][1]), sp.log(parts[1][1])


def _with_cosine(expr: Expr) -> Expr:
    pair = _pair(expr.args[0])
    assert pair is not None
    a, b = pair
    return sp.expand((a + b) / 2) - sp.log(sp.sech(sp.expand((a - b) / 2)))  # (log sech)′ = −tanh, as it stands


def _mirrored(case: Case, parameter: Symbol) -> Case:
    """The case for the whole space: 0 is inside it, and every other maximiser has an image."""
    if case.existence is not Existence.ATTAINED:
        return case
    value = case.estimators.get(parameter)
    if value == 0:
        return replace(case, kind="interior")
    image: Mapping[Symbol, Expr] = {parameter: -parameter if value is None else -value}
    if case.ranges:
        (found,) = case.ranges.values()
        return replace(case, ranges={parameter: replace(found, lower=-found.upper, closed_lower=found.closed_upper)})
    return replace(case, others=(image,))
