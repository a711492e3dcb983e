"""∫ f(x)·g(x) dx by a change of variable that makes it a sum of gamma or beta integrals.

The candidates: x about a centre m, so that the line becomes two half lines; u = e^{cx}, on the line or a half line; u = x/b on
(0, b); u = a/x on (a, ∞). Each is one-to-one on the interval, so ∫ f(x) dx = ∫ f(x(u))·|dx/du| du. Which m and c are worth
trying is read off the linear expressions in x. What comes out is an exact value or None.
"""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp
from sympy import Dummy, Expr, Symbol

from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.algebra.kernels import kernel_integral
from symbolic_mle.algebra.logs import IsPositive
from symbolic_mle.algebra.patience import is_spent

Piece = tuple[Expr, bool]  # x as an expression in u, and whether u runs over (0, 1) instead of (0, ∞)
LARGE = 90  # operations of an integrand beyond which no change of variable is tried
HYPERBOLIC = (sp.sinh, sp.cosh, sp.tanh, sp.coth, sp.sech, sp.csch)


def integrate_product(
    density: Expr, statistic: Expr, x: Symbol, interval: Interval, positive: IsPositive
) -> Expr | None:
    """∫ density·statistic dx over the interval, or None."""
    if density.count_ops() + statistic.count_ops() > LARGE:
        return None
    if density.has(*HYPERBOLIC) or statistic.has(*HYPERBOLIC):
        density, statistic = density.rewrite(sp.exp), statistic.rewrite(sp.exp)
    u = Dummy("u", positive=True)
    for pieces in _changes(density * statistic, x, interval, u):
        if is_spent():
            return None
        total: Expr | None = sp.S.Zero
        for where, unit in pieces:
            part = _piece(density, statistic, x, where, u, unit, positive)
            if part is None:
                total = None
                break
            total += part
        if total is not None:
            return total
    return None


def _piece(
    density: Expr, statistic: Expr, x: Symbol, where: Expr, u: Symbol, unit: bool, positive: IsPositive
) -> Expr | None:
    """One piece of the integral, in u."""
    slope = sp.diff(where, u)
    jacobian = slope if positive(slope) else -slope
    kernel = sp.powdenest(_flat(density.xreplace({x: where}) * jacobian))
    terms = _flat(statistic.xreplace({x: where}))
    return kernel_integral(kernel, sp.expand_log(terms), u, unit, positive)


def _flat(expr: Expr) -> Expr:
    """Sums inside that expand to fewer terms, (m + u − m)² → u², and exponentials of logarithms as powers."""
    inner = expr.replace(
        lambda e: isinstance(e, sp.Add) and e.free_symbols != set(),
        lambda e: sp.factor_terms(sp.expand_log(sp.expand(e))),
    )
    return inner.replace(sp.exp, lambda a: _exp(sp.expand(a)))


def _exp(argument: Expr) -> Expr:
    """e^{c log u + d} → u^c e^d"""
    logs = [t for t in sp.Add.make_args(argument) if t.has(sp.log) and sp.exp(t).func is not sp.exp]
    return sp.Mul(*(sp.exp(t) for t in logs)) * sp.exp(sp.expand(argument - sp.Add(*logs)))


def _changes(integrand: Expr, x: Symbol, interval: Interval, u: Symbol) -> Iterator[list[Piece]]:
    """The changes of variable that the interval allows."""
    low, high = interval.lower, interval.upper
    linear = _linear_parts(integrand, x)
    if low == -sp.oo and high == sp.oo:
        for centre in _centres(linear):
            yield [(centre + u, False), (centre - u, False)]
        for slope, centre in linear:
            yield [(centre + sp.log(u) / slope, False)]
    elif high == sp.oo:
        yield [(low + u, False)]
        if low.is_positive:
            yield [(low / u, True)]
        for slope in dict.fromkeys(slope for slope, _ in linear):
            yield [(low - sp.log(u) / _positive(slope), True)]
    elif low == -sp.oo:
        yield [(high - u, False)]
    elif low.is_finite and high.is_finite:
        yield [(low + (high - low) * u, True)]


def _positive(slope: Expr) -> Expr:
    return -slope if slope.could_extract_minus_sign() else slope


def _centres(linear: list[tuple[Expr, Expr]]) -> list[Expr]:
    return list(dict.fromkeys([centre for _, centre in linear if centre != 0] + [sp.S.Zero]))


def _linear_parts(expr: Expr, x: Symbol) -> list[tuple[Expr, Expr]]:
    """(c, m) for every c·(x − m) that stands in the expression: exponents, bases, arguments of functions."""
    found: dict[tuple[Expr, Expr], None] = {}
    for node in sp.preorder_traversal(expr):
        for part in node.args if isinstance(node, (sp.Pow, sp.exp)) or node.is_Function else ():
            if not isinstance(part, Expr) or not part.has(x):
                continue
            for candidate in dict.fromkeys((sp.expand(part), *sp.Add.make_args(sp.expand(part)))):
                slope, rest = candidate.coeff(x, 1), candidate.coeff(x, 0)
                if slope != 0 and sp.expand(slope * x + rest - candidate) == 0:
                    slope = sp.factor_terms(slope)
                    found[slope, sp.expand(-rest / slope)] = None
    found = {key: None for key in found if not key[0].has(sp.nan, sp.zoo) and not key[1].has(sp.nan, sp.zoo)}
    return sorted(found, key=lambda key: key[1] == 0)
