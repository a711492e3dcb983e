"""Expectations without a closed form: SymPy's unevaluated integral or sum, with a numerical value that is quick and honest.

SymPy's own ``evalf`` of such integrals may take minutes, and that of a sum may be wrong. Here it is quadrature in doubles (algebra/
quadrature.py), and where that is not to be trusted the object stays as it is.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import sympy as sp
from sympy import Expr

from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.algebra.numeric import NotNumeric, compile_pointwise
from symbolic_mle.algebra.quadrature import lattice, nodes
from symbolic_mle.records import Specification

STEPS = (1 / 32, 1 / 64)
TRUSTED = 1e-9


class StatedIntegral(sp.Integral):
    """∫ g dx, not evaluated."""

    def _eval_evalf(self, prec: int) -> Expr | None:
        found = [_sum_of(self, *nodes(interval, step)[:2]) for step in STEPS if (interval := _interval(self))]
        if len(found) != len(STEPS) or not abs(found[0] - found[1]) <= TRUSTED * max(1.0, abs(found[1])):
            return None
        return sp.Float(found[1], 15)


class StatedSum(sp.Sum):
    """Σ g over the integers of an interval, not evaluated."""

    def _eval_evalf(self, prec: int) -> Expr | None:
        interval = _interval(self)
        if interval is None:
            return None
        points, complete = lattice(interval)
        half, whole = (_sum_of(self, points[:k], np.ones(k)) for k in (len(points) // 2, len(points)))
        trusted = complete or abs(half - whole) <= TRUSTED * max(1.0, abs(whole))
        return sp.Float(whole, 15) if trusted else None


def _interval(stated: Any) -> Interval | None:
    _, low, high = stated.limits[0]
    if len(stated.limits) != 1 or not (low.is_number and high.is_number) or stated.free_symbols:
        return None
    return Interval(low, high, low != -sp.oo, high != sp.oo, isinstance(stated, sp.Sum))


def _sum_of(stated: Any, points: Any, weights: Any) -> float:
    x = stated.limits[0][0]
    try:
        values = compile_pointwise(stated.function, [], (x,))({}, {x: points}) * weights
    except NotNumeric:
        return float("nan")
    return float(values[np.isfinite(values)].sum())


def stated(statistic: Expr, model: Specification) -> Expr:
    """E[T] as an integral or a sum that is not evaluated."""
    value = model.density * statistic
    for x in model.variables:
        interval = model.support.intervals[x]
        kind = StatedSum if model.discrete else StatedIntegral
        value = kind(value, (x, interval.lower, interval.upper))
    return value
