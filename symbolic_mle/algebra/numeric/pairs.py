"""Terms of a sum that nearly cancel, combined into one function that does not lose the digits.

−c + c e^u = c (e^u − 1), c ± c erf u = c erfc(∓u), c log u − c ψ(u) by its own series. To add a pair: a line in
``_partners``.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import sympy as sp
from sympy import Expr

from symbolic_mle.algebra import special

Term = Any  # Expr | tuple[Expr, Operation, Expr], but Expr is untyped
"""An expression, or c · f(u) as (c, f, u)."""


def paired_terms(expr: sp.Add) -> list[Term]:
    """The terms of the sum, with those combined that nearly cancel."""
    terms: list[Term] = list(expr.args)
    for term in expr.args:
        for combined, partner in _partners(term, expr.args[0]):
            if term in terms and partner in terms:
                terms.remove(term)
                terms.remove(partner)
                terms.append(combined)
    return terms


def _partners(term: Expr, number: Expr) -> list[tuple[Term, Expr]]:
    """What the term could be combined with, and into what."""
    found: list[tuple[Term, Expr]] = []
    for function in term.args if isinstance(term, sp.Mul) else (term,):
        if isinstance(function, sp.polygamma) and function.args[0] == 0:
            argument, coefficient = function.args[1], -term / function
            found.append(((coefficient, special.log_minus_digamma, argument), coefficient * sp.log(argument)))
        elif isinstance(function, sp.exp) and number.is_Number and term == -number * function:
            found.append(((-number, np.expm1, function.exp), number))
        elif isinstance(function, sp.erf) and number.is_Number and term in (number * function, -number * function):
            found.append(((number, special.erfc, -function.args[0] * (term / function / number)), number))
    return found
