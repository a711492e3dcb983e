"""The whitelist: every function that text may call, with its number of arguments and what it means in SymPy.

Knows SymPy and nothing of text. To let text call another function, add one line to ``FUNCTIONS`` and, if its value at a
number can be large, name it in ``bounds.py``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import sympy as sp
from sympy import Expr


@dataclass(frozen=True, slots=True)
class Function:
    """``build`` of ``low`` to ``high`` arguments; ``bare`` when it may stand without brackets, as in log x."""

    build: Callable[..., Expr]
    low: int = 1
    high: int = 1
    bare: bool = False


def _log(value: Expr, base: Expr | None = None, **options: Any) -> Expr:
    return sp.log(value, **options) if base is None else sp.log(value, **options) / sp.log(base)


def _log_to_base(base: int) -> Callable[..., Expr]:
    return lambda value, **options: sp.log(value, **options) / sp.log(sp.Integer(base))


def _psi(first: Expr, second: Expr | None = None, **options: Any) -> Expr:
    """ψ(x) or ψ(n, x), the latter as SymPy's polygamma."""
    return sp.polygamma(0, first, **options) if second is None else sp.polygamma(first, second, **options)


def _heaviside(value: Expr, at_zero: Expr | None = None, **options: Any) -> Expr:
    return sp.Heaviside(value, **options) if at_zero is None else sp.Heaviside(value, at_zero, **options)


def _sqrt(value: Expr, **options: Any) -> Expr:
    return sp.Pow(value, sp.S.Half, **options)


def _sech(value: Expr, **options: Any) -> Expr:
    return 1 / sp.cosh(value, **options)


def _csch(value: Expr, **options: Any) -> Expr:
    return 1 / sp.sinh(value, **options)


def _trigamma(value: Expr, **options: Any) -> Expr:
    return sp.polygamma(1, value, **options)


def _word(build: Callable[..., Expr]) -> Function:
    return Function(build, bare=True)


#: Name in the text → function. Names are canonical (Greek spelled out), so Γ, \\Gamma and Gamma are one entry.
FUNCTIONS: MappingProxyType[str, Function] = MappingProxyType(
    {
        "exp": _word(sp.exp),
        "log": Function(_log, 1, 2, bare=True),
        "ln": _word(_log),
        "log_10": _word(_log_to_base(10)),
        "log10": Function(_log_to_base(10)),
        "log_2": _word(_log_to_base(2)),
        "log2": Function(_log_to_base(2)),
        "sqrt": Function(_sqrt),
        "gamma": Function(sp.gamma),
        "Gamma": Function(sp.gamma),
        "lowergamma": Function(sp.lowergamma, 2, 2),
        "uppergamma": Function(sp.uppergamma, 2, 2),
        "loggamma": Function(sp.loggamma),
        "lgamma": Function(sp.loggamma),
        "digamma": Function(_psi),
        "psi": Function(_psi, 1, 2),
        "trigamma": Function(_trigamma),
        "psi_1": Function(_trigamma),
        "polygamma": Function(sp.polygamma, 2, 2),
        "beta": Function(sp.beta, 2, 2),
        "B": Function(sp.beta, 2, 2),
        "Beta": Function(sp.beta, 2, 2),
        "zeta": Function(sp.zeta, 1, 2),
        "binomial": Function(sp.binomial, 2, 2),
        "C": Function(sp.binomial, 2, 2),
        "choose": Function(sp.binomial, 2, 2),
        "factorial": Function(sp.factorial),
        "Abs": Function(sp.Abs),
        "abs": Function(sp.Abs),
        "sign": Function(sp.sign),
        "sgn": Function(sp.sign),
        "floor": Function(sp.floor),
        "ceil": Function(sp.ceiling),
        "ceiling": Function(sp.ceiling),
        # Of one argument max would be its argument: a sample maximum, max(x), must not be read as x.
        "Max": Function(sp.Max, 2, 50),
        "max": Function(sp.Max, 2, 50),
        "Min": Function(sp.Min, 2, 50),
        "min": Function(sp.Min, 2, 50),
        "sin": _word(sp.sin),
        "cos": _word(sp.cos),
        "tan": _word(sp.tan),
        "sec": _word(sp.sec),
        "csc": _word(sp.csc),
        "cot": _word(sp.cot),
        "asin": Function(sp.asin),
        "acos": Function(sp.acos),
        "atan": Function(sp.atan),
        "arcsin": Function(sp.asin),
        "arccos": Function(sp.acos),
        "arctan": Function(sp.atan),
        "atan2": Function(sp.atan2, 2, 2),
        "sinh": _word(sp.sinh),
        "cosh": _word(sp.cosh),
        "tanh": _word(sp.tanh),
        "sech": Function(_sech),
        "csch": Function(_csch),
        "coth": Function(sp.coth),
        "asinh": Function(sp.asinh),
        "acosh": Function(sp.acosh),
        "atanh": Function(sp.atanh),
        "erf": Function(sp.erf),
        "erfc": Function(sp.erfc),
        "erfinv": Function(sp.erfinv),
        "besseli": Function(sp.besseli, 2, 2),
        "besselj": Function(sp.besselj, 2, 2),
        "besselk": Function(sp.besselk, 2, 2),
        "LambertW": Function(sp.LambertW, 1, 2),
        "KroneckerDelta": Function(sp.KroneckerDelta, 2, 2),
        "Heaviside": Function(_heaviside, 1, 2),
    }
)

#: Names that stand for numbers, unless the name table says otherwise.
CONSTANTS: MappingProxyType[str, Expr] = MappingProxyType(
    {
        "e": sp.E,
        "E": sp.E,
        "pi": sp.pi,
        "oo": sp.oo,
        "inf": sp.oo,
        "infinity": sp.oo,
        "EulerGamma": sp.EulerGamma,
    }
)

#: Calls that are relations: their sign; calls that join conditions: their word.
RELATION_CALLS = MappingProxyType({"Eq": "=", "Ne": "!=", "Lt": "<", "Le": "<=", "Gt": ">", "Ge": ">="})
LOGIC_CALLS = MappingProxyType({"And": "and", "Or": "or", "Not": "not"})

#: Everything that may be called, for suggestions.
CALLABLE_NAMES = frozenset(FUNCTIONS) | frozenset(RELATION_CALLS) | frozenset(LOGIC_CALLS) | {"Piecewise", "Sum"}
