"""Statistics Σ T(xᵢ) with T ≥ 0: as counts #{xᵢ = v} where an observation has few values, and as they stand elsewhere."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass

import sympy as sp
from sympy import Basic, Expr, Symbol

from symbolic_mle.algebra.affine import polyhedron
from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.algebra.signs import Sign
from symbolic_mle.records import FEW, Specification
from symbolic_mle.stages.likelihood import sum_over_sample
from symbolic_mle.stages.sample_signs import find_sign

Values = Mapping[Symbol, Expr]


@dataclass(frozen=True, slots=True)
class Observed:
    """The possible values of one observation, where they are few; () where they are not."""

    model: Specification
    values: tuple[Values, ...]

    @staticmethod
    def of(model: Specification) -> Observed:
        return Observed(model, _values(model))

    def count(self, value: Values) -> DataSum:
        """#{i : xᵢ = v}"""
        where = sp.And(*(sp.Eq(x, v) for x, v in value.items()))
        return DataSum(sp.Piecewise((1, where), (0, True)), self.model.observed)

    def total(self, term: Expr) -> Expr:
        """Σ T(xᵢ), of counts where the values are few; T is free of the parameters."""
        if not self.values:
            return sum_over_sample(term, self.model)
        return sp.Add(*(_at(term, v) * self.count(v) for v in self.values))

    def constant(self, term: Expr) -> Expr | None:
        """c, where T(x) = c for every possible x; None where that is not seen."""
        if self.values:
            found = {_at(term, v) for v in self.values}
            return found.pop() if len(found) == 1 else None
        reduced = sp.expand(term.xreplace(self._tied()))
        return None if reduced.free_symbols & set(self.model.observed) else reduced

    def is_nonnegative(self, term: Expr) -> bool:
        """Is T(x) ≥ 0 for every possible x?"""
        if self.values:
            return all(_at(term, v).is_nonnegative for v in self.values)
        if term.is_nonnegative:
            return True
        found = find_sign(term, self.model.region)
        if found is not None and found.sign in (Sign.POSITIVE, Sign.NONNEGATIVE, Sign.ZERO):
            return True
        return self._within_support(term)

    def _within_support(self, term: Expr) -> bool:
        """By the relations of the support, for a T that is affine in the observation and the known constants."""
        model = self.model
        inside = polyhedron({**model.known, **model.support.intervals}, model.support.relations)
        form = None if inside is None or model.covariates else inside.form(term)
        return inside is not None and form is not None and inside.is_nonnegative(form) is True

    def _tied(self) -> dict[Expr, Expr]:
        """The last variable of every linear equation that the support holds."""
        tied: dict[Expr, Expr] = {}
        for relation in self.model.support.relations:
            if isinstance(relation, sp.Eq):
                difference = sp.expand((relation.lhs - relation.rhs).xreplace(tied))
                for x in reversed(self.model.variables):
                    slope = difference.coeff(x, 1)
                    if slope.is_number and slope != 0:
                        tied[x] = sp.expand(x - difference / slope)
                        break
        return tied


def _values(model: Specification) -> tuple[Values, ...]:
    if model.covariates or not model.discrete:
        return ()
    if len(model.variables) == 1:
        return tuple({model.variables[0]: v} for v in model.few_values)
    choices = []
    for x in model.variables:
        interval = model.support.intervals[x]
        if not (interval.integer and interval.lower.is_Integer and interval.upper.is_Integer):
            return ()
        choices.append(range(int(interval.lower), int(interval.upper) + 1))
    if sp.prod(len(c) for c in choices) > FEW:
        return ()
    points = (
        {x: sp.Integer(k) for x, k in zip(model.variables, point, strict=True)} for point in itertools.product(*choices)
    )
    return tuple(v for v in points if all(_holds(r, v) for r in model.support.relations))


def _holds(relation: Basic, value: Values) -> bool:
    return relation.xreplace(dict(value)) == sp.true


def _at(term: Expr, value: Values) -> Expr:
    return sp.nsimplify(term.subs(dict(value)))
