"""An integer parameter N beside others that are real: the others are eliminated for every N, then neighbours are compared.

Theorem. Let φ(N) maximise ℓ(N, ·) for every real N in the interval, and let m·ℓₚ′ be strictly decreasing for some m > 0, where
ℓₚ(N) = ℓ(N, φ(N)). Then ℓₚ rises up to a point and falls after it, so on the integers ℓₚ(N + 1) − ℓₚ(N) is positive first and
negative after, and its maximisers there, with φ, are those of ℓ. (Premises: ``solution.elimination`` and ``solution.single``.)
Data for which some φ runs to an end of its space, whatever N is, have no maximum when the space leaves that end out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.sample import sealed
from symbolic_mle.algebra.signs import Sign
from symbolic_mle.locating.neighbours import Bound, Neighbours
from symbolic_mle.records import Case, Condition, Existence, Proof, Specification, Step
from symbolic_mle.stages.likelihood import Likelihood
from symbolic_mle.stages.scope import out_of_scope
from symbolic_mle.stages.separate.integers import bounds_on
from symbolic_mle.stages.solution.cases import Findings
from symbolic_mle.stages.solution.elimination import centre_squares, is_about_data, next_reduction, profile
from symbolic_mle.stages.solution.ends import End
from symbolic_mle.stages.solution.single import Reduction, reduce_parameter

NEGATED = {"=": "!=", "<=": ">", ">=": "<"}


@dataclass(frozen=True, slots=True)
class ProfiledIntegers:
    """ℓₚ(N) rises and falls; ``change`` is ℓₚ(N + 1) − ℓₚ(N)."""

    parameter: Symbol
    change: Expr
    stage: int
    bounds: tuple[Bound, ...]
    kind: str = "profiled integers"
    regular: bool = False

    def steps(self) -> Iterator[Step]:
        """The change from one integer to the next."""
        yield Step("ratio", "neighbours", self.change, stage=self.stage, parameter=self.parameter)


def with_others(likelihood: Likelihood, model: Specification) -> Findings | None:
    """The maximum over one integer parameter and others that have a closed form for every value of it."""
    whole = [p for p, i in model.parameters.items() if i.integer]
    if len(whole) != 1 or model.points or model.restrictions:
        return None
    (parameter,) = whole
    interval = replace(model.parameters[parameter], integer=False)
    real = replace(model, parameters={**model.parameters, parameter: interval})
    if out_of_scope(real):
        return None
    centred = centre_squares(likelihood.log_likelihood, real)
    start = likelihood.log_likelihood.xreplace(dict(centred))
    reductions = _eliminated(start, parameter, real)
    bounds = bounds_on(parameter, model)
    if reductions is None or bounds is None or reductions[-1].shape is None:
        return None
    *others, last = reductions
    nowhere = [c for r in others for c in _exceptions(r, real)]
    if None in nowhere:
        return None
    beyond = _zero(last.upper, Sign.NONPOSITIVE) if last.upper.value == sp.oo else None
    left = (*(c for c in nowhere if c is not None), *((beyond,) if beyond else ()))
    change = sealed(sp.expand, _after(last.log_likelihood, parameter) - last.log_likelihood)
    given = tuple(replace(c, relation=NEGATED[c.relation], meaning=_opposite(c)) for c in left)
    locator = Neighbours(parameter, change, bounds)
    estimators = {r.parameter: r.root for r in others if r.root is not None}
    generic = Case(given, Existence.ATTAINED, Proof.GLOBAL, "interior", _back(estimators), locator=locator)
    paths = tuple(_path(c, reductions) for c in left)
    argument = ProfiledIntegers(parameter, change, len(others), bounds)
    return Findings(
        tuple(reductions), (), last.log_likelihood, (generic, *paths), start, centred, within=real, argument=argument
    )


def _after(expr: Expr, parameter: Symbol) -> Expr:
    return expr.xreplace({parameter: parameter + 1})


def _eliminated(start: Expr, parameter: Symbol, model: Specification) -> list[Reduction] | None:
    """The others one after another in closed form, then N."""
    remaining = [p for p in model.parameters if p != parameter]
    found: list[Reduction] = []
    current = start
    while remaining:
        reduction = next_reduction(current, remaining, model, (), not found)
        if reduction is None or reduction.shape is None or reduction.root is None:
            return None
        found.append(reduction)
        remaining.remove(reduction.parameter)
        current = profile(reduction.log_likelihood, reduction.parameter, reduction.root, [*remaining, parameter], model)
    last = reduce_parameter(current, parameter, model, (), direct=False)
    return None if last is None else [*found, last]


def _exceptions(reduction: Reduction, model: Specification) -> Iterator[Condition | None]:
    """The data for which the maximiser over this parameter is at an end, whatever the rest is; None where they are not known.

    "Every xᵢ = N" is no such end: it is met for one N alone, where the maximum found is then held against the space.
    """
    for end, wanted, weak in (
        (reduction.lower, Sign.POSITIVE, Sign.NONNEGATIVE),
        (reduction.upper, Sign.NEGATIVE, Sign.NONPOSITIVE),
    ):
        if end.sign is not None and end.sign.sign is wanted:
            continue
        zero = _zero(end, weak)
        if zero is not None and not is_about_data(zero, model):
            continue
        yield None if zero is None or end.closed else zero


def _zero(end: End, weak: Sign) -> Condition | None:
    return end.sign.zero if end.sign is not None and end.sign.sign is weak else None


def _opposite(condition: Condition) -> str:
    return {"every": "not every", "equal": "not equal"}.get(condition.meaning, "")


def _path(condition: Condition, reductions: Sequence[Reduction]) -> Case:
    """The likelihood runs to an end that the space leaves out."""
    for reduction in reductions:
        for end in (reduction.lower, reduction.upper):
            if end.sign is not None and end.sign.zero == condition:
                path = ((reduction.parameter, end.value, end.side),)
                return Case((condition,), Existence.NOT_ATTAINED, Proof.GLOBAL, "path", path=path)
    raise ValueError(f"{condition} belongs to no end")


def _back(estimators: dict[Symbol, Expr]) -> dict[Symbol, Expr]:
    """Later ones put into earlier ones; N stays."""
    found: dict[Symbol, Expr] = {}
    for parameter, value in reversed(estimators.items()):
        found[parameter] = value.xreplace(found)
    return {p: found[p] for p in estimators}
