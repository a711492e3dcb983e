"""One parameter at a time: score, equation, root, shape and ends are what they say, on grids and samples."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pytest
from scipy.optimize import brentq
from sympy import Expr, Symbol

from symbolic_mle import Derivation, Model, derive
from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.algebra.numeric import compile_expression
from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.algebra.signs import Sign
from symbolic_mle.records import Existence, Proof, Specification
from symbolic_mle.stages.likelihood import build_likelihood
from symbolic_mle.stages.solution.ends import End
from symbolic_mle.stages.solution.single import Reduction, parted_in, reduce_parameter
from tests.derivations import CATALOGUE, derivation

ONE = (
    "poisson", "bernoulli", "exponential", "lindley", "borel", "half-logistic", "negative-binomial", "logarithmic",
    "truncated-exponential", "von-mises", "topp-leone", "pareto", "rayleigh", "zeta", "normal-equal-mean-variance",
    "student-t-scale", "poisson-truncated",
)  # fmt: skip
TWO = ("normal", "gamma", "weibull", "gumbel", "inverse-gaussian")
PLACES = [(name, 0) for name in ONE] + [(name, k) for name in TWO for k in (0, 1)]  # model, number of the reduction
Function = Callable[[float], float]
Place = tuple[str, int]


def reduction_of(place: Place) -> Reduction:
    name, k = place
    return derivation(name).findings.reductions[k]


def along(expr: Expr, d: Derivation, parameter: Symbol, values: Mapping[str, float], data: object) -> Function:
    """θ → the expression, the other symbols and the data held fixed."""
    model = d.model
    names = (*model.parameters, *model.known)
    evaluate = compile_expression(expr, names, model.observed, model.size).on({model.observed[0]: data})
    fixed = {s: values[s.name] for s in names}
    return lambda value: evaluate({**fixed, parameter: value})


def on(place: Place, expr: Expr, data: object = None) -> Function:
    family, reduction = CATALOGUE[place[0]], reduction_of(place)
    sample = np.asarray(family.sample if data is None else data, dtype=float)
    return along(expr, derivation(place[0]), reduction.parameter, dict(family.example), sample)


def grid(interval: Interval) -> np.ndarray:
    low, high = float(interval.lower), float(interval.upper)
    if np.isfinite(low) and np.isfinite(high):
        return low + (high - low) * np.linspace(0.02, 0.98, 30)
    return low + np.geomspace(0.06, 25, 30) if np.isfinite(low) else np.linspace(-6, 6, 30)


every_reduction = pytest.mark.parametrize("place", PLACES, ids=lambda p: f"{p[0]}-{p[1]}")


@every_reduction
def test_the_score_is_the_slope_of_the_log_likelihood(place: Place) -> None:
    reduction = reduction_of(place)
    height, slope = on(place, reduction.log_likelihood), on(place, reduction.score)
    for value in grid(reduction.interval)[3:-3:4]:
        step = 1e-5 * min(1.0, abs(value) + 0.01)
        numeric = (height(value + step) - height(value - step)) / (2 * step)
        assert slope(value) == pytest.approx(numeric, rel=2e-4, abs=2e-4)


@every_reduction
def test_the_equation_is_a_positive_multiple_of_the_score(place: Place) -> None:
    reduction = reduction_of(place)
    if reduction.equation is None:
        pytest.skip("the score has no denominator of known sign")
    numerator, multiplier = on(place, reduction.equation.numerator), on(place, reduction.equation.multiplier)
    slope = on(place, reduction.score)
    for value in grid(reduction.interval):
        assert multiplier(value) > 0
        assert numerator(value) == pytest.approx(multiplier(value) * slope(value), rel=1e-9, abs=1e-9)


@every_reduction
def test_the_shape_is_strictly_decreasing_and_a_positive_multiple_of_the_score(place: Place) -> None:
    reduction = reduction_of(place)
    shape = reduction.shape
    if shape is None:
        pytest.skip("no shape is claimed")
    function, multiplier = on(place, shape.function), on(place, shape.multiplier)
    slope, points = on(place, reduction.score), grid(reduction.interval)
    values = np.array([function(v) for v in points])
    assert np.isfinite(values).all()
    assert (np.diff(values) < 0).all()
    for point, value in zip(points, values, strict=True):
        assert multiplier(point) > 0
        assert value == pytest.approx(multiplier(point) * slope(point), rel=1e-8, abs=1e-8)


@every_reduction
def test_the_derivative_of_the_shape_is_its_slope_and_not_positive(place: Place) -> None:
    reduction = reduction_of(place)
    shape = reduction.shape
    if shape is None or shape.derivative is None:
        pytest.skip("the shape is not proved by its derivative")
    function, derivative = on(place, shape.function), on(place, shape.derivative)
    for value in grid(reduction.interval)[2:-2:3]:
        step = 1e-5 * min(1.0, abs(value) + 0.01)
        numeric = (function(value + step) - function(value - step)) / (2 * step)
        assert derivative(value) <= 0
        assert derivative(value) == pytest.approx(numeric, rel=1e-3, abs=1e-3)
    if shape.second is not None:
        assert all(on(place, shape.second)(v) <= 0 for v in grid(reduction.interval))


@every_reduction
def test_the_score_changes_from_plus_to_minus_at_the_root(place: Place) -> None:
    reduction = reduction_of(place)
    for root in (reduction.root, reduction.explicit):
        if root is None:
            continue
        value, slope = on(place, root)(np.nan), on(place, reduction.score)
        scale = max(abs(slope(v)) for v in grid(reduction.interval)[5:-5])
        assert abs(slope(value)) <= 1e-7 * scale
        assert slope(value - 1e-3 * (abs(value) + 0.1)) > 0 > slope(value + 1e-3 * (abs(value) + 0.1))


@every_reduction
def test_every_line_of_the_solution_holds_at_the_root(place: Place) -> None:
    reduction = reduction_of(place)
    if reduction.root is None:
        assert reduction.lines == ()
        return
    value = on(place, reduction.root)(np.nan)
    assert reduction.lines[-1][0] == reduction.parameter
    assert reduction.lines[-1][1] == reduction.root
    for left, right, _ in reduction.lines:
        assert on(place, left)(value) == pytest.approx(on(place, right)(value), rel=1e-8, abs=1e-7)


def near(end: End, steps: tuple[float, ...]) -> list[float]:
    value = float(end.value)
    if np.isinf(value):
        return [np.sign(value) / s for s in steps]
    return [value + (s if end.side == "+" else -s) for s in steps]


@every_reduction
def test_the_shape_runs_to_its_limits(place: Place) -> None:
    reduction = reduction_of(place)
    for end in (reduction.lower, reduction.upper):
        if end.limit is None or reduction.shape is None:
            continue
        function, limit = on(place, reduction.shape.function), on(place, end.limit)(np.nan)
        values = [function(v) for v in near(end, (1e-2, 1e-3, 1e-4))]
        if np.isfinite(limit):
            assert abs(values[2] - limit) <= abs(values[0] - limit) + 1e-6
            assert values[2] == pytest.approx(limit, rel=0.02, abs=0.02)
        else:
            assert values[2] * np.sign(limit) > values[0] * np.sign(limit)
            assert values[2] * limit > 0


@every_reduction
def test_the_signs_at_the_ends_hold_for_samples(place: Place) -> None:
    reduction, family = reduction_of(place), CATALOGUE[place[0]]
    random = np.random.default_rng(5)
    samples = [random.choice(family.sample, size=size) for size in (1, 2, 3, 7)] + [[s, s] for s in family.sample]
    for end in (reduction.lower, reduction.upper):
        if end.sign is None or end.limit is None:
            continue
        low, high = end.sign.sign.value
        values = [on(place, end.limit, sample)(np.nan) for sample in samples]
        assert all(v >= -1e-9 for v in values) or low < 0
        assert all(v <= 1e-9 for v in values) or high > 0
        assert all(v > 0 for v in values) or end.sign.sign is not Sign.POSITIVE
        assert all(v < 0 for v in values) or end.sign.sign is not Sign.NEGATIVE


def normal_mean(space: str) -> Derivation:
    return derive(Model.parse("e^(-(x - mu)^2/2)/sqrt(2 pi)", "x", {"mu": space}))


class TestTheTheorem:
    """lim M > 0 at a and lim M < 0 at b: inside; lim M ≤ 0 at a: the lower end; lim M ≥ 0 at b: the upper end."""

    @pytest.mark.parametrize(
        ("data", "expected"), [([0.25, 0.5], 0.375), ([-1.0, 0.5], 0.0), ([0.5, 3.0], 1.0), ([0.0, 0.0], 0.0), ([1.0], 1.0)]
    )  # fmt: skip
    def test_on_a_closed_interval_the_maximum_is_the_clipped_mean(self, data: list[float], expected: float) -> None:
        estimate = normal_mean("0 <= mu, mu <= 1").estimate(data)
        assert estimate.values == {"mu": expected}
        assert estimate.proof is Proof.GLOBAL

    @pytest.mark.parametrize(
        ("data", "there"), [([0.25, 0.5], True), ([-1.0, 0.5], False), ([0.5, 3.0], False), ([0.0], False), ([1.0], False)]
    )  # fmt: skip
    def test_on_an_open_interval_there_may_be_none(self, data: list[float], there: bool) -> None:
        estimate = normal_mean("0 < mu, mu < 1").estimate(data)
        assert estimate.existence is (Existence.ATTAINED if there else Existence.NOT_ATTAINED)

    def test_without_a_decreasing_multiple_nothing_is_claimed(self) -> None:
        """The Cauchy likelihood has several peaks."""
        (reduction,) = derivation("cauchy-location").findings.reductions
        assert reduction.shape is None
        assert reduction.lower.sign is None
        assert reduction.upper.sign is None
        assert derivation("cauchy-location").proof is not Proof.GLOBAL

    def test_a_rate_that_rises_without_end(self) -> None:
        d = derive(Model.parse("t e^(-t x)", "x", {"t": "t > 0"}, "x >= 0"))
        assert d.estimate([0.0, 0.0]).existence is Existence.UNBOUNDED
        assert d.estimate([0.0, 1.0]).values == {"t": 2.0}


class TestParts:
    """What is asked of a reduction."""

    def specification(self, name: str) -> Specification:
        return Model.named(name).specification

    def test_closed_only_refuses_a_root_without_a_formula(self) -> None:
        model = self.specification("gamma-shape")
        (k,) = model.parameters
        likelihood = build_likelihood(model).log_likelihood
        assert reduce_parameter(likelihood, k, model, closed_only=True) is None
        found = reduce_parameter(likelihood, k, model)
        assert found is not None
        assert found.root is None

    def test_sums_are_parted_in_one_parameter(self) -> None:
        """Σ e^(−(xᵢ − μ)/b) = e^(μ/b) Σ e^(−xᵢ/b)."""
        model = self.specification("gumbel")
        mu, b = model.parameters
        before = build_likelihood(model).log_likelihood
        after = parted_in(before, mu, model)
        assert any(total.has(mu) for total in before.atoms(DataSum))
        assert not any(total.has(mu) for total in after.atoms(DataSum))
        for values in ({mu: 0.3, b: 1.2}, {mu: -1.0, b: 0.4}):
            sample = {model.observed[0]: np.array([0.1, -0.4, 2.0])}
            numbers = [
                compile_expression(e, (mu, b), model.observed, model.size)(values, sample) for e in (before, after)
            ]
            assert numbers[0] == pytest.approx(numbers[1], rel=1e-12)

    def test_an_explicit_root_is_the_numeric_one(self) -> None:
        """λ / (1 − e^(−λ)) = x̄, solved by Lambert's W and by bisection."""
        place = ("poisson-truncated", 0)
        reduction = reduction_of(place)
        assert reduction.explicit is not None
        assert reduction.shape is not None
        for data in ([1, 2], [5, 1, 1, 1, 1], [40, 60, 55]):
            numeric = brentq(on(place, reduction.shape.function, data), 1e-6, 100.0, xtol=1e-13)
            assert on(place, reduction.explicit, data)(np.nan) == pytest.approx(numeric, rel=1e-9)
