"""An expression over many boxes of parameters at once: intervals that hold all its values, with the data in.

Sums over the sample run over the distinct observations. A function without an entry in ``RULES`` raises ``NotEnclosedError``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import sympy as sp
from numpy.typing import NDArray
from sympy import Basic, Expr, Symbol

from symbolic_mle.algebra import special
from symbolic_mle.algebra.numeric import compile_pointwise
from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.locating import interval_arithmetic as arithmetic
from symbolic_mle.locating.interval_arithmetic import SPECIAL, Intervals, Reals

EXACT = 2**53


class NotEnclosedError(Exception):
    """No interval is known for a part of the expression."""


@dataclass(frozen=True, slots=True)
class Data:
    """The distinct observations, how often each occurs, and what stands for single numbers."""

    columns: Mapping[Symbol, Reals]
    weights: Reals
    constants: Mapping[Symbol, float]

    @staticmethod
    def of(sample: Mapping[Symbol, Reals], constants: Mapping[Symbol, float], size: Symbol) -> Data:
        rows, counts = np.unique(np.column_stack(list(sample.values())), axis=0, return_counts=True)
        columns = {x: rows[:, k] for k, x in enumerate(sample)}
        return Data(columns, counts.astype(float), {**constants, size: float(counts.sum())})


def enclose(expr: Expr, boxes: Mapping[Symbol, Intervals], data: Data) -> Intervals:
    """The intervals of the expression over boxes, one for each."""
    count = len(next(iter(boxes.values())).low)
    with np.errstate(all="ignore"):
        found = _Evaluation(boxes, data, inside=False, known={}).value(expr)
    return Intervals(np.broadcast_to(found.low, (count,)), np.broadcast_to(found.high, (count,)))


@dataclass(frozen=True, slots=True)
class _Evaluation:
    """Over boxes (rows), or inside a sum over boxes and observations (rows and columns)."""

    boxes: Mapping[Symbol, Intervals]
    data: Data
    inside: bool
    known: dict[Expr, Intervals]

    def value(self, expr: Expr) -> Intervals:
        if expr not in self.known:
            self.known[expr] = self._value(expr)
        return self.known[expr]

    def _value(self, expr: Expr) -> Intervals:
        if isinstance(expr, DataSum):
            return self._sum(expr)
        if expr in self.boxes:
            box = self.boxes[expr]
            return Intervals(box.low[:, None], box.high[:, None]) if self.inside else box
        if self.inside and expr in self.data.columns:
            return Intervals.point(self.data.columns[expr][None, :])
        if expr in self.data.constants:
            return Intervals.point(self.data.constants[expr])
        if not expr.free_symbols and not expr.has(DataSum):
            return _number(expr)
        if isinstance(expr, sp.Piecewise):
            return self._pieces(expr)
        if isinstance(expr, sp.Pow):
            return self._power(*expr.args)
        if isinstance(expr, sp.polygamma):
            return _polygamma(expr.args[0], self.value(expr.args[1]))
        rule = RULES.get(expr.func)
        if rule is None:
            raise NotEnclosedError(str(expr.func))
        return rule(*map(self.value, expr.args))

    def _sum(self, total: DataSum) -> Intervals:
        if self.inside:
            return _as_column(_Evaluation(self.boxes, self.data, False, {}).value(total))
        inner = _Evaluation(self.boxes, self.data, True, {}).value(total.summand)
        weights = self.data.weights
        terms = [np.where(weights > 0, end * weights, 0.0) for end in (inner.low, inner.high)]
        width = len(weights) + 2
        low, high = (np.broadcast_to(t, (*np.shape(t)[:-1], len(weights))) for t in terms)
        slack = [2.0**-52 * width * np.sum(np.abs(np.where(np.isfinite(t), t, 0.0)), axis=-1) for t in (low, high)]
        found = arithmetic.outward(np.sum(low, axis=-1) - slack[0], np.sum(high, axis=-1) + slack[1])
        return found.signed(np.asarray((low >= 0).all(axis=-1)), np.asarray((high <= 0).all(axis=-1)))

    def _pieces(self, expr: sp.Piecewise) -> Intervals:
        found: Intervals | None = None
        for piece, condition in reversed(expr.args):
            here = self.value(piece)
            mask = self._holds(condition)
            found = here if found is None else Intervals(
                np.where(mask, here.low, found.low), np.where(mask, here.high, found.high)
            )  # fmt: skip
        assert found is not None
        return found

    def _holds(self, condition: Basic) -> NDArray[np.bool_]:
        if condition in (sp.true, sp.false):
            return np.asarray(condition == sp.true)
        if not self.inside or condition.free_symbols - set(self.data.columns):
            raise NotEnclosedError("a condition on a parameter")
        holds = compile_pointwise(sp.Piecewise((1, condition), (0, True)), (), tuple(self.data.columns))
        return np.asarray(holds({}, self.data.columns) != 0)[None, :]

    def _power(self, base: Expr, exponent: Expr) -> Intervals:
        if exponent.is_Integer and abs(int(exponent)) < 1000:
            return self.value(base).power(int(exponent))
        if exponent.is_Rational:
            share, found = float(exponent), self.value(base).within(0.0, np.inf)
            power = found.rising(lambda v: v ** abs(share), 8 * arithmetic.ULPS)
            return power.reciprocal() if share < 0 else power
        return RULES[sp.exp](self.value(exponent) * arithmetic.logarithm(self.value(base)))


def _as_column(found: Intervals) -> Intervals:
    return Intervals(np.reshape(found.low, (-1, 1)), np.reshape(found.high, (-1, 1)))


def _number(expr: Expr) -> Intervals:
    value = float(expr.evalf(25))
    if expr.is_Integer and abs(value) <= EXACT:
        return Intervals.point(value)
    return arithmetic.widened(np.asarray(value), np.asarray(value), arithmetic.ULPS)


def _polygamma(order: Expr, x: Intervals) -> Intervals:
    """ψ rises on x > 0; (−1)^(m+1) ψ^(m) falls from ∞ to 0."""
    m = int(order)
    positive = x.low >= 0
    low, high = np.maximum(x.low, 5e-324), np.maximum(x.high, 5e-324)
    ends = [np.asarray(special.polygamma(m, v)) for v in (low, high)]
    limits = (-np.inf, np.inf) if m == 0 else (np.inf, 0.0) if m % 2 else (-np.inf, 0.0)
    ends[0] = np.where(x.low <= 0, limits[0], ends[0])
    ends[1] = np.where(np.isinf(x.high), limits[1], ends[1])
    ends[0] = np.where(np.isinf(x.low), limits[1], ends[0])
    bottom, top = np.minimum(*ends), np.maximum(*ends)
    slack = [SPECIAL * (np.abs(e) + (1.0 if m == 0 else 0.0)) for e in (bottom, top)]
    found = arithmetic.outward(bottom - slack[0], top + slack[1])
    return Intervals(np.where(positive, found.low, -np.inf), np.where(positive, found.high, np.inf))


def _folded(operation: Callable[[Intervals, Intervals], Intervals]) -> Callable[..., Intervals]:
    def fold(first: Intervals, *rest: Intervals) -> Intervals:
        for other in rest:
            first = operation(first, other)
        return first

    return fold


RULES: Mapping[type, Callable[..., Intervals]] = {
    sp.Add: _folded(lambda a, b: a + b),
    sp.Mul: _folded(lambda a, b: a * b),
    sp.exp: lambda x: x.rising(np.exp, 1e-15 + arithmetic.ULPS).within(0.0, np.inf),
    sp.log: arithmetic.logarithm,
    sp.sin: lambda x: arithmetic.cosine(x + _number(-sp.pi / 2)),
    sp.cos: arithmetic.cosine,
    sp.sinh: lambda x: x.rising(np.sinh),
    sp.cosh: lambda x: arithmetic.even(x, np.cosh, rises=True),
    sp.sech: lambda x: arithmetic.even(x, lambda v: 1 / np.cosh(v), rises=False).within(0.0, 1.0),
    sp.tanh: lambda x: x.rising(np.tanh).within(-1.0, 1.0),
    sp.atan: lambda x: x.rising(np.arctan),
    sp.asinh: lambda x: x.rising(np.arcsinh),
    sp.Abs: arithmetic.absolute,
    sp.erf: lambda x: x.rising(lambda v: np.asarray(special.erf(v)), SPECIAL),
    sp.loggamma: lambda x: arithmetic.log_gamma(x, lambda v: np.asarray(special.lgamma(v))),
}
