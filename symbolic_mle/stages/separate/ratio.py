"""log f(x | N + 1) − log f(x | N): how the log-likelihood changes from one integer to the next, one observation's share.

Taken factor by factor: Γ(N + a + 1)/Γ(N + a) = N + a, and b^(cN + d) changes by b^c. Knows a density and a symbol.
"""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp
from sympy import Expr, Symbol

GAMMAS = (sp.gamma, sp.binomial, sp.factorial, sp.beta)
CORNERS = (sp.Abs, sp.Max, sp.Min, sp.Piecewise, sp.sign, sp.floor, sp.ceiling, sp.Heaviside, sp.KroneckerDelta)
LONGEST = 12  # factors in Γ(g + c)/Γ(g)


def neighbours_ratio(density: Expr, parameter: Symbol) -> Expr | None:
    """f(x | N + 1)/f(x | N) as a product; None for a density with corners in the parameter."""
    if any(c.has(parameter) for c in density.atoms(*CORNERS)):
        return None
    gammas = density.replace(lambda e: isinstance(e, GAMMAS) and e.has(parameter), lambda e: e.rewrite(sp.gamma))
    ratio = sp.Mul(*(_of_factor(f, parameter) for f in _factors(gammas) if f.has(parameter)))
    return sp.factor_terms(sp.powsimp(ratio, combine="exp"))


def _factors(product: Expr) -> list[Expr]:
    """(a·b)^c and e^(u + v) in their factors."""
    found: list[Expr] = []
    for factor in sp.Mul.make_args(product):
        base, exponent = factor.as_base_exp()
        if isinstance(base, sp.Mul):
            found += [f for b in base.args for f in _factors(b**exponent)]
        else:
            found.append(factor)
    return found


def _of_factor(factor: Expr, parameter: Symbol) -> Expr:
    base, exponent = factor.as_base_exp()
    after = {parameter: parameter + 1}
    if isinstance(base, sp.gamma) and not exponent.has(parameter):
        return _of_gamma(base, parameter) ** exponent
    if not base.has(parameter):
        change = sp.expand(exponent.xreplace(after) - exponent)
        return sp.exp(change) if base is sp.E else base**change
    if not exponent.has(parameter):
        return (_together(base.xreplace(after)) / base) ** exponent
    return factor.xreplace(after) / factor


def _together(expr: Expr) -> Expr:
    return sp.expand(expr) if expr.is_Add else expr


def _of_gamma(gamma: Expr, parameter: Symbol) -> Expr:
    """Γ(g(N + 1))/Γ(g(N)) = g(g + 1)…(g + c − 1) for a whole step c."""
    inside = gamma.args[0]
    later = sp.expand(inside.xreplace({parameter: parameter + 1}))
    step = sp.expand(later - inside)
    if not step.is_Integer or abs(step) > LONGEST:
        return sp.gamma(later) / gamma
    if step >= 0:
        return sp.Mul(*(sp.expand(inside + j) for j in range(int(step))))
    return 1 / sp.Mul(*(sp.expand(later + j) for j in range(-int(step))))


def log_of(ratio: Expr, positive: Callable[[Expr], bool]) -> Expr:
    """log of the product, a logarithm for each factor that is positive and one for the rest."""
    total, rest = sp.Integer(0), sp.Integer(1)
    for factor in sp.Mul.make_args(ratio):
        base, exponent = factor.as_base_exp()
        if base is sp.E or isinstance(factor, sp.exp):
            total += exponent if base is sp.E else factor.args[0]
            continue
        above, below = sp.fraction(sp.together(base))
        if positive(above) and positive(below):
            total += exponent * (sp.log(above) - sp.log(below))
        else:
            rest *= factor
    return total + sp.log(rest)
