"""The facts of a maximum over a moving support, as they are told and audited."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sympy import Expr, Symbol

from symbolic_mle.records import Case, Existence, Step
from symbolic_mle.stages.inner import Inner
from symbolic_mle.stages.moving.edges import Constraint
from symbolic_mle.stages.moving.elimination import Stage
from symbolic_mle.stages.moving.unbounded import Growth


@dataclass(frozen=True, slots=True)
class MovingSupport:
    """Which parameter values are possible, what ends the likelihood runs to, and what the score says of the rest.

    Constraints and stages are in edges, for which ``statistics`` has the order statistics.
    """

    constraints: tuple[Constraint, ...]
    stages: tuple[Stage, ...]
    statistics: Mapping[Symbol, Expr]
    cases: tuple[Case, ...]
    rest: Inner | None = None
    growth: Growth | None = None
    kind: str = "moving"
    regular: bool = False

    @property
    def parts(self) -> tuple[Inner, ...]:
        """The derivation for the parameters that are left, with the extreme values as known constants."""
        return () if self.rest is None else (self.rest,)

    def steps(self) -> Iterator[Step]:
        """The score of each stage, and the maximisers of every case that has formulas for them."""
        if self.stages:
            first = self.stages[0]
            yield Step("score", "differentiate", first.slope.score.xreplace(dict(self.statistics)),
                       parameter=first.parameter)  # fmt: skip
        yield from maximum_steps(self.cases)


@dataclass(frozen=True, slots=True)
class EndsAsParameters:
    """A moving support in which no parameter alone is monotone: its ends are taken as parameters, ``inner`` is the model in these.

    ``ends`` has each new parameter in the old ones, ``back`` each old one in the new.
    """

    ends: Mapping[Symbol, Expr]
    back: Mapping[Symbol, Expr]
    inner: Inner
    cases: tuple[Case, ...]
    kind: str = "moving ends"
    regular: bool = False

    @property
    def parts(self) -> tuple[Inner, ...]:
        """The derivation in the ends, and what is inside of it."""
        return (self.inner, *getattr(self.inner.findings.argument, "parts", ()))

    def steps(self) -> Iterator[Step]:
        """The maximisers of every case that has formulas for them."""
        yield from maximum_steps(self.cases)


def maximum_steps(cases: tuple[Case, ...]) -> Iterator[Step]:
    """A line a parameter for every case that has formulas for all of them."""
    for case in cases:
        if case.existence is not Existence.ATTAINED or case.implicit is not None or case.locator is not None:
            continue
        middles = {p: (i.lower + i.upper) / 2 for p, i in case.ranges.items()}
        for parameter, value in {**case.estimators, **middles}.items():
            yield Step("result", "maximum", value, parameter, parameter=parameter, conditions=case.conditions)
