"""The order in which a person writes terms and factors, free of SymPy's own order.

Terms: k log p + (n − k) log(1 − p);  (∑ᵢ xᵢ) log λ − nλ − ∑ᵢ log xᵢ!;  xᵢ − μ;  1 − p;  nθ² − S₁θ − S₂.
Factors: numbers, n, constants, parameters, functions, data, powers, exponentials, sums over the sample, logarithms.
Knows SymPy expressions and who is who among the symbols; draws nothing. Ties are broken by what is drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.sample import DataSum, Statistic

from .functions import SampleMean

Key = tuple[Any, ...]
_KNOWN = 1000  # the position of a constant that is no parameter: after all of them
_INDICATORS = (sp.Piecewise, sp.KroneckerDelta, sp.Heaviside)


@dataclass(frozen=True, slots=True)
class Roles:
    """Who is who among the symbols: observations, statistics, parameters in the model's order, sample size."""

    variables: frozenset[Symbol]
    statistics: frozenset[Symbol]
    parameters: tuple[Symbol, ...]
    size: Symbol

    def has_data(self, expr: Expr) -> bool:
        return expr.has(Statistic, SampleMean) or bool(expr.free_symbols & (self.variables | self.statistics))

    def positions(self, expr: Expr) -> tuple[int, ...]:
        """Where the parameters of an expression stand in the model, known constants last."""
        constants = expr.free_symbols - self.variables - self.statistics - {self.size}
        return tuple(sorted(self.position(symbol) for symbol in constants))

    def position(self, symbol: Symbol) -> int:
        return self.parameters.index(symbol) if symbol in self.parameters else _KNOWN


def split_power(factor: Expr) -> tuple[Expr, Expr]:
    """b^e as (b, e); an exponential is its own base."""
    return (factor.args[0], factor.args[1]) if isinstance(factor, sp.Pow) else (factor, sp.S.One)


def is_exponential(base: Expr) -> bool:
    return isinstance(base, sp.exp) or base is sp.E


def factor_key(base: Expr, exponent: Expr, roles: Roles) -> Key:
    """The place of base^exponent in a product."""
    symbolic = not exponent.is_number
    detail = (isinstance(base, sp.Add), roles.has_data(base)) if symbolic else ()
    return (_factor_rank(base, symbolic, roles), detail, roles.positions(base))


def _factor_rank(base: Expr, symbolic: bool, roles: Roles) -> int:
    if is_exponential(base):
        return 14
    if symbolic:
        return 13
    if base.is_number and not base.has(sp.Function):
        return 0 if base.is_Rational else 3
    if isinstance(base, sp.binomial):
        return 1
    if isinstance(base, SampleMean):
        return 7
    if isinstance(base, Symbol):
        return _symbol_rank(base, roles)
    if isinstance(base, sp.Add):
        if not roles.has_data(base):
            return 8
        return 11 if roles.positions(base) or base.free_symbols & roles.variables else 4
    if isinstance(base, DataSum):
        return 15
    if isinstance(base, sp.log):
        return 16
    if isinstance(base, _INDICATORS):
        return 17
    return 12 if roles.has_data(base) else 6


def _symbol_rank(symbol: Symbol, roles: Roles) -> int:
    if symbol == roles.size:
        return 2
    if symbol in roles.variables:
        return 10
    if symbol in roles.statistics:
        return 7
    return 5 if symbol in roles.parameters else 4


def term_keys(terms: Sequence[Expr], roles: Roles) -> list[Key]:
    """The places of the terms of a sum, before a positive one is moved to the front."""
    monomials = [_monomial(term, roles) for term in terms]
    if all(monomial is not None for monomial in monomials):
        return _polynomial_keys([monomial for monomial in monomials if monomial is not None])
    return [_general_key(term, roles) for term in terms]


@dataclass(frozen=True, slots=True)
class _Monomial:
    """The exponents of the parameters, how much data there is in it, and whether it is a number (of which sign)."""

    exponents: tuple[tuple[int, int], ...]
    data: int
    summed: bool
    number: int  # its sign, or 0

    @property
    def degree(self) -> int:
        return sum(exponent for _, exponent in self.exponents)


def _monomial(term: Expr, roles: Roles) -> _Monomial | None:
    exponents: list[tuple[int, int]] = []
    data = 0
    for base, exponent in map(split_power, flat_factors(term)):
        if exponent.is_number and (base.is_number or base == roles.size):
            continue
        if not (exponent.is_Integer and exponent.is_positive and isinstance(base, (Symbol, DataSum))):
            return None
        if roles.has_data(base):
            data += int(exponent)
        else:
            exponents.append((-roles.position(base), int(exponent)))
    number = (1 if term.is_positive else -1) if term.is_number else 0
    return _Monomial(tuple(sorted(exponents, reverse=True)), data, term.has(DataSum), number)


def _polynomial_keys(monomials: list[_Monomial]) -> list[Key]:
    """Linear: data, parameters, a number (x − μ; a + bz; k − 1). Longer ones fall in degree, or rise from a 1."""
    rising = any(m.number > 0 for m in monomials) and any(m.degree + m.data > 1 for m in monomials)
    falling = not rising and any(m.degree > 1 for m in monomials)
    return [_polynomial_key(m, rising, falling) for m in monomials]


def _polynomial_key(m: _Monomial, rising: bool, falling: bool) -> Key:
    spread = tuple((-position, -exponent) for position, exponent in m.exponents)
    if rising:
        return (m.degree + m.data, m.degree > 0, spread, m.data, m.summed)
    if falling:
        return (m.number != 0, -m.degree, spread, m.data, m.summed)
    return (m.number != 0, m.degree > 0, spread, m.data, m.summed)


def _general_key(term: Expr, roles: Roles) -> Key:
    """c(θ) T(x) first, then what has no data, then sums that do not separate, then what has no parameter."""
    positions = roles.positions(term)
    if (-term if has_minus(term) else term) in roles.variables:
        return (0, positions)
    if term.is_number:
        return (0 if term.is_Rational and term.is_positive else 9, positions)
    if not roles.has_data(term):
        return (2 if positions else 3, positions)
    if not positions:
        return (5, positions, term.has(DataSum))
    return (1 if _separates(term, roles) else 4, positions)


def _separates(term: Expr, roles: Roles) -> bool:
    """Whether every factor is of the data or of the parameters, and sums over the sample are of one monomial."""
    return all(_is_pure(factor, roles) for factor in flat_factors(term))


def _is_pure(factor: Expr, roles: Roles) -> bool:
    if any(isinstance(part.summand, sp.Add) or part.summand.has(sp.Add) for part in factor.atoms(DataSum)):
        return False
    return not (roles.has_data(factor) and roles.positions(factor))


def flat_factors(expr: Expr) -> list[Expr]:
    """The factors of a product, those of products inside it included."""
    if isinstance(expr, sp.Mul):
        return [factor for part in expr.args for factor in flat_factors(part)]
    return [expr]


def flat_terms(expr: Expr) -> list[Expr]:
    """The terms of a sum, those of sums inside it included."""
    if isinstance(expr, sp.Add):
        return [term for part in expr.args for term in flat_terms(part)]
    return [expr]


def falls(expr: Expr) -> bool:
    """Whether an expression is negative to the eye: −1, −k, −a − 1, but not 1 − x."""
    return all(has_minus(term) for term in flat_terms(expr))


def has_minus(term: Expr) -> bool:
    """Whether a term is written with a minus."""
    return sum(bool(factor.is_number and factor.is_negative) for factor in flat_factors(term)) % 2 == 1
