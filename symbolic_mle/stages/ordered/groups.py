"""Groups of observations, each with a parameter of its own: by a label that comes with the observation, or by component.

A label is a covariate on whose values the density depends piecewise; where the density is one formula, the labels are 0
and 1, which only data can confirm when the covariate's space does not say so. All groups have the same family: the density
of one is that of another, renamed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import sympy as sp
from sympy import Basic, Expr, Symbol

from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.records import Condition, Specification

ZERO, ONE = sp.Integer(0), sp.Integer(1)
LABEL = Interval(ZERO, ONE, True, True, True)


@dataclass(frozen=True, slots=True)
class Group:
    """The observations with ``where``, of the density f(· | θ); ``label`` is None for the others of a piecewise density."""

    parameter: Symbol
    where: Basic
    label: Expr | None
    alone: Specification  # the model of this group alone, with its parameter only
    renamed: tuple[tuple[Symbol, Symbol], ...] = ()  # the variable of the group → that of the first

    def statistic(self, expr: Expr, model: Specification) -> Expr:
        """Statistics of this group's sample as statistics of the whole."""
        names = {new: old for old, new in self.renamed}
        sums = {s: _restricted(s.summand.xreplace(names), self.where, model) for s in expr.atoms(DataSum)}
        return expr.xreplace({**sums, model.size: self.count(model)})

    def count(self, model: Specification) -> Expr:
        """How many observations are in the group."""
        return model.size if self.where == sp.true else _restricted(ONE, self.where, model)


def pooled(expr: Expr, groups: Iterable[Group], model: Specification, everything: bool) -> Expr:
    """A function of additive statistics, for the observations of several groups together."""
    members = list(groups)
    if everything and all(g.where != sp.true for g in members):
        sums = {s: DataSum(s.summand, model.observed) for s in expr.atoms(DataSum)}
        return expr.xreplace(dict(sums))
    sums = {s: sp.Add(*(g.statistic(s, model) for g in members)) for s in expr.atoms(DataSum)}
    return expr.xreplace({**sums, model.size: sp.Add(*(g.count(model) for g in members))})


def _restricted(summand: Expr, where: Basic, model: Specification) -> DataSum:
    """Σ T(xᵢ)·1{where}"""
    if where != sp.true:
        summand = sp.Piecewise((summand, where), (0, True))
    return DataSum(summand, model.observed)


def groups_of(model: Specification, ordered: set[Symbol]) -> tuple[tuple[Group, ...], Condition | None] | None:
    """The groups, and what the labels must satisfy for them to be all; None where the model has no such groups."""
    if len(model.covariates) == 1 and len(model.variables) == 1:
        found, condition = _by_label(model, ordered)
    elif not model.covariates and len(model.variables) == len(ordered):
        found, condition = _by_component(model, ordered), None
    else:
        return None
    if len(found) != len(ordered) or {g.parameter for g in found} != ordered or not _same_family(found):
        return None
    return found, condition


def _by_label(model: Specification, ordered: set[Symbol]) -> tuple[tuple[Group, ...], Condition | None]:
    (label,), condition = model.covariates, None
    pieces = list(_pieces(model, label))
    if not pieces:
        if model.covariates[label] != LABEL:
            quantity = label * (1 - label)
            condition = Condition(DataSum(quantity**2, model.observed), "=", "every", quantity, ZERO)
        pieces = [(_at(model.density, label, v), sp.Eq(label, v), v) for v in (ZERO, ONE)]
    found = []
    for density, where, value in pieces:
        held = density.free_symbols & ordered
        if len(held) != 1 or label in density.free_symbols:
            return (), None
        (parameter,) = held
        found.append(Group(parameter, where, value, _alone(model, density, parameter, ordered)))
    return tuple(found), condition


def _pieces(model: Specification, label: Symbol) -> Iterator[tuple[Expr, Basic, Expr | None]]:
    """The density for each value of the label that a piece names, and for all others where the last piece is for them."""
    conditions = [c for p in model.density.atoms(sp.Piecewise) for _, c in p.args]
    named = [c for c in dict.fromkeys(conditions) if isinstance(c, sp.Eq) and label in c.free_symbols]
    values = [v for c in named for v in c.args if v.is_number]
    if not values or any(label in c.free_symbols for c in conditions if c not in named):
        return
    for value in dict.fromkeys(values):
        yield _at(model.density, label, value), sp.Eq(label, value), value
    others = sp.piecewise_fold(model.density.xreplace({c: sp.false for c in named}))
    if sp.true in conditions:
        yield others, sp.And(*(sp.Ne(label, v) for v in dict.fromkeys(values))), None


def _at(density: Expr, label: Symbol, value: Expr) -> Expr:
    return sp.piecewise_fold(density.subs(label, value))


def _by_component(model: Specification, ordered: set[Symbol]) -> tuple[Group, ...]:
    """∏ f(xₖ | θₖ): one factor a component."""
    found: list[Group] = []
    factors = sp.Mul.make_args(sp.expand_power_base(sp.powsimp(model.density, combine="exp")))
    if model.support.relations:
        return ()
    parted = [f for factor in factors for f in _exponentials(factor)]
    for x in model.variables:
        mine = sp.Mul(*(f for f in parted if x in f.free_symbols))
        held = mine.free_symbols & ordered
        if len(held) != 1 or mine.free_symbols & (set(model.variables) - {x}):
            return ()
        (parameter,) = held
        rest = sp.Mul(*(f for f in parted if not f.free_symbols & set(model.variables) and parameter in f.free_symbols))
        alone = replace(
            _alone(model, mine * rest, parameter, ordered), variables=(x,),
            support=replace(model.support, intervals={x: model.support.intervals[x]}),
        )  # fmt: skip
        names = ((x, model.variables[0]),) if x != model.variables[0] else ()
        found.append(Group(parameter, sp.true, None, alone, names))
    return tuple(found)


def _exponentials(factor: Expr) -> tuple[Expr, ...]:
    """e^(a + b) → e^a, e^b, terms with the same symbols together."""
    if not isinstance(factor, sp.exp):
        return (factor,)
    return tuple(sp.exp(t) for t in sp.Add.make_args(sp.expand(factor.args[0])))


def _alone(model: Specification, density: Expr, parameter: Symbol, ordered: set[Symbol]) -> Specification:
    spaces = {p: i for p, i in model.parameters.items() if p == parameter or p not in ordered}
    return replace(model, density=density, parameters=spaces, restrictions=(), covariates={})


def _same_family(groups: tuple[Group, ...]) -> bool:
    """Is each density the first one, renamed, and each space the same up to its ends?"""
    first, *others = groups
    space = first.alone.parameters[first.parameter]
    for group in others:
        mine = group.alone.parameters[group.parameter]
        names = dict([(group.parameter, first.parameter), *group.renamed])
        if (mine.lower, mine.upper) != (space.lower, space.upper):
            return False
        ratio = sp.powsimp(sp.expand(group.alone.density.xreplace(names) / first.alone.density))
        if ratio.free_symbols & {*first.alone.variables, *first.alone.parameters, *group.alone.parameters}:
            return False
    return True
