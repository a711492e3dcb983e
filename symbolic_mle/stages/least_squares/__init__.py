"""Least squares: coefficients that enter the log-likelihood as a concave quadratic, and parameters of the spread.

Theorem. Let ℓ(β, φ) = b(φ)ᵀβ − ½ βᵀA(φ)β + c(φ) with A(φ) positive semidefinite and β ranging over all of ℝᵏ. For every φ
the maximisers over β are the solutions of the normal equations A(φ)β = b(φ), if there are any; there is one only iff A(φ) is
nonsingular (a concave quadratic; Seber & Lee 2003, sections 3.1 and 3.2). If that β̂ is the same for every φ, then (β, φ)
maximises ℓ iff β = β̂ and φ maximises the profile c(φ) + ½ b(φ)ᵀβ̂, which the data enter through R̂ = Σ R(β̂), a number.
Premises checked: the form of ℓ, the sign of A (``quadratic``), that β̂ is free of φ and det A > 0 for the data of the case
(``normal_equations``), and those of the score for the profile (``spread``). R̂ = 0 is a case of its own, and so is det A = 0, where
the normal equations are solved on the data in exact arithmetic (``locating.least_squares``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import sympy as sp
from sympy import Expr

from symbolic_mle.locating.least_squares import DeficientSquares
from symbolic_mle.records import Case, Condition, Existence, Proof, Specification
from symbolic_mle.stages.inner import Inner
from symbolic_mle.stages.least_squares.argument import LeastSquares
from symbolic_mle.stages.least_squares.common import common_coefficient
from symbolic_mle.stages.least_squares.normal_equations import Solution, solve
from symbolic_mle.stages.least_squares.quadratic import Quadratic, quadratic_in
from symbolic_mle.stages.least_squares.spread import Spread, spread_of
from symbolic_mle.stages.likelihood import Likelihood
from symbolic_mle.stages.scope import out_of_scope
from symbolic_mle.stages.solution.cases import Findings, find_cases
from symbolic_mle.stages.steps import reduction_steps


def attempt(likelihood: Likelihood, model: Specification) -> Findings | None:
    """Findings for a model with covariates, or with several variables an observation."""
    if len(model.observed) < 2 or out_of_scope(model):
        return None
    quadratic = quadratic_in(likelihood.log_density, model)
    if quadratic is None:
        return None
    solution = solve(quadratic, model)
    spread = spread_of(likelihood.log_density, quadratic.coefficients, quadratic.others, model)
    if spread is None or (solution is None and not quadratic.others):
        return None
    if quadratic.others and len(spread.positive) < len(spread.residuals):
        return None
    rest = _rest(spread, likelihood) if quadratic.others else None
    if rest is not None and rest.cases[0].proof is not Proof.GLOBAL:
        return None
    if solution is None:
        assert rest is not None
        return common_coefficient(quadratic, spread, rest, likelihood, model)
    if spread.counts and not _needs_both_groups(solution.full_rank, spread, model):
        return None
    cases = tuple(_cases(quadratic, solution, spread, rest, model))
    argument = LeastSquares(
        quadratic.coefficients, spread.residuals, _normal_equations(quadratic, spread, model),
        solution.conditional, solution.estimators, solution.full_rank, solution.sums,
        rest,         {p: likelihood.log_likelihood.diff(p) for p in quadratic.coefficients}, cases[0],
    )  # fmt: skip
    return Findings((), (), likelihood.log_likelihood, cases, likelihood.log_likelihood, argument=argument)


def _rest(spread: Spread, likelihood: Likelihood) -> Inner:
    """The maximum over the other parameters, with the sums of squares as known constants."""
    findings = find_cases(spread.profile, spread.model)
    inner = replace(likelihood, parted=(), mixed=(), log_likelihood=spread.profile)
    steps = tuple(s for k, r in enumerate(findings.reductions) for s in reduction_steps(r, k))
    return Inner(spread.model, inner, findings, steps)


def _needs_both_groups(full_rank: Condition | None, spread: Spread, model: Specification) -> bool:
    """Does full rank exclude an empty group? (Or no size of a group is in the profile.)"""
    counts = [c for c in spread.counts if spread.profile.has(c)]
    if not counts:
        return True
    if full_rank is None:
        return False
    sums = [spread.counts[c] for c in counts]
    return all(full_rank.statistic.xreplace({s: v}) == 0 for s in sums for v in (sp.Integer(0), model.size))


def _normal_equations(quadratic: Quadratic, spread: Spread, model: Specification) -> dict[sp.Symbol, Expr]:
    """∂R/∂β for the only sum of squares; () where there are several."""
    if len(spread.residuals) != 1:
        return {}
    (letter,) = spread.residuals
    whole = spread.put_in({})[letter]
    return {p: whole.diff(p) for p in quadratic.coefficients}


def _cases(
    quadratic: Quadratic, solution: Solution, spread: Spread, rest: Inner | None, model: Specification
) -> list[Case]:
    """Full rank and R̂ > 0; R̂ = 0; not of full rank."""
    full = () if solution.full_rank is None else (solution.full_rank,)
    estimators, vanishing = dict(solution.estimators), dict[sp.Symbol, Existence]()
    if rest is None:
        found = [Case(full, Existence.ATTAINED, Proof.GLOBAL, "interior", estimators)]
    else:
        totals = spread.put_in(estimators)
        above = tuple(Condition(totals[letter], ">") for letter in spread.positive)
        found = [_of_sample(c, totals, (*full, *above), estimators) for c in rest.cases]
        for letter in spread.positive:
            flat = find_cases(spread.profile.xreplace({letter: sp.Integer(0)}), spread.model)
            here = (*full, Condition(totals[letter], "="))
            vanishing[letter] = flat.cases[0].existence if len(flat.cases) == 1 else Existence.UNKNOWN
            found += [_of_sample(c, totals, here, estimators) for c in flat.cases]
    if solution.full_rank is not None:
        found.append(_deficient(quadratic, solution.full_rank, spread, rest, vanishing))
    return found


def _of_sample(
    case: Case, totals: Mapping[Expr, Expr], conditions: tuple[Condition, ...], estimators: dict[sp.Symbol, Expr]
) -> Case:
    """A case of the profile with R̂ put in for its letter."""

    def put(expr: Expr) -> Expr:
        return expr.xreplace(dict(totals))

    mine = tuple(replace(c, statistic=put(c.statistic)) for c in case.conditions)
    implicit, existence_by = (
        i and replace(i, function=put(i.function), log_likelihood=put(i.log_likelihood))
        for i in (case.implicit, case.existence_by)
    )
    values = {**estimators, **{p: put(e) for p, e in case.estimators.items()}}
    attained = case.existence is Existence.ATTAINED
    return replace(
        case, conditions=(*conditions, *mine), estimators=values if attained else {}, implicit=implicit,
        existence_by=existence_by,
    )  # fmt: skip


def _deficient(
    quadratic: Quadratic,
    full_rank: Condition,
    spread: Spread,
    rest: Inner | None,
    vanishing: Mapping[sp.Symbol, Existence],
) -> Case:
    """The data do not determine the coefficients: the normal equations have a line, a plane … of solutions.

    They are those of every R by itself, where no two have a coefficient in common.
    """
    meaning = {"not equal": "equal", "not every": "every"}.get(full_rank.meaning, "")
    condition = replace(full_rank, relation="=", meaning=meaning)
    reason = "the normal equations have more than one solution"
    simple = rest is None or (
        len(rest.cases) == 1 and not rest.cases[0].conditions and rest.cases[0].implicit is None
        and rest.cases[0].existence is Existence.ATTAINED
    )  # fmt: skip
    squares = list(spread.residuals.values())
    apart = all(sum(r.has(p) for r in squares) == 1 for p in quadratic.coefficients)
    grouped = any(spread.profile.has(count) for count in spread.counts)
    if not simple or not apart or grouped or len(spread.positive) < len(squares):
        return Case((condition,), Existence.UNKNOWN, Proof.NONE, "unknown", reason=reason)
    names = quadratic.coefficients
    gradient = [sp.Add(*squares).diff(p) for p in names]
    found = DeficientSquares(
        names,
        sp.ImmutableMatrix(len(names), len(names), lambda j, k: sp.expand(gradient[j].diff(names[k]))),
        sp.ImmutableMatrix([sp.expand(-g.xreplace(dict.fromkeys(names, sp.Integer(0)))) for g in gradient]),
        spread.residuals,
        dict(rest.cases[0].estimators) if rest is not None else {},
        vanishing,
    )
    return Case((condition,), Existence.ATTAINED, Proof.GLOBAL, "line", reason=reason, locator=found)
