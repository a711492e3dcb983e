"""Why ℓ has one peak in a parameter: a multiple M = m·ℓ′, m > 0, that is proved to be strictly decreasing."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import sympy as sp
from sympy import Dummy, Expr, Symbol

from symbolic_mle.algebra.equations import Cleared
from symbolic_mle.algebra.parity import is_odd
from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.algebra.signs import Sign
from symbolic_mle.records import Condition, Region, Specification
from symbolic_mle.stages.facts import sample_sign
from symbolic_mle.stages.sample_signs import STRICT, find_sign, merged, termwise_sign
from symbolic_mle.stages.solution.curvature import concave_scale
from symbolic_mle.stages.solution.dispersion import dispersion_of
from symbolic_mle.stages.solution.ends import End, end_of

LARGE = 200  # operations in a score beyond which no shape is searched


@dataclass(frozen=True, slots=True)
class Shape:
    """Why ℓ has one peak: M = multiplier·ℓ′ is strictly decreasing, its derivative being negative (or by ``kind``)."""

    kind: str  # "concave" (multiplier 1), "decreasing", "family", "curvature", "direction", "dispersion"
    function: Expr
    derivative: Expr | None
    multiplier: Expr
    second: Expr | None = None  # ℓ″, where it too is proved to be ≤ 0
    strict: bool = True  # M′ < 0 for all data, not only M′ ≤ 0
    flat: Condition | None = None  # the data for which M′ = 0


def shape_and_ends(
    log_likelihood: Expr, score: Expr, equation: Cleared | None, parameter: Symbol, model: Specification,
    given: Sequence[Condition], direct: bool,
) -> tuple[Shape | None, End, End]:  # fmt: skip
    """The first shape whose limits at both ends have a known sign, else the first shape."""
    interval, first = model.parameters[parameter], None
    if not direct and (found := dispersion_of(score, parameter, model, given)) is not None:
        function, multiplier, lower, upper = found
        return Shape("dispersion", function, None, multiplier), lower, upper
    shapes = _shapes(score, equation, parameter, model, given)
    for shape in itertools.chain(
        shapes, _other_shapes(log_likelihood, score, parameter, model, direct, given), (None,)
    ):
        lower = end_of(shape and shape.function, parameter, interval.lower, "+", interval.closed_lower, model, given)
        upper = end_of(shape and shape.function, parameter, interval.upper, "-", interval.closed_upper, model, given)
        if (
            shape is not None
            and not shape.strict
            and not _never_flat(lower, upper)
            and not is_flat(score, shape, model)
        ):
            continue
        if shape is not None and lower.sign is not None and upper.sign is not None:
            return shape, lower, upper
        first = first or (shape and (shape, lower, upper))
        if shape is not None and any(total.has(parameter) for total in shape.function.atoms(DataSum)):
            break  # coupled with the data, so no other form has a limit that is known
    return first or (None, lower, upper)


def _never_flat(lower: End, upper: End) -> bool:
    """Can a constant M not be 0? It equals its limits, so one of a strict sign is enough; numbers find out without any."""
    if any(e.sign is not None and e.sign.sign in STRICT for e in (lower, upper)):
        return True
    return lower.limit is None and upper.limit is None


def is_flat(score: Expr, shape: Shape, model: Specification) -> bool:
    """Is ℓ′ = 0 for the data with M′ = 0, which are named? (Of one parameter: then every value of it is a maximiser.)"""
    condition = shape.flat
    if condition is None or len(model.parameters) > 1 or condition.statistic.free_symbols & set(model.parameters):
        return False
    summand = merged(score, model)
    if summand is None or condition.quantity is None:
        return False
    if condition.quantity == model.observed[0]:
        return summand.xreplace({condition.quantity: condition.value}) == 0
    factor = find_sign(sp.cancel(sp.fraction(summand)[0] / condition.quantity), model.region)
    return factor is not None and factor.sign in STRICT  # ℓ′ is 0 where the quantity is


def negative_second(score: Expr, shape: Shape, parameter: Symbol, model: Specification) -> Expr | None:
    """ℓ″ where it is seen at once to be ≤ 0: strict concavity reads better than a sign argument."""
    if shape.multiplier == 1:
        return shape.derivative
    second = score.diff(parameter)
    found = termwise_sign(second, model, model.region, seconds=0.05)
    return second if found is not None and found.sign in (Sign.NEGATIVE, Sign.NONPOSITIVE) else None


def _shapes(
    score: Expr, equation: Cleared | None, parameter: Symbol, model: Specification, given: Sequence[Condition]
) -> Iterator[Shape]:
    """Every M = m·ℓ′ among the candidates that is proved to be decreasing."""
    region = model.region
    if score.count_ops() > LARGE:
        return
    for function, multiplier in _multiples(score, equation, parameter, region):
        derivative = slope_of(function, parameter)
        if not _is_analytic(function, parameter):
            continue
        found = sample_sign(derivative, model, region, given)
        if found is not None and found.sign in (Sign.NEGATIVE, Sign.NONPOSITIVE):
            kind, strict = "concave" if multiplier == 1 else "decreasing", found.sign is Sign.NEGATIVE
            yield Shape(kind, function, derivative, multiplier, strict=strict, flat=None if strict else found.zero)


def slope_of(function: Expr, parameter: Symbol) -> Expr:
    """∂/∂θ, with Σ a(xᵢ)/(b(xᵢ) + θ a(xᵢ)) → −Σ a²/(b + θ a)²: the square shows the sign."""

    def quotient(term: Expr) -> Expr:
        above, below = sp.fraction(term)
        steepness = below.diff(parameter)
        if steepness == 0 or above.has(parameter) or steepness.has(parameter):
            return term.diff(parameter)
        ratio = sp.cancel(above / steepness)
        return -ratio * steepness**2 / below**2

    total = sp.Integer(0)
    for term in sp.Add.make_args(function):
        outside, inside = term.as_independent(DataSum, as_Add=False)
        if isinstance(inside, DataSum) and inside.has(parameter) and not outside.has(parameter):
            summand = sp.Add(*map(quotient, sp.Add.make_args(inside.summand)))
            total += outside * DataSum(summand, inside.variables)
        else:
            total += term.diff(parameter)
    return total


def _other_shapes(
    log_likelihood: Expr, score: Expr, parameter: Symbol, model: Specification, direct: bool, given: Sequence[Condition]
) -> Iterator[Shape | None]:
    if direct:
        yield _family(score, parameter, model)
    if score.count_ops() > LARGE:
        return
    scale = concave_scale(log_likelihood, parameter, model, given)
    if scale is not None:
        yield Shape("curvature", score * scale, None, scale)


def _is_analytic(function: Expr, parameter: Symbol) -> bool:
    """No corners in the parameter: then M′ ≤ 0 makes M strictly decreasing, or constant and without a change of sign."""
    corners = (sp.Piecewise, sp.Abs, sp.Max, sp.Min, sp.sign, sp.floor, sp.ceiling, sp.Heaviside)
    return not any(corner.has(parameter) for corner in function.atoms(*corners))


def _multiples(score: Expr, equation: Cleared | None, parameter: Symbol, region: Region) -> Iterator[tuple[Expr, Expr]]:
    """Candidates for M = m·ℓ′: cleared of denominators, as it stands, and on other scales of the parameter."""
    if region[parameter].lower == 0 and score.has(DataSum) and is_odd(score, parameter):
        yield sp.expand(_into_sums(score, 1 / parameter, parameter)), 1 / parameter
    if equation is not None and equation.numerator != 0:
        yield sp.expand(equation.numerator), equation.multiplier
        yield from _tamed(equation, parameter)
    yield score, sp.Integer(1)
    interval = region[parameter]
    scales = []
    if interval.lower.is_nonnegative and interval.upper == sp.oo:
        scales = [parameter, parameter**2, 1 + parameter, parameter * (1 + parameter)]
    elif interval.lower.is_finite and interval.upper.is_finite:
        below, above = parameter - interval.lower, interval.upper - parameter
        scales = [below, above, below * above]
    for scale in scales:
        yield sp.expand(_into_sums(score, scale, parameter)), scale


def _tamed(equation: Cleared, parameter: Symbol) -> Iterator[tuple[Expr, Expr]]:
    """The numerator divided by its fastest exponential: a − b·e^θ → a·e^(−θ) − b, whose limit at ∞ is a statistic."""
    terms = sp.Add.make_args(sp.expand(equation.numerator))
    rates = [sp.Add(*(e.exp for e in sp.Mul.make_args(t) if isinstance(e, sp.exp))).coeff(parameter) for t in terms]
    if all(rate.is_Rational for rate in rates) and (fastest := max(rates)) > 0:
        scale = sp.exp(-fastest * parameter)
        yield sp.Add(*(sp.powsimp(term * scale) for term in terms)), equation.multiplier * scale


def _into_sums(expr: Expr, factor: Expr, parameter: Symbol) -> Expr:
    """factor·Σ g(xᵢ) → Σ factor·g(xᵢ), for the sums that hold the parameter."""
    total = sp.Integer(0)
    for term in sp.Add.make_args(sp.expand(expr)):
        outside, inside = term.as_independent(DataSum, as_Add=False)
        if isinstance(inside, DataSum) and inside.has(parameter):
            total += DataSum(sp.cancel(outside * factor * inside.summand) if _rational(inside.summand) else
                             outside * factor * inside.summand, inside.variables)  # fmt: skip
        else:
            total += term * factor
    return total


def _rational(expr: Expr) -> bool:
    return expr.is_rational_function(*expr.free_symbols)


def _family(score: Expr, parameter: Symbol, model: Specification) -> Shape | None:
    """ℓ′ = c′(θ)·S + n·a′(θ) with c′ of one sign: S − nτ(θ), τ = −a′/c′, is strictly monotone.

    For f = h(x)·exp(c(θ)T(x) + a(θ)), E T = τ(θ) and dτ/dθ = c′(θ)·Var T (Casella & Berger 2002, Theorem 3.4.2; the premise
    is that f integrates to 1 for every θ and that T is not constant).
    """
    sums = {s for s in score.atoms(DataSum)}
    if len(sums) != 1 or not model.checked or (total := sums.pop()).has(parameter):
        return None
    slot = Dummy("S")
    replaced = sp.expand(score.xreplace({total: slot}))
    slope = replaced.coeff(slot, 1)
    rest = sp.expand(replaced - slope * slot)
    if rest.has(slot) or slope.has(slot):
        return None
    found = sample_sign(slope, model, model.region)
    if found is None or found.sign not in STRICT:
        return None
    side = 1 if found.sign is Sign.POSITIVE else -1
    return Shape("family", side * (total + rest / slope), None, side / slope)
