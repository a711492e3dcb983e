"""Ordered parameters of groups of one family: the maximum under an order.

Theorem (Robertson & Wright 1980, Theorem 2.1; for exponential families Robertson, Wright & Dykstra 1988, Theorem 1.5.2). Let
ℓ(θ) = Σ_g ℓ_g(θ_g) on one interval, m > 0 free of the data with m·ℓ′_g strictly decreasing for every sample of a group, so
that on the scale dη = dθ/m every ℓ_g is strictly concave. Let M(B) be the maximiser of Σ_B ℓ_g(θ) for a block B of groups
with a common θ: the root of its score, or the end that ℓ runs to. Then
  θ̂ₖ = max over upper sets U ∋ k of the min over lower sets L ∋ k of M(U ∩ L)
is the unique maximiser over the θ in the order, the ends of the interval included; in the space it is the maximum, and
where an end or an equality is left out of the space there is none.

Premises checked: the restrictions are differences of parameters; one family (``groups``); the decreasing m·ℓ′ and the sign of
its limits for every sample, by the theorem on one parameter (``solution.single``); a root in closed form, which at degenerate
samples is the end itself; for densities of continuous observations no degenerate samples, so that ℓ is bounded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.affine import affine_form
from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.records import Case, Condition, Existence, Proof, Specification
from symbolic_mle.stages.likelihood import build_likelihood
from symbolic_mle.stages.ordered.groups import LABEL, Group, pooled
from symbolic_mle.stages.ordered.order import Block, Order, Pair, max_min, pair_of
from symbolic_mle.stages.sample_signs import STRICT
from symbolic_mle.stages.solution.ends import End
from symbolic_mle.stages.solution.single import Reduction, reduce_parameter

INEQUALITIES = (sp.Lt, sp.Le, sp.Gt, sp.Ge)


def pairs_of(model: Specification) -> tuple[Pair, ...] | None:
    """The restrictions as pairs of positions among the parameters; None where one of them is something else."""
    parameters, found = tuple(model.parameters), []
    for relation in model.restrictions:
        for part in relation.args if isinstance(relation, sp.And) else (relation,):
            form = affine_form(part.gts - part.lts, parameters) if isinstance(part, INEQUALITIES) else None
            pair = form and form[0] == 0 and pair_of(form[1:], isinstance(part, (sp.Lt, sp.Gt)))
            if not isinstance(pair, Pair):
                return None
            found.append(pair)
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Family:
    """The maximum of one group alone: its reduction, and whether some samples put it at an end."""

    group: Group
    reduction: Reduction

    @property
    def root(self) -> Expr:
        assert self.reduction.root is not None
        return self.reduction.root

    @property
    def may_end(self) -> tuple[bool, bool]:
        """Are there samples whose maximum is at the lower end, at the upper end?"""
        return tuple(end.sign is not None and end.sign.zero is not None for end in self._ends)  # type: ignore[return-value]

    @property
    def _ends(self) -> tuple[End, End]:
        return self.reduction.lower, self.reduction.upper

    def interior(self, model: Specification) -> tuple[Condition, ...]:
        """The data for which the maximum of a group alone is a root inside the interval."""
        zeros = [end.sign.zero for end in self._ends if end.sign is not None and end.sign.zero is not None]
        return tuple(Condition(self.group.statistic(z.statistic, model), "!=") for z in zeros)


def family_of(group: Group) -> Family | None:
    """The reduction of a group, where every premise on it holds."""
    alone, parameter = group.alone, group.parameter
    likelihood = build_likelihood(alone)
    if set(alone.parameters) != {parameter}:
        return None
    reduction = reduce_parameter(likelihood.log_likelihood, parameter, alone, closed_only=True)
    if reduction is None or reduction.root is None or reduction.shape is None or reduction.flat is not None:
        return None
    if reduction.shape.multiplier.has(DataSum, alone.size) or reduction.shape.kind == "direction":
        return None
    ends = (reduction.lower, reduction.upper)
    if any(e.sign is None or (e.sign.sign not in STRICT and not _settled(e, reduction, alone)) for e in ends):
        return None
    return Family(group, reduction)


def _settled(end: End, reduction: Reduction, model: Specification) -> bool:
    """At the data for which M vanishes at the end, is the root's formula that end?"""
    zero = end.sign.zero if end.sign is not None else None
    if (
        zero is None
        or zero.meaning != "every"
        or zero.quantity is None
        or not model.discrete
        or len(model.observed) != 1
    ):
        return False
    (x,) = model.observed
    solutions = sp.solve(zero.quantity - (zero.value or 0), x) if zero.quantity.is_polynomial(x) else []
    if len(solutions) != 1 or reduction.root is None:
        return False
    sums = {s: model.size * s.summand.xreplace({x: solutions[0]}) for s in reduction.root.atoms(DataSum)}
    bottom = sp.fraction(sp.together(reduction.root))[1].xreplace(sums)
    return sp.expand(bottom) != 0 and sp.cancel(reduction.root.xreplace(sums)) == end.value


