"""E_θ T = T̄ solved one parameter after another: an equation with one unknown left, linear in an expression that can be undone."""

from __future__ import annotations

from collections.abc import Mapping

import sympy as sp
from sympy import Dummy, Expr, Symbol

from symbolic_mle.algebra.equations import cleared, isolated, undone
from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.algebra.signs import Sign
from symbolic_mle.records import Specification
from symbolic_mle.stages.moments.equations import Moments
from symbolic_mle.stages.sample_signs import find_sign


def solve(moments: Moments, model: Specification) -> dict[Symbol, Expr] | None:
    """θ̂ in sums of the data; products of deviations from means where a statistic is a product of two others."""
    slots = {t: Dummy("t", real=True) for t in moments.statistics}
    waiting = {t: moments.means[t] - slot for t, slot in slots.items()}
    found: dict[Symbol, Expr] = {}
    unknown = set(model.parameters)
    while unknown:
        solved = _next(waiting, unknown, found, model)
        if solved is None:
            return None
        statistic, parameter, value = solved
        del waiting[statistic]
        found[parameter] = value
        unknown.discard(parameter)
    return {p: _in_sums(value, slots, model) for p, value in found.items()}


def _next(
    waiting: Mapping[Expr, Expr], unknown: set[Symbol], found: Mapping[Symbol, Expr], model: Specification
) -> tuple[Expr, Symbol, Expr] | None:
    def strict(expr: Expr) -> int:
        sign = find_sign(expr, model.region)
        return 0 if sign is None else 1 if sign.sign is Sign.POSITIVE else -1 if sign.sign is Sign.NEGATIVE else 0

    for statistic, equation in sorted(waiting.items(), key=lambda item: item[1].count_ops()):
        left = equation.free_symbols & unknown
        if len(left) != 1:
            continue
        (parameter,) = left
        clear = cleared(equation, strict)
        kernel = None if clear is None else isolated(clear.numerator, parameter)
        if kernel is None:
            continue
        constant, *middle, slope = kernel.coefficients
        if any(c != 0 for c in middle) or not (strict(slope) or slope.is_number):
            continue
        value = sp.cancel(-constant / slope)
        if middle and not strict(kernel.unknown) > 0:
            continue
        steps = undone(kernel.unknown, sp.sqrt(value) if middle else value, parameter, strict)
        if steps is not None:
            root = steps[-1][1].xreplace(dict(found))
            return statistic, parameter, root if root.has(sp.Pow) else sp.cancel(root)
    return None


def _in_sums(value: Expr, slots: Mapping[Expr, Expr], model: Specification) -> Expr:
    """Averages as sums over n, and Σ xy/n − x̄ȳ as Σ (x − x̄)(y − ȳ)/n."""
    n, data = model.size, model.variables
    centred: dict[Expr, Expr] = {}
    back: dict[Expr, Expr] = {}
    for statistic, slot in slots.items():
        pair = next(
            ((a, b) for a in slots for b in slots if sp.expand(a * b - statistic) == 0 and statistic not in (a, b)),
            None,
        )
        if pair is not None:
            a, b = pair
            spread = Dummy("S", real=True)
            centred[slot] = spread / n + slots[a] * slots[b]
            deviations = (t - DataSum(t, data) / n for t in (a, b))
            back[spread] = DataSum(sp.Mul(*deviations), data)
    moved = value.xreplace(centred)
    opened = moved.replace(lambda e: e.is_Add, lambda e: sp.factor(sp.expand(e)))
    averages = {slot: DataSum(t, data) / n for t, slot in slots.items()}
    return sp.powsimp(opened).xreplace(back).xreplace(averages)
