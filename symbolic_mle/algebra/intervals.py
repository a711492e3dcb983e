"""Intervals whose ends may be expressions, open or closed: the shape of a parameter space and of a support."""

from __future__ import annotations

from dataclasses import dataclass

import sympy as sp
from sympy import Expr


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
