"""Sums, products and powers of doubles: how each is computed so that digits and range are kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import numpy as np
import sympy as sp

from symbolic_mle.algebra.numeric.chunks import sum_once
from symbolic_mle.algebra.numeric.logarithms import is_wild, place_log, signed_log
from symbolic_mle.algebra.numeric.pairs import Term, paired_terms
from symbolic_mle.algebra.numeric.products import ProductRule, SteadyProduct, is_unsigned_pole, multiply
from symbolic_mle.algebra.numeric.scope import Handler, Scope


def place_add(scope: Scope, expr: sp.Add) -> int:
    return scope.emit(add, *(_place_term(scope, term) for term in paired_terms(expr)))


def _place_term(scope: Scope, term: Term) -> int:
    if not isinstance(term, tuple):
        return scope.place(term)
    coefficient, operation, argument = term
    value = scope.emit(operation, scope.place(argument))
    return value if coefficient == 1 else scope.emit(np.multiply, scope.place(coefficient), value)


def add(*terms: Any) -> Any:
    """Σ terms, rounded once when they are numbers."""
    if all(isinstance(term, float) for term in terms):
        return np.float64(sum_once(terms))
    result = terms[0]
    for term in terms[1:]:
        result = result + term
    return result


def place_multiply(scope: Scope, expr: sp.Mul) -> int:
    factors = list(expr.args)
    if len(factors) == 2 and factors[0].is_Number and factors[0].is_finite:
        return scope.emit(np.multiply, *map(scope.place, factors))
    rule = ProductRule.of(factors)
    slots = [bare_power(scope, factor) if isinstance(factor, sp.Pow) else scope.place(factor) for factor in factors]
    if sum(map(is_wild, factors)) < 2:
        return scope.emit(partial(multiply, rule), *slots)
    logs = scope.inner((), lazy=True)
    pairs = [slot for factor in factors for slot in signed_log(logs, factor)]
    tape = logs.finish(logs.emit(lambda *parts: list(zip(parts[::2], parts[1::2], strict=True)), *pairs))
    return scope.emit(SteadyProduct(rule, len(factors), tape), *slots, *logs.captured)


def place_power(scope: Scope, expr: sp.Pow) -> int:
    """b^e, nan at a pole that has no sign."""
    slot = bare_power(scope, expr)
    return scope.emit(_without_pole, slot) if is_unsigned_pole(expr) else slot


def _without_pole(value: Any) -> Any:
    return np.where(np.isinf(value), np.nan, value)[()]


def bare_power(scope: Scope, expr: sp.Pow) -> int:
    """b^e, +∞ at a pole."""
    base, exponent = expr.args
    if (operation := POWERS.get(exponent)) is not None:
        return scope.emit(operation, scope.place(base))
    return scope.emit(_power, scope.place(base), scope.place(exponent))


def _power(base: Any, exponent: Any) -> Any:
    return np.power(base + 0.0, exponent)  # −0 + 0 = 0: a pole is met from the right


POWERS: Mapping[Any, Callable[[Any], Any]] = {
    sp.Integer(-1): lambda x: 1.0 / (x + 0.0),
    sp.Integer(-2): lambda x: 1.0 / (x * x),
    sp.Integer(2): np.square,
    sp.Rational(1, 2): np.sqrt,
    sp.Rational(-1, 2): lambda x: 1.0 / np.sqrt(x + 0.0),
}

STABLE: dict[type, Handler] = {
    sp.Add: place_add,
    sp.Mul: place_multiply,
    sp.Pow: place_power,
    sp.log: place_log,
}
