"""The log-likelihood of given data as a function of the parameters, −∞ where it is 0.

It is 0 for parameter values outside the space and for those under which some observation lies outside the support; the
density's formula says nothing there.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import sympy as sp
from numpy.typing import NDArray
from sympy import Basic, Expr, Symbol

from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.algebra.numeric import compile_expression, compile_pointwise
from symbolic_mle.algebra.numeric.signs import error_scale
from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.records import Specification

Values = Mapping[Symbol, float]
Sample = Mapping[Symbol, NDArray[np.float64]]
Test = Callable[[Values], bool]

SLACK = 1e-12  # of the size of the terms: m − √3 s may be 0 up to the rounding of m and s


@dataclass(frozen=True, slots=True)
class Heights:
    """heights(values of the parameters) → log-likelihood, −∞ where the likelihood is 0, nan where it cannot be computed."""

    log_likelihood: Callable[[Values], float]
    possible: Test  # every observation lies in the support
    admissible: Test  # the values lie in the parameter space
    known: Values

    @staticmethod
    def of(model: Specification, known: Values, sample: Sample, log_likelihood: Expr | None = None) -> Heights:
        """For these data; ``log_likelihood`` where it is not to be built from the density (it may leave out constants)."""
        total = DataSum(sp.log(model.density), model.observed) if log_likelihood is None else log_likelihood
        symbols = (*model.parameters, *model.known)
        evaluate = compile_expression(total, symbols, model.observed, model.size).on(sample)
        return Heights(evaluate, _possible(model, sample), _admissible(model), dict(known))

    def __call__(self, point: Values) -> float:
        values = {**self.known, **point}
        if not (self.admissible(values) and self.possible(values)):
            return -math.inf
        return self.log_likelihood(values)


def relations_of(symbol: Symbol, interval: Interval) -> tuple[Basic, ...]:
    """The bounds of an interval as relations; θ ≥ max(a, b) is θ ≥ a and θ ≥ b."""
    found: list[Basic] = []
    if interval.lower != -sp.oo:
        above = sp.Ge if interval.closed_lower else sp.Gt
        found += [above(symbol, end, evaluate=False) for end in _joined(interval.lower, sp.Max)]
    if interval.upper != sp.oo:
        below = sp.Le if interval.closed_upper else sp.Lt
        found += [below(symbol, end, evaluate=False) for end in _joined(interval.upper, sp.Min)]
    return tuple(found)


def _joined(end: Expr, joint: type[Expr]) -> tuple[Expr, ...]:
    """a and b of max(a, b), in the order in which they are drawn."""
    return tuple(sorted(end.args, key=sp.default_sort_key)) if isinstance(end, joint) else (end,)


def support_relations(model: Specification) -> tuple[Basic, ...]:
    """The relations that an observation satisfies."""
    bounds = (r for x, i in model.support.intervals.items() for r in relations_of(x, i))
    return (*bounds, *model.support.relations)


def _possible(model: Specification, sample: Sample) -> Test:
    """Only relations with a parameter in them: the others hold, or the sample would have been refused."""
    plain = _without_assumptions(model)
    symbols, observed = _renamed(plain, (*model.parameters, *model.known)), _renamed(plain, model.observed)
    moving = [r.xreplace(plain) for r in support_relations(model) if r.free_symbols & set(model.parameters)]
    tests = [compile_pointwise(_with_slack(r), symbols, observed) for r in moving]
    columns = {plain[s]: column for s, column in sample.items()}
    return lambda values: all(bool((test(_keyed(plain, values), columns) != 0).all()) for test in tests)


def _without_assumptions(model: Specification) -> dict[Symbol, Symbol]:
    """Symbols of which SymPy knows nothing: for a positive θ it would take "θ > 0" as settled, and never look."""
    return {s: sp.Dummy(s.name, real=True) for s in (*model.parameters, *model.known, *model.observed)}


def _renamed(plain: Mapping[Symbol, Symbol], symbols: Iterable[Symbol]) -> tuple[Symbol, ...]:
    return tuple(plain[s] for s in symbols)


def _keyed(plain: Mapping[Symbol, Symbol], values: Values) -> Values:
    return {plain[s]: v for s, v in values.items()}


def _with_slack(relation: Basic) -> Basic:
    """A relation that holds at its boundary, up to the rounding of a maximiser that lies there."""
    if not isinstance(relation, (sp.Ge, sp.Le, sp.Eq)):
        return relation
    left, right = relation.args
    slack = SLACK * (error_scale(left) + error_scale(right))
    if isinstance(relation, sp.Eq):
        return sp.Le(sp.Abs(left - right), slack, evaluate=False)
    return relation.func(left - right, slack if isinstance(relation, sp.Le) else -slack, evaluate=False)


def _admissible(model: Specification) -> Test:
    plain = _without_assumptions(model)
    symbols = _renamed(plain, (*model.parameters, *model.known))
    whole = [p for p, i in model.parameters.items() if i.integer]
    bounds = (r for p, i in model.parameters.items() for r in relations_of(p, i))
    relations = [_with_slack(r.xreplace(plain)) for r in (*bounds, *model.restrictions)]
    tests = [compile_expression(sp.Piecewise((1, r), (0, True)), symbols) for r in relations]

    def holds(values: Values) -> bool:
        if any(not math.isfinite(values[p]) for p in model.parameters) or any(values[p] % 1 for p in whole):
            return False
        numbers = {s: sp.Float(values[s], 17) for s in model.known}
        if any(values[p] not in {float(v.xreplace(numbers)) for v in points} for p, points in model.points.items()):
            return False
        return all(test(_keyed(plain, values), {}) == 1 for test in tests)

    return holds
