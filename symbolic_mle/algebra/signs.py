"""Signs with proofs: is an expression > 0, ≥ 0, < 0 or ≤ 0 at every point of a region?

    find_sign(y - 1 - log(y), {y: Interval(0, oo)})   →  NONNEGATIVE, with the argument

The answer may be None (could not tell); it is never wrong. Every answer rests on exact steps (interval
arithmetic with rational ends, coefficient signs, root counts, derivatives with limits, cited inequalities) and
is cross-examined numerically in the end: a contradiction withdraws it. May know SymPy and the algebra package
only; new techniques go into ``sign_techniques``.
"""

from __future__ import annotations

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.algebra.sign_problem import Problem, Region
from symbolic_mle.algebra.sign_values import RELATIONS, Finding, Lemma, Sign

__all__ = ["Finding", "Region", "Sign", "find_sign", "monotone", "sign_of"]


def find_sign(expr: Expr, region: Region, depth: int = 4, deadline: float | None = None) -> Finding | None:
    """The sign of a real expression at every point of a box, with the argument; None if it could not be told.

    ``region`` gives the interval of each symbol, including the variables bound in a ``DataSum``; other symbols
    are known by their assumptions. ``depth`` bounds the nesting of techniques, ``deadline`` is a
    ``time.thread_time`` moment (CPU seconds: a busy machine proves as much as an idle one).
    """
    expr = sp.nsimplify(expr, rational=True) if expr.has(sp.Float) else expr
    problem = Problem(region, deadline)
    several = len(expr.atoms(DataSum)) > 1
    lemma = problem.prove(expr, min(depth, 1)) if several else None
    lemma = lemma or (problem.prove_merged(expr, depth) if several else None) or problem.prove(expr, depth)
    if lemma is None or problem.is_contradicted(expr, lemma.sign):
        return None
    return Finding(lemma.sign, _lines(lemma, problem))


def _lines(lemma: Lemma, problem: Problem) -> tuple[tuple[Expr, str], ...]:
    lines = [
        (RELATIONS[sign](problem.search.original(statement), 0, evaluate=False), reason)
        for statement, sign, reason in dict.fromkeys(lemma.lines)
    ]
    return tuple(lines)


def sign_of(expr: Expr, region: Region) -> Sign | None:
    """The sign alone."""
    found = find_sign(expr, region)
    return found.sign if found is not None else None


def monotone(expr: Expr, symbol: Symbol, region: Region) -> Sign | None:
    """The sign of the derivative: POSITIVE means strictly increasing, NEGATIVE strictly decreasing."""
    return sign_of(sp.diff(expr, symbol), region)
