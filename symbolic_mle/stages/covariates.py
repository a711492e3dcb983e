"""Where the covariates of a model lie: the values at which its formula gives a density.

A covariate comes with each observation and is known, but a model says nowhere which values it has. b·x·exp(−b·x·y) is a
density of y for x > 0 only, (y − b·x)² asks for nothing. The widest of a few spaces is taken in which no point makes the
density 0, negative or no number; data outside of it are refused, for there the formula is no density for some values of
the parameters. Two ways of writing say more. f₀^(1−g)·f₁^g tells two groups apart by a label g, 0 or 1; and in
f^d·S, which is a likelihood for every d, d is an indicator or a weight that is not negative.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from random import Random

import numpy as np
import sympy as sp
from sympy import Expr, Float, Symbol

from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.algebra.numeric import NotNumeric, compile_pointwise
from symbolic_mle.records import Specification

ZERO, ONE = sp.Integer(0), sp.Integer(1)
LABEL = Interval(ZERO, ONE, True, True, True)
COUNT = Interval(ZERO, sp.oo, True, False, True)
SPACES = (Interval(), Interval(ZERO, sp.oo, True), Interval(ZERO, sp.oo), Interval(ZERO, ONE, True, True), COUNT)
"""Any real number; one that is not negative; a positive one (a size, an exposure); a share; a count."""

MOST = 3  # covariates that may each have a space of its own
TRIALS = 60


def with_covariate_spaces(model: Specification) -> Specification:
    """The model with the spaces of its covariates, and with symbols that carry their signs."""
    if not model.covariates:
        return model
    symbols = (*model.known, *model.parameters, *model.observed)
    try:
        log_density = compile_pointwise(sp.log(model.density), (), symbols)
    except NotNumeric:
        return model
    told = {c: space for c in model.covariates if (space := _told(c, model)) is not None}
    for spaces in _choices(tuple(c for c in model.covariates if c not in told)):
        spaces = {c: told.get(c) or spaces[c] for c in model.covariates}
        points = [p for p in (_point(model, spaces, Random(k)) for k in range(TRIALS)) if p is not None]
        columns = {s: np.array([p[s] for p in points]) for s in symbols}
        heights = log_density({}, columns)
        zero = any(i == COUNT for i in spaces.values())  # a count may allow an observation or not, as m allows y ≤ m
        if not points or (np.isfinite(heights) | (zero & (heights == -np.inf))).all():
            return _renamed(model, spaces)
    return model


def _told(covariate: Symbol, model: Specification) -> Interval | None:
    """The space of a covariate that is used as a label of two groups, or as an exponent."""
    density = model.density
    powers = [e for e in sp.preorder_traversal(density) if e.is_Pow and e.exp.has(covariate)]
    other = [e.exp for e in powers if _is_multiple(e.exp, 1 - covariate)]
    if other:
        products = (e for e in sp.preorder_traversal(density) if e.is_Mul and any(o in e.args for o in other))
        if not any(e.has(*model.variables) for e in products):
            return LABEL
        return None
    exponents = [e.exp for e in sp.preorder_traversal(density) if e.is_Pow and e.exp.has(covariate)]
    exponents += [e.args[0] for e in density.atoms(sp.exp) if e.has(covariate)]
    placeholder = sp.Dummy()
    outside = density.replace(lambda e: e.is_Pow and e.exp.has(covariate), lambda e: placeholder)
    if exponents and covariate not in outside.free_symbols and all(_is_multiple(e, covariate) for e in exponents):
        return SPACES[1]
    return None


def _is_multiple(expr: sp.Basic, of: Expr) -> bool:
    """Is it a number times the other?"""
    if not isinstance(expr, Expr) or not expr.free_symbols or expr.free_symbols != of.free_symbols:
        return False
    return bool(sp.cancel(expr / of).is_number)


def _choices(covariates: tuple[Symbol, ...]) -> Iterator[dict[Symbol, Interval]]:
    """The spaces to try, those with fewer restrictions first."""
    if len(covariates) > MOST:
        yield from (dict.fromkeys(covariates, space) for space in SPACES)
        return
    ranked = sorted(
        itertools.product(range(len(SPACES)), repeat=len(covariates)), key=lambda ks: (sum(ks), max(ks, default=0))
    )
    for ranks in ranked:
        yield dict(zip(covariates, (SPACES[k] for k in ranks), strict=True))


def _point(model: Specification, spaces: Mapping[Symbol, Interval], random: Random) -> dict[Symbol, float] | None:
    """Values of everyday size inside all spaces and the support; None where the support's relations exclude them."""
    values: dict[Symbol, float] = {}
    exact: dict[Symbol, Expr] = {}
    for symbol, interval in {**model.known, **model.parameters, **spaces, **model.support.intervals}.items():
        choices = model.points.get(symbol) or (model.support.points if symbol in model.variables else None)
        if choices:
            values[symbol] = float(random.choice(choices).xreplace(exact))
        else:
            low, high = interval.lower.xreplace(exact), interval.upper.xreplace(exact)
            if not (low.is_number and high.is_number and float(low) <= float(high)):
                return None
            closed = symbol in spaces and interval.closed_lower and random.random() < 0.2
            values[symbol] = float(low) if closed else _inside(float(low), float(high), interval.integer, random)
        exact[symbol] = Float(values[symbol]) if values[symbol] % 1 else sp.Integer(int(values[symbol]))
    held = [*model.support.relations, *model.restrictions]
    return values if all(r.xreplace(exact) == True for r in held) else None  # noqa: E712 (a SymPy relation)


def _inside(low: float, high: float, whole: bool, random: Random) -> float:
    if math.isfinite(low) and math.isfinite(high):
        return float(random.randint(math.ceil(low), math.floor(high))) if whole else random.uniform(low, high)
    step = math.exp(random.uniform(-1.5, 1.0))
    step = float(random.randint(0, 5)) if whole else step
    if math.isfinite(low):
        return low + step
    return high - step if math.isfinite(high) else step * random.choice((-1.0, 1.0))


def _renamed(model: Specification, spaces: dict[Symbol, Interval]) -> Specification:
    """The model in symbols that carry the signs of the spaces."""
    strong = {c: Symbol(c.name, **i.assumptions()) for c, i in spaces.items()}
    old_names = {new: model.public.get(old, old) for old, new in strong.items() if new != old}
    relations = tuple(r.xreplace(strong) for r in model.support.relations)
    return replace(
        model, density=model.density.xreplace(strong), covariates={strong[c]: i for c, i in spaces.items()},
        support=replace(model.support, relations=relations), public={**model.public, **old_names},
    )  # fmt: skip
