"""Equations in one unknown, solved in steps that a person would write: clear denominators, drop factors, isolate, undo.

Nothing here calls ``solve``: an equation that is not linear or quadratic in one invertible expression of the unknown stays
an equation.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import sympy as sp
from sympy import Expr, Symbol

LARGE = 400  # operations beyond which an expression is not factored

StrictSign = Callable[[Expr], int]  # 1 or -1 where the sign is proved, else 0


@dataclass(frozen=True, slots=True)
class Cleared:
    """expr · multiplier = numerator, with multiplier > 0: both have the same sign and the same zeros."""

    numerator: Expr
    multiplier: Expr


@dataclass(frozen=True, slots=True)
class Isolated:
    """numerator = Σ coefficients[k]·unknown^k, of degree 1 or 2, where ``unknown`` = u(θ) can be undone."""

    unknown: Expr
    coefficients: tuple[Expr, ...]


def cleared(expr: Expr, sign: StrictSign) -> Cleared | None:
    """Multiply by denominators and divide by common factors, all of proved sign."""
    if expr.count_ops() > LARGE:
        return None
    numerator, denominator = sp.fraction(sp.together(expr))
    kept, dropped, side = [], [sp.Integer(1)], 1
    for factor in sp.Mul.make_args(sp.factor_terms(denominator)):
        side *= sign(factor)
    if side == 0:
        return None
    for factor in sp.Mul.make_args(_factored(numerator)):
        strict = sign(factor)
        if strict:
            side *= strict
            dropped.append(factor)
        else:
            kept.append(factor)
    core = sp.Mul(*kept)
    return Cleared(side * core, side * denominator / sp.Mul(*dropped))


def _factored(expr: Expr) -> Expr:
    opened = sp.expand(expr)
    if opened.count_ops() > LARGE:
        return expr
    try:
        return sp.factor(opened)
    except sp.PolynomialError:
        return sp.factor_terms(opened)


def isolated(numerator: Expr, symbol: Symbol) -> Isolated | None:
    """The one expression u(θ) through which the unknown enters, linearly or quadratically."""
    kernels = _kernels(numerator, symbol)
    unknown = _common_kernel(kernels, symbol)
    if unknown is None:
        return None
    slot = sp.Dummy("u", positive=True)
    replaced = numerator.xreplace({k: slot**power for k, power in unknown[1].items()})
    if replaced.has(symbol):
        return None
    try:
        polynomial = sp.Poly(replaced, slot)
    except sp.PolynomialError:
        return None
    if unknown[0].is_positive:  # a power of it that all terms share is not 0
        polynomial = sp.Poly(polynomial.as_expr() / slot ** min(k for (k,) in polynomial.monoms()), slot)
    if not 1 <= polynomial.degree() <= 2:
        return None
    coefficients = [polynomial.coeff_monomial(slot**k) for k in range(polynomial.degree() + 1)]
    return Isolated(unknown[0], tuple(coefficients))


def _kernels(expr: Expr, symbol: Symbol) -> set[Expr]:
    """The smallest expressions that hold the unknown and are not sums, products or whole powers of others."""
    if not expr.has(symbol):
        return set()
    if isinstance(expr, (sp.Add, sp.Mul)):
        return set().union(*(_kernels(a, symbol) for a in expr.args))
    if isinstance(expr, sp.Pow) and expr.exp.is_Integer and expr.exp.is_positive:
        return _kernels(expr.base, symbol)
    return {expr}


def _common_kernel(kernels: set[Expr], symbol: Symbol) -> tuple[Expr, dict[Expr, int]] | None:
    """u and the whole powers of it that the kernels are: {eᵗ, e²ᵗ} → eᵗ; {√θ, θ} → √θ."""
    if len(kernels) == 1:
        only = next(iter(kernels))
        return only, {only: 1}
    exponents: dict[Expr, Expr] = {}
    bases = set()
    for kernel in kernels:
        base, exponent = (sp.E, kernel.exp) if isinstance(kernel, sp.exp) else kernel.as_base_exp()
        bases.add(base)
        exponents[kernel] = exponent
    if len(bases) != 1 or len(kernels) == 0:
        return None
    first = next(iter(exponents.values()))
    ratios = {k: sp.cancel(e / first) for k, e in exponents.items()}
    if not all(r.is_Rational and r > 0 for r in ratios.values()):
        return None
    unit = sp.Rational(sp.gcd_list([r.p for r in ratios.values()]), sp.ilcm(1, *(r.q for r in ratios.values())))
    base = bases.pop()
    return base ** (first * unit), {k: int(r / unit) for k, r in ratios.items()}


def undone(unknown: Expr, value: Expr, symbol: Symbol, sign: StrictSign) -> list[tuple[Expr, Expr]] | None:
    """From u(θ) = value, one inverse function at a time, to θ = …: the list of equations (left, right), the last θ = root."""
    lines = [(unknown, value)]
    left, right = unknown, value
    while left != symbol:
        step = _peel(left, right, symbol, sign)
        if step is None or len(lines) > 12:
            return None
        left, right = step
        lines.append((left, right))
    return lines


def _peel(left: Expr, right: Expr, symbol: Symbol, sign: StrictSign) -> tuple[Expr, Expr] | None:
    if isinstance(left, sp.Add):
        constant, rest = left.as_independent(symbol, as_Add=True)
        return (rest, right - constant) if constant != 0 else None
    if isinstance(left, sp.Mul):
        constant, rest = left.as_independent(symbol, as_Add=False)
        return (rest, right / constant) if constant != 1 else None
    if isinstance(left, sp.exp):
        return left.exp, sp.log(right)
    if isinstance(left, sp.Pow):
        if left.exp.has(symbol):
            return (left.exp, sp.log(right) / sp.log(left.base)) if not left.base.has(symbol) else None
        return (left.base, right ** (1 / left.exp)) if sign(left.base) > 0 else None
    inverse = {
        sp.log: sp.exp, sp.erf: sp.erfinv, sp.tanh: sp.atanh, sp.sinh: sp.asinh, sp.atan: sp.tan, sp.asinh: sp.sinh,
    }.get(left.func)  # fmt: skip
    return (left.args[0], inverse(right)) if inverse is not None else None


def quadratic_root(c0: Expr, c1: Expr, c2: Expr, may_vanish: bool = False) -> Expr:
    """The root at which c0 + c1·u + c2·u² passes from + to −: (−c1 − √(c1² − 4·c0·c2)) / (2·c2).

    There the derivative c1 + 2·c2·u = −√(…) is negative, whatever the sign of c2. Where c2 ``may_vanish`` the same root is
    written 2·c0 / (−c1 + √(…)), which for c2 = 0 is the root of c0 + c1·u.
    """
    discriminant = sp.sqrt(_tidy(c1**2 - 4 * c0 * c2))
    if may_vanish:
        return 2 * c0 / (discriminant - c1)
    if c2.could_extract_minus_sign():
        return (c1 + discriminant) / (-2 * c2)
    return (-c1 - discriminant) / (2 * c2)


def _tidy(expr: Expr) -> Expr:
    return min((expr, sp.expand(expr), sp.factor(expr)), key=lambda e: e.count_ops())
