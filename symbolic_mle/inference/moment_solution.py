"""The moment equations solved for the parameters, one unknown after another, and the solution tested from the other end.

Theorem. If T(m(θ)) = θ for every θ in the space, m is one-to-one there with T as its inverse: where the moments of the sample are
those of some θ in the space, that θ is unique and T gives it. (Where they are not, the equations have no solution in the space.)

So it does not matter how a candidate T was found or which root was taken on the way: it is put to the test T(m(θ)) = θ, by algebra
where that decides, else to thirty digits at points all over the space.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.equations import isolated, undone
from symbolic_mle.inference.forms import shortest

MOST_CANDIDATES = 12
DIGITS = 30
CLOSE = sp.Float("1e-20", DIGITS)

Solution = dict[Symbol, Expr]
Points = Sequence[Mapping[Symbol, Expr]]


def solve_moments(means: Mapping[Symbol, Expr], unknowns: Sequence[Symbol], points: Points) -> Solution | None:
    """{parameter: formula} from mean = slot for every slot of ``means``; ``points`` are exact values all over the space."""
    equations = [mean - slot for slot, mean in means.items()]
    for count, candidate in enumerate(_candidates(equations, list(unknowns))):
        if count == MOST_CANDIDATES:
            break
        if all(_is_inverse(candidate[p], p, means, points) for p in unknowns):
            return {p: _upright(v) for p, v in candidate.items()}
    return None


def _upright(expr: Expr) -> Expr:
    """−a/(b − a) → a/(a − b)"""
    numerator, denominator = sp.fraction(expr)
    turns = isinstance(denominator, sp.Add) and numerator.could_extract_minus_sign()
    return (-numerator) / (-denominator) if turns else expr


def _candidates(equations: list[Expr], unknowns: list[Symbol]) -> Iterator[Solution]:
    """Every way to eliminate one unknown after another, by the shortest equations first."""
    if not unknowns:
        yield {}
        return
    for equation in sorted(equations, key=lambda e: e.count_ops()):
        for unknown in unknowns:
            if unknown not in equation.free_symbols:
                continue
            others = [u for u in unknowns if u is not unknown]
            for root in _roots(equation, unknown):
                rest = [e.xreplace({unknown: root}) for e in equations if e is not equation]
                for found in _candidates(rest, others):
                    yield {**found, unknown: shortest(root.xreplace(found))}


def _roots(equation: Expr, unknown: Symbol) -> Iterator[Expr]:
    numerator, _ = sp.fraction(sp.together(sp.expand(equation)))
    factored = sp.factor(numerator) if numerator.count_ops() < 200 else numerator
    for factor in sp.Mul.make_args(factored):
        if unknown not in factor.free_symbols:
            continue
        found = isolated(sp.expand(factor.as_base_exp()[0]), unknown)
        if found is None:
            continue
        for value in _values(found.coefficients):
            lines = undone(found.unknown, value, unknown, _sign)
            if lines is not None:
                yield shortest(sp.expand_log(lines[-1][1]))


def _values(coefficients: tuple[Expr, ...]) -> Iterator[Expr]:
    """The roots of a polynomial of degree 1 or 2."""
    if len(coefficients) == 2:
        yield -coefficients[0] / coefficients[1]
        return
    c0, c1, c2 = coefficients
    if c2 == 0:
        return
    root = sp.sqrt(sp.factor(sp.expand(c1**2 - 4 * c0 * c2)))
    for side in (root, -root):
        yield (side - c1) / (2 * c2)


def _sign(expr: Expr) -> int:
    return 1 if expr.is_positive else -1 if expr.is_negative else 0


def _is_inverse(formula: Expr, parameter: Symbol, means: Mapping[Symbol, Expr], points: Points) -> bool:
    """T(m(θ)) = θ?"""
    back = formula.xreplace(dict(means))
    if formula.has(sp.nan, sp.zoo) or not points:
        return False
    for values in points:
        gap = sp.N(back.xreplace(dict(values)), DIGITS) - values[parameter]
        if not (gap.is_number and abs(gap) < CLOSE):
            return False
    return True
