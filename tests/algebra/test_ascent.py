"""Newton's climb against scipy and closed forms; runs to an end of the box."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import special, stats

from symbolic_mle.algebra.ascent import Ascent, Outcome, maximise
from symbolic_mle.algebra.coordinates import Chart, Coordinate

INF = math.inf
POSITIVE, REAL, UNIT = (0, INF), (-INF, INF), (0, 1)


def gamma_climb(data: np.ndarray, start=(1.0, 1.0)) -> Ascent:
    n, total, logs = len(data), data.sum(), np.log(data).sum()

    def value(v):
        return (v[0] - 1) * logs - total / v[1] - n * special.gammaln(v[0]) - n * v[0] * math.log(v[1])

    def gradient(v):
        return [logs - n * special.digamma(v[0]) - n * math.log(v[1]), total / v[1] ** 2 - n * v[0] / v[1]]

    def hessian(v):
        corner = -2 * total / v[1] ** 3 + n * v[0] / v[1] ** 2
        return [[-n * special.polygamma(1, v[0]), -n / v[1]], [-n / v[1], corner]]

    return maximise(value, gradient, hessian, start, [POSITIVE, POSITIVE])


def logistic_climb(design: np.ndarray, answers: np.ndarray) -> Ascent:
    def value(v):
        return float(np.sum(special.log_expit(np.where(answers > 0, 1, -1) * (design @ v))))

    def gradient(v):
        return design.T @ (answers - special.expit(design @ v))

    def hessian(v):
        return -(design.T * (special.expit(design @ v) * special.expit(-design @ v))) @ design

    return maximise(value, gradient, hessian, np.zeros(design.shape[1]), [REAL] * design.shape[1])


@pytest.mark.parametrize(("shape", "scale"), [(2.0, 3.0), (0.05, 1e6), (300.0, 1e-8)])
@pytest.mark.parametrize("start", [(1.0, 1.0), (50.0, 1e-3)])
def test_gamma_agrees_with_scipy(shape: float, scale: float, start: tuple[float, float]) -> None:
    data = np.random.default_rng(1).gamma(shape, scale, 40)
    climb = gamma_climb(data, start)
    expected = stats.gamma.fit(data, floc=0)
    assert climb.outcome is Outcome.CONVERGED and climb.last_step < 1e-10
    np.testing.assert_allclose(climb.point, [expected[0], expected[2]], rtol=1e-8)


def test_no_point_is_claimed_when_the_likelihood_is_unbounded() -> None:
    assert gamma_climb(np.full(3, 2.0)).outcome is not Outcome.CONVERGED


def test_logistic_regression() -> None:
    rng = np.random.default_rng(0)
    design = np.c_[np.ones(60), rng.normal(size=(60, 2))]
    answers = (rng.uniform(size=60) < special.expit(design @ [0.5, 1, -1])).astype(float)
    climb = logistic_climb(design, answers)
    assert climb.outcome is Outcome.CONVERGED
    assert np.max(np.abs(design.T @ (answers - special.expit(design @ climb.point)))) < 1e-12


def test_separated_answers_run_away() -> None:
    rng = np.random.default_rng(0)
    design = np.c_[np.ones(30), rng.normal(size=30)]
    climb = logistic_climb(design, (design[:, 1] > 0.1).astype(float))
    assert climb.outcome is not Outcome.CONVERGED
    climb = logistic_climb(np.ones((30, 1)), np.ones(30))
    assert (climb.outcome, climb.coordinate, climb.end) == (Outcome.DIVERGED, 0, 1)


@pytest.mark.parametrize(("power", "end"), [(3.0, 1), (-3.0, -1)])
def test_a_monotone_function_names_coordinate_and_end(power: float, end: int) -> None:
    climb = maximise(
        lambda v: power * math.log(v[1]) - (v[0] - 2) ** 2,
        lambda v: [-2 * (v[0] - 2), power / v[1]],
        lambda v: [[-2, 0], [0, -power / v[1] ** 2]],
        [0.0, 1.0],
        [REAL, POSITIVE],
    )
    assert (climb.outcome, climb.coordinate, climb.end) == (Outcome.DIVERGED, 1, end)


def test_the_maximum_on_the_edge_of_a_finite_box_is_a_run_to_it() -> None:
    climb = maximise(lambda v: float(v[0]), lambda v: [1.0], lambda v: [[0.0]], [0.5], [UNIT])
    assert (climb.outcome, climb.coordinate, climb.end) == (Outcome.DIVERGED, 0, 1)


def test_proportions() -> None:
    counts = np.array([3.0, 5.0, 2.0])

    def value(v):
        return float(counts[:2] @ np.log(v) + counts[2] * np.log(1 - v.sum()))

    def hessian(v):
        return -np.diag(counts[:2] / v**2) - counts[2] / (1 - v.sum()) ** 2

    climb = maximise(value, lambda v: counts[:2] / v - counts[2] / (1 - v.sum()), hessian, [0.4, 0.1], [UNIT, UNIT])
    assert climb.outcome is Outcome.CONVERGED
    np.testing.assert_allclose(climb.point, [0.3, 0.5], rtol=1e-15)


@pytest.mark.parametrize(("centre", "spread"), [(0.0, 1.0), (1e6, 1e-3), (-1e-9, 1e-12)])
def test_normal_at_any_scale(centre: float, spread: float) -> None:
    data = np.random.default_rng(5).normal(centre, spread, 20)

    def value(v):
        return -20 * math.log(v[1]) - float(np.sum((data - v[0]) ** 2)) / (2 * v[1] ** 2)

    def gradient(v):
        apart = data - v[0]
        return [apart.sum() / v[1] ** 2, -20 / v[1] + (apart**2).sum() / v[1] ** 3]

    def hessian(v):
        apart, cross = data - v[0], -2 * (data - v[0]).sum() / v[1] ** 3
        return [[-20 / v[1] ** 2, cross], [cross, 20 / v[1] ** 2 - 3 * (apart**2).sum() / v[1] ** 4]]

    climb = maximise(value, gradient, hessian, [0.0, 1.0], [REAL, POSITIVE])
    assert climb.outcome is Outcome.CONVERGED
    np.testing.assert_allclose(climb.point, [data.mean(), data.std()], rtol=1e-9, atol=1e-9 * spread)


def test_a_start_where_the_function_is_convex() -> None:
    climb = maximise(
        lambda v: math.exp(-((v[0] - 1) ** 2)),
        lambda v: [-2 * (v[0] - 1) * math.exp(-((v[0] - 1) ** 2))],
        lambda v: [[(4 * (v[0] - 1) ** 2 - 2) * math.exp(-((v[0] - 1) ** 2))]],
        [4.0],
        [REAL],
    )
    assert climb.outcome is Outcome.CONVERGED and climb.point[0] == pytest.approx(1, abs=1e-12)


def test_undefined_at_the_start_is_a_stall() -> None:
    climb = maximise(lambda v: math.nan, lambda v: [math.nan], lambda v: [[math.nan]], [1.0], [REAL])
    assert climb.outcome is Outcome.STALLED


@pytest.mark.parametrize("ends", [REAL, POSITIVE, (-INF, 3.0), (2.0, INF), UNIT, (-5.0, 7.0)])
@pytest.mark.parametrize("u", [-20.0, -1.0, 0.0, 0.5, 15.0])
def test_coordinates_there_and_back(ends: tuple[float, float], u: float) -> None:
    side = Coordinate(*ends)
    point = side.inside(u)
    assert ends[0] < point < ends[1]
    assert side.outside(point) == pytest.approx(u, abs=1e-6)
    step = 1e-4
    first, second = side.slopes(u)
    around = [side.inside(u + d) for d in (-step, 0.0, step)]
    assert first == pytest.approx((around[2] - around[0]) / (2 * step), rel=1e-6, abs=1e-10)
    assert second == pytest.approx((around[2] - 2 * around[1] + around[0]) / step**2, rel=1e-3, abs=1e-6)
    assert Chart.of([ends]).contains(np.array([point]))
