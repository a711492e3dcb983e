"""One corner an observation with the same slopes on its two sides for all: the maximiser is a quantile of the sample.

Theorem. Let ℓ be concave and linear between the knots y₍₁₎ ≤ … ≤ y₍ₙ₎ with the slope a·#{yᵢ > η} − b·#{yᵢ < η}, a, b > 0, off the
knots, and τ = a/(a + b). Right of y₍ⱼ₎ the slope is at most (a + b)(nτ − j), left of it at least (a + b)(nτ − j + 1). So it
is > 0 left of y₍⌈nτ⌉₎ and < 0 right of y₍⌊nτ⌋₊₁₎, and the points between these two (one point unless nτ is whole), and only
they, are maximisers (Koenker 2005, section 1.3). For concave ℓ the maximisers on a closed interval are the points of it that
are nearest to them.
"""

from __future__ import annotations

from dataclasses import dataclass

import sympy as sp
from sympy import Expr

from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.algebra.sample import OrderStatistic
from symbolic_mle.locating.kinked import Kinked
from symbolic_mle.records import Specification
from symbolic_mle.stages.corners.taking_apart import proved_sign, region_of


@dataclass(frozen=True, slots=True)
class Quantile:
    """The slope of ℓ in η is left·#{yᵢ > η} − right·#{yᵢ < η} with y = ``quantity``; share = left/(left + right)."""

    quantity: Expr
    left: Expr
    right: Expr

    @property
    def share(self) -> Expr:
        return sp.cancel(self.left / (self.left + self.right))

    @property
    def is_median(self) -> bool:
        return self.left == self.right

    def ranks(self, size: Expr) -> tuple[Expr, Expr]:
        """⌈nτ⌉ and ⌊nτ⌋ + 1"""
        return sp.ceiling(size * self.share), sp.floor(size * self.share) + 1


def quantile_of(kinked: Kinked, model: Specification) -> Quantile | None:
    """The quantile that maximises ℓ, for an ℓ that is known to be concave; None where it is not of this kind."""
    if len(kinked.broken) != 1 or len(kinked.broken[0].corners) != 1:
        return None
    (broken,), eta = kinked.broken, kinked.scale
    region = {**region_of(model, kinked.parameter), eta: kinked.space.interior}
    turned = proved_sign(broken.slope, region)
    before, after = (sp.cancel((p + kinked.smooth).diff(eta)) for p in broken.pieces)
    if turned == -1:
        before, after = after, before
    free = not (before.free_symbols | after.free_symbols) & {eta, *model.observed}
    if not turned or not free or proved_sign(before, region) != 1 or proved_sign(-after, region) != 1:
        return None
    return Quantile(broken.knot(0), before, sp.cancel(-after))


def closed_range(quantile: Quantile, kinked: Kinked, model: Specification) -> Interval | None:
    """The maximisers in θ as a formula; None where an end of the space is left out, so that the data decide if there are any."""
    space = kinked.space
    if (space.lower.is_finite and not space.closed_lower) or (space.upper.is_finite and not space.closed_upper):
        return None
    ends = [_into(space, OrderStatistic(quantile.quantity, model.observed, k)) for k in quantile.ranks(model.size)]
    low, high = (kinked.back.xreplace({kinked.scale: e}) for e in (ends if kinked.increasing else ends[::-1]))
    return Interval(low, high, True, True)


def _into(space: Interval, value: Expr) -> Expr:
    """The nearest point of the space."""
    if space.lower.is_finite:
        value = sp.Max(space.lower, value)
    return sp.Min(space.upper, value) if space.upper.is_finite else value


def middle(interval: Interval) -> Expr:
    """The midpoint of the maximisers, the usual choice."""
    return (interval.lower + interval.upper) / 2
