"""Intervals whose ends may be expressions, open or closed: the shape of a parameter space and of a support."""

from __future__ import annotations

from dataclasses import dataclass, replace

import sympy as sp
from sympy import Basic, Expr, Symbol


@dataclass(frozen=True, slots=True)
class Interval:
    """{v : lower ≤ v ≤ upper}, an end left out where it is not ``closed_…``; only the integers in it when ``integer``.

    The ends are SymPy expressions (numbers, ±oo, or expressions in other symbols) and an infinite end is open.
    """

    lower: Expr = sp.S.NegativeInfinity
    upper: Expr = sp.S.Infinity
    closed_lower: bool = False
    closed_upper: bool = False
    integer: bool = False

    @property
    def is_real_line(self) -> bool:
        return self.lower == -sp.oo and self.upper == sp.oo and not self.integer

    @property
    def free_symbols(self) -> set[sp.Symbol]:
        return self.lower.free_symbols | self.upper.free_symbols

    def xreplace(self, values: dict[Expr, Expr]) -> Interval:
        """The interval with the symbols in its ends replaced."""
        return Interval(
            self.lower.xreplace(values), self.upper.xreplace(values), self.closed_lower, self.closed_upper, self.integer
        )

    def assumptions(self) -> dict[str, bool]:
        """SymPy assumptions that every point of the interval satisfies."""
        found = {"integer": True} if self.integer else {"real": True}
        low, high = self.lower, self.upper
        if low.is_positive or (low.is_zero and not self.closed_lower):
            found["positive"] = True
        elif low.is_nonnegative:
            found["nonnegative"] = True
        elif high.is_negative or (high.is_zero and not self.closed_upper):
            found["negative"] = True
        elif high.is_nonpositive:
            found["nonpositive"] = True
        return found

    @property
    def interior(self) -> Interval:
        return Interval(self.lower, self.upper, False, False, self.integer)

    @property
    def is_empty(self) -> bool | None:
        """True or False where the ends can be compared, else None."""
        gap = sp.nsimplify(self.upper - self.lower) if self.free_symbols == set() else self.upper - self.lower
        if gap.is_negative or (gap.is_zero and not (self.closed_lower and self.closed_upper)):
            return True
        return False if gap.is_nonnegative else None

    def contains(self, value: float) -> bool:
        """Is a number inside? The ends must be numbers."""
        low, high = float(self.lower), float(self.upper)
        above = value > low or (self.closed_lower and value == low)
        below = value < high or (self.closed_upper and value == high)
        return above and below and (not self.integer or value == int(value))


REAL_LINE = Interval()


def intersect(first: Interval, second: Interval) -> Interval | None:
    """The common part, or None where the ends cannot be compared."""
    low, closed_low = _tighter(first.lower, first.closed_lower, second.lower, second.closed_lower, 1)
    high, closed_high = _tighter(first.upper, first.closed_upper, second.upper, second.closed_upper, -1)
    if low is None or high is None:
        return None
    return Interval(low, high, closed_low, closed_high, first.integer or second.integer)


def _tighter(a: Expr, a_closed: bool, b: Expr, b_closed: bool, side: int) -> tuple[Expr | None, bool]:
    if a == b:
        return a, a_closed and b_closed
    if a in (sp.oo, -sp.oo):
        return b, b_closed
    if b in (sp.oo, -sp.oo):
        return a, a_closed
    gap = side * (a - b)
    if gap.is_positive:
        return a, a_closed
    if gap.is_negative:
        return b, b_closed
    return None, False


def interval_of(symbol: Symbol, relations: tuple[Basic, ...]) -> tuple[Interval, tuple[Basic, ...]]:
    """The interval that relations linear in ``symbol`` give it, and the relations that are not such bounds.

    >>> x, m = sp.symbols("x m")
    >>> interval_of(x, (x >= 0, 2 * x <= m))
    (Interval(lower=0, upper=m/2, closed_lower=True, closed_upper=True, integer=False), ())
    """
    found, others = REAL_LINE, []
    for relation in relations:
        bound = _bound(symbol, relation)
        common = intersect(found, bound) if bound is not None else None
        if common is None:
            others.append(relation)
        else:
            found = common
    return found, tuple(others)


def with_joined_ends(
    symbol: Symbol, interval: Interval, relations: tuple[Basic, ...]
) -> tuple[Interval, tuple[Basic, ...]]:
    """The interval cut by bounds whose order is not known: θ ≥ a and θ ≥ b is θ ≥ max(a, b); and the relations that are left.

    Bounds are joined where all are closed, or all open.

    >>> x, a, b = sp.symbols("x a b")
    >>> with_joined_ends(x, Interval(a, sp.oo, closed_lower=True), (x >= b,))
    (Interval(lower=Max(a, b), upper=oo, closed_lower=True, closed_upper=False, integer=False), ())
    """
    low, high, left = interval.lower, interval.upper, []
    for relation in relations:
        bound = _bound(symbol, relation)
        if isinstance(relation, sp.Eq) or bound is None:
            left.append(relation)
        elif bound.lower.is_finite is not False and bound.closed_lower == interval.closed_lower:
            low = sp.Max(low, bound.lower)
        elif bound.upper.is_finite is not False and bound.closed_upper == interval.closed_upper:
            high = sp.Min(high, bound.upper)
        else:
            left.append(relation)
    return replace(interval, lower=low, upper=high), tuple(left)


def _bound(symbol: Symbol, relation: Basic) -> Interval | None:
    if not isinstance(relation, (sp.Lt, sp.Le, sp.Gt, sp.Ge, sp.Eq)):
        return None
    difference = sp.expand(relation.lhs - relation.rhs)
    slope = difference.coeff(symbol, 1)
    rest = difference - slope * symbol
    if not slope.is_number or slope == 0 or rest.has(symbol):
        return None
    end = -rest / slope
    if isinstance(relation, sp.Eq):
        return Interval(end, end, True, True)
    upper = isinstance(relation, (sp.Lt, sp.Le)) == bool(slope.is_positive)
    closed = isinstance(relation, (sp.Le, sp.Ge)) and end.is_finite is not False
    return Interval(upper=end, closed_upper=closed) if upper else Interval(lower=end, closed_lower=closed)
