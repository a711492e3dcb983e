"""The names that the tellings of corners share: η for the scale, yᵢ for the knots, #{yᵢ > η}, y₍ₖ₎."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, cast

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.document import Block
from symbolic_mle.exposition.facts import FindingsFacts
from symbolic_mle.exposition.mathematics import Maths, Name, Operator
from symbolic_mle.exposition.prose import say
from symbolic_mle.exposition.voice import Voice


class BrokenFacts(Protocol):
    """A function with corners: its pieces between them, in order."""

    @property
    def slope(self) -> Expr: ...
    @property
    def offset(self) -> Expr: ...
    @property
    def corners(self) -> tuple[Expr, ...]: ...
    @property
    def pieces(self) -> tuple[Expr, ...]: ...
    @property
    def at(self) -> tuple[Expr, ...]: ...


class KinkedFacts(Protocol):
    """The log-density by its corners, on the scale η on which they are affine."""

    @property
    def scale(self) -> Symbol: ...
    @property
    def forward(self) -> Expr: ...
    @property
    def back(self) -> Expr: ...
    @property
    def increasing(self) -> bool: ...
    @property
    def space(self) -> Interval: ...
    @property
    def broken(self) -> tuple[BrokenFacts, ...]: ...
    @property
    def smooth(self) -> Expr: ...


class QuantileFacts(Protocol):
    """The slopes on either side of the knot y of an observation."""

    @property
    def quantity(self) -> Expr: ...
    @property
    def left(self) -> Expr: ...
    @property
    def right(self) -> Expr: ...
    @property
    def share(self) -> Expr: ...
    @property
    def is_median(self) -> bool: ...


class CornersFacts(Protocol):
    """What a telling reads of an argument about corners."""

    @property
    def parameter(self) -> Symbol: ...
    @property
    def kinked(self) -> KinkedFacts: ...
    @property
    def shape(self) -> str: ...
    @property
    def quantile(self) -> QuantileFacts | None: ...
    @property
    def rest(self) -> FindingsFacts | None: ...


@dataclass(frozen=True)
class Drawing:
    """An argument about corners with the names it is told in."""

    voice: Voice
    argument: CornersFacts

    @classmethod
    def of(cls, voice: Voice) -> Drawing:
        return cls(voice, cast(CornersFacts, voice.derivation.findings.argument))

    @property
    def parameter(self) -> Maths:
        return self.voice.name(self.argument.parameter)

    @property
    def hat(self) -> Maths:
        return self.voice.hat(self.argument.parameter)

    @property
    def is_whole(self) -> bool:
        """Does the parameter take whole values only?"""
        return self.voice.model.parameters[self.argument.parameter].integer

    @property
    def maximises(self) -> str:
        """What is said of a point at which ℓ is largest."""
        return "is a maximum on the line" if self.is_whole else "is a maximum likelihood estimate"

    @property
    def is_rescaled(self) -> bool:
        """Are the corners affine in a function of the parameter only?"""
        return bool(self.argument.kinked.forward != self.argument.parameter)

    @cached_property
    def eta(self) -> Maths:
        """The parameter, or η on the scale of the corners."""
        return make.name(self.voice.letter("eta", "omega", "zeta")) if self.is_rescaled else self.parameter

    def write(self, expr: Expr) -> Maths:
        """An expression in η, of the i-th observation."""
        kinked = self.argument.kinked
        given = self.voice.plain.with_names({kinked.scale: self.eta})
        return given.observed(expr)

    def scale_blocks(self) -> Iterator[Block]:
        """η = θ², where that is what the corners depend on."""
        if self.is_rescaled:
            kinked = self.argument.kinked
            yield say(
                "A maximum does not move when the parameter is written differently. The corners depend on {name}, which "
                "{moves} with {p}; so {ell} is looked at as a function of {eta}.",
                name=make.chain(self.eta, "=", self.voice.write(kinked.forward)),
                moves="increases" if kinked.increasing else "decreases",
                p=self.parameter,
                ell=make.name("ell"),
                eta=self.eta,
            )

    # ------------------------------------------------------------------ the knots of a quantile

    @property
    def quantile(self) -> QuantileFacts:
        """The facts of a quantile, for the tellings that are about one."""
        assert self.argument.quantile is not None
        return self.argument.quantile

    @property
    def is_plain(self) -> bool:
        """Are the knots the observations themselves?"""
        return self.quantile.quantity in self.voice.model.variables

    @cached_property
    def knot(self) -> Name:
        """x, or a letter for the knot of an observation."""
        if self.is_plain:
            drawn = self.voice.write(self.quantile.quantity)
            assert isinstance(drawn, Name)
            return drawn
        return make.name(self.voice.letter("y", "t", "z", "w"))

    @property
    def knots(self) -> Maths:
        """yᵢ"""
        return make.name(self.knot.base, make.name("i")) if not self.is_plain else self.voice.observed(
            self.quantile.quantity
        )  # fmt: skip

    def ordered(self, rank: Maths | Expr | int) -> Maths:
        """y₍ₖ₎"""
        drawn = rank if isinstance(rank, Maths) else self.voice.write(sp.sympify(rank))
        return make.order_statistic(self.knot.base, drawn)

    def count(self, relation: str) -> Maths:
        """#{yᵢ > η}"""
        inside = make.chain(self.knots, relation, self.eta)
        return make.row(Operator("#"), make.brackets(inside, "{}"))

    def slope(self) -> Maths:
        """ℓ′(η)"""
        return make.call(make.name("ell", primes=1), self.eta)
