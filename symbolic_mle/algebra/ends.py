"""lim g(θ) as θ runs to an end of its interval, or None where it is not certain.

SymPy's ``limit`` does not know ψ, log Γ or Bessel functions and is at times wrong with symbolic parameters, so their
asymptotic series go in first and every limit is compared with numbers near the end.
"""

from __future__ import annotations

import sympy as sp
from sympy import Dummy, Expr, Symbol

DIGITS = 60  # of the numbers that a limit is compared with
NEARNESS = (8, 14, 20)  # powers of ten that they are away from the end
TOLERANCE = 1e-3
LIMIT_OPERATIONS = 250  # larger expressions are not given to SymPy's limit


def limit_at(expr: Expr, symbol: Symbol, end: Expr, side: str) -> Expr | None:
    """The limit of ``expr`` as ``symbol`` → ``end`` from the ``side`` "+" (from above) or "-" (from below).

    The other symbols count as numbers with their SymPy assumptions. ±oo is an answer.
    """
    if not expr.has(symbol):
        return expr
    if expr.has(sp.Piecewise, sp.floor, sp.ceiling, sp.sign, sp.Derivative):
        return None
    bare = {s: Dummy(s.name, **s.assumptions0) for s in expr.free_symbols if s != symbol}
    inside = expr.xreplace(bare)
    found = _by_substitution(inside, symbol, end)
    if found is None:
        found = _by_leading_terms(inside, symbol, end)
    if found is None:
        found = _by_series(inside, symbol, end, side)
    if found is None or not _agrees(inside, found, symbol, end, side):
        return None
    return found.xreplace({d: s for s, d in bare.items()})


def _by_substitution(expr: Expr, symbol: Symbol, end: Expr) -> Expr | None:
    """Elementary functions are continuous wherever they are defined."""
    if not end.is_finite:
        return None
    value = expr.subs(symbol, end)
    return None if value.has(sp.nan, sp.zoo, sp.oo, -sp.oo) else value


def _by_leading_terms(expr: Expr, symbol: Symbol, end: Expr) -> Expr | None:
    """A quotient of polynomials goes as the quotient of their leading (at oo) or lowest (at 0) terms."""
    if end not in (sp.oo, -sp.oo, sp.Integer(0)):
        return None
    numerator, denominator = sp.fraction(sp.together(expr))
    if not (numerator.is_polynomial(symbol) and denominator.is_polynomial(symbol)):
        return None
    top, bottom = sp.Poly(numerator, symbol), sp.Poly(denominator, symbol)
    if top.is_zero:
        return sp.Integer(0)
    pick = 0 if end.is_infinite else -1
    (a,), lead = top.terms()[pick]
    (b,), base = bottom.terms()[pick]
    lead, base = sp.simplify(lead), sp.simplify(base)
    if lead == 0 or base == 0 or lead.is_zero is None and not lead.free_symbols <= expr.free_symbols:
        return None
    power = a - b if end.is_infinite else b - a
    ratio = lead / base
    if power == 0:
        return ratio
    if power < 0:
        return sp.Integer(0)
    if (
        not (ratio.is_positive or ratio.is_negative)
        or end == -sp.oo
        or (end == 0 and power % 2 and not symbol.is_positive)
    ):
        return None
    return sp.oo if ratio.is_positive else -sp.oo


def _by_series(expr: Expr, symbol: Symbol, end: Expr, side: str) -> Expr | None:
    prepared = _asymptotic(expr, symbol, end)
    if prepared is None:
        return None
    if prepared != expr or end == sp.oo:
        prepared = sp.expand(
            prepared.replace(sp.log, lambda u: _log_near_infinity(u, symbol)) if end == sp.oo else prepared
        )
    found = _by_leading_terms(prepared, symbol, end)
    if found is None:
        found = _termwise(prepared, symbol, end)
    if found is not None:
        return found
    if prepared.count_ops() > LIMIT_OPERATIONS or _is_wild(prepared, symbol):
        return None
    try:
        found = sp.limit(prepared, symbol, end, side if end.is_finite else "-")
    except (
        NotImplementedError,
        ValueError,
        TypeError,
        AttributeError,
        RecursionError,
        sp.PoleError,
        sp.PolynomialError,
    ):
        return None
    if found.has(sp.Limit, sp.AccumBounds, sp.nan, sp.zoo, symbol):
        return None
    return found


