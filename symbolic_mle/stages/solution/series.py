"""A finite limit at a finite end of a function of several sums that hold the parameter: each sum by its Taylor series.

Σ g(xᵢ, a + ε) = Σⱼ εʲ/j! Σ g⁽ʲ⁾(xᵢ, a) + R ε^(k+1) with R bounded, for a finite sample and g analytic at a. A limit that is
the same for every R is the limit.
"""

from __future__ import annotations

import sympy as sp
from sympy import Dummy, Expr, Symbol

from symbolic_mle.algebra.ends import limit_at
from symbolic_mle.algebra.sample import DataSum, outermost_sums
from symbolic_mle.records import Specification
from symbolic_mle.stages.likelihood import sum_over_sample

ORDER = 3
ENTIRE = (sp.exp, sp.sin, sp.cos, sp.sinh, sp.cosh)


def limit_by_series(function: Expr, parameter: Symbol, end: Expr, side: str, model: Specification) -> Expr | None:
    """The limit, where it is finite; None otherwise."""
    moving = [s for s in outermost_sums(function) if s.has(parameter)]
    if not end.is_finite or any(s.summand.has(DataSum) or not _is_entire(s.summand, parameter) for s in moving):
        return None
    step = Dummy("e", positive=True)
    slots: dict[Expr, Expr] = {}
    rests = []

    def statistic(total: DataSum) -> Expr:
        return slots.setdefault(
            total, Dummy("S", **{k: True for k in ("positive", "real") if getattr(total, f"is_{k}")})
        )

    def in_slots(expr: Expr) -> Expr:
        return expr.replace(lambda e: isinstance(e, DataSum), statistic)

    replaced = {}
    for total in moving:
        rests.append(Dummy("R", real=True))
        expansion = rests[-1] * step ** (ORDER + 1)
        for j in range(ORDER + 1):
            term = sp.expand(total.summand.diff(parameter, j).xreplace({parameter: end}))
            expansion += in_slots(sum_over_sample(term, model)) * step**j / sp.factorial(j)
        replaced[total] = expansion
    there = end + step if side == "+" else end - step
    signs = {s: e.xreplace({step: step if side == "+" else -step}) for s, e in replaced.items()}
    expr = in_slots(function.xreplace(signs)).xreplace({parameter: there})
    found = limit_at(sp.together(expr), step, sp.Integer(0), "+")
    if found is None or found.has(*rests, sp.oo, -sp.oo, sp.zoo, sp.nan):
        return None
    return sp.expand(found).xreplace({slot: s for s, slot in slots.items()})


def _is_entire(summand: Expr, parameter: Symbol) -> bool:
    """A polynomial in the parameter and in entire functions of it."""
    for part in sp.preorder_traversal(summand):
        if not part.has(parameter) or part == parameter or isinstance(part, (sp.Add, sp.Mul, *ENTIRE)):
            continue
        if not (part.is_Pow and part.exp.is_Integer and part.exp.is_positive):
            return False
    return True
