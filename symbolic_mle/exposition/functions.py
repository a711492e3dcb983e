"""How SymPy's functions and constants are drawn: Γ(k), ψ′(k), I₀(κ), xᵢ!, |xᵢ − μ|, max(…).

To draw another function, add a line to one of the tables, or a drawing of its own to ``_DRAWINGS``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import sympy as sp
from sympy import Expr

from symbolic_mle.algebra.zeta_derivatives import ZetaDerivative, with_functions

from . import building as make
from .mathematics import Call, Maths, Name, Operator, Sequence

if TYPE_CHECKING:
    from .writing import Writer


class SampleMean(sp.Function):
    """x̄: stands for (1/n) ∑ᵢ xᵢ while an expression is drawn."""

    nargs = 1


CONSTANTS: Mapping[Any, Maths] = MappingProxyType(
    {
        sp.pi: Name("pi"),
        sp.E: Name("e"),
        sp.oo: make.INFINITY,
        sp.zoo: make.INFINITY,
        sp.I: Name("i"),
        sp.EulerGamma: Name("gamma", Name("E")),
        sp.Catalan: Name("G"),
        sp.nan: make.words("undefined"),
    }
)

_LETTERS: Mapping[type, str] = MappingProxyType(
    {
        sp.gamma: "Gamma",
        sp.digamma: "psi",
        sp.beta: "B",
        sp.zeta: "zeta",
        sp.uppergamma: "Gamma",
        sp.lowergamma: "gamma",
    }
)

_WORDS: Mapping[type, str] = MappingProxyType(
    {
        sp.log: "log",
        sp.sin: "sin",
        sp.tan: "tan",
        sp.sinh: "sinh",
        sp.tanh: "tanh",
        sp.sech: "sech",
        sp.asin: "arcsin",
        sp.acos: "arccos",
        sp.atan: "arctan",
        sp.atan2: "atan2",
        sp.erf: "erf",
        sp.erfc: "erfc",
        sp.sign: "sgn",
        sp.Mod: "mod",
    }
)


def draw_function(expr: Expr, writer: Writer) -> Maths:
    """f(a, b) in the notation of the function."""
    kind = type(expr)
    if kind in _DRAWINGS:
        return _DRAWINGS[kind](expr, writer)
    if kind in _LETTERS:
        return make.call(Name(_LETTERS[kind]), *map(writer.write, expr.args))
    if kind in _WORDS:
        return make.call(_WORDS[kind], *map(writer.write, expr.args))
    if not expr.args:
        return make.words(str(expr))
    return make.call(_other_name(kind.__name__), *map(writer.write, expr.args))


def _other_name(word: str) -> Maths:
    return Name(word) if len(word) == 1 else Operator(word)


def _polygamma(expr: Expr, writer: Writer) -> Maths:
    order, argument = expr.args
    if order.is_Integer and 0 <= order <= 3:
        return make.call(Name("psi", primes=int(order)), writer.write(argument))
    return make.call(Name("psi", superscript=make.brackets(writer.write(order))), writer.write(argument))


def _zeta_derivative(expr: Expr, writer: Writer) -> Maths:
    order, argument = expr.args
    return make.call(Name("zeta", primes=int(order)), writer.write(argument))


def _derivative(expr: Expr, writer: Writer) -> Maths:
    """ζ′(s) for a function of the variable itself, else d/ds of what is differentiated."""
    variables, drawn = expr.variables, writer.write(expr.expr)
    if set(variables) == set(expr.expr.args) and isinstance(drawn, Call) and isinstance(drawn.function, Name):
        return make.call(replace(drawn.function, primes=drawn.function.primes + len(variables)), *drawn.arguments)
    for variable in variables:
        below = make.row(Operator("d"), writer.write(variable))
        drawn = make.product(make.fraction(Operator("d"), below), make.brackets(drawn))
    return drawn


def _log_gamma(expr: Expr, writer: Writer) -> Maths:
    return make.call("log", make.call(Name("Gamma"), writer.write(expr.args[0])))


def _lambert(expr: Expr, writer: Writer) -> Maths:
    """W(z), and W₋₁(z) on the lower branch."""
    argument, *branch = (writer.write(a) for a in expr.args)
    return make.call(Name("W", branch[0] if branch else None), argument)


def _bessel(letter: str) -> Callable[[Expr, Writer], Maths]:
    def draw(expr: Expr, writer: Writer) -> Maths:
        return make.call(Name(letter, writer.write(expr.args[0])), writer.write(expr.args[1]))

    return draw


def _ordered_call(word: str) -> Callable[[Expr, Writer], Maths]:
    def draw(expr: Expr, writer: Writer) -> Maths:
        arguments = sorted(expr.args, key=lambda a: (a.is_number, not writer.notation.roles.has_data(a)))
        drawn = sorted((writer.write(argument) for argument in arguments if not argument.is_number), key=repr)
        return make.call(word, *drawn, *(writer.write(argument) for argument in arguments if argument.is_number))

    return draw


def _mean(expr: Expr, writer: Writer) -> Maths:
    drawn = writer.unbound().symbol(expr.args[0])
    return Name(drawn.base, drawn.subscript, drawn.superscript, "bar") if isinstance(drawn, Name) else drawn


def _unary(draw: Callable[[Maths], Maths]) -> Callable[[Expr, Writer], Maths]:
    return lambda expr, writer: draw(writer.write(expr.args[0]))


def _even(draw: Callable[[Maths], Maths]) -> Callable[[Expr, Writer], Maths]:
    """A function that does not see the sign: |x − μ| for |μ − x|."""

    def drawn(expr: Expr, writer: Writer) -> Maths:
        inside = expr.args[0]
        return draw(writer.write(-inside if inside.is_Add and writer.turns(inside) else inside))

    return drawn


def _step(expr: Expr, writer: Writer) -> Maths:
    return make.indicator(make.chain(writer.write(expr.args[0]), ">", make.ZERO))


def _substituted(expr: Expr, writer: Writer) -> Maths:
    """ζ′(a + 1), which SymPy keeps as a derivative at a place."""
    found = with_functions(expr)
    if not isinstance(found, sp.Subs):
        return writer.write(found)
    return make.call(Operator("Subs"), *map(writer.write, (expr.expr, *expr.variables, *expr.point)))


def _same(expr: Expr, writer: Writer) -> Maths:
    first, second = sorted(expr.args[:2], key=lambda a: (a.is_number, not writer.notation.roles.has_data(a), str(a)))
    return make.indicator(make.chain(writer.write(first), "=", writer.write(second)))


def _pair(expr: Expr, writer: Writer) -> Maths:
    return Sequence(tuple(map(writer.write, expr.args)))


_DRAWINGS: Mapping[type, Callable[[Expr, Writer], Maths]] = MappingProxyType(
    {
        SampleMean: _mean,
        sp.polygamma: _polygamma,
        ZetaDerivative: _zeta_derivative,
        sp.Derivative: _derivative,
        sp.Subs: _substituted,
        sp.loggamma: _log_gamma,
        sp.LambertW: _lambert,
        sp.besseli: _bessel("I"),
        sp.besselj: _bessel("J"),
        sp.besselk: _bessel("K"),
        sp.Max: _ordered_call("max"),
        sp.Min: _ordered_call("min"),
        sp.Abs: _even(make.absolute),
        sp.cos: _even(lambda body: make.call("cos", body)),
        sp.cosh: _even(lambda body: make.call("cosh", body)),
        sp.factorial: _unary(make.factorial),
        sp.floor: _unary(lambda body: make.brackets(body, "⌊⌋")),
        sp.ceiling: _unary(lambda body: make.brackets(body, "⌈⌉")),
        sp.binomial: lambda expr, writer: make.binomial(*map(writer.write, expr.args)),
        sp.Heaviside: _step,
        sp.KroneckerDelta: _same,
        sp.Tuple: _pair,
    }
)
