"""Why ℓ(N + 1) − ℓ(N) changes its sign at most once, from + to −, as the integer N grows.

Let ρ(x, N) = f(x | N + 1)/f(x | N), so that ℓ(N + 1) − ℓ(N) = Σᵢ log ρ(xᵢ, N); N is taken as a real number between its bounds.

Theorem (falling ratio). If ∂/∂N log ρ ≤ 0 for every x and N, then Σᵢ log ρ(xᵢ, N) is decreasing in N. Once negative, it stays so.

Theorem (concave). If ∂²/∂N² log f ≤ 0 for every x and N, then log ρ, the integral of ∂/∂N log f from N to N + 1, is decreasing too.

Theorem (scaled ratio). Let 1/ρ = 1 + T(x, N)/S(N) with S > 0, and S and T increasing in N. Then S·Σᵢ log ρ(xᵢ, N) is decreasing:
s·log(1 + t/s) is increasing in t, and in s because log(1 + z) ≥ z/(1 + z) for z > −1.

Theorem (one peak). Where the support is free of N: if m·ℓ′ is strictly decreasing for some m > 0 (``solution.single``), ℓ rises
up to a point and falls after it. So ℓ(N + 1) − ℓ(N) is positive as long as N + 1 is not beyond the point, and negative from it on.

Premises checked: the signs of the derivatives, for all real x, N and known constants that satisfy the relations of the support
and of the spaces (at N and at N + 1), in coordinates in which these are plain bounds (``algebra.slack``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sympy as sp
from sympy import Basic, Dummy, Expr, Symbol

from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.algebra.signs import Sign
from symbolic_mle.algebra.slack import slack_coordinates
from symbolic_mle.locating.heights import relations_of, support_relations
from symbolic_mle.records import Region, Specification
from symbolic_mle.stages.likelihood import Likelihood
from symbolic_mle.stages.sample_signs import find_sign
from symbolic_mle.stages.solution.shape import Shape
from symbolic_mle.stages.solution.single import reduce_parameter

DOWN, UP = (Sign.NEGATIVE, Sign.NONPOSITIVE, Sign.ZERO), (Sign.POSITIVE, Sign.NONNEGATIVE, Sign.ZERO)
LARGE = 80  # operations in a ratio beyond which no scale is searched


@dataclass(frozen=True, slots=True)
class Falling:
    """The theorem that applies, and its facts.

    ``kind``: "ratio" (``slope`` is the derivative of log ρ), "concave" (``slope`` is the second derivative of log f), "scaled"
    (1/ρ = 1 + ``part``/``scale``) or "peak" (``shape``).
    """

    kind: str
    scale: Expr = sp.Integer(1)
    slope: Expr | None = None
    part: Expr | None = None
    shape: Shape | None = None


@dataclass(frozen=True, slots=True)
class Where:
    """Every x, N and known constant for which N and N + 1 are both possible, in coordinates: signs there."""

    parameter: Symbol
    places: dict[Symbol, Expr]
    region: Region

    @staticmethod
    def of(parameter: Symbol, model: Specification) -> Where:
        after = {parameter: parameter + 1}
        bounds = [r for s, i in {**model.known, **model.parameters}.items() for r in relations_of(s, i)]
        whole = {s for s, i in _intervals(model).items() if i.integer}
        relations = [*support_relations(model), *bounds]
        forms = [_form(r.xreplace(after), whole) for r in relations] + [_form(r, whole) for r in relations]
        several = [f for f in forms if f is not None and len(f.free_symbols) > 1]
        symbols = set().union(*(f.free_symbols for f in several))
        single = [f for f in forms if f is not None and len(f.free_symbols) == 1 and f.free_symbols <= symbols]
        places, region = slack_coordinates(dict.fromkeys([*several, *single]), symbols)
        others = {s: i for s, i in _intervals(model).items() if s not in places}
        return Where(parameter, places, {**others, **region})

    def sign(self, expr: Expr) -> Sign | None:
        placed = expr.xreplace(self.places)
        if not (self.places and placed.is_rational_function()):
            found = find_sign(placed, self.region)
            return None if found is None else found.sign
        above, below = (find_sign(sp.expand(part), self.region) for part in sp.fraction(sp.together(placed)))
        return None if above is None or below is None else above.sign.times(below.sign)

    def positive(self, expr: Expr) -> bool:
        return bool(expr.is_positive) or self.sign(expr) is Sign.POSITIVE

    def facing(self, product: Expr) -> Expr:
        """The product with its factors positive, where they have one sign: −x/(N + 1 − x), not x/(x − N − 1)."""
        sign, factors = 1, []
        for factor in sp.Mul.make_args(product):
            base, exponent = factor.as_base_exp()
            if base.is_Add and exponent.is_Integer and not self.positive(base) and self.positive(-base):
                sign, factor = sign * (-1) ** exponent, (-base) ** exponent
            factors.append(factor)
        return sp.Mul(sign, *factors)


def falling(ratio: Expr, log_ratio: Expr, where: Where, likelihood: Likelihood, model: Specification) -> Falling | None:
    """The first theorem whose premises are proved."""
    parameter = where.parameter
    slope = _derivative(log_ratio, parameter)
    if where.sign(slope) in DOWN:
        return Falling("ratio", slope=where.facing(slope))
    bend = _derivative(likelihood.log_density, parameter, 2)
    if bend.count_ops() < LARGE and where.sign(bend) in DOWN:
        return Falling("concave", slope=where.facing(bend))
    for scale, part in _scaled(ratio, parameter, model) if ratio.count_ops() < LARGE else ():
        if where.positive(scale) and all(where.sign(e.diff(parameter)) in UP for e in (scale, part)):
            return Falling("scaled", where.facing(scale), part=sp.factor(part))
    return _peak(parameter, likelihood, model)


def _peak(parameter: Symbol, likelihood: Likelihood, model: Specification) -> Falling | None:
    if model.support.free_symbols & {parameter}:
        return None
    found = reduce_parameter(likelihood.log_likelihood, parameter, model)
    return None if found is None or found.shape is None else Falling("peak", shape=found.shape)


def _intervals(model: Specification) -> dict[Symbol, Interval]:
    return {**model.support.intervals, **model.known, **model.parameters}


def _form(relation: Basic, whole: set[Symbol]) -> Expr | None:
    """g with g ≥ 0 iff the relation holds (or if it does, for a strict relation between real numbers)."""
    if not isinstance(relation, (sp.Ge, sp.Gt, sp.Le, sp.Lt)):
        return None
    difference = sp.expand(relation.gts - relation.lts)
    strict = isinstance(relation, (sp.Gt, sp.Lt))
    integers = difference.free_symbols <= whole and all(
        c.is_Integer for c in difference.as_coefficients_dict().values()
    )
    return difference - 1 if strict and integers else difference


def _derivative(expr: Expr, parameter: Symbol, order: int = 1) -> Expr:
    """The derivative in N as a real number (SymPy has other formulas for whole ones), as one fraction where that is short."""
    real = Dummy("N", positive=parameter.is_positive, real=True)
    terms = (sp.factor(t.diff(real, order)) for t in sp.Add.make_args(expr.xreplace({parameter: real})))
    found = sp.Add(*terms)
    joined = sp.factor(found) if found.is_rational_function() else found
    return min(joined, found, key=lambda e: e.count_ops()).xreplace({real: parameter})


def _scaled(ratio: Expr, parameter: Symbol, model: Specification) -> Iterator[tuple[Expr, Expr]]:
    """(S, T) with 1/ρ = 1 + T/S, S free of the data."""
    if not ratio.is_rational_function(parameter, *model.observed):
        return
    above, below = sp.fraction(sp.cancel(1 / ratio))
    above, below = sp.factor(above), sp.factor(below)
    if below.has(*model.observed):
        return
    rest = sp.expand(above - below)
    for divisor in (
        *(f for f in sp.Mul.make_args(above) if f.has(parameter) and not f.has(*model.observed)),
        sp.Integer(1),
    ):
        yield below / divisor, sp.expand(rest / divisor)
