"""What every section of the telling needs: the derivation, its notation, and how conditions on the data are put in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.document import Inline, Inlines, Line, line
from symbolic_mle.exposition.mathematics import Maths
from symbolic_mle.exposition.notation import Notation
from symbolic_mle.records import Condition, Step
from symbolic_mle.rules import RULES


@dataclass(frozen=True)
class Voice:
    """A derivation with the notation it is told in. ``hatted`` is that notation with hats on the parameters."""

    derivation: Any
    notation: Notation

    @classmethod
    def of(cls, derivation: Any) -> Voice:
        model = derivation.model
        return cls(
            derivation,
            Notation(
                variables=model.variables,
                covariates=model.covariates,
                parameters=tuple(model.parameters),
                known=tuple(model.known),
                size=model.size,
            ),
        )

    @property
    def hatted(self) -> Notation:
        return self.notation.with_hats()

    @property
    def parameters(self) -> tuple[Symbol, ...]:
        return tuple(self.derivation.model.parameters)

    def steps(self, part: str, rule: str = "", stage: int | None = None) -> list[Step]:
        return [
            s
            for s in self.derivation.steps
            if s.part == part and (not rule or s.rule == rule) and (stage is None or s.stage == stage)
        ]

    def step(self, part: str, rule: str, stage: int | None = None) -> Step | None:
        found = self.steps(part, rule, stage)
        return found[0] if found else None

    # ------------------------------------------------------------------ the data

    def condition(self, condition: Condition) -> Inlines:
        """ "every xᵢ is 0", "the xᵢ are not all equal", "∑ᵢ xᵢ > 0"."""
        quantity = None if condition.quantity is None else self.notation.observed(condition.quantity)
        if condition.meaning in ("every", "not every") and quantity is not None and condition.value is not None:
            start = "every " if condition.meaning == "every" else "not every "
            if condition.quantity is not None and condition.quantity.has(sp.Piecewise):
                return self._sign(condition)
            return (start, make.chain(quantity, "=", self.notation.write(condition.value)))
        if condition.meaning == "equal" and quantity is not None:
            return ("all ", quantity, " are equal")
        if condition.meaning == "not equal" and quantity is not None:
            return ("the ", quantity, " are not all equal")
        return self._sign(condition)

    def _sign(self, condition: Condition) -> Inlines:
        return (make.chain(self.notation.write(condition.statistic), condition.relation, make.ZERO),)

    def conditions(self, conditions: tuple[Condition, ...]) -> Inlines:
        """Several conditions, joined by "and"."""
        found: list[Inline] = []
        for k, condition in enumerate(conditions):
            if k:
                found.append(" and ")
            found.extend(self.condition(condition))
        return tuple(found)

    # ------------------------------------------------------------------ lines

    def function(self, stage: int, primes: int = 0, parameter: Symbol | None = None) -> Maths:
        """ℓ(λ), ℓ′(λ), ∂ℓ/∂θ, or the profile ℓₚ(k) at a later stage."""
        if stage == 0:
            if primes == 0 or parameter is None:
                return self.notation.log_likelihood(primes=primes)
            return self.notation.score(parameter) if primes == 1 else self.notation.curvature(parameter)
        left = self.left_after(stage)
        if len(left) == 1:
            return self.notation.profile(*left, primes=primes)
        if primes == 0 or parameter is None:
            return self.notation.profile(*left)
        function = make.name("ell", "p")
        return self.notation.partial(function, *([parameter] * primes))

    def left_after(self, stage: int) -> tuple[Symbol, ...]:
        """The parameters that are not yet eliminated at a stage."""
        gone = {r.parameter for r in self.derivation.findings.reductions[:stage]}
        return tuple(p for p in self.parameters if p not in gone)

    def end(self, value: Expr, side: str) -> Maths:
        """0⁺, 1⁻, ∞."""
        node = self.notation.write(value)
        if value.is_infinite:
            return node
        return make.from_above(node) if side == "+" else make.from_below(node)


def reason(step: Step) -> str:
    """The words beside a line."""
    return RULES[step.rule].reason


def equation(notation: Notation, left: Expr, right: Expr, *note: Inline) -> Line:
    """left = right, with a note."""
    return line(notation.write(left), "=", notation.write(right), *note)
