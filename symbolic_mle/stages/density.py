"""Is it a model? The density must be nonnegative and integrate (or sum) to 1 at a few admissible parameter values.

The test is numerical. It refuses a density only when the integral is certain to differ from 1: a heavy tail or a hard
integral is given the benefit of the doubt.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

import numpy as np
import sympy as sp
from sympy import Expr, Symbol
from sympy.core.relational import Relational

from symbolic_mle.algebra.balance import Balance
from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.algebra.numeric import NotNumeric, compile_pointwise
from symbolic_mle.algebra.quadrature import integrate, lattice
from symbolic_mle.errors import ModelError
from symbolic_mle.records import Specification

Pointwise = Callable[[Mapping[Symbol, Any], Mapping[Symbol, Any]], np.ndarray]

TOLERANCE = 1e-4


def check_density(model: Specification) -> None:
    """Raise ``ModelError`` unless the density depends on every parameter, is ≥ 0 and has integral 1."""
    density = model.density
    if density.has(sp.zoo, sp.nan, sp.oo) or density.has(sp.I):
        raise ModelError(f"density: {density} is not a real number everywhere")
    held = density.free_symbols | model.support.free_symbols
    for parameter in model.parameters:
        if parameter not in held:
            raise ModelError(f"the parameter {parameter} does not appear in the density or in the support")
    if not model.checked or len(model.variables) != 1 or model.covariates:
        return
    try:
        evaluate = compile_pointwise(density, [*model.parameters, *model.known], model.variables)
    except NotNumeric:
        return
    for values in admissible_points(model):
        _check_at(model, evaluate, values)


def _check_at(model: Specification, evaluate: Pointwise, values: dict[Symbol, Expr]) -> None:
    x = model.variables[0]
    interval = model.support.intervals[x].xreplace(values)
    if not (interval.lower.is_number and interval.upper.is_number) or interval.is_empty:
        return
    where = ", ".join(f"{s} = {v}" for s, v in values.items())
    relations = [r.xreplace(values) for r in model.support.relations]
    if not model.discrete:
        relations = [r for r in relations if not isinstance(r, sp.Ne)]  # single points weigh nothing
    total, certain, lowest = _total(model, evaluate, values, interval, relations)
    if lowest < -1e-9:
        raise ModelError(f"density: it is negative ({lowest:.4g}) for some {x} in the support, at {where}")
    if certain and abs(total - 1) > TOLERANCE:
        verb = "sums" if model.discrete else "integrates"
        raise ModelError(
            f"density: it {verb} to {total:.6g} at {where}, not to 1; check its constant and the support "
            "(checked=False accepts a contribution to a likelihood that is not a density)"
        )


def _total(
    model: Specification, evaluate: Pointwise, values: dict[Symbol, Expr], interval: Interval, relations: list[sp.Basic]
) -> tuple[float, bool, float]:
    """The integral or sum, whether it is certain, and the lowest value of the density."""
    numbers = {s: float(v) for s, v in values.items()}
    x = model.variables[0]

    def at(points: np.ndarray) -> np.ndarray:
        found = evaluate(numbers, {x: points})
        inside = np.ones(points.shape, dtype=bool)
        for relation in relations:
            inside &= compile_pointwise(relation, [], [x])({}, {x: points}) != 0
        return np.where(inside, found, 0.0)

    if model.discrete:
        points, complete = support_values(model, interval)
        terms = at(points)
        finite = terms[np.isfinite(terms)]
        settled = complete or (len(terms) > 100 and abs(terms[-1]) * len(terms) < 1e-9 and abs(terms[0]) < 1)
        total = float(finite.sum())
        certain = len(finite) == len(terms) and (settled or total > 1 + TOLERANCE)
        return total, certain, float(finite.min(initial=0.0))
    pieces = smooth_pieces(model.density.xreplace(values), x, interval)
    coarse, fine = (_over(pieces, at, step) for step in (1 / 32, 1 / 64))
    if relations:
        return fine[0], False, fine[1]
    return fine[0], fine[2] < TOLERANCE / 10 and abs(coarse[0] - fine[0]) < TOLERANCE / 10, fine[1]


def smooth_pieces(density: Expr, x: Symbol, interval: Interval) -> list[Interval]:
    """The interval, cut where a formula with numbers for parameters may jump or bend."""
    bent = density.has(Relational, sp.Abs, sp.sign, sp.Heaviside)
    return _between(_breaks(density, x) if bent else [], interval)


def _breaks(density: Expr, x: Symbol) -> list[Expr]:
    """Where a formula may jump or bend: the zeros of what is compared, or stands in |·| or sign, when linear in x."""
    compared = [r.lhs - r.rhs for r in density.atoms(Relational)]
    compared += [f.args[0] for f in density.atoms(sp.Abs, sp.sign, sp.Heaviside)]
    lines = [sp.Poly(c, x) for c in compared if c.is_polynomial(x) and c.has(x)]
    return [-line.coeff_monomial(1) / line.coeff_monomial(x) for line in lines if line.degree() == 1]


def _between(breaks: list[Expr], interval: Interval) -> list[Interval]:
    """The interval, cut at the breaks inside it: the rule of integration needs a smooth integrand."""
    inside = sorted({b for b in breaks if b.is_number and interval.lower < b < interval.upper}, key=float)
    ends = [interval.lower, *inside, interval.upper]
    return [Interval(low, high, False, False) for low, high in zip(ends, ends[1:], strict=False)]


def _over(pieces: list[Interval], at: Callable[[np.ndarray], Any], step: float) -> tuple[float, float, float]:
    """The integral over the pieces, the lowest value met, and what the ends may hide."""
    totals, lowest, hidden = zip(*(integrate(at, piece, step) for piece in pieces), strict=True)
    return sum(totals), min(lowest), max(hidden)


def support_values(model: Specification, interval: Interval) -> tuple[np.ndarray, bool]:
    """The possible values of a discrete observation, and whether these are all."""
    if model.support.points is not None and all(p.is_number for p in model.support.points):
        return np.array([float(p) for p in model.support.points]), True
    return lattice(interval)


def admissible_points(model: Specification) -> Iterator[dict[Symbol, Expr]]:
    """A few values of the parameters and known constants inside their spaces."""
    shift = sp.Rational(zlib.crc32(str(model.density).encode()) % 89, 400)  # so that no density is made for the points
    for k in range(3):
        values: dict[Symbol, Expr] = {}
        for offset, (symbol, interval) in enumerate({**model.known, **model.parameters}.items()):
            found = _inside(interval.xreplace(values), k, offset, shift)
            if found is None:
                break
            values[symbol] = found
        else:
            yield from _restricted(values, model)


def _restricted(values: dict[Symbol, Expr], model: Specification) -> Iterator[dict[Symbol, Expr]]:
    """The values where the restrictions hold; else values nearer to the lower ends, if they hold there."""
    for _ in range(4):
        found = _balanced(values, model)
        if all(r.xreplace(found) == sp.true for r in model.restrictions):
            yield found
            return
        values = values | {
            p: (3 * low + values[p]) / 4
            for p, i in model.parameters.items()
            if (low := i.lower.xreplace(values)).is_finite and not i.integer
        }


def _balanced(values: dict[Symbol, Expr], model: Specification) -> dict[Symbol, Expr]:
    """The values with the equations among the parameters satisfied, exactly; as they are where some value is no fraction."""
    balance = Balance.of(tuple(model.parameters), model.restrictions)
    if not balance.equations or not all(values[p].is_Rational for p in model.parameters):
        return values
    found = balance({p: Fraction(int(values[p].p), int(values[p].q)) for p in model.parameters})
    return values | {p: sp.Rational(v.numerator, v.denominator) for p, v in found.items()}


def _inside(interval: Interval, k: int, offset: int, shift: Expr) -> Expr | None:
    low, high = interval.lower, interval.upper
    if not (low.is_number and high.is_number):
        return None
    if interval.integer:
        start = low if low.is_finite else min(high, sp.Integer(0)) - 6 if high.is_finite else sp.Integer(-1)
        found = sp.ceiling(start) + k + offset % 3 + (0 if interval.closed_lower else 1)
        return (
            found
            if interval.contains(float(found))
            else (sp.floor(low) + 1 if interval.contains(float(sp.floor(low) + 1)) else None)
        )
    step = sp.Rational(7 + 6 * k + 4 * offset, 9) + shift
    if low.is_finite and high.is_finite:
        return low + (high - low) * (sp.Rational(2 + 2 * k + offset % 2, 8) + shift / 8)
    if low.is_finite:
        return low + step
    if high.is_finite:
        return high - step
    return step - 1
