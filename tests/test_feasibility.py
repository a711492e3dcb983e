"""Are the data possible? Against a search over the parameter, for supports that move with it."""

from __future__ import annotations

import numpy as np
import pytest

from symbolic_mle import Model, derive
from symbolic_mle.errors import DataError
from symbolic_mle.feasibility import is_possible

MOVING = {
    "[0, t]": Model.parse("1/t", "x", {"t": "t > 0"}, "0 <= x, x <= t"),
    "(0, t)": Model.parse("1/t", "x", {"t": "t > 0"}, "0 < x, x < t"),
    "[0, t], t <= 1": Model.parse("1/t", "x", {"t": "0 < t, t <= 1"}, "0 <= x, x <= t"),
    "[t, t + 1]": Model.parse("1", "x", {"t": ""}, "t <= x, x <= t + 1", checked=False),
    "[t, t + 1)": Model.parse("1", "x", {"t": ""}, "t <= x, x < t + 1", checked=False),
    "[-t, t]": Model.parse("1/(2 t)", "x", {"t": "t > 0"}, "-t <= x, x <= t"),
    "[t, 2t]": Model.parse("1/t", "x", {"t": "t > 0"}, "t <= x, x <= 2 t"),
    "x >= t": Model.parse("e^(t - x)", "x", {"t": ""}, "x >= t"),
    "x > t, t >= 0": Model.parse("e^(t - x)", "x", {"t": "t >= 0"}, "x > t"),
}  # fmt: skip
ALLOWED = {
    "[0, t]": lambda x, t: (t > 0) & (x >= 0) & (x <= t),
    "(0, t)": lambda x, t: (t > 0) & (x > 0) & (x < t),
    "[0, t], t <= 1": lambda x, t: (t > 0) & (t <= 1) & (x >= 0) & (x <= t),
    "[t, t + 1]": lambda x, t: (t <= x) & (x <= t + 1),
    "[t, t + 1)": lambda x, t: (t <= x) & (x < t + 1),
    "[-t, t]": lambda x, t: (t > 0) & (-t <= x) & (x <= t),
    "[t, 2t]": lambda x, t: (t > 0) & (t <= x) & (x <= 2 * t),
    "x >= t": lambda x, t: x >= t,
    "x > t, t >= 0": lambda x, t: (t >= 0) & (x > t),
}
QUARTERS = np.arange(-40, 41) / 8  # exact in doubles; data are multiples of 1/4, so no gap is missed


def possible(name: str, data: list[float]) -> bool | None:
    spec = MOVING[name].specification
    return is_possible(spec, {}, {spec.variables[0]: np.array(data)})


@pytest.mark.parametrize("name", MOVING)
def test_against_a_search_over_the_parameter(name: str) -> None:
    random = np.random.default_rng(4)
    verdicts = set()
    for _ in range(25):
        data = random.integers(-2, 7, random.integers(1, 4)) / 4
        expected = any(ALLOWED[name](data, t).all() for t in QUARTERS)
        found = possible(name, list(data))
        assert found is expected, (name, data)
        verdicts.add(found)
    assert True in verdicts


def test_the_ends_themselves() -> None:
    """At an end that is open, equality is not enough."""
    assert possible("[t, t + 1]", [0.0, 1.0]) is True
    assert possible("[t, t + 1)", [0.0, 1.0]) is False
    assert possible("[t, t + 1)", [0.0, 0.999]) is True
    assert possible("[0, t], t <= 1", [1.0]) is True
    assert possible("[0, t], t <= 1", [1.0000001]) is False


def test_decimals_are_taken_as_written() -> None:
    """0.1 + 1 = 1.1 as decimals, though not as binary fractions."""
    assert possible("[t, t + 1]", [0.1, 1.1]) is True
    assert possible("[t, t + 1]", [0.1, 1.1000001]) is False


def test_many_observations_are_judged_by_the_extreme_ones() -> None:
    inside = list(np.linspace(0, 1, 500))
    assert possible("[t, t + 1]", inside) is True
    assert possible("[t, t + 1]", [*inside, 1.25]) is False


def test_known_constants() -> None:
    spec = Model.parse("1/w", "x", {"t": ""}, "t <= x, x <= t + w", known={"w": "w > 0"}, checked=False).specification
    (w,), (x,) = spec.known, spec.variables
    assert is_possible(spec, {w: 2.0}, {x: np.array([0.0, 2.0])}) is True
    assert is_possible(spec, {w: 1.5}, {x: np.array([0.0, 2.0])}) is False


def test_an_integer_parameter() -> None:
    spec = Model.parse(
        "1/N", "x", {"N": "integer, N >= 1, N <= 6"}, "integer, 1 <= x, x <= N", discrete=True
    ).specification
    (x,) = spec.variables
    assert is_possible(spec, {}, {x: np.array([1.0, 6.0])}) is True
    assert is_possible(spec, {}, {x: np.array([7.0])}) is False


@pytest.mark.parametrize("name", ["poisson", "normal", "uniform-interval", "exponential-two-parameter"])
def test_other_models_are_not_judged(name: str) -> None:
    """A support that is fixed, or several parameters: None, which is not False."""
    spec = Model.named(name).specification
    assert is_possible(spec, {}, {spec.variables[0]: np.array([1.0, 2.0])}) is None


def test_an_end_that_is_not_linear_in_the_parameter_is_not_judged() -> None:
    spec = Model.parse("1/t^2", "x", {"t": "t > 0"}, "0 <= x, x <= t^2", checked=False).specification
    assert is_possible(spec, {}, {spec.variables[0]: np.array([1.0])}) is None


def test_impossible_data_are_an_error_and_possible_data_are_not() -> None:
    d = derive(MOVING["[0, t], t <= 1"])
    with pytest.raises(DataError, match="no value of the parameter"):
        d.estimate([0.5, 1.5])
    d.estimate([0.5, 0.75])
