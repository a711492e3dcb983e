"""Logarithms of doubles within their range: log(1 + u) → log1p, log Σ e^u about its largest term, log Γ directly.

``signed_log`` is the pair (sign, log |expr|): what a product is recomputed from when its factors over- or underflow.
To add a function whose logarithm has a formula of its own: a line in ``LOGS``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from operator import itemgetter
from typing import Any

import numpy as np
import sympy as sp
from sympy import Expr

from symbolic_mle.algebra import special
from symbolic_mle.algebra.numeric.chunks import chunks
from symbolic_mle.algebra.numeric.pairs import paired_terms
from symbolic_mle.algebra.numeric.scope import Scope
from symbolic_mle.algebra.numeric.structure import close_sum, open_sum
from symbolic_mle.algebra.numeric.tape import Operation, Tape
from symbolic_mle.algebra.sample import DataSum

LOGS: Mapping[type, Operation] = {
    sp.gamma: lambda x: np.where(np.less(x, 0), np.nan, special.lgamma(x))[()],
    sp.factorial: lambda x: np.where(np.less(x, -1), np.nan, special.lgamma(np.add(x, 1.0)))[()],
    sp.beta: special.betaln,
    sp.binomial: special.log_binomial,
    sp.erfc: special.log_erfc,
    sp.besseli: special.log_besseli,
    sp.besselk: special.log_besselk,
    sp.cosh: lambda x: np.abs(x) + np.log1p(np.exp(-2 * np.abs(x))) - math.log(2),
}
"""Functions with a formula for the logarithm that neither over- nor underflows; nan where they are not positive."""


def is_wild(expr: Expr) -> bool:
    """Whether the value may leave the range of a double while its logarithm is an ordinary number."""
    if isinstance(expr, sp.exp) or type(expr) in LOGS:
        return not expr.is_number
    if isinstance(expr, sp.Pow):
        return is_wild(expr.base) if expr.exp.is_number else bool(expr.base.is_nonnegative)
    if isinstance(expr, DataSum):
        return is_wild(expr.summand)
    return isinstance(expr, (sp.Mul, sp.Add)) and any(map(is_wild, expr.args))


def place_log(scope: Scope, expr: Expr) -> int:
    argument = expr.args[0]
    if isinstance(argument, sp.Pow) and argument.exp.is_number and not is_wild(argument):
        return _log_of_power(scope, argument)
    if isinstance(argument, sp.Add):
        return _log_of_sum(scope, argument)
    if is_wild(argument):
        sign, log = signed_log(scope, argument)
        return scope.emit(_real_log, sign, log)
    return scope.emit(np.log, scope.place(argument))


def _real_log(sign: Any, log: Any) -> Any:
    return np.where(np.less(sign, 0), np.nan, log)[()]


def _log_of_power(scope: Scope, power: sp.Pow) -> int:
    """log b^q = q log b, and q log |b| for even q."""
    base = sp.Abs(power.base) if power.exp.is_even and not power.base.is_nonnegative else power.base
    return scope.emit(np.multiply, scope.place(power.exp), scope.place(sp.log(base)))


def _log_of_sum(scope: Scope, total: sp.Add) -> int:
    terms = paired_terms(total)
    if len(terms) == 1 and isinstance(terms[0], tuple):
        return _log_of_pair(scope, *terms[0])
    if any(is_wild(term) for term in terms if isinstance(term, Expr)):
        sign, log = signed_log(scope, total)
        return scope.emit(_real_log, sign, log)
    if sp.S.One in total.args:
        return scope.emit(np.log1p, scope.place(total - 1))
    return scope.emit(np.log, scope.place(total))


def _log_of_pair(scope: Scope, coefficient: Expr, operation: Operation, argument: Expr) -> int:
    """log(c f(u)) for the functions that pairs of terms are combined into."""
    known = {np.expm1: _log_expm1, special.erfc: _log_scaled_erfc}.get(operation, _log_scaled(operation))
    return scope.emit(known, scope.place(coefficient), scope.place(argument))


def _log_expm1(scale: Any, u: Any) -> Any:
    """log(c (e^u − 1)), c and u of one sign."""
    size = -np.abs(u)
    log = np.where(size > -math.log(2), np.log(-np.expm1(size)), np.log1p(-np.exp(size)))
    return np.where(np.greater(scale, 0) == np.greater(u, 0), np.log(np.abs(scale)) + np.maximum(u, 0) + log, np.nan)[
        ()
    ]


def _log_scaled_erfc(scale: Any, u: Any) -> Any:
    return np.log(scale) + special.log_erfc(u)


def _log_scaled(operation: Operation) -> Operation:
    return lambda scale, u: np.log(scale * operation(u))


def signed_log(scope: Scope, expr: Expr) -> tuple[int, int]:
    """The slots of a number with the sign of the expression, and of the log of its absolute value."""
    if not is_wild(expr):
        value = scope.place(expr)
        return value, scope.emit(_log_size, value)
    if isinstance(expr, sp.exp):
        return scope.number(1), scope.place(expr.exp)
    if isinstance(expr, sp.Pow):
        return scope.number(1), scope.emit(_log_power, scope.place(expr.exp), signed_log(scope, expr.base)[1])
    if isinstance(expr, DataSum):
        return _signed_log_of_total(scope, expr)
    if isinstance(expr, sp.Mul):
        return _signed_log_of_product(scope, expr)
    if isinstance(expr, sp.Add):
        return _parts(scope, scope.emit(log_sum, *_flat([signed_log(scope, term) for term in expr.args])))
    return scope.number(1), scope.emit(LOGS[type(expr)], *map(scope.place, expr.args))


def _log_size(value: Any) -> Any:
    return np.log(np.abs(value))


def _log_power(exponent: Any, log: Any) -> Any:
    return np.where(np.equal(exponent, 0), 0.0, exponent * log)[()]


def _flat(pairs: list[tuple[int, int]]) -> list[int]:
    return [slot for pair in pairs for slot in pair]


def _parts(scope: Scope, pair: int) -> tuple[int, int]:
    return scope.emit(itemgetter(0), pair), scope.emit(itemgetter(1), pair)


def _signed_log_of_product(scope: Scope, expr: sp.Mul) -> tuple[int, int]:
    wild = [factor for factor in expr.args if is_wild(factor)]
    plain = sp.Mul(*(factor for factor in expr.args if not is_wild(factor)))
    pairs = [signed_log(scope, factor) for factor in ([plain] if plain != 1 else []) + wild]
    return _parts(scope, scope.emit(_log_product, *_flat(pairs)))


def _log_product(*pairs: Any) -> tuple[Any, Any]:
    """(sign, log) of a product. A factor that is exactly zero makes it zero."""
    signs, logs = pairs[::2], pairs[1::2]
    sign, log = np.sign(signs[0]), logs[0]
    zero = np.isneginf(log)
    for another, size in zip(signs[1:], logs[1:], strict=True):
        sign, log, zero = sign * np.sign(another), log + size, zero | np.isneginf(size)
    return sign, np.where(zero & ~np.isnan(sign), -np.inf, log)[()]


def log_sum(*pairs: Any) -> tuple[Any, Any]:
    """(sign, log) of Σ sᵢ exp(lᵢ), from s₁, l₁, s₂, l₂ …: the largest term is taken out."""
    shape = np.broadcast_shapes(*(np.shape(part) for part in pairs))
    signs = np.sign(np.stack([np.broadcast_to(sign, shape) for sign in pairs[::2]]))
    logs = np.stack([np.broadcast_to(log, shape) for log in pairs[1::2]])
    largest = np.max(logs, axis=0)
    shift = np.where(np.isfinite(largest), largest, 0.0)
    terms = signs * np.exp(logs - shift)
    top = np.argmax(logs, axis=0)[None]
    first = np.take_along_axis(terms, top, axis=0)[0]
    np.put_along_axis(terms, top, 0.0, axis=0)
    rest = np.sum(terms, axis=0)
    near_one = (np.abs(first) == 1) & (first * rest > -0.5)
    log = shift + np.where(near_one, np.log1p(first * rest), np.log(np.abs(first + rest)))
    return np.sign(first + rest)[()], log[()]


def _signed_log_of_total(scope: Scope, total: DataSum) -> tuple[int, int]:
    """(sign, log) of Σ g(xᵢ) from those of g, by chunks."""
    body = open_sum(scope, total)
    tape = body.finish(body.emit(lambda sign, log: (sign, log), *signed_log(body, total.summand)))
    return _parts(scope, close_sum(scope, total, body, _log_fold(tape, len(total.variables))))


def _log_fold(body: Tape, width: int) -> Operation:
    def fold(weights: Any, *operands: Any) -> tuple[Any, Any]:
        columns, numbers = operands[:width], operands[width:]
        parts: list[Any] = []
        for rows in chunks(columns):
            sign, log = body.run([*rows, *numbers])
            parts.extend(_log_of_chunk(np.broadcast_to(sign, rows[0].shape), np.broadcast_to(log, rows[0].shape)))
        return log_sum(*parts) if parts else (np.float64(0), np.float64(-np.inf))

    return fold


def _log_of_chunk(signs: Any, logs: Any) -> tuple[Any, Any]:
    largest = np.max(logs)
    shift = largest if np.isfinite(largest) else 0.0
    total = np.sum(np.sign(signs) * np.exp(logs - shift))
    return np.sign(total), shift + np.log(np.abs(total))
