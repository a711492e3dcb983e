"""The arithmetic of mpmath at a given number of digits: the same meaning as in doubles, without the rounding.

Data and values in doubles stand for their shortest decimals: 0.1 is 1/10. Equal rows of the sample are computed once.
Every evaluation has a context of its own, so nothing global changes and threads do not meet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from itertools import accumulate
from operator import mul
from typing import Any

import mpmath
import sympy as sp
from sympy import Expr, Symbol
from sympy.functions.special.tensor_functions import KroneckerDelta

from symbolic_mle.algebra.numeric.evaluator import Program, Sample, Values, columns_of, write_program
from symbolic_mle.algebra.numeric.floats import SLOW_DERIVATIVES, SLOW_FUNCTIONS, mp_derivative
from symbolic_mle.algebra.numeric.products import ProductRule, is_unsigned_pole
from symbolic_mle.algebra.numeric.scope import Arithmetic, Handler, Scope
from symbolic_mle.algebra.numeric.structure import STRUCTURE, place_folded
from symbolic_mle.algebra.numeric.tape import NotNumeric, Operation, Tape

BY_NAME: Mapping[type, str] = {
    sp.exp: "exp", sp.log: "log", sp.sin: "sin", sp.cos: "cos", sp.tan: "tan", sp.sinh: "sinh", sp.cosh: "cosh",
    sp.tanh: "tanh", sp.asin: "asin", sp.acos: "acos", sp.atan: "atan", sp.atan2: "atan2", sp.asinh: "asinh",
    sp.acosh: "acosh", sp.atanh: "atanh", sp.sec: "sec", sp.csc: "csc", sp.cot: "cot", sp.sech: "sech", sp.csch: "csch",
    sp.coth: "coth", sp.acot: "acot", sp.erf: "erf", sp.erfc: "erfc", sp.erfinv: "erfinv", sp.gamma: "gamma",
    sp.loggamma: "loggamma", sp.polygamma: "psi", sp.digamma: "digamma", sp.factorial: "factorial",
    sp.binomial: "binomial", sp.beta: "beta", sp.harmonic: "harmonic", sp.zeta: "zeta", sp.besseli: "besseli",
    sp.besselk: "besselk", sp.LambertW: "lambertw", sp.sign: "sign", sp.floor: "floor", sp.ceiling: "ceil",
    **SLOW_FUNCTIONS,
}  # fmt: skip

DERIVATIVES: Mapping[type, str] = {**SLOW_DERIVATIVES, sp.zeta: "zeta"}


@dataclass(frozen=True, slots=True)
class ExactEvaluator:
    """evaluator(values) → the expression on one sample, as a number of the context with its digits."""

    context: Any
    tape: Tape
    program: Program

    def __call__(self, values: Values) -> Any:
        return +self.tape.run([as_exact(self.context, values[symbol]) for symbol in self.program.arguments])

    @staticmethod
    def of(
        expr: Expr, arguments: Sequence[Symbol], sample: Sample, size: Symbol | None = None, digits: int = 50
    ) -> ExactEvaluator:
        context = mpmath.MPContext()
        context.dps = digits
        program = write_program(real_numbers(context), expr, arguments, tuple(sample), size)
        count, weights, columns = _distinct_rows(context, sample)
        fixed = dict(enumerate([count, weights, *columns], start=len(program.arguments)))
        return ExactEvaluator(context, program.tape.given(fixed), program)


def evaluate_exactly(expr: Expr, values: Values, sample: Sample, digits: int = 50, size: Symbol | None = None) -> Any:
    """The expression at these values and this sample as an mpf with the given digits; nan where it is not real.

    ``size`` stands for the number of observations; it may be left out when ``values`` has it.
    """
    return ExactEvaluator.of(expr, tuple(values), sample, size, digits)(values)


def as_exact(context: Any, value: Any) -> Any:
    """A float by its shortest decimal, everything else as it is."""
    if isinstance(value, (int, context.mpf)):
        return context.mpf(value)
    if isinstance(value, Fraction):
        return context.mpf(value.numerator) / value.denominator
    if isinstance(value, Expr):
        return _number(context)(value)
    if isinstance(value, mpmath.mpf):
        return context.make_mpf(value._mpf_)
    return context.mpf(repr(float(value)))


def _distinct_rows(context: Any, sample: Sample) -> tuple[Any, list[int], list[list[Any]]]:
    """The size of the sample, how often each distinct row occurs, and the columns of the distinct rows."""
    columns = list(columns_of(sample, tuple(sample)).values())
    rows = Counter(zip(*(column.tolist() for column in columns), strict=True))
    exact = [[as_exact(context, row[i]) for row in rows] for i in range(len(columns))]
    return context.mpf(rows.total()), list(rows.values()), exact


def real_numbers(context: Any) -> Arithmetic:
    """Real arithmetic in this context: what is not real, or not defined, is nan."""
    real = _guard(context)
    functions = {kind: real(getattr(context, name)) for kind, name in BY_NAME.items()}
    return Arithmetic(
        number=_number(context),
        functions={**functions, **_plain_functions(context, real)},
        handlers={**STRUCTURE, **_handlers(context, real)},
        total=lambda body, width: _total(context, body, width),
        ordered=lambda body, width: _ordered(context, body, width),
        derivative=lambda kind, position, order: _derivative(context, real, kind, position, order),
    )


def _guard(context: Any) -> Callable[[Callable[..., Any]], Operation]:
    def real(function: Callable[..., Any]) -> Operation:
        def apply(*arguments: Any) -> Any:
            try:
                value = function(*arguments)
            except (ValueError, ArithmeticError, NotImplementedError, context.NoConvergence):
                return context.nan
            return context.nan if isinstance(value, context.mpc) and value.imag != 0 else context.mpf(value.real)

        return apply

    return real


def _number(context: Any) -> Callable[[Expr], Any]:
    def number(expr: Expr) -> Any:
        if expr.is_Rational:
            return context.mpf(int(expr.p)) / int(expr.q)
        if expr in (sp.zoo, sp.nan):
            return context.nan
        if expr.is_extended_real is False:
            raise NotNumeric(f"{expr} is not a real number")
        if expr.is_infinite:
            return context.inf if expr.is_extended_positive else context.ninf
        return (
            as_exact(context, float(expr)) if expr.is_Float else context.make_mpf(expr._as_mpf_val(context.prec + 20))
        )

    return number


def _derivative(
    context: Any, real: Callable[..., Operation], kind: type, position: int, order: int
) -> Operation | None:
    if kind not in DERIVATIVES:
        return None
    if kind is sp.zeta and position == 0:
        return real(lambda s, a=1: context.zeta(s, a, order))
    function = mp_derivative(DERIVATIVES[kind], position, order)
    return real(lambda *arguments: function(context, *arguments))


def _plain_functions(context: Any, real: Callable[..., Operation]) -> dict[type, Operation]:
    return {
        sp.Abs: abs,
        sp.Mod: real(lambda a, b: a - b * context.floor(a / b)),
        sp.Heaviside: lambda x, at_zero=0.5: context.mpf(x > 0) if x != 0 else context.mpf(at_zero),
        sp.DiracDelta: lambda x, *_: context.mpf(0) if x != 0 else context.nan,
        KroneckerDelta: lambda i, j, *_: context.mpf(i == j),
        sp.trigamma: real(lambda x: context.psi(1, x)),
        sp.erfcinv: real(lambda x: context.erfinv(1 - x)),
        sp.lowergamma: real(lambda s, x: context.gammainc(s, 0, x)),
        sp.uppergamma: real(lambda s, x: context.gammainc(s, x)),
        sp.re: lambda x: x,
        sp.im: lambda x: context.mpf(0),
        sp.conjugate: lambda x: x,
        sp.Piecewise: lambda condition, chosen, otherwise: chosen if condition else otherwise,
        sp.Eq: lambda a, b: a == b,
        sp.Ne: lambda a, b: a != b,
        sp.Lt: lambda a, b: a < b,
        sp.Le: lambda a, b: a <= b,
        sp.Gt: lambda a, b: a > b,
        sp.Ge: lambda a, b: a >= b,
        sp.Not: lambda a: not a,
    }


def _handlers(context: Any, real: Callable[..., Operation]) -> dict[type, Handler]:
    add, power = real(lambda *terms: context.fsum(terms)), _power(context, real)

    def place_add(scope: Scope, expr: sp.Add) -> int:
        return scope.emit(add, *map(scope.place, expr.args))

    def place_multiply(scope: Scope, expr: sp.Mul) -> int:
        rule, slots = ProductRule.of(expr.args), []
        for factor in expr.args:
            bare = isinstance(factor, sp.Pow)
            slots.append(scope.emit(power, *map(scope.place, factor.args)) if bare else scope.place(factor))
        return scope.emit(lambda *factors: _product(context, rule, factors), *slots)

    def place_power(scope: Scope, expr: sp.Pow) -> int:
        slot = scope.emit(power, *map(scope.place, expr.args))
        return scope.emit(lambda v: context.nan if context.isinf(v) else v, slot) if is_unsigned_pole(expr) else slot

    return {
        sp.Add: place_add,
        sp.Mul: place_multiply,
        sp.Pow: place_power,
        sp.Max: place_folded(max),
        sp.Min: place_folded(min),
        sp.And: place_folded(lambda a, b: a and b),
        sp.Or: place_folded(lambda a, b: a or b),
    }


def _power(context: Any, real: Callable[..., Operation]) -> Operation:
    def power(base: Any, exponent: Any) -> Any:
        if base == 0:
            return context.mpf(exponent == 0) if exponent >= 0 else context.inf
        return base**exponent

    return real(power)


def _product(context: Any, rule: ProductRule, factors: Sequence[Any]) -> Any:
    zeros, infinities = [factor == 0 for factor in factors], [context.isinf(factor) for factor in factors]
    if any(map(context.isnan, factors)):
        return context.nan
    if any(zeros):
        clash = any(z and i and not rule.vanishing[a, b] for a, z in enumerate(zeros) for b, i in enumerate(infinities))
        return context.nan if clash else context.mpf(0)
    if any(infinity and flag for infinity, flag in zip(infinities, rule.unsigned, strict=True)):
        return context.nan
    return reduce(mul, factors)


def _ordered(context: Any, body: Tape, width: int) -> Operation:
    def fold(rank: Any, weights: Sequence[int], *operands: Any) -> Any:
        numbers, rows = operands[width:], zip(*operands[:width], strict=True)
        values = sorted((body.run([*row, *numbers]), count) for count, row in zip(weights, rows, strict=True))
        ends = accumulate(count for _, count in values)
        return next((v for (v, _), end in zip(values, ends, strict=True) if 1 <= rank <= end), context.nan)

    return fold


def _total(context: Any, body: Tape, width: int) -> Operation:
    def fold(weights: Sequence[int], *operands: Any) -> Any:
        numbers, rows = operands[width:], zip(*operands[:width], strict=True)
        return context.fsum(count * body.run([*row, *numbers]) for count, row in zip(weights, rows, strict=True))

    return fold
