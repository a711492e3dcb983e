"""The records that the parts share: what a model is, what a step says, what a case of the data ends in. All are immutable.

Symbols inside a record are the engine's own, with the assumptions that the spaces give them; ``Specification.public`` maps
them back to the symbols that the user gave.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from sympy import Basic, Expr, Integer, Symbol

from symbolic_mle.algebra.intervals import Interval

FEW = 12  # values of a discrete observation that are told one by one

Region = Mapping[Symbol, Interval]


class Form(StrEnum):
    """How much of the estimator is a formula."""

    CLOSED = "closed"
    PARTLY_CLOSED = "partly-closed"
    IMPLICIT = "implicit"


class Proof(StrEnum):
    """What is proved of the point found."""

    GLOBAL = "global"
    LOCAL = "local"
    NONE = "none"


class Existence(StrEnum):
    """Is the supremum of the likelihood attained?

    NOT_ATTAINED: no parameter value attains it; UNBOUNDED: nor can any, for it is known to be infinite.
    """

    ATTAINED = "attained"
    NOT_ATTAINED = "not attained"
    UNBOUNDED = "unbounded"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Support:
    """The values that an observation can take: an interval a variable, and relations that are not such bounds."""

    intervals: Mapping[Symbol, Interval]
    relations: tuple[Basic, ...] = ()
    points: tuple[Expr, ...] | None = None

    @property
    def free_symbols(self) -> set[Symbol]:
        ends = set().union(*(i.free_symbols for i in self.intervals.values()))
        return ends.union(*(r.free_symbols for r in self.relations)) - set(self.intervals)


@dataclass(frozen=True, slots=True)
class Specification:
    """A statistical model: n independent observations from ``density``, with the parameters unknown in their spaces."""

    density: Expr
    variables: tuple[Symbol, ...]
    parameters: Mapping[Symbol, Interval]
    known: Mapping[Symbol, Interval]
    support: Support
    discrete: bool
    size: Symbol
    restrictions: tuple[Basic, ...] = ()  # on the parameters, beyond an interval each
    points: Mapping[Symbol, tuple[Expr, ...]] = field(default_factory=dict)  # parameters with finitely many values
    covariates: Mapping[Symbol, Interval] = field(
        default_factory=dict
    )  # known with each observation, and where they lie
    checked: bool = True
    title: str = ""
    public: Mapping[Symbol, Symbol] = field(default_factory=dict)
    open_ends: Mapping[Symbol, tuple[Expr, ...]] = field(default_factory=dict)  # of the support, left out of the proofs

    @property
    def inner_support(self) -> dict[Symbol, Interval]:
        """The support without the end points at which the density is not positive and finite for all parameters.

        A continuous observation is there with probability 0; of data that are there nothing is claimed.
        """
        return {
            x: Interval(
                i.lower, i.upper, i.closed_lower and i.lower not in self.open_ends.get(x, ()),
                i.closed_upper and i.upper not in self.open_ends.get(x, ()), i.integer,
            )
            for x, i in self.support.intervals.items()
        }  # fmt: skip

    @property
    def region(self) -> dict[Symbol, Interval]:
        """Where observations, known constants and (the interior of the space of) parameters range."""
        inside = {p: s.interior for p, s in self.parameters.items()}
        return {**self.inner_support, **self.covariates, **self.known, **inside}

    @property
    def observed(self) -> tuple[Symbol, ...]:
        """The symbols that stand for one observation: the variables and the covariates."""
        return (*self.variables, *self.covariates)

    @property
    def few_values(self) -> tuple[Expr, ...]:
        """The possible values of one discrete observation, where they are few whole numbers or listed; () otherwise."""
        if self.support.points is not None:
            return self.support.points
        if len(self.variables) != 1 or not self.discrete:
            return ()
        interval = self.support.intervals[self.variables[0]]
        if not (interval.lower.is_Integer and interval.upper.is_Integer) or interval.upper - interval.lower > FEW:
            return ()
        return tuple(Integer(k) for k in range(int(interval.lower), int(interval.upper) + 1))

    def published(self, expression: Any) -> Any:
        """An expression in the user's own symbols."""
        return expression.xreplace(dict(self.public)) if self.public else expression


