"""Which parameter values allow the sample: every xᵢ in the support, as bounds on its extreme values.

All g(xᵢ) ≤ h(θ) ⇔ max g(xᵢ) ≤ h(θ), and all g(xᵢ) ≥ h(θ) ⇔ min g(xᵢ) ≥ h(θ), for g free of the parameters and h free of the data.
So the sample enters the feasible set Θ(x) = {θ : every xᵢ lies in the support} through a few extreme values alone. While
parameters are solved for, each is a symbol, an ``Edge``, with what is known of it: an observation lies in the fixed part of the
support, and min g ≤ max g.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import sympy as sp
from sympy import Basic, Dummy, Expr, Symbol

from symbolic_mle.algebra.intervals import Interval, interval_of
from symbolic_mle.algebra.sample import OrderStatistic
from symbolic_mle.algebra.signs import Sign
from symbolic_mle.records import Region, Specification
from symbolic_mle.stages.moving.isolation import SignOf, isolated, simple_relations
from symbolic_mle.stages.sample_signs import find_sign


@dataclass(frozen=True, slots=True)
class Edge:
    """The largest (or smallest) g(xᵢ): ``symbol`` while parameters are solved for, ``statistic`` in what is said of data."""

    symbol: Symbol
    quantity: Expr
    largest: bool
    statistic: Expr


@dataclass(frozen=True, slots=True)
class Constraint:
    """The relation of an observation, g(x) ≤ h(θ) (≥ for the smallest), and of the sample: edge ≤ end."""

    quantity: Expr
    edge: Edge
    end: Expr
    strict: bool

    @property
    def relation(self) -> Basic:
        """What it says of the sample, with the edge as a symbol."""
        if self.edge.largest:
            return (sp.Lt if self.strict else sp.Le)(self.edge.symbol, self.end, evaluate=False)
        return (sp.Gt if self.strict else sp.Ge)(self.edge.symbol, self.end, evaluate=False)


def spaces_of(model: Specification) -> dict[Symbol, Interval]:
    """The interior of the space of each parameter, a restriction such as a < b as an end of one of the two."""
    found = {p: i.interior for p, i in model.parameters.items()}
    for restriction in model.restrictions:
        for parameter, interval in found.items():
            bound, _ = interval_of(parameter, (restriction,))
            if bound.lower != -sp.oo and interval.lower == -sp.oo:
                found[parameter] = replace(interval, lower=bound.lower)
                break
            if bound.upper != sp.oo and interval.upper == sp.oo:
                found[parameter] = replace(interval, upper=bound.upper)
                break
    return found


def support_relations(model: Specification) -> tuple[Basic, ...]:
    """The relations of the support that hold a parameter."""
    found: list[Basic] = []
    for x, interval in model.support.intervals.items():
        if interval.lower != -sp.oo:
            found.append((sp.Ge if interval.closed_lower else sp.Gt)(x, interval.lower, evaluate=False))
        if interval.upper != sp.oo:
            found.append((sp.Le if interval.closed_upper else sp.Lt)(x, interval.upper, evaluate=False))
    return tuple(r for r in (*found, *model.support.relations) if r.free_symbols & set(model.parameters))


def constraints_of(model: Specification) -> tuple[Constraint, ...] | None:
    """Every relation of the support that moves, solved for the observation; None where one cannot be."""
    region = {**model.support.intervals, **model.known, **spaces_of(model)}
    sign = sign_over(region)
    found: list[Constraint] = []
    edges: dict[tuple[Expr, bool], Edge] = {}
    for relation in support_relations(model):
        parts = simple_relations(relation) if _moves_inside(relation, model) else (relation,)
        if parts is None:
            return None
        for part in parts:
            side = isolated(part, set(model.observed), sign)
            if side is None or not side.inside.free_symbols <= {*model.observed, *model.known}:
                return None
            if side.outside.free_symbols & set(model.observed):
                return None
            key = side.inside, side.below
            if key not in edges:
                edges[key] = _edge(side.inside, side.below, model, region)
            found.append(Constraint(side.inside, edges[key], side.outside, side.strict))
    return _symmetric(tuple(found), model, region)


def _symmetric(found: tuple[Constraint, ...], model: Specification, region: Region) -> tuple[Constraint, ...]:
    """−h ≤ x ≤ h is one relation, |x| ≤ h."""
    merged: list[Constraint] = []
    for quantity in dict.fromkeys(c.quantity for c in found):
        mine = [c for c in found if c.quantity == quantity]
        low, high = [c for c in mine if not c.edge.largest], [c for c in mine if c.edge.largest]
        same = len(low) == len(high) == 1 and low[0].strict == high[0].strict
        if same and sp.expand(low[0].end + high[0].end) == 0:
            size = sp.Abs(quantity)
            mine = [Constraint(size, _edge(size, True, model, region), high[0].end, high[0].strict)]
        merged += mine
    return tuple(merged)


def _moves_inside(relation: Basic, model: Specification) -> bool:
    """Does a corner |…|, max or min hold a parameter together with the observation?"""
    both = {*model.parameters}, {*model.observed}
    corners = relation.atoms(sp.Abs, sp.Max, sp.Min)
    return isinstance(relation, sp.And) or any(all(c.free_symbols & part for part in both) for c in corners)


def _edge(quantity: Expr, largest: bool, model: Specification, region: Region) -> Edge:
    assumptions = {"integer": True} if quantity.is_integer else {"real": True}
    found = sign_over(region)(quantity)
    words = {Sign.POSITIVE: "positive", Sign.NONNEGATIVE: "nonnegative", Sign.NEGATIVE: "negative"}
    if found in words:
        assumptions[words[found]] = True
    rank = model.size if largest else sp.Integer(1)
    return Edge(Dummy("M" if largest else "m", **assumptions), quantity, largest,
                OrderStatistic(quantity, model.observed, rank))  # fmt: skip


def sign_over(region: Region) -> SignOf:
    """The sign of an expression over a region, or None."""

    def sign(expr: Expr) -> Sign | None:
        found = find_sign(expr, region)
        return None if found is None else found.sign

    return sign


def edge_region(
    constraints: tuple[Constraint, ...], model: Specification, distinct: tuple[Expr, ...] = (), possible: bool = True
) -> Region:
    """Where the edges and the observations between them range; of ``distinct`` quantities the smallest is less than the largest.

    ``possible``: for data that some parameter value allows, which has the signs that every support has; else for all data
    that are accepted as such.
    """
    edges = {c.edge.symbol: c.edge for c in constraints}
    found: dict[Symbol, Interval] = {}
    for symbol, edge in edges.items():
        found[symbol] = reach(edge.quantity, model, possible)
        low = next((e for e in edges.values() if e.quantity == edge.quantity and not e.largest), None)
        if edge.largest and low is not None:
            apart = edge.quantity in distinct
            found[symbol] = replace(found[symbol], lower=low.symbol, closed_lower=not apart, integer=False)
    for x, interval in model.support.intervals.items():
        low = next((e for e in edges.values() if e.quantity == x and not e.largest), None)
        high = next((e for e in edges.values() if e.quantity == x and e.largest), None)
        between = reach(x, model, possible)
        if low is not None:
            between = replace(between, lower=low.symbol, closed_lower=True)
        if high is not None:
            between = replace(between, upper=high.symbol, closed_upper=True)
        size = next((e for e in edges.values() if e.quantity == sp.Abs(x) and e.largest), None)
        if size is not None and between == Interval():
            between = Interval(-size.symbol, size.symbol, True, True)
        found[x] = replace(between, integer=interval.integer)
    return found


def reach(quantity: Expr, model: Specification, possible: bool = False) -> Interval:
    """An interval that holds g(x) for every observation: by the fixed ends of the support, else by a sign."""
    interval = model.support.intervals.get(quantity)
    if interval is not None:
        return _reach_of_variable(quantity, interval, model, possible)
    sign = sign_over({**_fixed_region(model, possible), **model.known})(quantity)
    if sign is Sign.POSITIVE:
        return Interval(lower=sp.Integer(0))
    return Interval(lower=sp.Integer(0), closed_lower=True) if sign is Sign.NONNEGATIVE else Interval()


def _reach_of_variable(x: Symbol, interval: Interval, model: Specification, possible: bool) -> Interval:
    found, unknown = Interval(), set(model.parameters)
    if not interval.lower.free_symbols & unknown:
        found = replace(found, lower=interval.lower, closed_lower=interval.closed_lower)
    elif possible and x.is_nonnegative:
        found = replace(found, lower=sp.Integer(0), closed_lower=not x.is_positive)
    if found.lower == -sp.oo and model.support.relations:
        sign = sign_over({**_fixed_region(model, possible), **model.known})(x)
        if sign in (Sign.POSITIVE, Sign.NONNEGATIVE):
            found = replace(found, lower=sp.Integer(0), closed_lower=sign is Sign.NONNEGATIVE)
    if not interval.upper.free_symbols & unknown:
        return replace(found, upper=interval.upper, closed_upper=interval.closed_upper)
    if possible and x.is_nonpositive:
        return replace(found, upper=sp.Integer(0), closed_upper=not x.is_negative)
    return found


def _fixed_region(model: Specification, possible: bool) -> Region:
    """What the part of the support that is free of the parameters says of each variable: 0 < x and x < y give y ∈ (x, ∞)."""
    bare = replace(model, support=replace(model.support, relations=()))
    found = {x: _reach_of_variable(x, i, bare, possible) for x, i in model.support.intervals.items()}
    for relation in model.support.relations:
        for x in found if not relation.free_symbols & set(model.parameters) else ():
            bound, _ = interval_of(x, (relation,))
            if found[x] == Interval() and bound != Interval():
                found[x] = bound
                break
    return found
