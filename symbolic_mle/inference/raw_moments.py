"""E[Xʲ] of one observation, with the premise under which it is finite and the ways by which it is found.

  points    a support of few values: Σ xʲ f(x);
  score     ∂ log f/∂c = a + b·x, a and b free of x and b ≠ 0, for a parameter or known constant c that the support does not hold:
            then log f = C(c)·x + A(c) + h(x), a natural exponential family in c, whose moments are finite and may be differentiated
            under the integral (Lehmann & Casella 1998, Theorem 1.5.8): ∂E[Xʲ]/∂c = E[Xʲ(a + bX)], so that
            E[Xʲ⁺¹] = (∂E[Xʲ]/∂c − a·E[Xʲ])/b, from E[X⁰] = 1;
  integral  a gamma or beta integral or that of a rational function (expectations.py), with checked premises. Where it exists for
            some parameter values only, it is derived for θ > j, one positive parameter θ at a time, and says so;
  sum       of a polynomial between two whole numbers (Faulhaber).

Every moment is compared with quadrature, and is dropped where that contradicts it or confirms it nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import sympy as sp
from sympy import Dummy, Expr, Symbol

from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.inference.expectations import integral, mass
from symbolic_mle.inference.forms import shortest
from symbolic_mle.inference.numbers import mean_by_quadrature, test_points, value_at
from symbolic_mle.inference.regularity import unfinished
from symbolic_mle.records import Specification
from symbolic_mle.stages.likelihood import Likelihood

TOLERANCE = 1e-6
POSITIVE = Interval(sp.S.Zero, sp.oo, False, False)


@dataclass(frozen=True, slots=True)
class Moment:
    """E[Xʲ] = value; ``above`` are parameters with the numbers that they must exceed for it to be finite."""

    order: int
    value: Expr
    above: Mapping[Symbol, Expr]


class RawMoments:
    """The moments of one observation of a model with one variable, each derived when it is asked for."""

    def __init__(self, likelihood: Likelihood, model: Specification) -> None:
        self.model = model
        (self.x,) = model.variables
        self._linear = _linear_score(likelihood, model)
        self._found: dict[int, Moment | None] = {}

    def __call__(self, order: int) -> Moment | None:
        if order not in self._found:
            self._found[order] = next((m for m in self._ways(order) if _is_confirmed(m, self.model)), None)
        return self._found[order]

    def _ways(self, order: int) -> Iterator[Moment]:
        points = self.model.few_values
        if points:
            terms = [v**order * mass(v, self.model) for v in points]
            yield Moment(order, shortest(sp.Add(*terms)), {})
            return
        by_score = self._by_score(order)
        if by_score is not None:
            yield Moment(order, by_score, {})
        elif self.model.discrete:
            yield from _faulhaber(order, self.model)
        else:
            yield from _integrals(order, self.model)

    def _by_score(self, order: int) -> Expr | None:
        if self._linear is None:
            return None
        c, a, b = self._linear
        value = sp.S.One
        for _ in range(order):
            value = shortest((value.diff(c) - a * value) / b)
        return value


def _linear_score(likelihood: Likelihood, model: Specification) -> tuple[Symbol, Expr, Expr] | None:
    """(c, a, b) with ∂ log f/∂c = a + b·x."""
    (x,) = model.variables
    fixed = model.support.free_symbols
    spaces = {**model.parameters, **model.known}
    for c, space in spaces.items():
        if c in fixed or space.integer or c in model.points:
            continue
        slope = likelihood.log_density.diff(c)
        if unfinished(slope) or slope.has(sp.Piecewise, sp.Abs, sp.sign):
            continue
        a, b = sp.expand(slope).coeff(x, 0), sp.expand(slope).coeff(x, 1)
        if b != 0 and x not in a.free_symbols | b.free_symbols and sp.expand(slope - a - b * x) == 0:
            a, b = shortest(a), shortest(b)
            if b != 0:
                return c, a, b
    return None


def _faulhaber(order: int, model: Specification) -> Iterator[Moment]:
    (x,) = model.variables
    interval = model.support.intervals[x]
    weight = model.density * x**order
    closed = interval.closed_lower and interval.closed_upper and interval.lower.is_finite and interval.upper.is_finite
    if closed and weight.is_polynomial(x) and interval.lower.is_integer and interval.upper.is_integer:
        yield Moment(order, shortest(sp.summation(weight, (x, interval.lower, interval.upper))), {})


def _integrals(order: int, model: Specification) -> Iterator[Moment]:
    (x,) = model.variables
    value = integral(x**order, model)
    if value is not None:
        yield Moment(order, shortest(value), {})
        return
    for theta, space in {**model.parameters, **model.known}.items():
        if space.lower != 0 or space.upper != sp.oo or theta in model.support.free_symbols:
            continue
        excess = Dummy(theta.name, positive=True)
        value = integral(x**order, _replaced(model, theta, order + excess, excess))
        if value is not None:
            found = shortest(value.xreplace({excess: theta - order})).replace(sp.gamma, _of_positive)
            yield Moment(order, found, {theta: sp.Integer(order)})


def _of_positive(argument: Expr) -> Expr:
    """Γ(−w) → −Γ(1 − w)/w"""
    turned = argument.could_extract_minus_sign()
    return sp.gamma(1 + argument, evaluate=False) / argument if turned else sp.gamma(argument)


def _replaced(model: Specification, theta: Symbol, value: Expr, excess: Symbol) -> Specification:
    """The model with θ = value, a function of a positive number that takes its place."""

    def of(spaces: Mapping[Symbol, Interval]) -> dict[Symbol, Interval]:
        return {excess if p is theta else p: POSITIVE if p is theta else i for p, i in spaces.items()}

    density = model.density.xreplace({theta: value})
    return replace(model, density=density, parameters=of(model.parameters), known=of(model.known))


def _is_confirmed(moment: Moment, model: Specification) -> bool:
    """Does quadrature agree at some admissible values, and nowhere disagree?"""
    (x,) = model.variables
    count = 0
    for values in test_points(model):
        inside = {**values, **{p: float(least) + values[p] for p, least in moment.above.items()}}
        expected = mean_by_quadrature(x**moment.order, model, inside)
        if expected is None:
            continue
        if not abs(value_at(moment.value, inside) - expected) <= TOLERANCE * (1e-3 + abs(expected)):
            return False
        count += 1
    return count > 0
