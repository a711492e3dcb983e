"""A component of a mixture that degenerates at an observation: the likelihood is unbounded, whatever the data.

Theorem. Let f = Σⱼ gⱼ with every gⱼ ≥ 0, on a support free of the parameters. Let g₁ hold a location a and a scale s with
g₁(x | a = t(x), s) → ∞ as s runs to an end e of its space, for every x of the support, and let some g₂ > 0 be free of s. Then no
sample has a maximum: with a = t(x₁) and the parameters other than s held fixed,
ℓ ≥ log g₁(x₁ | t(x₁), s) + Σ_{i ≥ 2} log g₂(xᵢ) → ∞ as s → e (Kiefer & Wolfowitz 1956; Day 1969).
Premises checked: the signs of all gⱼ on the support and the interior of the space; t(x) inside the space of a for every x of the
support; restrictions on the parameters hold along the path; g₁(x | t(x), s) = c·h(s) with c > 0 and h → ∞.

A scale alone, with a known location, is no case of it: there only an observation at that location makes ℓ grow. Nor are
components that share their scale: where g₁ degenerates, all others vanish.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import sympy as sp
from sympy import Basic, Expr, Symbol

from symbolic_mle.algebra.ends import limit_at
from symbolic_mle.algebra.sample import DataSum, OrderStatistic
from symbolic_mle.algebra.signs import Sign
from symbolic_mle.records import Case, Existence, Proof, Specification, Step
from symbolic_mle.stages.likelihood import Likelihood
from symbolic_mle.stages.relations import Related
from symbolic_mle.stages.sample_signs import find_sign
from symbolic_mle.stages.solution.cases import Findings

REASON = "with a component of the mixture degenerating at an observation the likelihood grows without bound"
MOST = 8  # components

SignOf = Callable[[Expr], Sign | None]


@dataclass(frozen=True, slots=True)
class Degenerate:
    """The path a = t(x₁), s → ``end``, the component g₁ that degenerates on it and the g₂ that stays, and g₁ at x = x₁."""

    location: Symbol
    value: Expr  # t(x)
    scale: Symbol
    end: Expr
    side: str
    component: Expr
    floor: Expr
    peak: Expr  # g₁(x | t(x), s)
    count: int  # of components
    log_density: Expr
    observed: tuple[Symbol, ...]
    kind: str = "degenerate"
    regular: bool = False

    def steps(self) -> Iterator[Step]:
        """f ≥ g₂, and ℓ → ∞ with the location at the smallest t(xᵢ)."""
        smallest = DataSum(self.log_density - sp.log(self.floor), self.observed)
        yield Step("path", "leave-out", sp.Integer(0), smallest, ">=")
        yield Step("path", "hold", self.held, self.location, parameter=self.location)
        yield Step("path", "run", self.end, self.scale, "to", parameter=self.scale)

    @property
    def held(self) -> Expr:
        """t(x) at one of the observations: every one will do, here it is the smallest."""
        return OrderStatistic(self.value, self.observed, 1)

    def case(self) -> Case:
        path = ((self.location, self.held, ""), (self.scale, self.end, self.side))
        return Case((), Existence.UNBOUNDED, Proof.GLOBAL, "path", path=path, reason=REASON)


def attempt(likelihood: Likelihood, model: Specification) -> Findings | None:
    """Unbounded for all data, by one path; None where the density is no such mixture."""
    if model.discrete or len(model.variables) != 1 or model.support.relations or len(model.parameters) < 2:
        return None
    if model.support.free_symbols & set(model.parameters) or model.support.points is not None:
        return None
    parts = components(model)
    if not 2 <= len(parts) <= MOST:
        return None
    signs = _signs(model)
    verdicts: dict[Expr, Sign | None] = {}
    for component in parts:
        for scale in _candidates(component, model):
            floors = [g for g in parts if g is not component and not g.has(scale)]
            for location in _candidates(component, model) if floors else ():
                path = None if location == scale else _spike(component, location, scale, model, signs)
                if path is None:
                    continue
                verdicts = verdicts or {g: signs(g) for g in parts}
                if not all(v in (Sign.POSITIVE, Sign.NONNEGATIVE) for v in verdicts.values()):
                    return None
                floor = next((g for g in floors if verdicts[g] is Sign.POSITIVE), None)
                if floor is not None:
                    value, end, side, peak = path
                    found = Degenerate(
                        location, value, scale, end, side, component, floor, peak, len(parts),
                        likelihood.log_density, model.observed,
                    )  # fmt: skip
                    return Findings((), (), likelihood.log_likelihood, (found.case(),), argument=found)
    return None


def components(model: Specification) -> list[Expr]:
    """The gⱼ of f = Σ gⱼ: the terms of the density, those with the same function of the observation together."""
    data = set(model.observed)
    kernels: dict[Expr, Expr] = {}
    for term in _terms(model.density, data):
        weight, kernel = term.as_independent(*data, as_Add=False)
        kernels[kernel] = kernels.get(kernel, sp.Integer(0)) + weight
    return [sp.factor_terms(weight) * kernel for kernel, weight in kernels.items() if weight != 0]


def _terms(expr: Expr, data: set[Symbol]) -> Iterator[Expr]:
    """The terms of a sum, also of one in brackets: c(g + h) gives cg and ch."""
    if isinstance(expr, sp.Add):
        for term in expr.args:
            yield from _terms(term, data)
        return
    sums = [f for f in sp.Mul.make_args(expr) if isinstance(f, sp.Add) and f.free_symbols & data]
    if not sums:
        yield expr
        return
    rest = sp.Mul(*(f for f in sp.Mul.make_args(expr) if f is not sums[0]))
    for term in sums[0].args:
        yield from _terms(term * rest, data)


def _candidates(component: Expr, model: Specification) -> list[Symbol]:
    """The parameters of a component that range over an interval with ends of their own."""
    tied = set().union(*(i.free_symbols for i in model.parameters.values()))
    return [
        p
        for p, i in model.parameters.items()
        if p in component.free_symbols - tied
        and p not in model.points
        and not i.integer
        and not i.free_symbols & set(model.parameters)
    ]


def _keeps(scale: Symbol, side: str, model: Specification) -> bool:
    """Do the restrictions that hold at a point go on to hold as s runs to its end, the lower one for the side "+"?"""
    gaps = [_gap(r) for r in model.restrictions if r.has(scale)]
    towards = -1 if side == "+" else 1
    return all(g is not None and bool((towards * g.diff(scale)).is_positive) for g in gaps)


def _follows(location: Symbol, scale: Symbol, model: Specification) -> bool:
    """Can the restrictions be met wherever a is, each by a real parameter that no other restriction holds?"""

    def is_met(restriction: Basic) -> bool:
        gap = _gap(restriction)
        alone = (p for p in restriction.free_symbols if [r for r in model.restrictions if r.has(p)] == [restriction])
        return gap is not None and any(
            p not in (location, scale)
            and p in model.parameters
            and model.parameters[p].is_real_line
            and bool(gap.diff(p).is_number and gap.diff(p) != 0)
            for p in alone
        )

    return all(is_met(r) for r in model.restrictions if r.has(location))


def _gap(restriction: Basic) -> Expr | None:
    """The greater side less the lesser; None for an equation."""
    inequality = isinstance(restriction, (sp.Lt, sp.Gt, sp.Le, sp.Ge))
    return restriction.gts - restriction.lts if inequality else None


def _signs(model: Specification) -> SignOf:
    """The sign of a component over the support and the interior of the space, from the signs of its factors and pieces."""
    region, related = model.region, Related.of(model)

    def factor_sign(expr: Expr) -> Sign | None:
        if isinstance(expr, sp.Piecewise):
            found = {signs(value) for value, _ in expr.args if value != 0}
            return Sign.NONNEGATIVE if found <= {Sign.POSITIVE, Sign.NONNEGATIVE} else None
        if expr.is_positive or related.is_positive(expr):
            return Sign.POSITIVE
        if isinstance(expr, sp.exp) and expr.exp.is_rational_function() and _has_no_pole(expr.exp):
            return Sign.POSITIVE
        lemma = find_sign(expr, region)
        return lemma.sign if lemma is not None else None

    def _has_no_pole(expr: Expr) -> bool:
        return bool(sp.fraction(sp.together(expr))[1].is_nonzero)

    def signs(expr: Expr) -> Sign | None:
        if not isinstance(expr, sp.Mul):
            return factor_sign(expr)
        found = {factor_sign(f) for f in expr.args}
        if found == {Sign.POSITIVE}:
            return Sign.POSITIVE
        if found <= {Sign.POSITIVE, Sign.NONNEGATIVE}:
            return Sign.NONNEGATIVE
        lemma = find_sign(expr, region)  # the signs of two factors may cancel
        return lemma.sign if lemma is not None else None

    return signs


def _spike(
    component: Expr, location: Symbol, scale: Symbol, model: Specification, signs: SignOf
) -> tuple[Expr, Expr, str, Expr] | None:
    """t(x), the end of the scale with its side, and g₁(x | t(x), s), where that runs to ∞ for every x of the support."""
    for value in _values(component, location, scale, model):
        peak = sp.powsimp(sp.expand_power_base(component.xreplace({location: value})))
        if peak.has(sp.nan, sp.zoo, sp.oo) or not peak.has(scale):
            continue
        weight, height = peak.as_independent(scale, as_Add=False)
        if (
            height.free_symbols != {scale}
            or not _follows(location, scale, model)
            or not _is_inside(value, location, model, signs)
        ):
            continue
        space = model.parameters[scale]
        for end, side in ((space.lower, "+"), (space.upper, "-")):
            if end.free_symbols or not _keeps(scale, side, model) or limit_at(height, scale, end, side) != sp.oo:
                continue
            if signs(weight) is Sign.POSITIVE:
                return value, end, side, peak
    return None


def _values(component: Expr, location: Symbol, scale: Symbol, model: Specification) -> Iterator[Expr]:
    """x itself, and the roots in a of the sums in g₁ that are linear in a: log x for log x − a."""
    (x,) = model.variables
    yield x
    for total in sorted(component.atoms(sp.Add), key=sp.default_sort_key):
        if not total.has(x) or not total.has(location) or total.has(scale):
            continue
        slope = total.diff(location)
        root = sp.expand(location - total / slope) if slope.is_number and slope != 0 else None
        if root is not None and root != x and not root.has(location):
            yield root


def _is_inside(value: Expr, location: Symbol, model: Specification, signs: SignOf) -> bool:
    """Is t(x) in the interior of the space of a, for every x of the support?"""
    space, interval = model.parameters[location], model.inner_support[model.variables[0]]
    if not (value.is_real and value.is_finite):
        return False
    if value == model.variables[0] and (space.lower, space.upper) == (interval.lower, interval.upper):
        return not (interval.closed_lower or interval.closed_upper)
    below = space.lower == -sp.oo or signs(value - space.lower) is Sign.POSITIVE
    return below and (space.upper == sp.oo or signs(space.upper - value) is Sign.POSITIVE)
