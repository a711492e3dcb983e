"""The feasible interval of one parameter, the others fixed: bounds by the data, by the space and by restrictions.

A bound that another one implies is left out. That is proved by the sign of their difference, over all data and all values of the
other parameters; where the two can be equal, the looser closed bound stays, and which one counts is for the data to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import sympy as sp
from sympy import Basic, Expr, Symbol

from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.algebra.signs import Sign
from symbolic_mle.stages.moving.isolation import SignOf, isolated, simple_relations

WEAK = (Sign.POSITIVE, Sign.NONNEGATIVE)


@dataclass(frozen=True, slots=True)
class Bound:
    """θ ≥ value, or θ ≤ value; θ = value too where it is ``closed``.

    ``by_data``: it comes from the support, not the space. ``derived``: another parameter has been put in, at its end.
    """

    value: Expr
    closed: bool
    by_data: bool
    derived: bool = False


Relation = tuple[Basic, bool, bool]  # the relation, and the two flags of its bounds


@dataclass(frozen=True, slots=True)
class Feasible:
    """lower bounds ≤ θ ≤ upper bounds."""

    lower: tuple[Bound, ...]
    upper: tuple[Bound, ...]


def feasible(parameter: Symbol, space: Interval, relations: Iterable[Relation], sign: SignOf) -> Feasible | None:
    """The bounds that relations and the space put on a parameter; None if one is not solved."""
    lower, upper = [], []
    if space.lower != -sp.oo:
        lower.append(Bound(space.lower, space.closed_lower, False))
    if space.upper != sp.oo:
        upper.append(Bound(space.upper, space.closed_upper, False))
    for relation, by_data, derived in relations:
        parts = simple_relations(relation)
        if parts is None:
            return None
        for part in parts:
            if parameter not in part.free_symbols:
                continue
            side = isolated(part, {parameter}, sign)
            if side is None or side.inside != parameter or side.outside.has(parameter):
                return None
            (upper if side.below else lower).append(Bound(side.outside, not side.strict, by_data, derived))
    if space.integer:
        lower = [_whole(b, sp.ceiling) for b in lower]
        upper = [_whole(b, sp.floor) for b in upper]
    return Feasible(tuple(dict.fromkeys(lower)), tuple(dict.fromkeys(upper)))


def _whole(bound: Bound, rounded: type[sp.Function]) -> Bound:
    """The first integer inside a bound."""
    inward = 1 if rounded is sp.ceiling else -1
    if bound.closed:
        return replace(bound, value=rounded(bound.value))
    outward = sp.floor if rounded is sp.ceiling else sp.ceiling
    return replace(bound, value=outward(bound.value) + inward, closed=True)


def tightest(bounds: Sequence[Bound], side: int, sign: SignOf) -> tuple[Bound, ...]:
    """The lower (``side`` 1) or upper (−1) bounds that no other one implies."""
    kept = list(bounds)
    for bound in bounds:
        if any(_implies(other, bound, side, sign) for other in kept if other != bound):
            kept.remove(bound)
    return tuple(kept)


def _implies(other: Bound, bound: Bound, side: int, sign: SignOf) -> bool:
    found = sign(side * (other.value - bound.value))
    return found is Sign.POSITIVE or (found in (Sign.NONNEGATIVE, Sign.ZERO) and (bound.closed or not other.closed))


def apart(low: Bound, high: Bound, sign: SignOf) -> bool:
    """Is it proved that something lies between the two for all data?"""
    found = sign(high.value - low.value)
    return found is Sign.POSITIVE or (found in (Sign.NONNEGATIVE, Sign.ZERO) and low.closed and high.closed)
