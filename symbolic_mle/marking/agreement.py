"""Do two objects agree? An object with its formula, two sides of an equation, an inequality: tested on the bench.

Every test answers True, False, or None where the values cannot be computed at enough places.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import cycle
from typing import Any

import mpmath

from symbolic_mle.algebra.numeric import NotNumeric
from symbolic_mle.marking.bench import Place, at_all
from symbolic_mle.marking.desk import Desk
from symbolic_mle.marking.evaluation import evaluate, holds
from symbolic_mle.marking.functions import NoValueError
from symbolic_mle.marking.labels import Kind, Label
from symbolic_mle.marking.reading_claims import hat, names_in
from symbolic_mle.marking.search import search
from symbolic_mle.reading import syntax
from symbolic_mle.reading.syntax import Node

EXACT = mpmath.mpf("1e-17")  # relative difference in 30 digits that counts as none
PROFILED = 1e-5  # relative error of a profile that was found by search
Values = Mapping[str, Any]
Valued = Callable[[Place, Values], Any]


def valued(node: Node, desk: Desk) -> Valued:
    """A tree as a function of place and parameter values."""
    return lambda place, values: evaluate(node, desk.bench.point(place, values, desk.definitions))


def formula_fits(
    label: Label, node: Node, desk: Desk, shift: Valued | None = None, profile: bool = True
) -> bool | None:
    """Is the formula the object that the label names, up to what may be dropped? ``shift`` is added to the formula first.

    Parameters that the label's arguments leave out, or that the formula does not contain, may stand at their maximum.
    """
    fixed = fixed_parameters(label, node, desk)
    found = _fits(label, node, desk, fixed, shift)
    absent = frozenset(desk.vocabulary.parameters) - names_in_all(node, desk) - set(label.by)
    if found is False and absent and not absent <= fixed:
        found = _fits(label, node, desk, fixed | absent, shift)
    if found is False and absent and profile and shift is None and label.kind is Kind.LOG_LIKELIHOOD:
        found = _fits_profile(label, node, desk, absent) if len(label.by) < 2 else None
    return found


def _fits_profile(label: Label, node: Node, desk: Desk, absent: frozenset[str]) -> bool | None:
    """Is it the profile log-likelihood (or its derivative), the absent parameters at their best for each value of the others?"""
    points = {place: tuple(_profiled(place, absent, desk)) for place in desk.bench.places}
    if not all(points.values()):
        return None
    profiled = replace(desk, bench=replace(desk.bench, places=tuple(replace(p, others=o) for p, o in points.items())))
    return _fits(label, node, profiled, frozenset(), None, PROFILED)


def _profiled(place: Place, absent: frozenset[str], desk: Desk) -> Iterator[Values]:
    truth = desk.bench.truth
    symbols = {p.name: p for p in truth.likelihood.model.parameters}
    for values in place.others[:3]:
        held = {symbols[n]: float(v) for n, v in values.items() if n not in absent}
        start = {symbols[n]: float(place.maximiser[n]) for n in absent}
        peak = search(truth.likelihood, place.trial.sample, place.trial.known, [start], fixed=held)
        if peak is None or not peak.settled:
            return
        yield {**values, **{n: truth.context.mpf(repr(float(peak.point[symbols[n]]))) for n in absent}}


def names_in_all(node: Node, desk: Desk) -> set[str]:
    """The names that occur, in definitions too."""
    found = names_in(node)
    for name in list(found):
        if name in desk.definitions:
            found |= names_in(desk.definitions[name].body)
    return found


def fixed_parameters(label: Label, node: Node, desk: Desk) -> frozenset[str]:
    """The parameters that stand at their maximum: ℓ(x̄, σ²), ℓ″(λ̂), or a formula with hats alone."""
    names = names_in_all(node, desk)
    hatted = {p for p in desk.vocabulary.parameters if hat(p) in names and p not in names}
    if not label.arguments:
        return frozenset(hatted)
    read = desk.labels
    free = {read.parameter(a) for a in label.arguments}
    if all(read.parameter(a) is None or a.endswith("_hat") for a in label.arguments) and len(label.arguments) == len(
        desk.vocabulary.parameters
    ):
        return frozenset(desk.vocabulary.parameters)
    if len(label.arguments) == len(desk.vocabulary.parameters):
        return frozenset({p for p in desk.vocabulary.parameters if p not in free} | hatted)
    return frozenset(hatted)


def parameter_points(place: Place, fixed: frozenset[str], desk: Desk) -> Iterator[Values]:
    """The parameter values to test at."""
    if fixed >= set(desk.vocabulary.parameters):
        yield place.maximiser
        return
    for values in place.others:
        yield {**values, **{p: place.maximiser[p] for p in fixed}}


def _fits(
    label: Label, node: Node, desk: Desk, fixed: frozenset[str], shift: Valued | None, error: Any = 0
) -> bool | None:
    if label.kind is Kind.DENSITY:
        return at_all(desk.bench.places, lambda place: _density_fits(node, place, desk))
    formula = valued(node, desk)
    loose = not label.by or label.kind is Kind.LIKELIHOOD
    slack = error or (desk.bench.tolerance * 10 if fixed else EXACT * 1e3)

    def at(place: Place) -> bool | None:
        differences: list[Any] = []
        for values in parameter_points(place, fixed, desk):
            try:
                own = formula(place, values) + (shift(place, values) if shift else 0)
                differences.append(_difference(label, own, place, values, desk))
            except (NoValueError, NotNumeric, ZeroDivisionError):
                continue
        if any(d is None for d in differences):
            return False
        if loose:
            if len(differences) < 2:
                return None
            scale = 1 + max(abs(d[1]) for d in differences)
            return bool(max(d[0] for d in differences) - min(d[0] for d in differences) <= slack * scale)
        if not differences:
            return None
        return all(abs(gap) <= slack * scale for gap, scale in differences)

    return at_all(desk.bench.places, at)


def _difference(label: Label, own: Any, place: Place, values: Values, desk: Desk) -> tuple[Any, Any] | None:
    """What must not depend on the parameters (for L and log L), or be zero (for derivatives); None where it can be neither."""
    bench = desk.bench
    true = bench.true_value(label, place, values)
    if mpmath.isnan(true):
        raise NoValueError("the density has no value")
    if label.kind is Kind.LOG_LIKELIHOOD:
        return own - true, abs(own) + abs(true) + (0 if not label.by else mpmath.mpf("1e-12"))
    height = bench.true_value(Label(Kind.LOG_LIKELIHOOD), place, values)
    if not label.by:
        return (mpmath.log(own) - height, abs(height)) if own > 0 else None
    ratio = own / true if true else mpmath.mpf(0)
    return (mpmath.log(ratio) - height, abs(height)) if ratio > 0 else None


def _density_fits(node: Node, place: Place, desk: Desk) -> bool | None:
    """The formula at every observation is the density there."""
    bench = desk.bench
    each = syntax.Aggregate(0, 0, "product", node, "i")
    for values in place.others:
        try:
            own = evaluate(each, bench.point(place, values, desk.definitions))
        except NoValueError:
            return None
        true = mpmath.exp(bench.true_value(Label(Kind.LOG_LIKELIHOOD), place, values))
        if abs(own - true) > EXACT * 1e3 * (abs(own) + abs(true)):
            return False
    return True


def is_identity(left: Valued, right: Valued, desk: Desk) -> bool | None:
    """Are the two sides equal for all parameter values and samples?"""

    def at(place: Place) -> bool | None:
        checked = 0
        for values in place.others:
            try:
                a, b = left(place, values), right(place, values)
            except (NoValueError, ZeroDivisionError):
                continue
            checked += 1
            if abs(a - b) > EXACT * 1e3 * (abs(a) + abs(b)) and abs(a - b) > 1e-25:
                return False
        return True if checked else None

    return at_all(desk.bench.places, at)


def holds_at_maximum(left: Valued, right: Valued, desk: Desk) -> bool | None:
    """Does the maximiser solve the equation? Its residual there is held against that at points nearby."""

    def at(place: Place) -> bool | None:
        try:
            gap = abs(left(place, place.maximiser) - right(place, place.maximiser))
            scale = max(abs(left(place, near) - right(place, near)) for near in _nearby(place))
            size = abs(left(place, place.maximiser)) + abs(right(place, place.maximiser))
        except (NoValueError, ZeroDivisionError):
            return None
        return bool(gap <= desk.bench.tolerance * 100 * max(scale, size * mpmath.mpf("1e-3")))

    return at_all(desk.bench.places, at)


def _nearby(place: Place) -> Iterator[Values]:
    for steps in (("1.05", "0.91", "1.13", "0.97"), ("0.96", "1.08", "0.89", "1.06")):
        factors = cycle(map(mpmath.mpf, steps))
        moved = {p: v * f if v else f - 1 for (p, v), f in zip(place.maximiser.items(), factors, strict=False)}
        yield {**moved, **{hat(p): v for p, v in moved.items()}}


def estimate_fits(parameter: str, node: Node, desk: Desk) -> bool | None:
    """Is the formula the maximiser (or in the interval of them) at every place?"""
    formula = valued(node, desk)

    def at(place: Place) -> bool | None:
        try:
            own = formula(place, place.maximiser)
        except (NoValueError, ZeroDivisionError):
            return None
        if parameter in place.interval:
            low, high = place.interval[parameter]
            return bool(low - 1e-9 * (1 + abs(low)) <= own <= high + 1e-9 * (1 + abs(high)))
        goal = place.maximiser[parameter]
        return bool(abs(own - goal) <= desk.bench.tolerance * (abs(own) + abs(goal)) + mpmath.mpf("1e-14"))

    return at_all(desk.bench.places, at)


@dataclass(frozen=True)
class Holding:
    """Where an inequality holds; None where it cannot be tested."""

    everywhere: bool | None
    at_maximum: bool | None
    nowhere: bool


def inequality(left: Valued, sign: str, right: Valued, desk: Desk) -> Holding:
    """Does left < right hold for all parameter values, and at the maximum?"""

    def test(place: Place, points: Iterator[Values]) -> list[bool]:
        found = []
        for values in points:
            try:
                found.append(_compared(left(place, values), sign, right(place, values)))
            except (NoValueError, ZeroDivisionError):
                continue
        return found

    everywhere = [v for place in desk.bench.places for v in test(place, iter(place.others))]
    at_maximum = [v for place in desk.bench.places for v in test(place, iter([place.maximiser]))]
    return Holding(
        all(everywhere) if everywhere else None,
        all(at_maximum) if at_maximum else None,
        bool(everywhere) and not any(everywhere) and not any(at_maximum),
    )


def _compared(left: Any, sign: str, right: Any) -> bool:
    return {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right, "!=": left != right}[sign]


def label_valued(label: Label, desk: Desk) -> Valued:
    """The true value of an object: log L and its derivatives (L itself by its logarithm is not a value)."""

    def at(place: Place, values: Values) -> Any:
        fixed = fixed_parameters(label, syntax.Number(0, 0, "0"), desk)
        true = desk.bench.true_value(label, place, {**values, **{p: place.maximiser[p] for p in fixed}})
        if mpmath.isnan(true):
            raise NoValueError("no value")
        return true

    return at


__all__ = [
    "estimate_fits",
    "formula_fits",
    "holds",
    "holds_at_maximum",
    "inequality",
    "is_identity",
    "label_valued",
    "valued",
]
