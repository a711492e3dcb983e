"""log of a product → sum of logs, every rule with its condition met.

``expand_log(force=True)`` of SymPy turns log(x²) into 2·log x for a negative x. Here a factor is split off only where its
sign is proved on the region, and log(2π) stays one number.
"""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp
from sympy import Expr

IsPositive = Callable[[Expr], bool]


def expand_log(expr: Expr, positive: IsPositive) -> Expr:
    """log(expr) as a sum of terms, for a positive ``expr``; ``positive`` tells whether a factor is proved positive."""
    constants: list[Expr] = []
    terms: list[Expr] = []
    undecided: list[Expr] = []
    sign = 1
    for factor in sp.Mul.make_args(_product(expr)):
        if factor.is_number:
            constants.append(factor)
        elif positive(factor):
            terms.append(_log_of_factor(factor, positive))
        elif positive(-factor):
            sign = -sign
            terms.append(_log_of_factor(-factor, positive))
        elif isinstance(factor, sp.Pow) and factor.exp.is_even and factor.exp.is_number:
            terms.append(factor.exp * sp.log(sp.Abs(factor.base)))
        else:
            undecided.append(factor)
    number = sp.Mul(sign, *constants)
    if undecided:
        terms.append(sp.log(number * sp.Mul(*undecided)))
    elif number != 1:
        terms.append(sp.log(number))
    return sp.Add(*terms)


def _product(expr: Expr) -> Expr:
    """Sums with a common factor become products: a·x + a·y → a·(x + y)."""
    if not isinstance(expr, sp.Add):
        return expr
    pulled = _pull_exponential(expr)
    if pulled != expr:
        return pulled
    split = sp.factor_terms(expr)
    return expr if isinstance(split, sp.Mul) and any(isinstance(f, sp.exp) for f in split.args) else split


def _pull_exponential(total: sp.Add) -> Expr:
    """e^(−ax) − e^(−ax−a) → e^(−ax)·(1 − e^(−a)), for numbers times exponentials whose quotients are simpler than they."""
    parts = [term.as_coeff_Mul() for term in total.args]
    if any(not isinstance(power, sp.exp) for _, power in parts):
        return total  # 1 − e^(−x) is not told better as (e^x − 1)/e^x
    leading = next((power for number, power in parts if number.is_positive), parts[0][1])
    quotients = [(number, sp.expand(power.exp - leading.exp), power.exp) for number, power in parts]
    if any(rest.count_ops() > whole.count_ops() for _, rest, whole in quotients):
        return total
    return leading * sp.Add(*(number * sp.exp(rest) for number, rest, _ in quotients))


def _log_of_factor(factor: Expr, positive: IsPositive) -> Expr:
    if isinstance(factor, sp.exp):
        return factor.exp
    if isinstance(factor, sp.Pow):
        base = factor.base
        if positive(base):
            return factor.exp * expand_log(base, positive)
        if factor.exp.is_number and factor.exp.is_even:
            return factor.exp * sp.log(sp.Abs(base))
        return sp.log(factor)
    if isinstance(factor, sp.Mul) and not factor.could_extract_minus_sign():
        return expand_log(factor, positive)
    if (
        isinstance(factor, sp.Mul)
        and isinstance(-factor, sp.Pow)
        and (-factor).exp.is_odd
        and positive(-(-factor).base)
    ):
        return (-factor).exp * sp.log(-(-factor).base)
    if isinstance(factor, sp.gamma):
        return sp.loggamma(factor.args[0])
    if isinstance(factor, sp.beta):
        a, b = factor.args[:2]
        return sp.loggamma(a) + sp.loggamma(b) - sp.loggamma(a + b)
    if isinstance(factor, sp.Add):
        split = _product(factor)
        if isinstance(split, sp.Mul):
            return expand_log(split, positive)
        pulled = _pull_powers(factor)
        if isinstance(pulled, sp.Mul):
            return expand_log(pulled, positive)
    return sp.log(factor)


def _pull_powers(total: Expr) -> Expr:
    """a² + 2ab + b² → (a + b)² and 1/b − x/b² → (b − x)/b²: a polynomial that factors is a product."""
    if total.has(sp.exp):
        return total  # 1 − e^(−x) is not told better as (e^x − 1)/e^x
    together = sp.together(total)
    numerator, denominator = together.as_numer_denom()
    if denominator != 1 or total.is_polynomial(*total.free_symbols):
        return sp.factor(numerator, deep=False) / denominator if _small(numerator) else together
    return total


def _small(expr: Expr) -> bool:
    return expr.count_ops() < 40 and expr.is_polynomial(*expr.free_symbols)
