"""Logarithms as they are written by hand.

−(1/2)·log(2π) for log(1/√(2π)), log(2πσ²) for log σ² + log(2π), log x̄ for log Σ − log n.
Knows SymPy expressions and sums over the sample only; every function returns an expression of the same value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.sample import DataSum

SMALL = 10**6  # integers up to which a number is factored into primes


def with_tidy_logs(expr: Expr) -> Expr:
    """log(1/u) → −log u, and log of a number that is a power of a simpler one: log(1/√(2π)) → −(1/2)·log(2π)."""
    if not expr.has(sp.log):
        return expr

    def turned(e: Expr) -> Expr:
        base, exponent = _as_power(e.args[0])
        return e if exponent == 1 else exponent * sp.log(base)

    def inside(total: DataSum) -> Expr:
        return DataSum(with_tidy_logs(total.summand), total.variables)

    found = expr.replace(lambda e: isinstance(e, sp.log), turned)
    return found.replace(lambda e: isinstance(e, DataSum) and e.has(sp.log), inside)


def _as_power(argument: Expr) -> tuple[Expr, Expr]:
    """(b, e) with argument = b^e, for a number; (u, −1) for 1/u."""
    if argument.is_number:
        return _number_as_power(argument)
    above, below = argument.as_numer_denom()
    if below.has(DataSum) and not above.has(DataSum):
        return below / above, sp.S.NegativeOne
    if above.is_number and abs(above) == 1 and below != 1:
        return below / above, sp.S.NegativeOne
    return argument, sp.S.One


def _number_as_power(number: Expr) -> tuple[Expr, Expr]:
    powers: dict[Expr, Expr] = {}
    for factor in sp.Mul.make_args(number):
        if factor.is_Rational and factor.is_positive and factor.p * factor.q < SMALL:
            pairs = [(sp.Integer(b), sp.Integer(e)) for b, e in sp.factorrat(factor).items()]
        else:
            pairs = [factor.as_base_exp()]
        for base, exponent in pairs:
            powers[base] = powers.get(base, sp.S.Zero) + exponent
    powers = {b: e for b, e in powers.items() if e != 0 and b != 1}
    sizes = {abs(e) for e in powers.values()}
    if len(sizes) > 1 and all(e.is_negative for e in powers.values()):
        return 1 / number, sp.S.NegativeOne
    if len(sizes) != 1 or not all(e.is_Rational for e in powers.values()):
        return number, sp.S.One
    exponent = sizes.pop() if any(e > 0 for e in powers.values()) else next(iter(powers.values()))
    return sp.Mul(*(b ** sp.sign(e / exponent) for b, e in powers.items())), exponent


def with_log_of_means(expr: Expr, size: Symbol) -> Expr:
    """c·log Σ − c·log n → c·log(Σ/n)."""
    if not isinstance(expr, sp.Add) or not expr.has(DataSum):
        return expr
    terms = list(expr.args)
    for term in expr.args:
        coefficient, log = _log_term(term, lambda e: e.has(DataSum))
        opposite = None if log is None else -coefficient * sp.log(size)
        if log is not None and opposite in terms:
            terms.remove(term)
            terms.remove(opposite)
            terms.append(coefficient * sp.log(sp.expand(log.args[0] / size)))
    return sp.Add(*terms)


def _log_term(term: Expr, wanted: Callable[[Expr], bool]) -> tuple[Expr, Expr | None]:
    """(c, log u) for a term c·log u with a wanted u and no logarithm like it in c."""
    logs = [f for f in sp.Mul.make_args(term) if isinstance(f, sp.log) and wanted(f.args[0])]
    if len(logs) != 1:
        return term, None
    return term / logs[0], logs[0]


def with_joined_logs(expr: Expr, data: Iterable[Symbol], parameters: Iterable[Symbol]) -> Expr:
    """c·log θ ± c·log(2π) → c·log(2πθ) or c·log(θ/(2π)): a constant's logarithm joined to a parameter's."""
    observed, unknown = set(data), set(parameters)
    terms = list(sp.Add.make_args(expr))

    def is_constant(e: Expr) -> bool:
        return not e.has(DataSum) and not e.free_symbols & (observed | unknown)

    def is_parameter(e: Expr) -> bool:
        return not e.has(DataSum) and not e.free_symbols & observed and bool(e.free_symbols & unknown)

    for term in list(terms):
        coefficient, log = _log_term(term, is_constant)
        if log is None:
            continue
        for other in terms:
            weight, partner = _log_term(other, is_parameter)
            if partner is None or weight not in (coefficient, -coefficient):
                continue
            if sum(t.has(partner) for t in terms) > 1:
                continue
            terms.remove(term)
            terms.remove(other)
            terms.append(_joined(coefficient, log.args[0], weight, partner.args[0]))
            break
    return sp.Add(*terms)


def _joined(c: Expr, a: Expr, d: Expr, b: Expr) -> Expr:
    """c·log a + d·log b for d = ±c, with a positive sign in front of a quotient."""
    if c == d:
        return c * sp.log(a * b)
    return d * sp.log(b / a) if c.could_extract_minus_sign() else c * sp.log(a / b)
