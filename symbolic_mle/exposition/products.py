"""A SymPy product → what a person writes: sign in front, one fraction, roots joined, x̄ for (1/n) ∑ᵢ xᵢ.

x^(k−1) e^(−x/θ) / (Γ(k) θ^k);  (n/2) log(2πσ²);  (1/(2σ²)) ∑ᵢ (xᵢ − μ)²;  (∑ᵢ xᵢ)/λ;  1/√(2π).
Called by ``writing``, which it calls back for the parts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import sympy as sp
from sympy import Expr

from symbolic_mle.algebra.sample import DataSum

from .building import fraction, number, product, root
from .functions import SampleMean
from .mathematics import Call, Maths, Operator
from .order import Key, factor_key, falls, flat_factors, is_exponential, split_power

if TYPE_CHECKING:
    from .writing import Writer

Signed = tuple[bool, Maths]
_HALF = sp.Rational(1, 2)


@dataclass(frozen=True, slots=True)
class _Factor:
    """base^exponent with a positive exponent, where it goes, and how it is drawn."""

    base: Expr
    node: Maths
    key: Key


@dataclass(slots=True)
class _Parts:
    """A product taken apart; numerator and denominator hold (base, exponent)."""

    negative: bool = False
    coefficient: Expr = sp.S.One
    numerator: list[tuple[Expr, Expr]] = field(default_factory=list)
    denominator: list[tuple[Expr, Expr]] = field(default_factory=list)

    def put(self, base: Expr, exponent: Expr) -> None:
        if falls(exponent) and (exponent.is_number or not isinstance(base, sp.Mul)):
            self.denominator.append((base, -exponent))
        else:
            self.numerator.append((base, exponent))


def write_product(expr: Expr, writer: Writer) -> Signed:
    """The sign and the drawing of a product or a power."""
    parts = _take_apart(expr, writer)
    if parts.coefficient == 0:
        return False, number(0)
    top_roots, bottom_roots = _join_roots(parts)
    top = _draw(parts.numerator, top_roots, 0, abs(parts.coefficient.p), writer)
    bottom = _draw(parts.denominator, bottom_roots, 13, parts.coefficient.q, writer)
    return parts.negative, _over(top, bottom, writer)


def _take_apart(expr: Expr, writer: Writer) -> _Parts:
    parts = _Parts()
    powers: dict[Expr, Expr] = {}
    for factor in flat_factors(expr):
        base, exponent = split_power(factor)
        if isinstance(base, DataSum) and exponent.is_Integer and falls(base.summand):
            base = DataSum(-base.summand, base.variables)
            parts.negative ^= bool(exponent.is_odd)
        if factor.is_Rational:
            parts.coefficient *= factor
        elif isinstance(base, sp.Add) and exponent.is_Integer and exponent.is_odd and falls(base):
            parts.negative = not parts.negative
            powers[-base] = powers.get(-base, sp.S.Zero) + exponent
        elif isinstance(base, sp.Add) and exponent.is_Integer and exponent.is_even and writer.turns(base):
            powers[-base] = powers.get(-base, sp.S.Zero) + exponent
        else:
            powers[base] = powers.get(base, sp.S.Zero) + exponent
    _use_means(powers, writer)
    for base, exponent in powers.items():
        if exponent != 0:
            parts.put(base, exponent)
    parts.negative ^= bool(parts.coefficient.is_negative)
    return parts


def _use_means(powers: dict[Expr, Expr], writer: Writer) -> None:
    """∑ᵢ xᵢ over n → x̄, and n over ∑ᵢ xᵢ → 1/x̄."""
    size = writer.notation.size
    for base in [base for base in powers if writer.has_mean(base)]:
        many, once = powers.get(size, sp.S.Zero), powers[base]
        if once.is_Integer and many.is_Integer and once * many < 0:
            del powers[base]
            powers[SampleMean(base.summand)] = once
            powers[size] = many + once


def _join_roots(parts: _Parts) -> tuple[list[Expr], list[Expr]]:
    """The bases under square roots above and below the line; √2/2 is 1/√2 and √a/√b is √(a/b)."""
    top, bottom = _take_roots(parts.numerator), _take_roots(parts.denominator)
    for base in [base for base in top if base.is_Integer]:
        if parts.coefficient.q % base == 0:
            parts.coefficient *= base
            top.remove(base)
            bottom.append(base)
    if top and bottom:
        return [*top, *(base**-1 for base in bottom)], []
    return top, bottom


def _take_roots(powers: list[tuple[Expr, Expr]]) -> list[Expr]:
    """The bases of square roots that may be joined: √a √b is √(ab) for a, b ≥ 0."""
    roots = [base for base, exponent in powers if exponent == _HALF and base.is_nonnegative]
    powers[:] = [(base, exponent) for base, exponent in powers if exponent != _HALF or not base.is_nonnegative]
    return roots


def _draw(powers: list[tuple[Expr, Expr]], roots: list[Expr], place: int, digits: int, writer: Writer) -> list[_Factor]:
    """The factors above or below the line, in order."""
    drawn = [
        _Factor(base, writer.write_power(base, exponent), factor_key(base, exponent, writer.notation.roles))
        for base, exponent in powers
    ]
    if roots:
        body = sp.Mul(*roots, evaluate=False) if len(roots) > 1 else roots[0]
        constant = all(base.is_number for base in roots)
        key = (place if constant else 13, (), writer.notation.roles.positions(body))
        drawn.append(_Factor(body, root(writer.write(body)), key))
    if digits != 1:
        drawn.append(_Factor(sp.Integer(digits), number(digits), (-1,)))
    return sorted(drawn, key=lambda factor: (factor.key, repr(factor.node)))


def _over(top: list[_Factor], bottom: list[_Factor], writer: Writer) -> Maths:
    """One fraction, with what reads better beside it (a sum, a logarithm, a long exponential) to its right."""
    below = product(*(factor.node for factor in bottom))
    if not bottom:
        return product(*(factor.node for factor in top))
    cut = _first_outside(top, bottom, writer)
    inside, outside = [f.node for f in top[:cut]], [f.node for f in top[cut:]]
    return product(fraction(product(*inside), below), *outside)


def _first_outside(top: list[_Factor], bottom: list[_Factor], writer: Writer) -> int:
    """The index of the first factor that stays out of the fraction."""
    if len(top) == 1 and _may_stay(top[0], bottom, writer):
        return 1
    plain = all(factor.base.is_number for factor in bottom) or any(factor.base.is_Add for factor in bottom)
    numbers = all(factor.base.is_Integer for factor in bottom)
    for index, factor in enumerate(top):
        alone = all(before.base.is_number for before in top[:index])
        if isinstance(factor.base, (DataSum, sp.log, sp.Piecewise)) or _is_long(factor.node):
            return index
        if numbers and index and isinstance(factor.base, sp.Function) and not is_exponential(factor.base):
            return index
        if is_exponential(factor.base) and alone and not plain and writer.notation.roles.has_data(factor.base):
            return index
    return len(top)


def _may_stay(only: _Factor, bottom: list[_Factor], writer: Writer) -> bool:
    """(∑ᵢ xᵢ)/λ and (log x)/x, but (1/n) ∑ᵢ xᵢ and (1/2) log x."""
    bases = {factor.base for factor in bottom}
    if all(base.is_number or base == writer.notation.size for base in bases):
        return False
    if isinstance(only.base, DataSum):
        return only.base.summand.is_Symbol
    return isinstance(only.base, sp.log)


def _is_long(node: Maths) -> bool:
    return isinstance(node, Call) and node.function == Operator("exp")