@dataclass(frozen=True, slots=True)
class Condition:
    """A statement about the sample: the sign of a statistic, and what it means for the observations.

    ``meaning`` is "every" (every g(xᵢ) = value), "not every", "equal" (all g(xᵢ) are equal), "not equal", or "" when the
    sign of the statistic is all that can be said; ``quantity`` is g, in the observation symbols.
    """

    statistic: Expr
    relation: str  # one of ">", "<", "=", ">=", "<=", "!="
    meaning: str = ""
    quantity: Expr | None = None
    value: Expr | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a derivation, made by a rule of ``rules.RULES``.

    ``left`` ``relation`` ``right`` is the statement; ``left`` is None where the line goes on from the one before. ``stage`` counts
    the parameters already eliminated, ``parameter`` is the one at work. ``conditions`` are the data for which the line holds.
    """

    part: str  # "likelihood", "log-likelihood", "score", "equation", "shape", "result"
    rule: str
    right: Expr
    left: Expr | None = None
    relation: str = "="
    stage: int = 0
    parameter: Symbol | None = None
    factor: Expr | None = None  # what was multiplied by, the point a limit is taken at
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Implicit:
    """Parameters defined by equations: gᵢ(θ) = 0 on a box; ``unique`` when at most one root exists and it is the maximum.

    For one parameter ``function`` is positive left of the root and negative right of it. For several it is the
    log-likelihood that is left, to be maximised jointly.
    """

    parameters: tuple[Symbol, ...]
    function: Expr
    log_likelihood: Expr
    unique: bool
    exists: bool = False  # proved: for the data of its case there is a root inside the space


Point = Mapping[Symbol, float | tuple[float, float]]
"""A value for each parameter; (low, high) where every value between maximises."""


@dataclass(frozen=True, slots=True)
class Located:
    """What a search on data found: the maximisers, or why there is none; ``proof`` is what is proved for these data."""

    existence: Existence
    maximisers: tuple[Point, ...] = ()
    proof: Proof = Proof.NONE
    note: str = ""


class Locator(Protocol):
    """Finds the maximisers in one or more parameters on data, where they are no formula. Its kinds are in ``locating``."""

    def __call__(
        self, model: Specification, known: Mapping[Symbol, float], sample: Mapping[Symbol, NDArray[np.float64]]
    ) -> Located:
        """The maximisers for the known constants and the columns of the sample."""


class Argument(Protocol):
    """How a way of maximising other than the score came to its cases: the facts that are told of it.

    ``kind`` is the name under which ``exposition.arguments`` tells it; ``regular`` says that the maximum is an interior one of a
    smooth likelihood, so that information and standard errors mean something.
    """

    @property
    def kind(self) -> str: ...
    @property
    def regular(self) -> bool: ...
    def steps(self) -> Iterator[Step]:
        """The lines of the argument, each tested by the audit."""


@dataclass(frozen=True, slots=True)
class Case:
    """What happens for the data that satisfy ``conditions``.

    The maximiser is given by ``estimators`` (formulas), ``ranges`` (every value of the interval maximises, whatever the others),
    ``implicit`` equations or a ``locator``; together they give every parameter. A locator may find what is a formula too,
    where only exact arithmetic tells the value (⌊x/p⌋) or the ties. ``others`` are formulas for further maximisers.
    """

    conditions: tuple[Condition, ...]
    existence: Existence
    proof: Proof
    kind: str  # "interior", "boundary", "path" (a supremum that is only approached), "any" (a constant likelihood),
    # "impossible" (no parameter value allows such data), "unknown"
    estimators: Mapping[Symbol, Expr] = field(default_factory=dict)
    implicit: Implicit | None = None
    existence_by: Implicit | None = None  # a closed estimator is the maximum iff this has a root, which the data decide
    path: tuple[tuple[Symbol, Expr, str], ...] = ()  # parameter, the end it runs to, "+" or "-" for the side;
    # "" where it is held at that value
    reason: str = ""
    ranges: Mapping[Symbol, Interval] = field(default_factory=dict)
    others: tuple[Mapping[Symbol, Expr], ...] = ()
    locator: Locator | None = None
    counted: bool = False  # the locator does finitely many exact operations: a weighted median, the best of n values
