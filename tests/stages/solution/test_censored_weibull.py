"""Right-censored Weibull lifetimes with both parameters unknown: the profile of the shape is concave once there is a failure."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize

from symbolic_mle import Model, derive


@pytest.fixture(scope="module")
def censored():
    return derive(
        Model.parse(
            density="(k/l (t/l)^(k-1))^d exp(-(t/l)^k)", variable="t,d", parameters={"k": "k > 0", "l": "l > 0"},
            support="t > 0, d >= 0, d <= 1", checked=False,
        )
    )  # fmt: skip


def height(k, scale, t, d):
    return np.sum(d * (np.log(k) + (k - 1) * np.log(t) - k * np.log(scale)) - (t / scale) ** k)


@pytest.mark.parametrize("seed", range(6))
def test_the_maximum_is_proved_and_that_of_a_climb(censored, seed):
    random = np.random.default_rng(seed)
    times, limit = 2 * random.weibull(1.7, 12), random.uniform(0.5, 4, 12)
    t, d = np.minimum(times, limit), (times <= limit).astype(float)
    found = censored.estimate(list(zip(t, d, strict=True)))
    climb = minimize(lambda v: -height(*np.exp(v), t, d), [0.0, 0.5], method="Nelder-Mead", options={"xatol": 1e-8})
    assert censored.proof == found.proof == "global"
    assert [found.values["k"], found.values["l"]] == pytest.approx(np.exp(climb.x), rel=1e-4)


def test_without_a_failure_the_scale_grows_for_ever(censored):
    assert censored.estimate([(1.0, 0), (2.0, 0)]).existence == "not attained"


@pytest.mark.parametrize("data", [[(1.5, 1)], [(1.0, 0), (1.5, 1), (1.5, 1)], [(1.5, 0), (1.5, 1)]])
def test_failures_all_at_the_largest_time_have_no_estimate(censored, data):
    assert censored.estimate(data).values is None


@pytest.mark.parametrize("data", [[(1.5, 1), (1.0, 1)], [(1.5, 1), (2.0, 0)]])
def test_one_failure_is_enough_when_somebody_outlives_it(censored, data):
    found = censored.estimate(data)
    t, d = np.array(data).T
    climb = minimize(lambda v: -height(*np.exp(v), t, d), [0.0, 0.5], method="Nelder-Mead", options={"xatol": 1e-8})
    assert found.proof == "global"
    assert height(found.values["k"], found.values["l"], t, d) >= -climb.fun - 1e-9
