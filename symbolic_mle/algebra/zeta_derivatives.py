"""ζ^(m)(s) as a function of two arguments, since SymPy's ``Derivative`` takes no other argument than its symbol."""

from __future__ import annotations

from typing import Any

import mpmath
import sympy as sp
from sympy import Expr


class ZetaDerivative(sp.Function):
    """ZetaDerivative(m, s) = ζ^(m)(s), m ≥ 1."""

    nargs = (2,)

    def fdiff(self, argindex: int = 2) -> Expr:
        return ZetaDerivative(self.args[0] + 1, self.args[1])

    def _eval_evalf(self, prec: int) -> Expr | None:
        order, s = self.args
        if not (order.is_Integer and s.is_number and s.is_real):
            return None
        with mpmath.workprec(prec):
            return Expr._from_mpmath(mpmath.zeta(s._to_mpmath(prec), 1, int(order)), prec)

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        order, s = map(printer._print, self.args)
        call = rf"\zeta^{{({order})}}\left({s}\right)"
        return call if exp is None else rf"{{{call}}}^{{{exp}}}"


def with_functions(expr: Expr) -> Expr:
    """Derivative(ζ(s), (s, m)), also under ``Subs``, → ZetaDerivative(m, s)."""
    if not expr.has(sp.Derivative):
        return expr
    expr = expr.replace(
        _is_derivative, lambda d: ZetaDerivative(sum(count for _, count in d.variable_count), d.variables[0])
    )
    return expr.replace(lambda e: isinstance(e, sp.Subs), lambda e: e.doit())


def with_derivatives(expr: Expr) -> Expr:
    """The inverse, for showing."""
    return expr.replace(ZetaDerivative, _derivative) if expr.has(ZetaDerivative) else expr


def _is_derivative(expr: Expr) -> bool:
    if not isinstance(expr, sp.Derivative) or len(set(expr.variables)) != 1:
        return False
    return isinstance(expr.expr, sp.zeta) and expr.expr.args == (expr.variables[0],)


def _derivative(order: Expr, s: Expr) -> Expr:
    if s.is_Symbol:
        return sp.Derivative(sp.zeta(s), (s, order))
    inner = sp.Dummy("s")
    return sp.Subs(sp.Derivative(sp.zeta(inner), (inner, order)), inner, s)
