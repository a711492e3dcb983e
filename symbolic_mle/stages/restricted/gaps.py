"""One parameter θ whose space is an interval with gaps, such as |θ| ≥ 1 or θ ≠ 0; the restrictions name no other parameter.

Theorem. Let M = m·ℓ′ (in θ, the others fixed) be strictly decreasing on the interval, m > 0, and let (u, v) be a gap. Then ℓ rises
as long as M > 0 and falls after that. If M(u) > 0 > M(v), ℓ rises on the part below the gap and falls on the part above it, so
its maximum over the space is at u or at v, the larger of ℓ(u) and ℓ(v); an end that does not belong to the space is approached
and not attained. Otherwise the gap does not hold the maximiser over the interval, if there is one, and takes nothing away.
Premises checked: the shape, on the whole interval (``solution.single``); and that the signs of M(u), M(v) and ℓ(v) − ℓ(u) do not
depend on other parameters: these are then maximised over with θ at the end, as for any value of θ.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.equations import cleared
from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.algebra.pieces import pieces
from symbolic_mle.algebra.sample import sealed
from symbolic_mle.algebra.signs import Sign
from symbolic_mle.records import Case, Condition, Existence, Proof, Specification, Step
from symbolic_mle.stages.facts import sample_sign
from symbolic_mle.stages.likelihood import Likelihood
from symbolic_mle.stages.sample_signs import STRICT
from symbolic_mle.stages.scope import out_of_scope
from symbolic_mle.stages.solution.cases import Findings, explore, find_cases
from symbolic_mle.stages.solution.single import Reduction, reduce_parameter


@dataclass(frozen=True, slots=True)
class Gap:
    """(u, v) with M(u), M(v) and a positive multiple of ℓ(v) − ℓ(u); ``closed_…`` says which ends belong to the space."""

    lower: Expr
    upper: Expr
    closed_lower: bool
    closed_upper: bool
    at_lower: Expr
    at_upper: Expr
    difference: Expr

    @property
    def is_point(self) -> bool:
        return bool(self.lower == self.upper)


@dataclass(frozen=True, slots=True)
class Gaps:
    """The gaps in the space of a parameter, its reduction on the whole interval, and the cases that the gaps add."""

    parameter: Symbol
    gaps: tuple[Gap, ...]
    reduction: Reduction
    added: tuple[tuple[Case, ...], ...]  # for each gap
    kind: str = "gaps"
    regular: bool = False

    def steps(self) -> Iterator[Step]:
        """Nothing beyond the steps on the whole interval."""
        yield from ()


def attempt(likelihood: Likelihood, model: Specification) -> Findings | None:
    """The maximum on the interval, and beside each gap."""
    restricted = {p for r in model.restrictions for p in r.free_symbols}
    if len(restricted) != 1 or not restricted <= set(model.parameters):
        return None
    (parameter,) = restricted
    parts = pieces(parameter, model.restrictions, model.parameters[parameter])
    whole = replace(model, restrictions=())
    if parts is None or len(parts) < 2 or out_of_scope(whole):
        return None
    found = find_cases(likelihood.log_likelihood, whole)
    start = found.start
    reduction = reduce_parameter(start, parameter, whole)
    if reduction is None or reduction.shape is None or reduction.shape.kind == "direction" or found.joint:
        return None
    gaps = [_gap(a, b, reduction, start, whole) for a, b in pairwise(parts)]
    known = [g for g in gaps if g is not None]
    if len(known) < len(gaps):
        return None
    added = tuple(tuple(_beside(g, parameter, start, whole)) for g in known)
    first, *others = found.cases
    if first.existence is not Existence.ATTAINED or first.proof is not Proof.GLOBAL or first.kind != "interior":
        return None
    outside = tuple(_outside(g) for g in known)
    cases = (replace(first, conditions=(*first.conditions, *outside)), *(c for cs in added for c in cs), *others)
    argument = Gaps(parameter, tuple(known), reduction, added)
    return replace(found, cases=cases, within=whole, argument=argument)


def _gap(below: Interval, above: Interval, reduction: Reduction, start: Expr, model: Specification) -> Gap | None:
    """The gap between two parts; None where its signs depend on another parameter."""
    parameter, u, v = reduction.parameter, below.upper, above.lower
    assert reduction.shape is not None
    others = [p for p in model.parameters if p != parameter]

    def strict(expr: Expr) -> int:
        sign = sample_sign(expr, model, model.region)
        return 0 if sign is None or sign.sign not in STRICT else (1 if sign.sign is Sign.POSITIVE else -1)

    values: list[Expr] = []
    for value in (
        *(reduction.shape.function.xreplace({parameter: e}) for e in (u, v)),
        start.xreplace({parameter: v}) - start.xreplace({parameter: u}),
    ):
        plain = sealed(sp.expand, value)
        if plain.has(*others) and (multiple := cleared(plain, strict)) is not None:
            plain = sealed(sp.expand, multiple.numerator)
        if plain.has(*others) or plain.has(sp.oo, -sp.oo, sp.zoo, sp.nan):
            return None
        values.append(plain)
    return Gap(u, v, below.closed_upper, above.closed_lower, *values)


def _outside(gap: Gap) -> Condition:
    """M(u) and M(v) have one sign: the maximiser over the interval is not in the gap (nor at an end that is left out)."""
    if gap.is_point:
        return Condition(gap.at_lower, "!=")
    product = sealed(sp.expand, gap.at_lower * gap.at_upper)
    return Condition(product, ">=" if gap.closed_lower and gap.closed_upper else ">")


def _beside(gap: Gap, parameter: Symbol, start: Expr, model: Specification) -> Iterator[Case]:
    """The maximiser over the interval is in the gap: the higher of its ends."""
    if gap.is_point:
        yield from _at((Condition(gap.at_lower, "="),), gap, "both", parameter, start, model)
        return
    if not (gap.closed_lower or gap.closed_upper):
        product = sealed(sp.expand, gap.at_lower * gap.at_upper)
        yield Case((Condition(product, "<="),), Existence.NOT_ATTAINED, Proof.GLOBAL, "path")
        return
    inside = (Condition(gap.at_lower, ">"), Condition(gap.at_upper, "<"))
    _, plain = gap.difference.as_content_primitive()
    for relation, side in (("<", "lower"), (">", "upper"), ("=", "both")):
        yield from _at((*inside, Condition(plain, relation)), gap, side, parameter, start, model)
    if not (gap.closed_lower and gap.closed_upper):  # the maximiser over the interval is an end of the gap
        yield from _at((Condition(gap.at_lower, "="),), gap, "lower", parameter, start, model)
        yield from _at((Condition(gap.at_upper, "="),), gap, "upper", parameter, start, model)


def _at(
    conditions: tuple[Condition, ...], gap: Gap, side: str, parameter: Symbol, start: Expr, model: Specification
) -> Sequence[Case]:
    """The maximum with θ at the end or ends, where they belong to the space."""
    ends = {"lower": (gap.lower, gap.closed_lower), "upper": (gap.upper, gap.closed_upper)}
    chosen = [e for name, e in ends.items() if side in (name, "both")]
    allowed = [value for value, closed in chosen if closed]
    if not allowed:
        path = ((parameter, chosen[0][0], "-" if side in ("lower", "both") else "+"),)
        return [Case(conditions, Existence.NOT_ATTAINED, Proof.GLOBAL, "path", path=path)]
    others = tuple(p for p in model.parameters if p != parameter)
    found = [
        explore(
            start.xreplace({parameter: value}), others, model, conditions, ((parameter, value),), direct=False
        ).cases
        for value in allowed
    ]
    if len(allowed) == 1:
        return [replace(c, kind="boundary" if c.kind == "interior" else c.kind) for c in found[0]]
    first, second = (cases[0] for cases in found)
    undecided = Case(conditions, Existence.UNKNOWN, Proof.NONE, "unknown", reason="the two ends tie")
    if any(c.existence is not Existence.ATTAINED or c.implicit is not None for c in (first, second)):
        return [undecided]
    both = tuple(dict.fromkeys((*first.conditions, *second.conditions)))
    tied = replace(first, conditions=both, kind="boundary", others=(second.estimators,))
    return [tied] if both == conditions else [tied, undecided]
