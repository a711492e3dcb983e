"""One parameter at a time: the maximum of θ ↦ ℓ(θ) on an interval, the other parameters held fixed.

Theorem (decreasing score). Let ℓ be differentiable on (a, b), m > 0 there, and M = m·ℓ′ strictly decreasing. Then
  lim M > 0 at a and lim M < 0 at b  ⇔  ℓ′ has a root; it is the only one and the unique maximiser of ℓ on (a, b);
  lim M ≤ 0 at a  ⇒  ℓ is strictly decreasing;      lim M ≥ 0 at b  ⇒  ℓ is strictly increasing.
(ℓ′ has the sign of M. m = 1 is strict concavity; another m is concavity in another parametrisation.)
Premises checked: m > 0, and M′ ≤ 0 for all data and all values of the other parameters; M is analytic, so it is strictly
decreasing unless it is constant, and a constant M has no change of sign. Where M′ ≤ 0 cannot be proved nothing is claimed.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import sympy as sp
from sympy import Dummy, Expr, Symbol

from symbolic_mle.algebra.ends import limit_at
from symbolic_mle.algebra.equations import Cleared, Isolated, cleared, isolated, quadratic_root, undone
from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.algebra.sample import DataSum, outermost_sums, sealed
from symbolic_mle.algebra.separation import separate
from symbolic_mle.algebra.signs import Sign
from symbolic_mle.records import Condition, Region, Specification
from symbolic_mle.stages.facts import sample_sign
from symbolic_mle.stages.likelihood import sum_over_sample
from symbolic_mle.stages.sample_signs import STRICT, SampleSign, find_sign, merged, termwise_sign
from symbolic_mle.stages.solution.curvature import concave_scale

Line = tuple[Expr, Expr, str]  # left = right, and the reason


@dataclass(frozen=True, slots=True)
class Shape:
    """Why ℓ has one peak: M = multiplier·ℓ′ is strictly decreasing, its derivative being negative (or by ``kind``)."""

    kind: str  # "concave" (multiplier 1), "decreasing", "family", "curvature"
    function: Expr
    derivative: Expr | None
    multiplier: Expr
    second: Expr | None = None  # ℓ″, where it too is proved to be ≤ 0


@dataclass(frozen=True, slots=True)
class End:
    """An end of the interval: the limit of M there and its sign over the samples (None: not known)."""

    value: Expr
    side: str
    closed: bool
    limit: Expr | None
    sign: SampleSign | None


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
    score = log_likelihood.diff(parameter)
    interval = model.parameters[parameter]

    def strict(expr: Expr) -> int:
        found = sample_sign(expr, model, model.region, given)
        return 0 if found is None or found.sign not in STRICT else (1 if found.sign is Sign.POSITIVE else -1)

    equation = cleared(score, strict)
    lines, root = _solve(equation, parameter, strict)
    if closed_only and root is None:
        return None
    shape, lower, upper = _shape_and_ends(log_likelihood, score, equation, parameter, model, given, direct)
    if shape is not None:
        shape = replace(shape, second=_negative_second(score, shape, parameter, model))
    return Reduction(parameter, interval, log_likelihood, score, equation, lines, root, shape, lower, upper)


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


def _shape_and_ends(
    log_likelihood: Expr, score: Expr, equation: Cleared | None, parameter: Symbol, model: Specification,
    given: Sequence[Condition], direct: bool,
) -> tuple[Shape | None, End, End]:  # fmt: skip
    """The first shape whose limits at both ends have a known sign, else the first shape."""
    interval, first = model.parameters[parameter], None
    shapes = _shapes(score, equation, parameter, model, given)
    for shape in itertools.chain(shapes, _other_shapes(log_likelihood, score, parameter, model, direct), (None,)):
        lower = _end(shape, parameter, interval.lower, "+", interval.closed_lower, model, given)
        upper = _end(shape, parameter, interval.upper, "-", interval.closed_upper, model, given)
        if shape is not None and lower.sign is not None and upper.sign is not None:
            return shape, lower, upper
        first = first or (shape and (shape, lower, upper))
        if shape is not None and any(total.has(parameter) for total in shape.function.atoms(DataSum)):
            break  # coupled with the data, so no other form has a limit that is known
    return first or (None, lower, upper)


# ------------------------------------------------------------------ the equation


def _solve(equation: Cleared | None, parameter: Symbol, strict: object) -> tuple[tuple[Line, ...], Expr | None]:
    """The lines from numerator = 0 to θ = root, or () where the equation has no closed solution."""
    found = None if equation is None else isolated(equation.numerator, parameter)
    if found is None:
        return (), None
    unknown, coefficients = found.unknown, found.coefficients
    lines: list[Line] = [(_collected(found), sp.Integer(0), "collect")]
    if len(coefficients) == 2:
        value = _quotient(-coefficients[0], coefficients[1])
    else:
        value = quadratic_root(*coefficients)
    steps = undone(unknown, value, parameter, strict)  # type: ignore[arg-type]
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


# ------------------------------------------------------------------ the shape


def _negative_second(score: Expr, shape: Shape, parameter: Symbol, model: Specification) -> Expr | None:
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
    for function, multiplier in _multiples(score, equation, parameter, region):
        derivative = function.diff(parameter)
        if not _is_analytic(function, parameter):
            continue
        found = sample_sign(derivative, model, region, given)
        if found is not None and found.sign in (Sign.NEGATIVE, Sign.NONPOSITIVE):
            yield Shape("concave" if multiplier == 1 else "decreasing", function, derivative, multiplier)


def _other_shapes(
    log_likelihood: Expr, score: Expr, parameter: Symbol, model: Specification, direct: bool
) -> Iterator[Shape | None]:
    if direct:
        yield _family(score, parameter, model)
    scale = concave_scale(log_likelihood, parameter, model)
    if scale is not None:
        yield Shape("curvature", score * scale, None, scale)


def _is_analytic(function: Expr, parameter: Symbol) -> bool:
    """No corners in the parameter: then M′ ≤ 0 makes M strictly decreasing, or constant and without a change of sign."""
    corners = (sp.Piecewise, sp.Abs, sp.Max, sp.Min, sp.sign, sp.floor, sp.ceiling, sp.Heaviside)
    return not any(corner.has(parameter) for corner in function.atoms(*corners))


def _multiples(score: Expr, equation: Cleared | None, parameter: Symbol, region: Region) -> Iterator[tuple[Expr, Expr]]:
    """Candidates for M = m·ℓ′: cleared of denominators, as it stands, and on other scales of the parameter."""
    if equation is not None and equation.numerator != 0:
        yield sp.expand(equation.numerator), equation.multiplier
    yield score, sp.Integer(1)
    interval = region[parameter]
    scales = []
    if interval.lower == 0 and interval.upper == sp.oo:
        scales = [parameter, parameter**2, 1 + parameter, parameter * (1 + parameter)]
    elif interval.lower.is_finite and interval.upper.is_finite:
        below, above = parameter - interval.lower, interval.upper - parameter
        scales = [below, above, below * above]
    for scale in scales:
        yield sp.expand(_into_sums(score, scale, parameter)), scale


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


# ------------------------------------------------------------------ the ends


def _end(
    shape: Shape | None, parameter: Symbol, end: Expr, side: str, closed: bool,
    model: Specification, given: Sequence[Condition],
) -> End:  # fmt: skip
    """Without a shape the ends decide nothing."""
    limit = None if shape is None else sample_limit(shape.function, parameter, end, side, model)
    sign: SampleSign | None = None
    if limit in (sp.oo, -sp.oo):
        sign = SampleSign(Sign.POSITIVE if limit == sp.oo else Sign.NEGATIVE)
    elif limit is not None and not limit.has(sp.oo, -sp.oo, sp.zoo, sp.nan):
        sign = sample_sign(limit, model, model.region, given)
    else:
        limit = None
    return End(end, side, closed, limit, sign)


def sample_limit(function: Expr, parameter: Symbol, end: Expr, side: str, model: Specification) -> Expr | None:
    """The limit at an end of a function of the parameter and of sums of the data."""
    sums = {s for s in function.atoms(DataSum)}
    moving = [s for s in sums if s.has(parameter)]
    if moving:
        summand = merged(function, model)
        if summand is None:
            return None
        inside = _limit_of_summand(summand, parameter, end, side, model)
        if inside is None:
            return None
        return inside if inside.is_infinite else _sum(inside, model)
    slots = {s: Dummy("S", **sign_assumption(s, model)) for s in outermost_sums(function)}
    found = limit_at(function.xreplace(slots), parameter, end, side)
    return None if found is None else found.xreplace({d: s for s, d in slots.items()})


def _sum(inside: Expr, model: Specification) -> Expr:
    if not inside.free_symbols & set(model.observed):
        return model.size * inside
    return DataSum(inside, model.observed)


def sign_assumption(total: DataSum, model: Specification) -> dict[str, bool]:
    """SymPy assumptions for a symbol in the place of a sum over the sample."""
    found = sample_sign(total, model, model.region)
    names = {
        Sign.POSITIVE: "positive", Sign.NEGATIVE: "negative", Sign.NONNEGATIVE: "nonnegative", Sign.NONPOSITIVE: "nonpositive",
        Sign.ZERO: "zero",
    }  # fmt: skip
    return {"real": True} if found is None else {names[found.sign]: True}


def _limit_of_summand(summand: Expr, parameter: Symbol, end: Expr, side: str, model: Specification) -> Expr | None:
    """Σ lim g(xᵢ, θ); an observation at which the limit is another one is told apart."""
    if len(model.observed) != 1:
        return None
    x = model.observed[0]
    if x not in summand.free_symbols:
        return limit_at(summand, parameter, end, side)
    interval = model.support.intervals[x]
    positive = bool(x.is_nonnegative)
    generic = Dummy("x", **({"positive": True} if positive else {"real": True, "nonzero": True}))
    found = limit_at(summand.xreplace({x: generic}), parameter, end, side)
    if found is None:
        return None
    found = found.xreplace({generic: x})
    for point in _special_points(interval):
        there = limit_at(summand.subs(x, point), parameter, end, side)
        if there is None:
            return None
        if there != found and sp.simplify(there - found.subs(x, point)) != 0:
            if there.is_infinite or found.is_infinite:
                return None
            found = sp.Piecewise((there, sp.Eq(x, point)), (found, True))
    return found


def _special_points(interval: Interval) -> list[Expr]:
    points = [
        e for e, closed in ((interval.lower, interval.closed_lower), (interval.upper, interval.closed_upper)) if closed
    ]
    inside = (interval.lower.is_negative or interval.lower == -sp.oo) and (
        interval.upper.is_positive or interval.upper == sp.oo
    )
    return points + ([sp.Integer(0)] if inside else [])
