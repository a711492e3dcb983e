"""Roots in Lambert's W of equations that are linear in θ and e^(dθ), or in θ and log θ, with the branch proved.

A + Bθ + C e^(dθ) = 0: with w = −d(θ + A/B), w e^w = (Cd/B) e^(−dA/B), and the derivative at the root is B(1 + w).
A + Bθ + C log θ = 0: with w = Bθ/C, w e^w = (B/C) e^(−A/C), and the derivative at the root is B(1 + w)/w.
At a root where the function falls from + to − the derivative is negative, so the signs of B and w tell w > −1 (branch 0) from
w < −1 (branch −1) (Corless et al. 1996).
"""

from __future__ import annotations

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.equations import StrictSign


def falling_lambert_root(function: Expr, symbol: Symbol, sign: StrictSign) -> Expr | None:
    """The root at which the function falls through 0, or None where it is not of these forms or the branch is not certain."""
    for candidate in (function, *(function * sp.exp(-e.exp) for e in function.atoms(sp.exp) if e.has(symbol))):
        found = _root(sp.expand(candidate), symbol, sign)
        if found is not None:
            return found
    return None


def _root(function: Expr, symbol: Symbol, sign: StrictSign) -> Expr | None:
    others = [k for k in function.atoms(sp.exp, sp.log) if k.has(symbol)]
    if len(others) != 1:
        return None
    (kernel,) = others
    slot = sp.Dummy("k")
    replaced = function.xreplace({kernel: slot})
    b, c = replaced.diff(symbol), replaced.diff(slot)
    if b.has(symbol, slot) or c.has(symbol, slot) or 0 in (b, c):
        return None
    a = replaced.xreplace({symbol: sp.Integer(0), slot: sp.Integer(0)})
    side = sign(b)
    if not side:
        return None
    if isinstance(kernel, sp.log):
        return _with_log(a, b, c, sign) if kernel.args[0] == symbol else None
    d = kernel.exp.diff(symbol)
    if d.has(symbol) or kernel.exp != d * symbol:
        return None
    argument = c * d / b * sp.exp(-d * a / b)
    return -a / b - sp.LambertW(argument, 0 if side < 0 else -1) / d


def _with_log(a: Expr, b: Expr, c: Expr, sign: StrictSign) -> Expr | None:
    ratio, side = sign(b / c), sign(b)
    if ratio > 0:  # w > 0
        branch = 0 if side < 0 else None
    elif ratio < 0:  # w < 0
        branch = 0 if side > 0 else -1
    else:
        branch = None
    return None if branch is None else c / b * sp.LambertW(b / c * sp.exp(-a / c), branch)
