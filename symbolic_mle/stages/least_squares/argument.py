"""The facts of a maximum by least squares, for the audit and the telling."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sympy import Expr, Symbol

from symbolic_mle.records import Case, Condition, Step
from symbolic_mle.stages.inner import Inner


@dataclass(frozen=True, slots=True)
class LeastSquares:
    """ℓ = −Σ c·g(φ)·R(β) + …: β̂ minimises every R whatever φ is, and φ̂ maximises what is left."""

    coefficients: tuple[Symbol, ...]
    residuals: Mapping[Symbol, Expr]  # R(β) of one observation, by letter
    normal_equations: Mapping[Symbol, Expr]  # ∂R/∂β, whose zero they are
    conditional: Mapping[Symbol, Expr]
    estimators: Mapping[Symbol, Expr]
    full_rank: Condition | None
    sums: Mapping[Symbol, Expr]  # short names for sums in the formulas
    rest: Inner | None
    slopes: Mapping[Symbol, Expr]  # ∂ℓ/∂β
    generic: Case
    kind: str = "least-squares"
    regular: bool = True

    def steps(self) -> Iterator[Step]:
        """The partial derivatives, and the estimators."""
        for parameter, slope in self.slopes.items():
            yield Step("score", "differentiate", slope, parameter=parameter)
        for parameter, value in self.generic.estimators.items():
            yield Step("result", "estimator", value, parameter, parameter=parameter, conditions=self.generic.conditions)