@dataclass(frozen=True, slots=True)
class Isotonic:
    """Groups in an order: each alone, and the max–min formula."""

    families: tuple[Family, ...]
    order: Order
    alone: tuple[Expr, ...]
    ordered: tuple[Expr, ...]
    labels: Condition | None

    @property
    def parameters(self) -> tuple[Symbol, ...]:
        return tuple(f.group.parameter for f in self.families)


def isotonic_of(
    groups: tuple[Group, ...], labels: Condition | None, pairs: tuple[Pair, ...], model: Specification
) -> Isotonic | None:  # fmt: skip
    """The estimates of the groups, alone and in their order."""
    positions = {p: k for k, p in enumerate(model.parameters)}
    members = {positions[g.parameter]: k for k, g in enumerate(groups)}
    order = Order(len(groups), tuple(Pair(members[p.lower], members[p.upper], p.strict) for p in pairs))
    first = family_of(groups[0])
    if order.has_cycle() or first is None:
        return None
    names = {g.parameter: first.group.parameter for g in groups}
    families = tuple(Family(g, first.reduction) for g in groups)
    named = [c for g in groups for c in g.where.atoms(sp.Eq)]
    exhaustive = labels is not None or any(g.label is None for g in groups) or not _may_differ(named, model)

    def average(block: Block) -> Expr:
        chosen = [groups[k] for k in sorted(block)]
        return pooled(first.root, chosen, model, exhaustive and len(chosen) == len(groups))

    ordered = max_min(order, average)
    if ordered is None or first.root.free_symbols & set(names):
        return None
    alone = tuple(average(frozenset([k])) for k in range(len(groups)))
    return Isotonic(families, order, alone, ordered, labels)


def _may_differ(named: list[sp.Eq], model: Specification) -> bool:
    """May a label have a value that names no group?"""
    return not all(i == LABEL for i in model.covariates.values()) or {
        v for e in named for v in e.args if v.is_number
    } != {0, 1}


def cases_of(found: Isotonic, model: Specification) -> Iterator[Case]:
    """In strict order; pooled; outside of the space; a group without observations; other labels."""
    labels = () if found.labels is None else (found.labels,)
    counts = [f.group.count(model) for f in found.families if f.group.where != sp.true]
    present = (*labels, *(Condition(c, ">") for c in counts))
    inside = tuple(c for f in found.families for c in f.interior(model))
    gaps = tuple(Condition(found.alone[p.upper] - found.alone[p.lower], ">") for p in found.order.pairs)
    alone = dict(zip(found.parameters, found.alone, strict=True))
    ordered = dict(zip(found.parameters, found.ordered, strict=True))
    yield Case((*present, *inside, *gaps), Existence.ATTAINED, Proof.GLOBAL, "interior", alone)
    needed = tuple(Condition(e, ">") for e in _needed(found, model))
    yield Case((*present, *needed), Existence.ATTAINED, Proof.GLOBAL, "boundary", ordered)
    if needed:
        reason = "the likelihood is largest at a point of the boundary that the space leaves out"
        yield Case(present, Existence.NOT_ATTAINED, Proof.GLOBAL, "path", reason=reason)
    if counts:
        if len(counts) == 2:
            yield from _one_group(found, labels, counts, model)
        empty = (*labels, Condition(sp.Mul(*counts), "="))
        yield Case(
            empty,
            Existence.UNKNOWN,
            Proof.NONE,
            "unknown",
            reason="a group has no observation, so nothing is known of it",
        )
    if labels:
        reason = "the labels are not all 0 or 1, so the observations are not in two groups"
        yield Case((), Existence.UNKNOWN, Proof.NONE, "unknown", reason=reason)


def _needed(found: Isotonic, model: Specification) -> Iterator[Expr]:
    """What must be positive for the maximiser to be in the space."""
    for family, value in zip(found.families, found.ordered, strict=True):
        space = model.parameters[family.group.parameter]
        low, high = family.may_end
        if low and not space.closed_lower:
            yield value - space.lower
        if high and not space.closed_upper:
            yield space.upper - value
    for pair in found.order.pairs:
        if pair.strict:
            yield found.ordered[pair.upper] - found.ordered[pair.lower]


def _one_group(
    found: Isotonic, labels: tuple[Condition, ...], counts: list[Expr], model: Specification
) -> Iterator[Case]:  # fmt: skip
    """Only one of two groups is observed: the other may be anywhere on its side."""
    (pair,) = found.order.pairs
    for empty, full in ((pair.lower, pair.upper), (pair.upper, pair.lower)):
        value, parameter, space = found.alone[full], found.parameters[full], model.parameters[found.parameters[empty]]
        closed = not pair.strict
        free = (
            Interval(space.lower, value, space.closed_lower, closed)
            if empty == pair.lower
            else Interval(value, space.upper, closed, space.closed_upper)
        )
        conditions = (*labels, Condition(counts[empty], "="), *found.families[full].interior(model))
        yield Case(
            conditions,
            Existence.ATTAINED,
            Proof.GLOBAL,
            "any",
            {parameter: value},
            ranges={found.parameters[empty]: free},
        )
