"""When θ̂ lies in the open space: the sign of one statistic an end, those implied by the ones before left out."""

from __future__ import annotations

from collections.abc import Mapping

import sympy as sp
from sympy import Dummy, Expr, Symbol

from symbolic_mle.algebra.sample import DataSum, outermost_sums
from symbolic_mle.algebra.signs import Sign
from symbolic_mle.records import Condition, Specification
from symbolic_mle.stages.equal_observations import variation_of
from symbolic_mle.stages.facts import sample_sign


def conditions_of(solution: Mapping[Symbol, Expr], model: Specification) -> tuple[Condition, ...] | None:
    """Every finite end of every space, and every restriction; None where one holds for no data."""
    found: list[Condition] = []
    for gap in _gaps(solution, model):
        statistic = _plain(gap, found)
        sign = sample_sign(statistic, model, model.region)
        if sign is not None and sign.sign is Sign.POSITIVE:
            continue
        if sign is not None and sign.sign in (Sign.NEGATIVE, Sign.ZERO, Sign.NONPOSITIVE):
            return None
        quantity = variation_of(statistic)
        condition = Condition(statistic, ">", "not equal" if quantity is not None else "", quantity)
        if all(c.statistic != statistic for c in found):
            found.append(condition)
    return tuple(found)


def _gaps(solution: Mapping[Symbol, Expr], model: Specification) -> list[Expr]:
    """What has to be positive, in the order of the solution."""
    gaps: list[Expr] = []
    for parameter, value in solution.items():
        interval = model.parameters[parameter]
        low, high = interval.lower.is_finite, interval.upper.is_finite
        if low and high and interval.lower == -interval.upper:
            gaps.append(interval.upper**2 - value**2)
            continue
        gaps += [value - interval.lower] if low else []
        gaps += [interval.upper - value] if high else []
    return gaps + [r.gts.xreplace(dict(solution)) - r.lts.xreplace(dict(solution)) for r in model.restrictions]


def _plain(gap: Expr, before: list[Condition]) -> Expr:
    """A polynomial in sums with the same sign: roots and positive factors dropped, a quotient as a product."""
    slots = {s: Dummy("S", real=True) for s in outermost_sums(gap)}
    known = {slots[c.statistic] for c in before if c.statistic in slots}
    top, bottom = sp.fraction(sp.together(gap.xreplace(slots)))
    kept = []
    for factor in (*sp.Mul.make_args(sp.factor(top)), *sp.Mul.make_args(sp.factor(bottom))):
        base = factor
        while isinstance(base, sp.Pow) and (base.exp.is_odd or not base.exp.is_integer):
            base = base.base
        inner = base.base if isinstance(base, sp.Pow) else base
        if inner.is_positive or inner in known or all(f in known or f.is_positive for f in sp.Mul.make_args(inner)):
            continue
        kept.append(base)
    back = {d: s for s, d in slots.items()}
    plain = sp.expand(sp.Mul(*kept)).xreplace(back)
    coefficient, rest = plain.as_independent(DataSum, as_Add=False)
    return rest if coefficient.is_positive else plain
