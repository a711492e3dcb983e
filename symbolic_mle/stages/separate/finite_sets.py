"""A parameter with finitely many values: the largest of finitely many likelihoods.

With one statistic, ℓ(θ) = c(θ)·S + n·a(θ) + terms free of θ, each value of θ is a straight line in S/n. Which line is the
highest is told by thresholds: a value whose line is nowhere the highest never maximises, and neighbours tie at their threshold.
Otherwise the differences ℓ(θⱼ) − ℓ(θₖ) decide, and on given data their signs, zero included, are exact.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import sympy as sp
from sympy import Dummy, Expr, Symbol

from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.algebra.signs import Sign
from symbolic_mle.locating.finite_set import FiniteSet
from symbolic_mle.records import Case, Condition, Existence, Proof, Specification, Step
from symbolic_mle.stages.likelihood import Likelihood
from symbolic_mle.stages.sample_signs import find_sign
from symbolic_mle.stages.solution.cases import Findings

FEW = 6  # values up to which every pair is compared in a condition
DIGITS = 50


@dataclass(frozen=True, slots=True)
class Line:
    """ℓ(θ) = slope·S + n·level, for a value of θ (several values may have the same line)."""

    points: tuple[Expr, ...]
    slope: Expr
    level: Expr


@dataclass(frozen=True, slots=True)
class FinitelyMany:
    """The values, and where they are lines in one statistic: those that are the highest somewhere, and the thresholds of S/n."""

    parameter: Symbol
    points: tuple[Expr, ...]
    statistic: DataSum | None
    lines: tuple[Line, ...]
    thresholds: tuple[Expr, ...]
    cases: tuple[Case, ...]
    kind: str = "finitely many"
    regular: bool = False

    def steps(self) -> Iterator[Step]:
        """The value of each case, tested against the others; a sample at a tie is not drawn by chance."""
        for case in self.cases:
            if any(c.relation == "=" for c in case.conditions):
                continue
            for p, value in case.estimators.items():
                yield Step("result", "maximum", value, p, parameter=p, conditions=case.conditions)


def among_points(likelihood: Likelihood, model: Specification) -> Findings:
    """The maximum over the listed values of the only parameter."""
    (parameter,) = model.parameters
    points = _in_order(model.points[parameter])
    lines = _lines(likelihood, points, model) if _is_positive_at(points, model) else None
    if lines is not None:
        statistic, found = lines
        highest, thresholds = _highest(found)
        cases = tuple(_by_thresholds(parameter, statistic, highest, thresholds, model))
        argument = FinitelyMany(parameter, points, statistic, highest, thresholds, cases)
    else:
        cases = tuple(_by_differences(parameter, points, likelihood, model))
        argument = FinitelyMany(parameter, points, None, (), (), cases)
    return Findings((), (), sp.Integer(0), cases, argument=argument)


def _in_order(points: Sequence[Expr]) -> tuple[Expr, ...]:
    numbers = all(p.is_number for p in points)
    return tuple(sorted(points, key=lambda p: p.evalf(DIGITS))) if numbers else tuple(points)


def _is_positive_at(points: Sequence[Expr], model: Specification) -> bool:
    """Is every observation possible under every value?"""
    if model.support.free_symbols & set(model.parameters):
        return False
    (parameter,) = model.parameters
    region = {**model.inner_support, **model.known}
    for point in points:
        density = model.density.xreplace({parameter: point})
        if density.has(sp.zoo, sp.nan, sp.oo):
            return False
        found = find_sign(density, region)
        if found is None or found.sign is not Sign.POSITIVE:
            return False
    return True


# ------------------------------------------------------------------ lines in one statistic


def _lines(likelihood: Likelihood, points: Sequence[Expr], model: Specification) -> tuple[DataSum, list[Line]] | None:
    """ℓ at each value as a line in the only statistic; None where there is another, or a value that is no number."""
    sums = likelihood.log_likelihood.atoms(DataSum)
    if likelihood.mixed or len(sums) != 1 or not all(p.is_number for p in points):
        return None
    (parameter,), (total,) = model.parameters, sums
    slot = Dummy("S")
    replaced = sp.expand(likelihood.log_likelihood.xreplace({total: slot}))
    slope = replaced.coeff(slot, 1)
    level = sp.expand((replaced - slope * slot) / model.size)
    if slope.has(slot) or level.has(slot, model.size, *model.known) or slope.has(*model.known, model.size):
        return None
    lines: dict[tuple[Expr, Expr], list[Expr]] = {}
    for point in points:
        key = tuple(short_number(e.xreplace({parameter: point})) for e in (slope, level))
        lines.setdefault(key, []).append(point)
    return total, [Line(tuple(values), *key) for key, values in lines.items()]


def short_number(value: Expr) -> Expr:
    """A constant in a short form: log(3/2)/log 3."""
    expanded = sp.expand_log(sp.expand(value), force=True)
    above, below = sp.fraction(sp.together(expanded))
    forms = (value, expanded, sp.factor_terms(expanded), sp.logcombine(sp.expand(above), force=True) / below)
    return min(forms, key=lambda e: (e.count_ops(), len(str(e))))


def _highest(lines: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[Expr, ...]]:
    """The upper envelope of the lines, from the smallest slope to the largest, and where neighbours in it meet."""
    ordered = sorted(lines, key=lambda f: (f.slope.evalf(DIGITS), f.level.evalf(DIGITS)))
    kept: list[Line] = []
    for line in ordered:
        if kept and _is_zero(kept[-1].slope - line.slope):
            kept.pop()  # the same slope and a lower level
        while len(kept) >= 2 and _number(_meeting(kept[-2], kept[-1]) - _meeting(kept[-1], line)) > _TINY:
            kept.pop()
        kept.append(line)
    return tuple(kept), tuple(short_number(_meeting(a, b)) for a, b in pairwise(kept))


_TINY = sp.Float(10, DIGITS) ** (10 - DIGITS)


def _meeting(first: Line, second: Line) -> Expr:
    """S/n at which two lines meet."""
    return (first.level - second.level) / (second.slope - first.slope)


def _number(value: Expr) -> Expr:
    return sp.sympify(value).evalf(DIGITS)


def _is_zero(value: Expr) -> bool:
    return bool(abs(_number(value)) < _TINY)


def _by_thresholds(
    parameter: Symbol, statistic: DataSum, lines: Sequence[Line], thresholds: Sequence[Expr], model: Specification
) -> Iterator[Case]:
    """A case for the data between two thresholds, then one for the data at each."""
    at = [statistic - model.size * t for t in thresholds]
    for k, line in enumerate(lines):
        above = (Condition(at[k - 1], ">"),) if k else ()
        below = (Condition(at[k], "<"),) if k < len(at) else ()
        yield _case((*above, *below), parameter, line.points)
    for k, value in enumerate(at):
        same = [p for j, line in enumerate(lines) if _is_zero(_height(line, thresholds[k]) - _height(lines[k], thresholds[k]))
                for p in lines[j].points]  # fmt: skip
        yield _case((Condition(value, "="),), parameter, same)


def _height(line: Line, place: Expr) -> Expr:
    return line.slope * place + line.level


def _case(conditions: tuple[Condition, ...], parameter: Symbol, points: Sequence[Expr]) -> Case:
    first, *others = points
    tied = tuple({parameter: p} for p in others)
    return Case(conditions, Existence.ATTAINED, Proof.GLOBAL, "interior", {parameter: first}, others=tied)


# ------------------------------------------------------------------ any other likelihood


def _by_differences(
    parameter: Symbol, points: Sequence[Expr], likelihood: Likelihood, model: Specification
) -> Iterator[Case]:
    """A case for each value whose likelihood is larger than all others, and one for ties."""
    compared = Case((), Existence.ATTAINED, Proof.GLOBAL, "interior", locator=FiniteSet(parameter, tuple(points)))
    if len(points) > FEW or not _is_positive_at(points, model):
        yield compared
        return
    heights = [likelihood.log_likelihood.xreplace({parameter: p}) for p in points]
    for j, point in enumerate(points):
        larger = tuple(Condition(sp.expand(heights[j] - h), ">") for k, h in enumerate(heights) if k != j)
        if all(c.statistic != 0 for c in larger):
            yield _case(larger, parameter, [point])
    yield compared
