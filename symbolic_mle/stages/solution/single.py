"""One parameter at a time: the maximum of θ ↦ ℓ(θ) on an interval, the other parameters held fixed.

Theorem (decreasing score). Let ℓ be differentiable on (a, b), m > 0 there, and M = m·ℓ′ strictly decreasing. Then
  lim M > 0 at a and lim M < 0 at b  ⇔  ℓ′ has a root; it is the only one and the unique maximiser of ℓ on (a, b);
  lim M ≤ 0 at a  ⇒  ℓ is strictly decreasing;      lim M ≥ 0 at b  ⇒  ℓ is strictly increasing.
(ℓ′ has the sign of M. m = 1 is strict concavity; another m is concavity in another parametrisation.)
Premises checked: m > 0, and M′ ≤ 0 for all data and all values of the other parameters. M is analytic, so it is strictly
decreasing unless it is constant; a constant M that is not 0 changes nothing in the theorem, and M = 0 is excluded by a limit
of strict sign. Where M′ ≤ 0 cannot be proved nothing is claimed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.equations import Cleared, Isolated, StrictSign, cleared, isolated, quadratic_root, undone
from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.algebra.lambert import falling_lambert_root
from symbolic_mle.algebra.sample import DataSum, sealed
from symbolic_mle.algebra.separation import separate
from symbolic_mle.algebra.signs import Sign
from symbolic_mle.records import Condition, Specification
from symbolic_mle.stages.facts import sample_sign
from symbolic_mle.stages.likelihood import sum_over_sample
from symbolic_mle.stages.sample_signs import STRICT, SampleSign, find_sign
from symbolic_mle.stages.solution.direction import Direction, direction_of
from symbolic_mle.stages.solution.ends import End
from symbolic_mle.stages.solution.shape import Shape, is_flat, negative_second, shape_and_ends

Line = tuple[Expr, Expr, str]  # left = right, and the reason


@dataclass(frozen=True, slots=True)
class Reduction:
    """What is known of θ ↦ ℓ(θ) with the other parameters fixed."""

    parameter: Symbol
    interval: Interval
    log_likelihood: Expr
    score: Expr
    equation: Cleared | None
    lines: tuple[Line, ...]
    root: Expr | None
    shape: Shape | None
    lower: End
    upper: End
    flat: Condition | None = None  # the data for which ℓ does not depend on the parameter
    value: Expr | None = None  # ℓ at the root, where it is simpler than by substitution
    explicit: Expr | None = None  # the root in Lambert's W, where it has no elementary form


def reduce_parameter(
    log_likelihood: Expr,
    parameter: Symbol,
    model: Specification,
    given: Sequence[Condition] = (),
    direct: bool = True,
    closed_only: bool = False,
) -> Reduction | None:
    """Score, likelihood equation, root, shape and ends of ℓ as a function of one parameter.

    ``direct`` says that ℓ is the log-likelihood itself, not a profile: then it may be an exponential family in the parameter.
    ``closed_only`` asks for a root in closed form; None when there is none.
    """
    log_likelihood = parted_in(log_likelihood, parameter, model)
    direction = direction_of(log_likelihood, parameter, model)
    if direction is not None:
        return _direction(direction, log_likelihood, parameter, model)
    score = log_likelihood.diff(parameter)
    interval = model.parameters[parameter]

    def strict(expr: Expr) -> int:
        found = sample_sign(expr, model, model.region, given)
        return 0 if found is None or found.sign not in STRICT else (1 if found.sign is Sign.POSITIVE else -1)

    equation = cleared(score, strict)
    lines, root = _solve(equation, parameter, strict, model)
    if closed_only and root is None:
        return None
    shape, lower, upper = shape_and_ends(log_likelihood, score, equation, parameter, model, given, direct)
    if shape is not None:
        shape = replace(shape, second=negative_second(score, shape, parameter, model))
    flat = shape.flat if shape is not None and is_flat(score, shape, model) else None
    explicit = None
    if root is None and shape is not None and not any(s.has(parameter) for s in score.atoms(DataSum)):
        functions = (shape.function, *(() if equation is None else (equation.numerator,)))
        explicit = next((r for f in functions if (r := falling_lambert_root(f, parameter, strict)) is not None), None)
    return Reduction(
        parameter, interval, log_likelihood, score, equation, lines, root, shape, lower, upper, flat, explicit=explicit
    )


def _direction(direction: Direction, log_likelihood: Expr, parameter: Symbol, model: Specification) -> Reduction:
    """A mean direction: no monotone score on a circle, but one highest point."""
    interval, score = model.parameters[parameter], log_likelihood.diff(parameter)
    shape = Shape("direction", score, None, sp.Integer(1))
    lower = End(interval.lower, "+", interval.closed_lower, None, SampleSign(Sign.POSITIVE))
    upper = End(interval.upper, "-", interval.closed_upper, None, SampleSign(Sign.NEGATIVE))
    equation = Cleared(direction.equation, direction.multiplier)
    lines: tuple[Line, ...] = ((parameter, direction.root, "direction"),)
    return Reduction(
        parameter, interval, log_likelihood, score, equation, lines, direction.root, shape, lower, upper,
        direction.flat, direction.value,
    )  # fmt: skip


def parted_in(expr: Expr, parameter: Symbol, model: Specification) -> Expr:
    """Sums in which this parameter can be parted from the data: Σ e^((μ − xᵢ)/b) = e^(μ/b) Σ e^(−xᵢ/b)."""

    def positive(e: Expr) -> bool:
        return bool(e.is_positive) or (
            (found := find_sign(e, model.region)) is not None and found.sign is Sign.POSITIVE
        )

    def parted(total: DataSum) -> Expr:
        pairs, mixed = separate(total.summand, set(model.observed), {parameter}, positive)
        if not any(c.has(parameter) for c, _ in pairs):
            return total
        return sp.Add(*(c * sum_over_sample(t, model) for c, t in pairs), *(sum_over_sample(g, model) for g in mixed))

    return expr.replace(lambda e: isinstance(e, DataSum) and e.has(parameter), parted)


# ------------------------------------------------------------------ the equation


def _solve(
    equation: Cleared | None, parameter: Symbol, strict: StrictSign, model: Specification
) -> tuple[tuple[Line, ...], Expr | None]:
    """The lines from numerator = 0 to θ = root, or () where the equation has no closed solution."""
    found = None if equation is None else isolated(equation.numerator, parameter)
    if found is None:
        return (), None
    unknown, coefficients = found.unknown, found.coefficients
    lines: list[Line] = [(_collected(found), sp.Integer(0), "collect")]
    if len(coefficients) == 2:
        value = _quotient(-coefficients[0], coefficients[1])
    else:
        c0, c1, c2 = coefficients
        value = quadratic_root(c0, c1, c2, may_vanish=strict(c2) == 0)
    steps = undone(unknown, value, parameter, strict)
    if steps is None:
        return (), None
    reason = "isolate" if len(coefficients) == 2 else "quadratic"
    lines += [(left, right, reason if k == 0 else "undo") for k, (left, right) in enumerate(steps)]
    return tuple(lines), steps[-1][1]


def _quotient(top: Expr, bottom: Expr) -> Expr:
    """top / bottom in its shortest form."""
    forms = [top / bottom] + ([] if top.has(sp.log) or bottom.has(sp.log) else [sealed(sp.cancel, top / bottom)])
    return min((*forms, *(sealed(sp.factor_terms, f) for f in forms)), key=lambda e: e.count_ops())


def _collected(found: Isolated) -> Expr:
    return sp.Add(*(c * found.unknown**k for k, c in enumerate(found.coefficients)))
