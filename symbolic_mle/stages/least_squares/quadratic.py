"""The log-density of one observation as a concave quadratic in some of the parameters, the coefficients.

    log f = slopeᵀβ − ½ βᵀ·curvature·β + terms free of β,

with ``curvature`` and ``slope`` free of β; both may hold the other parameters and the observation. Premise checked: the curvature
is positive semidefinite for every observation and every value of the other parameters, because all its principal minors are
nonnegative (Horn & Johnson 2013, section 7.1).
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.records import Specification
from symbolic_mle.stages.sample_signs import find_sign

MOST = 4  # coefficients for which the normal equations are solved in formulas


@dataclass(frozen=True, slots=True)
class Quadratic:
    """What is quadratic in the coefficients, of one observation."""

    coefficients: tuple[Symbol, ...]
    others: tuple[Symbol, ...]
    curvature: sp.ImmutableMatrix
    slope: sp.ImmutableMatrix


def quadratic_in(log_density: Expr, model: Specification) -> Quadratic | None:
    """The coefficients are the parameters on the whole line in which the log-density is quadratic."""
    if log_density.has(sp.Piecewise, sp.Abs, sp.Max, sp.Min, sp.floor, sp.ceiling):
        return None
    found = [p for p, i in model.parameters.items() if i.is_real_line and p not in model.points]
    while True:
        kept = [p for p in found if (bend := sp.expand(log_density.diff(p, 2))) != 0 and not bend.has(*found)]
        if kept == found:
            break
        found = kept
    if not 1 <= len(found) <= MOST:
        return None
    slope = [log_density.diff(p) for p in found]
    curvature = sp.Matrix(len(found), len(found), lambda j, k: sp.cancel(-slope[j].diff(found[k])))
    at_zero = sp.Matrix([sp.expand(s.xreplace(dict.fromkeys(found, sp.Integer(0)))) for s in slope])
    if curvature.has(*found) or not _is_semidefinite(curvature, model):
        return None
    others = tuple(p for p in model.parameters if p not in found)
    return Quadratic(tuple(found), others, sp.ImmutableMatrix(curvature), sp.ImmutableMatrix(at_zero))


def _is_semidefinite(matrix: sp.Matrix, model: Specification) -> bool:
    """Are all principal minors nonnegative?"""
    size = matrix.shape[0]
    for count in range(1, size + 1):
        for rows in itertools.combinations(range(size), count):
            minor = sp.factor(matrix.extract(list(rows), list(rows)).det())
            if minor == 0:
                continue
            found = find_sign(minor, model.region)
            if found is None or not found.sign.is_upward:
                return False
    return True
