"""Wrong lines made from right ones: a term dropped, its sign turned, a number changed, the whole doubled or negated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.records import Specification, Step
from symbolic_mle.rules import RULES


def corrupted(step: Step, model: Specification, root: Expr | None) -> Iterator[tuple[str, Step]]:
    """Every corruption of a step that makes it untrue; ``root`` is that of the stage, which tells equations apart."""
    for part in ("right", "left", "factor"):
        expr = getattr(step, part)
        if not isinstance(expr, Expr) or (part == "left" and expr == step.parameter):
            continue
        for name, wrong in changes(expr):
            changed = replace(step, **{part: wrong})
            if is_untrue(changed, step, model, root):
                yield f"{part} {name}", changed


def changes(expr: Expr) -> Iterator[tuple[str, Expr]]:
    if expr.is_infinite:
        yield "turned", -expr
        yield "finite", sp.Integer(1)
        return
    if expr == 0:
        yield "one", sp.Integer(1)
        return
    yield "negated", -expr
    yield "doubled", 2 * expr
    for total in sorted(subexpressions(expr, sp.Add), key=sp.default_sort_key):
        for term in total.args:
            yield f"without {term}", replaced(expr, total, total - term)
            yield f"with −({term})", replaced(expr, total, total - 2 * term)
    for number in sorted(subexpressions(expr, sp.Rational), key=sp.default_sort_key):
        if number + 1 != 0 and number.is_finite:
            yield f"{number} + 1", replaced(expr, number, number + 1)


def subexpressions(expr: Expr, kind: type) -> set[Expr]:
    return {e for e in sp.preorder_traversal(expr) if isinstance(e, kind)}


def replaced(expr: Expr, old: Expr, new: Expr) -> Expr:
    return expr.xreplace({old: new})


# ------------------------------------------------------------------ is it still true?


def is_untrue(changed: Step, step: Step, model: Specification, root: Expr | None) -> bool:
    """Whether the statement is another one, and one that does not hold."""
    relation = RULES[step.rule].relation
    if changed.right.has(sp.nan, sp.zoo) or (changed.left is not None and changed.left.has(sp.nan, sp.zoo)):
        return False
    if relation in ("equivalent", "solves") and step.factor is None and step.part == "equation":
        return root is None or not vanishes(changed, step.parameter, root)
    if relation == "limit":
        return (changed.left, changed.right) != (-step.left, -step.right)
    difference = sum(
        sp.expand(sp.expand_log(getattr(changed, part) - getattr(step, part)))
        for part in ("left", "right", "factor")
        if getattr(step, part) is not None
    )
    if step.rule in ("centre", "profile"):
        return any(difference.diff(p) != 0 for p in model.parameters)
    return difference != 0


def vanishes(equation: Step, parameter: Symbol | None, root: Expr) -> bool:
    """Whether an equation holds at the root, exactly."""
    gap = (equation.left - equation.right).xreplace({parameter: root})
    slots = {s: sp.Dummy("S", positive=True) for s in gap.atoms(DataSum)}
    return bool(sp.simplify(gap.xreplace(slots)) == 0)
