"""What the sections share: the voices that draw S with a subscript and R̂, and the formulas of the coefficients."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from sympy import Expr, Symbol

from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.exposition import building as make
from symbolic_mle.exposition.document import Line, line
from symbolic_mle.exposition.mathematics import Maths
from symbolic_mle.exposition.voice import Voice

MOST_SHOWN = 60  # operations beyond which a formula for a coefficient is left to the normal equations


@dataclass(frozen=True)
class ProfileVoice(Voice):
    """The derivation of the parameters that are left, told as that of a profile: ℓₚ in place of ℓ."""

    def function(self, stage: int, primes: int = 0, parameter: Symbol | None = None, hats: bool = False) -> Maths:
        if stage:
            return super().function(stage, primes, parameter, hats)
        left = self.left_at(stage)
        notation = self.notation.with_hats(*left) if hats and len(left) == 1 else self.notation
        if primes == 0 or parameter is None or len(left) == 1:
            return notation.profile(*left, primes=primes)
        return notation.partial(make.name("ell", "p"), *([parameter] * primes))

    def head(self, stage: int) -> Maths:
        return make.name("ell", "p")


def argument_of(voice: Voice) -> Any:
    return voice.derivation.findings.argument


def total_of(voice: Voice, residual: Expr) -> Expr:
    outside, inside = residual.as_independent(*voice.model.observed, as_Add=False)
    return outside * DataSum(inside, voice.model.observed)


def solution_lines(voice: Voice, argument: Any) -> Iterator[Line]:
    short = {v: k for k, v in argument.sums.items()}
    named = with_sums(voice, argument)
    for p in argument.coefficients:
        value = argument.conditional.get(p, argument.estimators[p]).xreplace(short)
        if value.count_ops() <= MOST_SHOWN:
            hats = argument.coefficients
            yield line(voice.hat(p), "=", named.write(value, *hats))


def with_sums(voice: Voice, argument: Any) -> Voice:
    """The voice that draws S with its subscript."""
    names = {s: make.name("S", make.words(s.name.removeprefix("S_"))) for s in argument.sums}
    return replace(voice, plain=replace(voice.plain, statistics=tuple(names), given=names), drawn={})


def shortened(argument: Any) -> Any:
    short = {v: k for k, v in argument.sums.items()}
    condition = argument.full_rank
    return condition if condition.meaning else replace(condition, statistic=condition.statistic.xreplace(short))


def inner_voice(voice: Voice, argument: Any) -> Voice:
    """The voice of the profile, with R̂ for the letter R."""
    inner = ProfileVoice.of(argument.rest)
    hats = {r: make.name(r.name, accent="hat") for r in argument.residuals}
    return replace(inner, plain=replace(inner.plain, statistics=tuple(hats), given=hats))
