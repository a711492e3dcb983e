"""Are the data possible at all? For models whose support moves with one parameter: is there a value that allows every observation?

The ends of the support, solved for the parameter at each observation, cut the parameter space into pieces on which it is
constant which observations are allowed; one point of each piece and each cut are tried, in exact arithmetic.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np
import sympy as sp
from sympy import Basic, Expr, Symbol

from symbolic_mle.observation import Columns, Values
from symbolic_mle.records import Specification

MOST = 12  # distinct observations that are tried one by one; beyond that only the extreme ones


def is_possible(model: Specification, constants: Values, sample: Columns) -> bool | None:
    """False when no parameter value gives all observations a positive density; None when that is not known."""
    moving = model.support.free_symbols & set(model.parameters)
    if not moving or len(model.parameters) != 1 or len(model.variables) != 1 or model.covariates:
        return None
    (parameter,), (x,) = model.parameters, model.variables
    exact = {s: _exact(v) for s, v in constants.items()}
    relations = [r.xreplace(exact) for r in _relations(model, x)]
    column = np.unique(sample[x])
    if len(column) > MOST:
        column = np.concatenate([column[: MOST // 2], column[-MOST // 2 :]])
    values = [_exact(v) for v in column]
    cuts = _cuts(relations, x, parameter, values)
    if cuts is None:
        return None
    space = model.parameters[parameter].xreplace(exact)
    cuts = sorted({*cuts, *(e for e in (space.lower, space.upper) if e.is_number and e.is_finite)}, key=float)
    density = model.density.xreplace(exact)
    for point in _trials(cuts, model.parameters[parameter].xreplace(exact).integer):
        if _allowed(point, parameter, model, exact) and all(
            _holds(relations, density, {parameter: point, x: v}) for v in values
        ):
            return True
    return False


def _exact(value: float) -> sp.Rational:
    fraction = Fraction(repr(float(value)))
    return sp.Rational(fraction.numerator, fraction.denominator)


def _relations(model: Specification, x: Symbol) -> Iterator[Basic]:
    interval = model.support.intervals[x]
    if interval.lower != -sp.oo:
        yield (sp.Ge if interval.closed_lower else sp.Gt)(x, interval.lower, evaluate=False)
    if interval.upper != sp.oo:
        yield (sp.Le if interval.closed_upper else sp.Lt)(x, interval.upper, evaluate=False)
    yield from model.support.relations


def _cuts(relations: list[Basic], x: Symbol, parameter: Symbol, values: list[Expr]) -> list[Expr] | None:
    """The parameter values at which an end of the support meets an observation; None where an end cannot be solved for it."""
    cuts: list[Expr] = []
    for relation in relations:
        if not relation.has(parameter):
            continue
        for difference in _without_corners(relation.lhs - relation.rhs):
            slope = sp.expand(difference).coeff(parameter, 1)
            rest = sp.expand(difference - slope * parameter)
            if rest.has(parameter) or not (slope.is_number and slope != 0):
                return None
            cuts += [(-rest / slope).xreplace({x: v}) for v in values]
    return sorted(set(cuts), key=float)


def _without_corners(difference: Expr) -> list[Expr]:
    """|u| − c → u − c and −u − c."""
    corners = difference.atoms(sp.Abs)
    if not corners:
        return [difference]
    (corner, *others) = corners
    if others:
        return [difference]
    return [difference.xreplace({corner: corner.args[0]}), difference.xreplace({corner: -corner.args[0]})]


def _trials(cuts: list[Expr], whole: bool) -> Iterator[Expr]:
    """Every cut, a point between neighbours, and a point on either side; whole numbers around them for an integer parameter."""
    if not cuts:
        yield sp.Integer(1)
        return
    points = [cuts[0] - 1, *cuts, *((a + b) / 2 for a, b in zip(cuts, cuts[1:], strict=False)), cuts[-1] + 1]
    points += [c + sp.Rational(1, 1000) for c in cuts] + [c - sp.Rational(1, 1000) for c in cuts]
    for point in points:
        yield from (sp.floor(point), sp.ceiling(point)) if whole else (point,)


def _allowed(point: Expr, parameter: Symbol, model: Specification, exact: dict[Symbol, Expr]) -> bool:
    interval = model.parameters[parameter].xreplace(exact)
    return bool(interval.lower.is_number and interval.upper.is_number) and interval.contains(float(point))


def _holds(relations: list[Basic], density: Expr, values: dict[Symbol, Expr]) -> bool:
    if any(r.xreplace(values) != sp.true for r in relations):
        return False
    return bool(density.xreplace(values).is_positive)
