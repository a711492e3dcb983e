"""Functions of the reading's whitelist, and of a whole sample, at numbers of mpmath."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

Number = Any  # of mpmath, real or complex
HUGE = 400_000  # binary digits before the point; beyond that nothing is a value
MAX_ARGUMENT = 10_000  # of a special function


class NoValueError(Exception):
    """The expression has no value at the point."""


def compare(left: Number, sign: str, right: Number) -> bool:
    """left sign right, equal when they agree in 20 digits."""
    if left.imag or right.imag:
        raise NoValueError("not a real number")
    near = abs(left - right) <= 1e-20 * (abs(left) + abs(right)) if abs(left) != abs(right) or left != right else True
    less = left.real < right.real
    return {
        "<": less and not near, "<=": less or near, ">": not less and not near, ">=": not less or near,
        "=": near, "!=": not near,
    }[sign]  # fmt: skip


def apply(context: Any, function: str, arguments: list[Number]) -> Number:
    """A function of the reading's whitelist at numbers."""
    if function in ("max", "Max", "min", "Min"):
        if any(a.imag for a in arguments):
            raise NoValueError("not real numbers")
        return (max if function.lower() == "max" else min)(arguments, key=lambda a: a.real)
    if function in _ELEMENTARY:
        if function == "exp" and abs(arguments[0]) > HUGE / 2:
            raise NoValueError("too large")
        return _ELEMENTARY[function](context, *arguments)
    if function not in _SPECIAL:
        raise NoValueError(f"{function} is not computed")
    if any(abs(a) > MAX_ARGUMENT for a in arguments):
        raise NoValueError("too large an argument")
    return _SPECIAL[function](context, *arguments)


def _log(context: Any, value: Number, base: Number | None = None) -> Number:
    return context.log(value) if base is None else context.log(value) / context.log(base)


def _median(context: Any, values: list[Number]) -> Number:
    ordered = sorted(values, key=lambda v: v.real)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def _psi(context: Any, first: Number, second: Number | None = None) -> Number:
    return context.psi(0, first) if second is None else context.psi(int(first), second)


AGGREGATES: Mapping[str, Callable[[Any, list[Number]], Number]] = MappingProxyType(
    {
        "sum": lambda c, values: c.fsum(values),
        "product": lambda c, values: c.fprod(values),
        "mean": lambda c, values: c.fsum(values) / len(values),
        "max": lambda c, values: max(values, key=lambda v: v.real),
        "min": lambda c, values: min(values, key=lambda v: v.real),
        "median": _median,
    }
)

_PLAIN = (
    *("exp", "sin", "cos", "tan", "sec", "csc", "cot", "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh"),
    *("sech", "csch", "coth", "asinh", "acosh", "atanh"),
)


def _of_context(name: str) -> Callable[..., Number]:
    """The context's own function of this name."""
    return lambda context, *arguments: getattr(context, name)(*arguments)


def _named(names: tuple[str, ...]) -> dict[str, Callable[..., Number]]:
    return {name: _of_context(name) for name in names}


_ELEMENTARY: Mapping[str, Callable[..., Number]] = MappingProxyType(
    _named(_PLAIN)
    | {
        "log": _log, "ln": _log, "sqrt": lambda c, v: c.sqrt(v), "Abs": lambda c, v: abs(v), "abs": lambda c, v: abs(v),
        "sign": lambda c, v: c.sign(v), "sgn": lambda c, v: c.sign(v), "floor": lambda c, v: c.floor(v),
        "ceil": lambda c, v: c.ceil(v), "ceiling": lambda c, v: c.ceil(v),
        "log10": lambda c, v: c.log(v) / c.log(10), "log_10": lambda c, v: c.log(v) / c.log(10),
        "log2": lambda c, v: c.log(v) / c.log(2), "log_2": lambda c, v: c.log(v) / c.log(2),
        "arcsin": lambda c, v: c.asin(v), "arccos": lambda c, v: c.acos(v), "arctan": lambda c, v: c.atan(v),
        "Heaviside": lambda c, v, z=None: c.mpf(v > 0) if v != 0 else (c.mpf(1) / 2 if z is None else z),
        "KroneckerDelta": lambda c, a, b: c.mpf(a == b),
    }
)  # fmt: skip

_SPECIAL: Mapping[str, Callable[..., Number]] = MappingProxyType(
    {
        "gamma": lambda c, v: c.gamma(v), "Gamma": lambda c, v: c.gamma(v), "factorial": lambda c, v: c.factorial(v),
        "loggamma": lambda c, v: c.loggamma(v), "lgamma": lambda c, v: c.loggamma(v), "digamma": _psi, "psi": _psi,
        "trigamma": lambda c, v: c.psi(1, v), "psi_1": lambda c, v: c.psi(1, v), "polygamma": _psi,
        "beta": lambda c, a, b: c.beta(a, b), "B": lambda c, a, b: c.beta(a, b), "Beta": lambda c, a, b: c.beta(a, b),
        "zeta": lambda c, *v: c.zeta(*v), "binomial": lambda c, a, b: c.binomial(a, b),
        "C": lambda c, a, b: c.binomial(a, b), "choose": lambda c, a, b: c.binomial(a, b),
        "erf": lambda c, v: c.erf(v), "erfc": lambda c, v: c.erfc(v), "erfinv": lambda c, v: c.erfinv(v),
        "besseli": lambda c, a, b: c.besseli(a, b), "besselj": lambda c, a, b: c.besselj(a, b),
        "besselk": lambda c, a, b: c.besselk(a, b), "LambertW": lambda c, v, k=0: c.lambertw(v, int(k)),
        "lowergamma": lambda c, a, b: c.gammainc(a, 0, b), "uppergamma": lambda c, a, b: c.gammainc(a, b),
    }
)  # fmt: skip
