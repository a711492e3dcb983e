"""Where the covariates of a model lie: the values at which its formula gives a density.

A covariate comes with each observation and is known, but a model says nowhere which values it has. b·x·exp(−b·x·y) is a density
of y for x > 0 only, (y − b·x)² asks for nothing. The widest of a few spaces is taken for which the density is proved to be
positive; data outside of it are refused, for there is no likelihood there. Where none is proved the covariate is any real number.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import replace

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.algebra.signs import Sign
from symbolic_mle.records import Specification
from symbolic_mle.stages.sample_signs import find_sign

ZERO, ONE = sp.Integer(0), sp.Integer(1)
SPACES = (Interval(), Interval(ZERO, sp.oo), Interval(ZERO, ONE, True, True))
"""Any real number; a positive one (a size, an exposure); a label 0 or 1, or a share."""

MOST = 3  # covariates that may each have a space of its own


def with_covariate_spaces(model: Specification) -> Specification:
    """The model with the spaces of its covariates, and with symbols that carry their signs."""
    for spaces in _choices(tuple(model.covariates)):
        if all(i.is_real_line for i in spaces.values()):
            if _is_density(model.density, model, spaces):
                return model
            continue
        strong = {c: Symbol(c.name, **i.assumptions()) for c, i in spaces.items()}
        named = {strong[c]: i for c, i in spaces.items()}
        if _is_density(model.density.xreplace(strong), model, named):
            return _renamed(model, strong, named)
    return model


def _choices(covariates: tuple[Symbol, ...]) -> Iterator[dict[Symbol, Interval]]:
    """The spaces to try, those with fewer restrictions first."""
    if not covariates:
        return
    if len(covariates) > MOST:
        yield from (dict.fromkeys(covariates, space) for space in SPACES)
        return
    ranked = sorted(itertools.product(range(len(SPACES)), repeat=len(covariates)), key=lambda ks: (sum(ks), max(ks)))
    for ranks in ranked:
        yield dict(zip(covariates, (SPACES[k] for k in ranks), strict=True))


def _is_density(density: Expr, model: Specification, spaces: Mapping[Symbol, Interval]) -> bool:
    """Is it positive inside the support, for all values of the parameters?"""
    support = {x: i.interior if not i.integer else i for x, i in model.support.intervals.items()}
    inside = {p: i.interior for p, i in model.parameters.items()}
    found = find_sign(density, {**support, **model.known, **inside, **spaces})
    return found is not None and found.sign is Sign.POSITIVE


def _renamed(model: Specification, strong: Mapping[Symbol, Symbol], spaces: dict[Symbol, Interval]) -> Specification:
    """The model in the stronger symbols."""
    old_names = {new: model.public.get(old, old) for old, new in strong.items() if new != old}
    relations = tuple(r.xreplace(strong) for r in model.support.relations)
    return replace(
        model, density=model.density.xreplace(strong), covariates=spaces,
        support=replace(model.support, relations=relations), public={**model.public, **old_names},
    )  # fmt: skip