def _log_near_infinity(u: Expr, symbol: Symbol) -> Expr:
    """log(a·k + b) = log k + log a + b/(ak) − b²/(2a²k²) + …"""
    slope, rest = u.diff(symbol), u.subs(symbol, 0)
    if not u.has(symbol) or slope.has(symbol) or not slope.is_positive or not rest.is_finite:
        return sp.log(u)
    ratio = rest / (slope * symbol)
    return sp.log(symbol) + sp.log(slope) + ratio - ratio**2 / 2


def _termwise(expr: Expr, symbol: Symbol, end: Expr) -> Expr | None:
    """The sum of the limits of the terms c·sᵖ·(log s)^q, when they do not work against each other."""
    if end not in (sp.oo, sp.Integer(0)) or not symbol.is_positive:
        return None
    total, infinite = sp.Integer(0), set()
    for term in sp.Add.make_args(expr):
        found = _power_term(term, symbol, end)
        if found is None:
            return None
        if found.is_infinite:
            infinite.add(found)
        else:
            total += found
    if len(infinite) > 1:
        return None
    return infinite.pop() if infinite else total


def _power_term(term: Expr, symbol: Symbol, end: Expr) -> Expr | None:
    coefficient, rest = term.as_independent(symbol, as_Add=False)
    power, logs = sp.Integer(0), 0
    for factor in sp.Mul.make_args(rest):
        base, exponent = factor.as_base_exp()
        if base == symbol and exponent.is_number:
            power += exponent
        elif base == sp.log(symbol) and exponent.is_Integer and exponent > 0:
            logs += int(exponent)
        elif factor != 1:
            return None
    if end == 0:
        power = -power
    if power == 0 and logs == 0:
        return coefficient
    if power.is_negative:
        return sp.Integer(0)
    sign = 1 if coefficient.is_positive else -1 if coefficient.is_negative else 0
    if sign == 0:
        return None
    return sp.oo * sign * (-1 if end == 0 and logs % 2 else 1)


def _asymptotic(expr: Expr, symbol: Symbol, end: Expr) -> Expr | None:
    """Special functions replaced by the first terms of their series where the argument runs to 0⁺ or to ∞."""
    special = (sp.polygamma, sp.loggamma, sp.besseli, sp.gamma, sp.zeta)
    changed = {}
    for function in expr.atoms(*special):
        if not function.has(symbol):
            continue
        argument = function.args[-1]
        target = limit_at(argument, symbol, end, "+")
        if target is None:
            return None
        if target == 0 and argument.is_positive is not False:
            changed[function] = _near_zero(function, argument)
        elif target == sp.oo:
            changed[function] = _near_infinity(function, argument)
        if changed.get(function, sp.Integer(0)) is None:
            return None
    return expr.xreplace(changed)


def _near_zero(function: Expr, u: Expr) -> Expr | None:
    """Abramowitz & Stegun 6.1.33, 6.3.5, 6.4.9, 9.6.10."""
    if isinstance(function, sp.loggamma):
        return -sp.log(u) - sp.EulerGamma * u + sp.pi**2 * u**2 / 12
    if isinstance(function, sp.gamma):
        return 1 / u - sp.EulerGamma
    if isinstance(function, sp.polygamma) and function.args[0] == 0:
        return -1 / u - sp.EulerGamma + sp.pi**2 * u / 6
    if isinstance(function, sp.polygamma) and function.args[0] == 1:
        return 1 / u**2 + sp.pi**2 / 6 - 2 * sp.zeta(3) * u
    if isinstance(function, sp.besseli) and function.args[0] in (0, 1):
        return 1 + u**2 / 4 if function.args[0] == 0 else u / 2 + u**3 / 16
    return None


