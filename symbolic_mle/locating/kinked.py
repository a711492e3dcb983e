"""A log-likelihood with corners or jumps in one parameter, as a way hands it to a locator."""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Expr, Symbol

from symbolic_mle.algebra.corners import Broken
from symbolic_mle.algebra.intervals import Interval


@dataclass(frozen=True, slots=True)
class Kinked:
    """log f(x | θ) = smooth(x, η) + Σ broken(x, η), where η = ``forward``(θ) is monotone and θ = ``back``(η).

    The corners lie where expressions affine in η vanish. A piece −∞ says that the observation is impossible there.
    ``space`` is the range of η.
    """

    parameter: Symbol
    scale: Symbol
    forward: Expr
    back: Expr
    increasing: bool
    space: Interval
    broken: tuple[Broken, ...]
    smooth: Expr
