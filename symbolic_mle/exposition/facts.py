"""What a telling reads of a derivation: the facts by their names, whoever found them.

Structural types only, so that exposition depends on no stage. A fact that a later engine adds is optional here: it is
read with ``getattr`` where it is told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from sympy import Expr, Symbol

from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.records import Argument, Case, Condition, Specification, Step


class LikelihoodFacts(Protocol):
    """ℓ(θ) = Σⱼ cⱼ(θ)·Σᵢ Tⱼ(xᵢ) + Σᵢ g(xᵢ, θ) + constant."""

    @property
    def parted(self) -> tuple[tuple[Expr, Expr], ...]: ...
    @property
    def mixed(self) -> tuple[Expr, ...]: ...
    @property
    def log_density(self) -> Expr: ...
    @property
    def log_likelihood(self) -> Expr: ...
    @property
    def constant(self) -> Expr: ...


class SignFacts(Protocol):
    """The sign of a statistic; ``zero`` says which data make it 0, ``fact`` which theorem tells."""

    @property
    def zero(self) -> Condition | None: ...
    @property
    def fact(self) -> str: ...


class EndFacts(Protocol):
    """The limit of M = m·ℓ′ at an end of the space and its sign over the samples (None: not known)."""

    @property
    def value(self) -> Expr: ...
    @property
    def side(self) -> str: ...
    @property
    def limit(self) -> Expr | None: ...
    @property
    def sign(self) -> SignFacts | None: ...


class ShapeFacts(Protocol):
    """Why ℓ has one peak: M = multiplier·ℓ′ is strictly decreasing."""

    @property
    def kind(self) -> str: ...
    @property
    def function(self) -> Expr: ...
    @property
    def derivative(self) -> Expr | None: ...
    @property
    def multiplier(self) -> Expr: ...
    @property
    def second(self) -> Expr | None: ...


class EquationFacts(Protocol):
    """The likelihood equation cleared of denominators: score · multiplier = numerator."""

    @property
    def numerator(self) -> Expr: ...
    @property
    def multiplier(self) -> Expr: ...


class ReductionFacts(Protocol):
    """What is known of θ ↦ ℓ(θ) with the other parameters fixed."""

    @property
    def parameter(self) -> Symbol: ...
    @property
    def interval(self) -> Interval: ...
    @property
    def log_likelihood(self) -> Expr: ...
    @property
    def score(self) -> Expr: ...
    @property
    def equation(self) -> EquationFacts | None: ...
    @property
    def root(self) -> Expr | None: ...
    @property
    def shape(self) -> ShapeFacts | None: ...
    @property
    def lower(self) -> EndFacts: ...
    @property
    def upper(self) -> EndFacts: ...


class FindingsFacts(Protocol):
    """Every reduction in its order, and what is left for a joint maximisation."""

    @property
    def reductions(self) -> Sequence[ReductionFacts]: ...
    @property
    def joint(self) -> tuple[Symbol, ...]: ...
    @property
    def profile(self) -> Expr: ...
    @property
    def centred(self) -> tuple[tuple[Expr, Expr], ...]: ...
    @property
    def start(self) -> Expr: ...
    @property
    def location_scale(self) -> tuple[Symbol, ...]: ...
    @property
    def within(self) -> Specification | None: ...
    @property
    def argument(self) -> Argument | None: ...


class ExpectationFacts(Protocol):
    """E[T] of one observation and how it was found: "points", "mass", "score", "score+", "integral" or "stated"."""

    @property
    def value(self) -> Expr: ...
    @property
    def by(self) -> str: ...


class InformationFacts(Protocol):
    """Fisher's information of one observation, and the expectations that it is made of."""

    @property
    def matrix(self) -> Any: ...
    @property
    def by(self) -> str: ...
    @property
    def means(self) -> Mapping[Expr, ExpectationFacts]: ...
    @property
    def closed(self) -> bool: ...
    @property
    def observed_agrees(self) -> bool: ...


class PrecisionFacts(Protocol):
    """Information of one observation and of the sample, and the standard errors; None where not derived."""

    @property
    def information(self) -> InformationFacts | None: ...
    @property
    def observed(self) -> Any: ...
    @property
    def errors(self) -> Mapping[Symbol, Expr] | None: ...
    @property
    def failure(self) -> str: ...


class DerivationFacts(Protocol):
    """A derivation, as far as it is told."""

    @property
    def model(self) -> Specification: ...
    @property
    def likelihood(self) -> LikelihoodFacts: ...
    @property
    def findings(self) -> FindingsFacts: ...
    @property
    def steps(self) -> tuple[Step, ...]: ...
    @property
    def cases(self) -> tuple[Case, ...]: ...
    @property
    def precision(self) -> PrecisionFacts: ...
