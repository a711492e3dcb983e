"""The exact laws of extreme observations at the ends of the support that they estimate, and of what lies above the least.

extreme   θ̂ = x₍ₙ₎ or x₍₁₎ at a moving end: P(x₍ₙ₎ ≤ t) = F(t)ⁿ, P(x₍₁₎ > t) = (1 − F(t))ⁿ (Casella & Berger 2002, section 5.4),
          for F or 1 − F a power of the distance to the other end, or 1 − F a power or an exponential.
excess    P(X > x) = exp(−c(T(x) − T(a))), T increasing: T(X) is exponential above T(a), so W = Σ (T(xᵢ) − T(x₍₁₎)) has the gamma
          law of shape n − 1 and rate c, independent of x₍₁₎ (Sukhatme 1937; David & Nagaraja 2003, section 2.5), and θ̂ = K·Wʳ
          has the moments of a power of it.
"""

from __future__ import annotations

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.sample import DataSum, OrderStatistic, outermost_statistics, outermost_sums
from symbolic_mle.inference.exact_laws.facts import FiniteSample, Law, Tail, gamma_moments
from symbolic_mle.inference.forms import shortest
from symbolic_mle.records import Specification


def extreme(parameter: Symbol, value: Expr, model: Specification) -> FiniteSample | None:
    """The largest or smallest observation at the end of the support that is the parameter."""
    (x,) = model.variables
    interval = model.support.intervals[x]
    if not isinstance(value, OrderStatistic) or value.summand != x or model.discrete or model.support.relations:
        return None
    steep = _steepness(model)
    if value.rank == model.size and interval.upper == parameter and interval.lower.is_finite:
        return _near(parameter, interval.lower, steep, model, -1)
    if value.rank == 1 and interval.lower == parameter:
        if interval.upper == sp.oo:
            return _smallest(parameter, steep, model)
        return _near(parameter, interval.upper, steep, model, 1)
    return None


def _steepness(model: Specification) -> Expr:
    """f′/f"""
    (x,) = model.variables
    return sp.cancel(sp.together(sp.expand_log(sp.log(model.density)).diff(x)))


def _near(parameter: Symbol, other: Expr, steep: Expr, model: Specification, side: int) -> FiniteSample | None:
    """The law of the distance to the other end a is that of a power: P(X nearer to a than t) = ((t − a)/(θ − a))ᵏ.

    So E θ̂ = a + (θ − a)·nk/(nk + 1); ``side`` is −1 for the largest observation, 1 for the smallest.
    """
    (x,), n = model.variables, model.size
    k = sp.cancel((x - other) * steep) + 1
    if x in k.free_symbols or parameter in other.free_symbols or not k.is_positive:
        return None
    width = parameter - other
    mean = other + width * n * k / (n * k + 1)
    variance = width**2 * n * k / ((n * k + 1) ** 2 * (n * k + 2))
    t = _letter(model)
    ends = (other, parameter) if side < 0 else (parameter, other)
    tail = Tail(t, "<=" if side < 0 else ">", (side * (other - t) / (side * -width)) ** (n * k), *ends)
    return FiniteSample(parameter, "extreme", shortest(mean), variance, tail=tail)


def _smallest(parameter: Symbol, steep: Expr, model: Specification) -> FiniteSample | None:
    """1 − F = (θ/t)^α or exp(−c(t − θ)): with nα, nc in place of α, c for the smallest of n."""
    (x,), n, t = model.variables, model.size, _letter(model)
    index, pace = sp.cancel(-x * steep) - 1, sp.cancel(-steep)
    if x not in index.free_symbols and index.is_positive and parameter.is_positive:
        a = n * index
        tail = Tail(t, ">", (parameter / t) ** a, parameter, sp.oo)
        variance = parameter**2 * a / ((a - 1) ** 2 * (a - 2))
        return FiniteSample(parameter, "extreme", a * parameter / (a - 1), variance, a - 1, a - 2, tail=tail)
    if x not in pace.free_symbols and pace.is_positive:
        tail = Tail(t, ">", sp.exp(-n * pace * (t - parameter)), parameter, sp.oo)
        return FiniteSample(parameter, "extreme", parameter + 1 / (n * pace), 1 / (n * pace) ** 2, tail=tail)
    return None


def excess(parameter: Symbol, value: Expr, model: Specification) -> FiniteSample | None:
    """K·Wʳ for W = Σ T(xᵢ) − n·T(x₍₁₎), with T(X) exponential above its least value."""
    (x,), n = model.variables, model.size
    interval = model.support.intervals[x]
    totals, least = outermost_sums(value), OrderStatistic(x, (x,), sp.S.One)
    others = outermost_statistics(value) - totals
    if len(totals) != 1 or others != {least} or model.discrete or model.support.relations:
        return None
    (total,) = totals
    transformed, end = total.summand, interval.lower
    if transformed.has(DataSum, OrderStatistic) or interval.upper != sp.oo or end not in model.parameters:
        return None
    pace = _exponential_rate(transformed, model)
    if pace is None:
        return None
    w, low = sp.Dummy("W", positive=True), sp.Dummy("x", real=True, positive=x.is_positive)
    inside = value.xreplace({total: w + n * transformed.xreplace({x: low}), least: low})
    inside = sp.cancel(sp.together(sp.expand(inside)))
    power = sp.cancel(sp.together(w * inside.diff(w) / inside))
    if low in inside.free_symbols or not power.is_number:
        return None
    factor = sp.cancel(inside / w**power)
    if factor.free_symbols & {w, low}:
        return None
    mean, variance, first, second = gamma_moments(factor, power, n - 1, pace)
    needs = (n - 1 if first is None and power < 0 else first, second)
    exact = Law(total - n * transformed.xreplace({x: least}), "gamma", (n - 1, pace))
    return FiniteSample(parameter, "excess", mean, variance, *needs, exact=exact)


def _exponential_rate(transformed: Expr, model: Specification) -> Expr | None:
    """c, where f = c·T′·exp(−c(T − T(a))) above the lower end a and T is increasing."""
    (x,) = model.variables
    slope, end = transformed.diff(x), model.support.intervals[x].lower
    if not slope.is_positive:
        return None
    flat = sp.cancel(sp.together(_steepness(model) - sp.expand_log(sp.log(slope)).diff(x)))
    pace = sp.cancel(-flat / slope)
    if x in pace.free_symbols or not pace.is_positive:
        return None
    claimed = pace * slope * sp.exp(-pace * (transformed - transformed.xreplace({x: end})))
    ratio = sp.expand_log(sp.log(model.density), force=False) - sp.expand_log(sp.log(claimed), force=False)
    return pace if sp.simplify(sp.expand(ratio)) == 0 else None


def _letter(model: Specification) -> Symbol:
    """A name that the model does not use."""
    (x,) = model.variables
    taken = {s.name for s in (x, *model.parameters, *model.known, model.size)}
    return sp.Symbol(next(name for name in "tuvwsr" if name not in taken), positive=x.is_positive, real=True)
