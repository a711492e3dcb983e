"""An integer parameter N: the likelihoods of neighbours are compared, because there is no derivative to set to zero.

Theorem. Let A ≤ N ≤ B be the integers for which every observation is possible, and let ℓ(N + 1) − ℓ(N) be positive first, then
0 or nothing, then negative. Then the maximisers are the neighbours between which it is 0 and the last of them, N̂ = the smallest N
with N = B or L(N + 1) < L(N); only that one where the change is never 0. (Premise: ``falling``.)
There is no maximiser when B = ∞ and the change stays positive: a decreasing function with a limit ≥ 0 does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.ends import limit_at
from symbolic_mle.algebra.signs import Sign
from symbolic_mle.locating.heights import relations_of, support_relations
from symbolic_mle.locating.neighbours import Bound, Neighbours
from symbolic_mle.records import Case, Condition, Existence, Proof, Specification, Step
from symbolic_mle.stages.facts import sample_sign
from symbolic_mle.stages.likelihood import Likelihood, sum_over_sample
from symbolic_mle.stages.sample_signs import find_sign
from symbolic_mle.stages.separate.falling import Falling, Where, falling
from symbolic_mle.stages.separate.ratio import log_of, neighbours_ratio
from symbolic_mle.stages.separate.roots import last_of_sample, last_of_single, rational_limit
from symbolic_mle.stages.solution.cases import Findings


@dataclass(frozen=True, slots=True)
class Integers:
    """L(N + 1)/L(N) = ∏ᵢ ρ(xᵢ, N) passes 1 once; facts for the telling.

    ``limit`` is that of scale·ℓ-change as N → ∞, ``last`` the largest real N with ℓ-change ≥ 0, ``single`` the same for n = 1.
    """

    parameter: Symbol
    ratio: Expr
    log_ratio: Expr
    change: Expr
    falling: Falling
    bounds: tuple[Bound, ...]
    limit: Expr | None
    last: Expr | None
    single: Expr | None
    cases: tuple[Case, ...]
    kind: str = "integers"
    regular: bool = False

    def steps(self) -> Iterator[Step]:
        """The ratio, that it falls, and the formulas where there are any."""
        parameter = self.parameter
        yield Step("ratio", "neighbours", self.change, parameter=parameter)
        shape = self.falling.shape
        if shape is None:
            yield Step("ratio", "falling-ratio", self.falling.scale * self.change, parameter=parameter)
        else:
            yield Step("shape", "decreasing", shape.function, parameter=parameter, factor=shape.multiplier)
        for case in self.cases:
            for p, value in case.estimators.items():
                yield Step("result", "maximum", value, p, parameter=p, conditions=case.conditions)


def among_integers(likelihood: Likelihood, model: Specification) -> Findings | None:
    """The maximum over one integer parameter; None where the premises are not proved."""
    (parameter,) = model.parameters
    bounds = bounds_on(parameter, model)
    ratio = neighbours_ratio(model.density, parameter) if bounds is not None else None
    if bounds is None or ratio is None:
        return None
    where = Where.of(parameter, model)
    ratio = where.facing(ratio)
    log_ratio = log_of(ratio, where.positive)
    shape = falling(ratio, log_ratio, where, likelihood, model)
    if shape is None:
        return None
    change = sp.Add(*(sum_over_sample(t, model) for t in sp.Add.make_args(sp.expand(log_ratio))))
    endless = not any(b.upper for b in bounds) and shape.kind != "peak"
    limit = _limit(log_ratio, shape, parameter, model) if endless else None
    last = last_of_sample(change, parameter, model) if shape.kind != "peak" else None
    single = None if last is not None else last_of_single(ratio, parameter, model)
    locator = Neighbours(parameter, change, bounds, limit)
    cases = tuple(_cases(locator, ratio, limit, last, parameter, model))
    argument = Integers(parameter, ratio, log_ratio, change, shape, bounds, limit, last, single, cases)
    return Findings((), (), sp.Integer(0), cases, argument=argument)


def bounds_on(parameter: Symbol, model: Specification) -> tuple[Bound, ...] | None:
    """N between bounds that hold the data: every relation of the support solved for N, and the ends of the space."""
    found: list[Bound] = []
    for relation in (*relations_of(parameter, model.parameters[parameter]), *support_relations(model)):
        if not relation.has(parameter):
            continue
        if not isinstance(relation, (sp.Ge, sp.Gt, sp.Le, sp.Lt)):
            return None
        difference = sp.expand(relation.gts - relation.lts)
        slope = difference.coeff(parameter, 1)
        rest = difference - slope * parameter
        if rest.has(parameter) or not slope.is_number or slope == 0:
            return None
        found.append(Bound(-rest / slope, bool(slope.is_negative), isinstance(relation, (sp.Gt, sp.Lt))))
    return tuple(dict.fromkeys(found))


def _limit(log_ratio: Expr, shape: Falling, parameter: Symbol, model: Specification) -> Expr | None:
    """lim Σ scale·log ρ(xᵢ, N) as N → ∞; of S·log(1 + T/S) it is lim T, when S → ∞."""
    if shape.part is not None and rational_limit(shape.scale, parameter) == sp.oo:
        part = rational_limit(shape.part, parameter)
        found = None if part is None else -part
    else:
        found = limit_at(log_ratio * shape.scale, parameter, sp.oo, "-")
    if found is None or found.has(sp.oo, -sp.oo, sp.zoo, sp.nan) or found.has(parameter):
        return found if found == -sp.oo else None
    return sp.Add(*(sum_over_sample(t, model) for t in sp.Add.make_args(sp.expand(found))))


def _cases(
    locator: Neighbours, ratio: Expr, limit: Expr | None, last: Expr | None, parameter: Symbol, model: Specification
) -> Iterator[Case]:
    """The generic case, and the data for which the likelihood rises for ever: a decreasing change that tends to 0 is positive."""
    estimators = {} if last is None else {parameter: clipped(last, locator.bounds, model)}
    generic = Case((), Existence.ATTAINED, Proof.GLOBAL, "interior", estimators, locator=locator)
    nowhere = None if limit is None or limit.is_infinite else _rises_for_ever(-limit, ratio, parameter, model)
    if nowhere is None:
        yield generic
        return
    meaning = {"every": "not every"}.get(nowhere.meaning, "")
    yield replace(generic, conditions=(replace(nowhere, relation=">", meaning=meaning),))
    path = ((parameter, sp.oo, "-"),)
    yield Case((nowhere,), Existence.NOT_ATTAINED, Proof.GLOBAL, "path", path=path)


def _rises_for_ever(fall: Expr, ratio: Expr, parameter: Symbol, model: Specification) -> Condition | None:
    """The data for which the limit of a decreasing change is 0, where ρ > 1 for them: the likelihood rises from every N."""
    found = sample_sign(fall, model, model.region)
    zero = found.zero if found is not None and found.sign is Sign.NONNEGATIVE else None
    if zero is None or zero.meaning != "every" or zero.quantity not in model.variables or zero.value is None:
        return None
    above, below = sp.fraction(sp.together(ratio.xreplace({zero.quantity: zero.value})))
    rises = find_sign(sp.expand(above - below), {**model.region, parameter: model.parameters[parameter]})
    return replace(zero, statistic=fall) if rises is not None and rises.sign is Sign.POSITIVE else None


def clipped(last: Expr, bounds: tuple[Bound, ...], model: Specification) -> Expr:
    """⌊last⌋ + 1 between the bounds."""
    value = sp.floor(sp.expand(last + 1))
    lower = [b.statistic(model) + (1 if b.strict else 0) for b in bounds if not b.upper]
    upper = [b.statistic(model) - (1 if b.strict else 0) for b in bounds if b.upper]
    value = sp.Max(value, *lower) if lower else value
    return sp.Min(value, *upper) if upper else value
