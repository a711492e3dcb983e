"""The sign of a statistic on a sample, decided or left open, never guessed."""

from __future__ import annotations

import math

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.numeric.evaluator import Sample, Values, columns_of, compile_expression
from symbolic_mle.algebra.numeric.exact import evaluate_exactly
from symbolic_mle.algebra.numeric.logarithms import is_wild
from symbolic_mle.algebra.sample import DataSum, OrderStatistic

CLEAR = 1e-9  # of the scale: a thousand times the rounding error of any sum of doubles
CLEAR_OF_LARGE_SAMPLES = 1e-11
MOST_DISTINCT_ROWS = 100_000
STEPS = (sp.floor, sp.ceiling, sp.sign, sp.KroneckerDelta)
STAGES = ((60, -45), (120, -90), (500, -450))  # digits, and the power of ten below which a share of the scale is 0


def sign_on_sample(expr: Expr, values: Values, sample: Sample, size: Symbol | None = None) -> int | None:
    """−1, 0 or 1; None when neither doubles nor many digits tell.

    In doubles when the value is far beyond its rounding error; else with 60 digits; what is then below 1e−45 of the
    scale is computed with 120, and is zero below 1e−90: data are decimals of at most 17 digits, so a statistic that is
    not zero may be small, but not that small. With exponentials in it, it may; then 500 digits decide, at 1e−450.
    """
    scale = error_scale(expr)
    value, spread = (_in_doubles(each, values, sample, size) for each in (expr, scale))
    if math.isfinite(value) and math.isfinite(spread):
        if value == 0 == spread:
            return 0
        if abs(value) > CLEAR * spread:
            return 1 if value > 0 else -1
    if not _is_small(sample):
        clear = math.isfinite(value) and math.isfinite(spread) and abs(value) > CLEAR_OF_LARGE_SAMPLES * spread
        return int(math.copysign(1, value)) if clear else None
    return _exact_sign(expr, scale, values, sample, size)


def _in_doubles(expr: Expr, values: Values, sample: Sample, size: Symbol | None) -> float:
    return compile_expression(expr, tuple(values), tuple(sample), size)(values, sample)


def _is_small(sample: Sample) -> bool:
    """Whether the distinct rows are few enough for exact arithmetic."""
    columns = list(columns_of(sample, tuple(sample)).values())
    if not columns or len(columns[0]) <= MOST_DISTINCT_ROWS:
        return True
    return len(set(zip(*(column.tolist() for column in columns), strict=True))) <= MOST_DISTINCT_ROWS // 10


def _exact_sign(expr: Expr, scale: Expr, values: Values, sample: Sample, size: Symbol | None) -> int | None:
    for digits, threshold in STAGES if is_wild_inside(expr) else STAGES[:2]:
        value = evaluate_exactly(expr, values, sample, digits, size)
        spread = evaluate_exactly(scale, values, sample, digits, size)
        context = value.context
        if context.isinf(value):
            return 1 if value > 0 else -1
        if not context.isfinite(value):
            return None
        if not context.isfinite(spread):  # a root of 0, whose slope is infinite: more digits tell whether this many do
            finer = evaluate_exactly(expr, values, sample, 2 * digits, size)
            settled = abs(finer) > 1e-20 and abs(finer - value) < 1e-20 * abs(finer)
            return (1 if value > 0 else -1) if settled else None
        if abs(value) > spread * context.mpf(10) ** threshold:
            return 1 if value > 0 else -1
    return 0


def is_wild_inside(expr: Expr) -> bool:
    """Whether a term could be tiny beside the others without being zero, as e^−300 is."""
    return any(map(is_wild, sp.preorder_traversal(expr)))


def error_scale(expr: Expr) -> Expr:
    """S with |computed − true| ≤ a small multiple of 2⁻⁵³ S, however much cancels.

    S(c) = |c|, S(Σ uᵢ) = Σ S(uᵢ), S(Π uᵢ) = Π S(uᵢ), S(|u|) = S(u), S(uᵏ) = S(u)ᵏ for k = 1, 2, …; for other functions
    S(f(u)) = |f(u)| + |f'(u)| S(u) + |f''(u)| S(u)²: an error is carried on by the slope, and by the bend. A step function
    (⌊u⌋, ⌈u⌉, sign u, δ) has neither: S(f(u)) = |f(u)|.
    """
    if not expr.args or isinstance(expr, STEPS):
        return sp.Abs(expr)
    if isinstance(expr, DataSum):
        return DataSum(error_scale(expr.summand), expr.variables)
    if isinstance(expr, OrderStatistic):
        return OrderStatistic(error_scale(expr.summand), expr.variables, DataSum(1, expr.variables))
    if isinstance(expr, (sp.Add, sp.Mul)):
        return expr.func(*map(error_scale, expr.args))
    if isinstance(expr, sp.Pow) and expr.exp.is_Integer and expr.exp > 0:
        return error_scale(expr.base) ** expr.exp
    if isinstance(expr, sp.Piecewise):
        return sp.Piecewise(*((error_scale(value), condition) for value, condition in expr.args))
    if isinstance(expr, sp.Abs):
        return error_scale(expr.args[0])
    if isinstance(expr, (sp.Max, sp.Min)):
        return sp.Max(*map(error_scale, expr.args))
    return sp.Abs(expr) + sp.Add(
        *(_carried(expr, i) for i, argument in enumerate(expr.args) if not _is_exact(argument))
    )


def _is_exact(argument: Expr) -> bool:
    return isinstance(argument, sp.Integer) or not isinstance(argument, Expr)


def _carried(expr: Expr, position: int) -> Expr:
    """|∂f/∂uᵢ| S(uᵢ) + |∂²f/∂uᵢ²| S(uᵢ)²"""
    argument, arguments = expr.args[position], list(expr.args)
    place = sp.Dummy(**argument.assumptions0)
    slope = expr.func(*arguments[:position], place, *arguments[position + 1 :]).diff(place)
    scale = error_scale(argument)
    return sum(sp.Abs(d.xreplace({place: argument})) * scale**k for k, d in ((1, slope), (2, slope.diff(place))))
