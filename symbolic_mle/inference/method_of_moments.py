"""The method of moments beside maximum likelihood: E[Xʲ] = (1/n) Σ xᵢʲ for as many j as there are parameters (Casella & Berger
2002, section 7.2.1).

The orders are the first that say something new: a moment that is free of the parameters, or that depends on those before it,
is left out (E[X] = 0 of a law that is symmetric about 0). For two parameters E[X²] is told as Var[X], which is an equivalent
equation once E[X] = x̄: Var[X] = (1/n) Σ (xᵢ − x̄)².

Is it the maximum likelihood estimate? Yes, where the equations hold at θ̂ identically in the data, or (one parameter) where the
score is a multiple of x̄ − E[X]: then both have the same roots. No, where a sample is found for which θ̂ does not solve the moment
equations, or for which their solution is not a root of the score although the maximum is. Else nothing is said.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import sympy as sp
from sympy import Dummy, Expr, Symbol

from symbolic_mle.algebra.sample import DataSum, outermost_sums, sealed
from symbolic_mle.inference.forms import shortest
from symbolic_mle.inference.moment_solution import solve_moments
from symbolic_mle.inference.numbers import test_points
from symbolic_mle.inference.precision import is_formula
from symbolic_mle.inference.raw_moments import Moment, RawMoments
from symbolic_mle.inference.regularity import failure
from symbolic_mle.inference.trial_samples import Trial, trials
from symbolic_mle.records import Case, Existence, Specification
from symbolic_mle.stages.likelihood import Likelihood, sum_over_sample

HIGHEST = 4  # order of a moment
DIFFERENT = 1e-6  # relative
DIGITS = 40
SAFE = 5  # added to known constants, so that moments that exist for large ones do


@dataclass(frozen=True, slots=True)
class MomentEquation:
    """E[Xʲ] = (1/n) Σ xᵢʲ, or Var[X] = (1/n) Σ (xᵢ − x̄)² where ``central``: both sides, and a name for the right one."""

    order: int
    mean: Expr
    average: Expr
    name: Symbol
    central: bool = False


@dataclass(frozen=True, slots=True)
class MethodOfMoments:
    """The equations, their solution in the names of the averages (None: to be found by numbers), and what is known of it.

    ``above``: parameters with the numbers that they must exceed for the moments to be finite. ``same``: is the solution the
    maximum likelihood estimate? ``leaves``: is there a sample for which it is not in the parameter space? ``excludes``: is there
    one with an observation that is impossible under it? None: not told.
    """

    equations: tuple[MomentEquation, ...]
    solution: Mapping[Symbol, Expr] | None
    above: Mapping[Symbol, Expr]
    same: bool | None
    leaves: bool | None = None
    excludes: bool | None = None

    @property
    def mean(self) -> Expr:
        """The moment of the model in the first equation."""
        return self.equations[0].mean

    @property
    def estimators(self) -> dict[Symbol, Expr] | None:
        """The solution as formulas in the sample."""
        if self.solution is None:
            return None
        averages = {e.name: e.average for e in self.equations}
        return {p: sealed(shortest, v.xreplace(averages)) for p, v in self.solution.items()}


def method_of_moments(likelihood: Likelihood, model: Specification, case: Case) -> MethodOfMoments | None:
    """The method of moments for a model of one variable, or None where the moments do not exist or are not derived."""
    if len(model.variables) != 1 or model.covariates or not model.checked or model.support.relations:
        return None
    if any(isinstance(r, sp.Eq) for r in model.restrictions) or model.points or len(model.parameters) > 3:
        return None
    chosen = _chosen(RawMoments(likelihood, model), model)
    if chosen is None:
        return None
    equations = _equations(chosen, model)
    above: dict[Symbol, Expr] = {}
    for moment in chosen:
        above |= {p: sp.Max(least, above.get(p, least)) for p, least in moment.above.items()}
    found = MethodOfMoments(equations, _solution(equations, model, above), above, None)
    estimators = found.estimators
    samples = [t for t in trials(model) if all(t.known.get(s, math.inf) > least for s, least in above.items())]
    same = _same_by_algebra(found, likelihood, model, case)
    if same is None and any(_differs(found, trial, likelihood, case) for trial in samples):
        same = False
    found = replace(found, same=same)
    if estimators is None:
        return found
    leaves = any(_leaves(estimators, t) for t in samples)
    moving = set(model.parameters) & model.support.free_symbols
    excludes = bool(moving) and any(_excludes(estimators, t) for t in samples)
    return replace(found, leaves=leaves or None, excludes=excludes or None)


# ------------------------------------------------------------------ the equations


def _chosen(moments: RawMoments, model: Specification) -> list[Moment] | None:
    """The first moments that determine the parameters locally: their Jacobian has full rank."""
    parameters, found = list(model.parameters), list[Moment]()
    for order in range(1, HIGHEST + 1):
        moment = moments(order)
        if moment is None:
            return None
        rows = sp.Matrix([m.value for m in (*found, moment)]).jacobian(parameters)
        if _rank(rows, model) == len(found) + 1:
            found.append(moment)
        if len(found) == len(parameters):
            return found
    return None


def _rank(rows: sp.Matrix, model: Specification) -> int:
    """The rank at some admissible values: the generic one, or less."""
    best = 0
    for values in test_points(model):
        numbers = {s: v + SAFE if s in model.known else v for s, v in values.items()}
        at = {s: _precise(v) for s, v in numbers.items()}
        evaluated = rows.xreplace(at).applyfunc(lambda e: sp.N(e, DIGITS))
        if all(e == 0 or e.is_comparable for e in evaluated):
            best = max(best, evaluated.rank(iszerofunc=lambda e: abs(e) < sp.Float("1e-15")))
    return best


def _equations(chosen: list[Moment], model: Specification) -> tuple[MomentEquation, ...]:
    """An average of squares about the mean is positive (unless all are equal), and so is one of positive numbers."""
    (x,), n = model.variables, model.size
    average = DataSum(x, (x,)) / n
    found = []
    for moment in chosen:
        if moment.order == 2 and chosen[0].order == 1 and len(chosen) == 2:
            variance, squares = shortest(moment.value - chosen[0].value ** 2), DataSum((x - average) ** 2, (x,))
            found.append(MomentEquation(2, variance, squares / n, Dummy("v", positive=True), central=True))
        else:
            power = x**moment.order
            name = Dummy("m", positive=True) if power.is_positive else Dummy("m", real=True)
            found.append(MomentEquation(moment.order, moment.value, DataSum(power, (x,)) / n, name))
    return tuple(found)


# ------------------------------------------------------------------ the solution


def _solution(
    equations: tuple[MomentEquation, ...], model: Specification, above: Mapping[Symbol, Expr]
) -> dict[Symbol, Expr] | None:
    means = {e.name: e.mean for e in equations}
    points = []
    for values in test_points(model):
        for scale in (1, sp.Rational(1, 3), sp.Rational(5, 2)):
            exact = {s: _precise(v) for s, v in values.items()}
            moved = {s: v * scale + above.get(s, 0) for s, v in exact.items()}
            points += [at for at in (moved, exact) if _in_space(at, model, above)][:1]
    return solve_moments(means, tuple(model.parameters), points)


def _precise(value: float) -> Expr:
    return sp.Integer(int(value)) if value == int(value) else sp.Float(str(value), DIGITS)


def _in_space(values: Mapping[Symbol, Expr], model: Specification, above: Mapping[Symbol, Expr]) -> bool:
    """Inside the spaces and the restrictions, with finite moments?"""
    spaces = {s: i.xreplace(dict(values)) for s, i in {**model.parameters, **model.known}.items()}
    return (
        all(bool(i.lower < values[s] < i.upper) and (values[s].is_integer or not i.integer) for s, i in spaces.items())
        and all(values[s] > least for s, least in above.items())
        and all(r.xreplace(dict(values)) == sp.true for r in model.restrictions)
    )


# ------------------------------------------------------------------ the same as the maximum likelihood estimate?


def _same_by_algebra(found: MethodOfMoments, likelihood: Likelihood, model: Specification, case: Case) -> bool | None:
    if case.existence is not Existence.ATTAINED or case.others:
        return None
    if is_formula(model, case):
        at = dict(case.estimators)
        gaps = (_opened(e.mean.xreplace(at) - e.average, model) for e in found.equations)
        return True if all(sealed(shortest, sealed(sp.together, g)) == 0 for g in gaps) else None
    if len(model.parameters) == 1 and case.kind == "interior" and not failure(model) and found.equations[0].order == 1:
        (parameter,), (equation,) = model.parameters, found.equations
        score = likelihood.log_likelihood.diff(parameter)
        ratio = sealed(shortest, sealed(sp.together, score / (equation.average - equation.mean)))
        if not outermost_sums(ratio) and (ratio.is_positive or ratio.is_negative):
            return True
    return None


def _opened(expr: Expr, model: Specification) -> Expr:
    """Σ (xᵢ − x̄)² → Σ xᵢ² − (Σ xᵢ)²/n"""
    found = {s: sum_over_sample(sp.expand(s.summand), model) for s in outermost_sums(expr) if s.summand.has(DataSum)}
    return expr.xreplace(found)


def _differs(found: MethodOfMoments, trial: Trial, likelihood: Likelihood, case: Case) -> bool:
    """Is this a sample whose maximum does not solve the moment equations?"""
    model = trial.model
    if case.existence is not Existence.ATTAINED or not trial.meets(case.conditions):
        return False
    if is_formula(model, case):
        at = trial.numbers(case.estimators)
        if at is None or any(at[p] <= float(least) for p, least in found.above.items() if p in at):
            return False
        pairs = [(trial.value(e.mean, at), trial.value(e.average)) for e in found.equations]
        return any(_apart(a, b) for a, b in pairs)
    if found.estimators is None or case.kind != "interior" or failure(model):
        return False
    at = trial.numbers(found.estimators)
    if at is None or not trial.admits(at):
        return False
    return any(_apart(up, -down) for up, down in (_halves(p, at, trial, likelihood) for p in model.parameters))


def _halves(parameter: Symbol, at: Mapping[Symbol, float], trial: Trial, likelihood: Likelihood) -> tuple[float, float]:
    """The positive and the negative terms of ∂ℓ/∂θ."""
    terms = [trial.value(t, at) for t in sp.Add.make_args(sp.expand(likelihood.log_likelihood.diff(parameter)))]
    return sum(t for t in terms if not t < 0), sum(t for t in terms if t < 0)


def _apart(first: float, second: float) -> bool:
    return abs(first - second) > DIFFERENT * (abs(first) + abs(second))


def _leaves(estimators: Mapping[Symbol, Expr], trial: Trial) -> bool:
    at = trial.numbers(estimators)
    return at is None or not trial.admits(at)


def _excludes(estimators: Mapping[Symbol, Expr], trial: Trial) -> bool:
    """Does an observation lie outside the support that the solution gives?"""
    at = trial.numbers(estimators)
    return at is not None and trial.admits(at) and not trial.allowed(at)
