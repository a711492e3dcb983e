"""The arithmetic of doubles: SymPy class → NumPy function.

To add a function: a line in ``FUNCTIONS`` when it is one on arrays of reals, or in ``SLOW_FUNCTIONS`` when only
mpmath has it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import mpmath
import numpy as np
import sympy as sp
from sympy import Expr
from sympy.functions.special.tensor_functions import KroneckerDelta

from symbolic_mle.algebra import special
from symbolic_mle.algebra.numeric.chunks import ordered, total
from symbolic_mle.algebra.numeric.scope import Arithmetic
from symbolic_mle.algebra.numeric.stable import STABLE
from symbolic_mle.algebra.numeric.structure import STRUCTURE, place_folded
from symbolic_mle.algebra.numeric.tape import NotNumeric, Operation


def number(expr: Expr) -> Any:
    """The double nearest to a number."""
    if expr.is_Rational:
        try:
            return np.float64(expr.p / expr.q)
        except OverflowError:
            return np.float64(math.inf if expr.p > 0 else -math.inf)
    if expr.is_extended_real is False:
        return np.float64(math.nan) if expr in (sp.zoo, sp.nan) else _refuse(expr)
    return np.float64(float(expr))


def _refuse(expr: Expr) -> Any:
    raise NotNumeric(f"{expr} is not a real number")


def elementwise(function: Callable[..., Any]) -> Operation:
    """A function of mpmath, applied to one element after the other; nan where it has no real value."""

    def apply(*arguments: Any) -> Any:
        context = mpmath.MPContext()
        return np.vectorize(partial(_one_element, context, function), otypes=[float])(*arguments)[()]

    return apply


def _one_element(context: Any, function: Callable[..., Any], *arguments: float) -> float:
    try:
        value = function(context, *map(context.mpf, arguments))
    except (ValueError, ZeroDivisionError, ArithmeticError, context.NoConvergence):
        return math.nan
    return float(value) if isinstance(value, context.mpf) else math.nan


def mp_derivative(name: str, position: int, order: int) -> Callable[..., Any]:
    """The derivative of a function of mpmath in one of its arguments, with digits to spare for the differences."""

    def derivative(context: Any, *arguments: Any) -> Any:
        orders = tuple(order if i == position else 0 for i in range(len(arguments)))
        with context.workdps(context.dps + 10 * order):
            return +context.diff(getattr(context, name), arguments, orders)

    return derivative


def derivative(kind: type, position: int, order: int) -> Operation | None:
    if kind is sp.zeta and position == 0:
        return lambda s, *a: special.hurwitz_zeta(s, a[0], order) if a else special.zeta(s, order)
    name = SLOW_DERIVATIVES.get(kind)
    return None if name is None else elementwise(mp_derivative(name, position, order))


def _polygamma(order: Any, x: Any) -> Any:
    if np.ndim(order) or order < 0 or order != np.floor(order):
        raise NotNumeric("polygamma needs one order, a natural number")
    return special.polygamma(int(order), x)


def _lambert(x: Any, branch: Any = 0.0) -> Any:
    return special.lambert_w(x, int(branch))


def _zeta(s: Any, a: Any = None) -> Any:
    return special.zeta(s) if a is None else special.hurwitz_zeta(s, a)


def _loggamma(x: Any) -> Any:
    return np.where(np.less(x, 0), np.nan, special.lgamma(x))[()]


def _heaviside(x: Any, at_zero: Any = 0.5) -> Any:
    return np.heaviside(x, at_zero)


def _dirac(x: Any, *_: Any) -> Any:
    return np.where(np.equal(x, 0), np.nan, 0.0)[()]


def _select(condition: Any, chosen: Any, otherwise: Any) -> Any:
    return np.where(condition, chosen, otherwise)[()]


def _reciprocal(function: Callable[[Any], Any]) -> Operation:
    return lambda x: 1.0 / function(x)


FUNCTIONS: Mapping[type, Operation] = {
    sp.exp: np.exp, sp.sin: np.sin, sp.cos: np.cos, sp.tan: np.tan,
    sp.sinh: np.sinh, sp.cosh: np.cosh, sp.tanh: np.tanh,
    sp.asin: np.arcsin, sp.acos: np.arccos, sp.atan: np.arctan, sp.atan2: np.arctan2,
    sp.asinh: np.arcsinh, sp.acosh: np.arccosh, sp.atanh: np.arctanh,
    sp.sec: _reciprocal(np.cos), sp.csc: _reciprocal(np.sin), sp.cot: _reciprocal(np.tan),
    sp.sech: _reciprocal(np.cosh), sp.csch: _reciprocal(np.sinh), sp.coth: _reciprocal(np.tanh),
    sp.acot: lambda x: np.arctan(1.0 / x),
    sp.erf: special.erf, sp.erfc: special.erfc, sp.erfinv: special.erfinv, sp.erfcinv: special.erfcinv,
    sp.gamma: special.gamma, sp.loggamma: _loggamma, sp.polygamma: _polygamma, sp.digamma: special.digamma,
    sp.trigamma: partial(special.polygamma, 1),
    sp.factorial: lambda x: special.gamma(np.add(x, 1.0)), sp.binomial: special.binomial, sp.beta: special.beta,
    sp.harmonic: lambda x: special.digamma(np.add(x, 1.0)) + float(sp.EulerGamma),
    sp.zeta: _zeta, sp.besseli: special.besseli, sp.besselk: special.besselk, sp.LambertW: _lambert,
    sp.Abs: np.abs, sp.sign: np.sign, sp.floor: np.floor, sp.ceiling: np.ceil, sp.Mod: np.mod,
    sp.re: np.positive, sp.im: np.zeros_like, sp.conjugate: np.positive,
    sp.Heaviside: _heaviside, sp.DiracDelta: _dirac, sp.Piecewise: _select,
    KroneckerDelta: lambda i, j, *_: np.equal(i, j) * 1.0,
    sp.Eq: np.equal, sp.Ne: np.not_equal, sp.Lt: np.less, sp.Le: np.less_equal, sp.Gt: np.greater,
    sp.Ge: np.greater_equal, sp.Not: np.logical_not,
}  # fmt: skip

SLOW_FUNCTIONS: Mapping[type, str] = {
    sp.besselj: "besselj", sp.bessely: "bessely", sp.expint: "expint", sp.Ei: "ei", sp.li: "li", sp.Si: "si",
    sp.Ci: "ci", sp.erfi: "erfi", sp.polylog: "polylog", sp.rf: "rf", sp.ff: "ff",
}  # fmt: skip

SLOW_DERIVATIVES: Mapping[type, str] = {
    sp.besseli: "besseli", sp.besselk: "besselk", sp.besselj: "besselj", sp.bessely: "bessely", sp.polylog: "polylog",
}  # fmt: skip


def _by_name(name: str) -> Operation:
    return elementwise(lambda context, *arguments: getattr(context, name)(*arguments))


DOUBLES = Arithmetic(
    number=number,
    functions={
        **FUNCTIONS,
        **{kind: _by_name(name) for kind, name in SLOW_FUNCTIONS.items()},
        sp.lowergamma: elementwise(lambda context, s, x: context.gammainc(s, 0, x)),
        sp.uppergamma: elementwise(lambda context, s, x: context.gammainc(s, x)),
    },
    handlers={
        **STRUCTURE,
        sp.Max: place_folded(np.maximum),
        sp.Min: place_folded(np.minimum),
        sp.And: place_folded(np.logical_and),
        sp.Or: place_folded(np.logical_or),
        **STABLE,
    },
    total=total,
    ordered=ordered,
    derivative=derivative,
)
