"""The sign of a statistic on a sample, decided or left open, never guessed."""

from __future__ import annotations

import math

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.numeric.evaluator import Sample, Values, columns_of, compile_expression
from symbolic_mle.algebra.numeric.exact import evaluate_exactly
from symbolic_mle.algebra.sample import DataSum

CLEAR = 1e-9  # of the scale: a thousand times the rounding error of any sum of doubles
CLEAR_OF_LARGE_SAMPLES = 1e-11
MOST_DISTINCT_ROWS = 100_000


def sign_on_sample(expr: Expr, values: Values, sample: Sample, size: Symbol | None = None) -> int | None:
    """−1, 0 or 1; None when neither doubles nor 120 digits tell.

    In doubles when the value is far beyond its rounding error; else with 60 digits; what is then below 1e−45 of the
    scale is computed with 120, and is zero below 1e−90. (Data are decimals of at most 17 digits: a statistic that is
    not zero may be small, but not that small.)
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
    for digits, threshold in ((60, "1e-45"), (120, "1e-90")):
        value = evaluate_exactly(expr, values, sample, digits, size)
        spread = evaluate_exactly(scale, values, sample, 20, size)
        if value == value.context.inf or value == value.context.ninf:
            return 1 if value > 0 else -1
        if not (value.context.isfinite(value) and value.context.isfinite(spread)):
            return None
        if abs(value) > value.context.mpf(threshold) * value.context.mpf(spread):
            return 1 if value > 0 else -1
    return 0


def error_scale(expr: Expr) -> Expr:
    """E with |computed − true| ≤ a small multiple of 2⁻⁵³ E: every rounding, carried on by the slopes.

    E(c) = |c|, E(Σ uᵢ) = Σ E(uᵢ), E(u v) = |v| E(u) + |u| E(v) + |u v|, E(f(u)) = |f'(u)| E(u) + |f(u)|.
    """
    if not expr.args:
        return sp.Abs(expr)
    if isinstance(expr, DataSum):
        return DataSum(error_scale(expr.summand), expr.variables)
    if isinstance(expr, sp.Add):
        return sp.Add(*map(error_scale, expr.args))
    if isinstance(expr, sp.Piecewise):
        return sp.Piecewise(*((error_scale(value), condition) for value, condition in expr.args))
    if isinstance(expr, (sp.Max, sp.Min)):
        return sp.Max(*map(error_scale, expr.args))
    return sp.Abs(expr) + sp.Add(
        *(_carried(expr, i) for i, argument in enumerate(expr.args) if not _is_exact(argument))
    )


def _is_exact(argument: Expr) -> bool:
    return isinstance(argument, sp.Integer) or not isinstance(argument, Expr)


def _carried(expr: Expr, position: int) -> Expr:
    """|∂f/∂uᵢ| E(uᵢ)"""
    place = sp.Dummy(**expr.args[position].assumptions0)
    arguments = list(expr.args)
    slope = expr.func(*arguments[:position], place, *arguments[position + 1 :]).diff(place)
    return sp.Abs(slope.xreplace({place: expr.args[position]})) * error_scale(expr.args[position])