def _near_infinity(function: Expr, u: Expr) -> Expr | None:
    """Abramowitz & Stegun 6.1.41, 6.3.18, 6.4.12, 9.7.1."""
    if isinstance(function, sp.loggamma):
        return (u - sp.Rational(1, 2)) * sp.log(u) - u + sp.log(2 * sp.pi) / 2 + 1 / (12 * u)
    if isinstance(function, sp.polygamma) and function.args[0] == 0:
        return sp.log(u) - 1 / (2 * u) - 1 / (12 * u**2)
    if isinstance(function, sp.polygamma) and function.args[0] == 1:
        return 1 / u + 1 / (2 * u**2) + 1 / (6 * u**3)
    if isinstance(function, sp.besseli) and function.args[0].is_number:
        m = 4 * function.args[0] ** 2
        return sp.exp(u) / sp.sqrt(2 * sp.pi * u) * (1 - (m - 1) / (8 * u) + (m - 1) * (m - 9) / (128 * u**2))
    if isinstance(function, sp.zeta) and len(function.args) == 1:
        return 1 + 2**-u
    return None


def _is_wild(expr: Expr, symbol: Symbol) -> bool:
    """Exponentials inside exponentials, or of many rates: SymPy's limit and numbers far out take for ever."""
    powers = [e for e in expr.atoms(sp.exp, sp.Pow) if e.exp.has(symbol)]
    nested = any(inner.exp.has(symbol) for e in powers for inner in e.exp.atoms(sp.exp, sp.Pow))
    return nested or len({e.base if isinstance(e, sp.Pow) else e for e in powers}) > 2


def _agrees(expr: Expr, found: Expr, symbol: Symbol, end: Expr, side: str) -> bool:
    """Do numbers close to the end go where the limit says? (At two points of the other symbols, of both signs.)"""
    if _is_wild(expr, symbol):
        return False
    others = sorted((expr.free_symbols | end.free_symbols | found.free_symbols) - {symbol}, key=lambda s: s.name)
    for shift in (0, 1):
        values = {s: sp.Float(_sample_value(s, k, shift), DIGITS) for k, s in enumerate(others)}
        at = end.xreplace(values)
        target = found.xreplace(values)
        try:
            near = [sp.N(expr.xreplace(values).subs(symbol, _near(at, side, k)), DIGITS) for k in NEARNESS]
        except (TypeError, ValueError, OverflowError, ZeroDivisionError):
            return False
        if not all(v.is_real and v.is_finite for v in near):
            continue
        if not (_runs_off(near, target) if target.is_infinite else _settles(near, target)):
            return False
    return True


def _runs_off(near: list[Expr], target: Expr) -> bool:
    """Values of the sign of ±oo, growing, and by steps that do not die away as they would before a finite limit."""
    if target not in (sp.oo, -sp.oo):
        return False
    first, second, third = near if target == sp.oo else [-v for v in near]
    return bool(third > 0 and second > first and third - second > (second - first) / 10)


def _settles(near: list[Expr], target: Expr) -> bool:
    goal = sp.N(target, DIGITS)
    return bool(goal.is_real and abs(near[1] - goal) <= TOLERANCE * (1 + abs(near[0] - goal)))


def _near(end: Expr, side: str, digits: int) -> Expr:
    if end.is_infinite:
        far = sp.Integer(2) ** digits if digits < 10 else sp.Integer(10) ** (digits // 3)
        return sp.Float(far if end == sp.oo else -far, DIGITS)
    step = sp.Rational(1, 10**digits)
    return sp.N(end + step if side == "+" else end - step, DIGITS)


def _sample_value(symbol: Symbol, k: int, shift: int) -> Expr:
    value = sp.Rational(7 + 4 * (k + shift), 5) if not symbol.is_integer else sp.Integer(2 + k + shift)
    either = symbol.is_nonnegative is None and symbol.is_nonpositive is None
    return -value if symbol.is_negative or symbol.is_nonpositive or (either and shift) else value
