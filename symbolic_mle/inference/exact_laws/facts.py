"""What is known of an estimator for every sample size: expectation, variance, and the law itself where it has a name."""

from __future__ import annotations

from dataclasses import dataclass

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.inference.forms import shortest


@dataclass(frozen=True, slots=True)
class Tail:
    """P(θ̂ ≤ t) or P(θ̂ > t), as ``relation`` says, for t between ``low`` and ``high``."""

    at: Symbol
    relation: str
    probability: Expr
    low: Expr
    high: Expr


@dataclass(frozen=True, slots=True)
class Law:
    """The law of ``quantity``: "normal" (mean, variance), "chi-square" (degrees of freedom) or "gamma" (shape, rate).

    ``estimate`` stands in the quantity for the estimator.
    """

    quantity: Expr
    name: str
    arguments: tuple[Expr, ...]
    estimate: Symbol | None = None


@dataclass(frozen=True, slots=True)
class FiniteSample:
    """E θ̂ and Var θ̂ of one parameter's estimator, for n ≥ 1 with ``mean_needs`` > 0 and ``variance_needs`` > 0."""

    parameter: Symbol
    law: str  # "average", "spread", "gamma", "extreme", "coefficient", "residual", "excess"
    mean: Expr
    variance: Expr | None
    mean_needs: Expr | None = None
    variance_needs: Expr | None = None
    attains_bound: bool | None = None
    tail: Tail | None = None
    exact: Law | None = None

    @property
    def bias(self) -> Expr:
        return shortest(self.mean - self.parameter)


def gamma_moments(factor: Expr, power: Expr, shape: Expr, rate: Expr) -> tuple[Expr, Expr, Expr | None, Expr | None]:
    """E and Var of factor·Sᵖ for S of gamma law, and what must be > 0 for each of them (None: it is)."""

    def moment(k: int) -> Expr:
        ratio = sp.gammasimp(sp.gamma(shape + k * power) / sp.gamma(shape))
        found = factor**k * ratio * rate ** (-k * power)
        return shortest(sp.powdenest(sp.expand_power_base(found), force=False))

    mean = moment(1)
    first, second = (None if e.is_positive else e for e in (shape + power, shape + 2 * power))
    return mean, shortest(moment(2) - mean**2), first, second
