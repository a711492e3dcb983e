"""From the shape of a log-likelihood with corners to the cases of the data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sympy import Symbol

from symbolic_mle.algebra.corners import has_corner
from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.algebra.sample import OrderStatistic
from symbolic_mle.locating.candidates import Best
from symbolic_mle.locating.kinked import Kinked
from symbolic_mle.locating.peak import Peak
from symbolic_mle.locating.profiled import Profiled
from symbolic_mle.locating.vertices import Vertices
from symbolic_mle.locating.whole import WholePeak
from symbolic_mle.records import Case, Existence, Locator, Proof, Specification, Step
from symbolic_mle.stages.corners.others import put_in, with_known, without_others
from symbolic_mle.stages.corners.planes import on_planes
from symbolic_mle.stages.corners.quantile import Quantile, closed_range, middle, quantile_of
from symbolic_mle.stages.corners.shape import Shape, shape_of, tails_fall
from symbolic_mle.stages.corners.taking_apart import take_apart
from symbolic_mle.stages.likelihood import Likelihood
from symbolic_mle.stages.solution.cases import Findings


@dataclass(frozen=True, slots=True)
class Corners:
    """The facts of a maximum among corners: ``quantile`` where it is one, ``rest`` the findings for the other parameters."""

    kinked: Kinked
    shape: Shape
    cases: tuple[Case, ...]
    quantile: Quantile | None = None
    rest: Findings | None = None
    kind: str = "corners"
    regular: bool = False

    @property
    def parameter(self) -> Symbol:
        return self.kinked.parameter

    def steps(self) -> Iterator[Step]:
        """The formulas, where there are any for all parameters."""
        for case in self.cases:
            if case.existence is Existence.ATTAINED and case.locator is None:
                for parameter, value in case.estimators.items():
                    yield Step("result", "maximum", value, parameter, parameter=parameter, conditions=case.conditions)


@dataclass(frozen=True, slots=True)
class Planes:
    """The facts of a maximum among corners on planes: what is searched, and the findings for the other parameters."""

    search: Vertices
    cases: tuple[Case, ...]
    rest: Findings | None = None
    kind: str = "planes"
    regular: bool = False

    def steps(self) -> Iterator[Step]:
        """Nothing is claimed of all data but the theorem."""
        return iter(())


def attempt(likelihood: Likelihood, model: Specification) -> Findings | None:
    """The maximum of a likelihood that has corners or jumps in one parameter."""
    cornered = tuple(p for p in model.parameters if has_corner(model.density, p))
    if not cornered or model.restrictions or model.points:
        return None
    whole = [p for p, i in model.parameters.items() if i.integer]
    if whole and (whole != list(cornered) or len(whole) > 1):
        return None
    if any(i.free_symbols & set(model.parameters) for i in model.parameters.values()):
        return None
    argument = _in_one(cornered[0], model) if len(cornered) == 1 else _in_several(cornered, model)
    if argument is None:
        return None
    return Findings((), (), likelihood.log_likelihood, argument.cases, likelihood.log_likelihood, argument=argument)


def _in_several(locations: tuple[Symbol, ...], model: Specification) -> Planes | None:
    """Corners on planes; the other parameters as in the model in which the locations are known."""
    search = on_planes(model, locations)
    if search is None:
        return None
    if len(locations) == len(model.parameters):
        return Planes(search, (_located(search, counted=False),))
    rest = with_known(locations, model)
    if rest is None:
        return None
    case = replace(_located(Profiled(search, rest.cases), counted=False), estimators=rest.cases[0].estimators)
    return Planes(search, (case,), rest)


def _in_one(parameter: Symbol, model: Specification) -> Corners | None:
    shaped = [(k, shape) for k in take_apart(model, parameter) if (shape := shape_of(k, model)) is not None]
    if not shaped:
        return None
    kinked, shape = next((pair for pair in shaped if pair[1] is Shape.CONCAVE), shaped[0])
    return _alone(kinked, shape, model) if len(model.parameters) == 1 else _with_others(kinked, shape, model)


def _alone(kinked: Kinked, shape: Shape, model: Specification) -> Corners | None:
    if model.parameters[kinked.parameter].integer:
        return _whole(kinked, model) if shape is Shape.CONCAVE else None
    if shape is not Shape.CONCAVE:
        convex = shape is Shape.CONVEX_CELLS
        return Corners(kinked, shape, (_located(Best(kinked, convex, tails_fall(kinked, model)), counted=convex),))
    quantile = quantile_of(kinked, model)
    interval = None if quantile is None else closed_range(quantile, kinked, model)
    if quantile is None or interval is None:
        return Corners(kinked, shape, (_located(Peak(kinked), counted=is_polygonal(kinked)),), quantile)
    if not quantile.is_median:  # ⌈nτ⌉ in doubles can be one off, so the formula is told and the search decides
        case = replace(_located(Peak(kinked), counted=True), estimators={kinked.parameter: middle(interval)})
        return Corners(kinked, shape, (case,), quantile)
    return Corners(kinked, shape, (_ranged(kinked.parameter, interval),), quantile)


def _whole(kinked: Kinked, model: Specification) -> Corners:
    """Whole numbers next to the maximisers on the line; of whole observations a quantile is one."""
    quantile, case = quantile_of(kinked, model), _located(WholePeak(kinked), counted=is_polygonal(kinked))
    if quantile is not None and quantile.quantity.is_integer and kinked.space.is_real_line:
        lowest = OrderStatistic(quantile.quantity, model.observed, quantile.ranks(model.size)[0])
        case = replace(case, estimators={kinked.parameter: lowest})
    return Corners(kinked, Shape.CONCAVE, (case,), quantile)


def _located(locator: Locator, counted: bool) -> Case:
    return Case((), Existence.ATTAINED, Proof.GLOBAL, "interior", locator=locator, counted=counted)


def _ranged(parameter: Symbol, interval: Interval) -> Case:
    """The middle of the maximisers, and all of them."""
    return Case(
        (), Existence.ATTAINED, Proof.GLOBAL, "interior", {parameter: middle(interval)}, ranges={parameter: interval}
    )


def is_polygonal(kinked: Kinked) -> bool:
    """Is ℓ linear between the knots?"""
    pieces = (kinked.smooth, *(p for b in kinked.broken for p in b.pieces if p.is_finite is not False))
    return not any(p.diff(kinked.scale).has(kinked.scale) for p in pieces)


def _with_others(kinked: Kinked, shape: Shape, model: Specification) -> Corners | None:
    """The location first, then the other parameters with the location in its place."""
    alone = without_others(kinked, model) if shape is Shape.CONCAVE else None
    if alone is None:
        return None
    parameter = kinked.parameter
    rest = with_known((parameter,), model)
    found = _alone(alone, shape, model)
    if rest is None or found is None:
        return None
    (first,) = found.cases
    if first.ranges:
        interval = first.ranges[parameter]
        cases = tuple(put_in(c, parameter, interval.lower, model) for c in rest.cases)
        cases = tuple(_joined(first, c) if c.existence is Existence.ATTAINED else c for c in cases)
    else:
        assert isinstance(first.locator, (Peak, WholePeak))
        locator = Profiled(first.locator, rest.cases)
        cases = (replace(first, locator=locator, estimators={**first.estimators, **rest.cases[0].estimators}),)
    return replace(found, kinked=kinked, quantile=found.quantile and quantile_of(kinked, model), cases=cases, rest=rest)


def _joined(first: Case, second: Case) -> Case:
    return replace(second, estimators={**first.estimators, **second.estimators}, ranges=first.ranges)
