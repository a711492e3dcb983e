"""The spaces of covariates, and closed estimates with them: exposures, sizes, indicators of censoring, labels."""

from __future__ import annotations

import numpy as np
import pytest

from symbolic_mle import Model, derive
from symbolic_mle.errors import DataError

EXPOSURE = "exp(-r e) (r e)^y/factorial(y)"


def test_a_rate_per_exposure() -> None:
    found = derive(Model.parse(EXPOSURE, "y", {"r": "r > 0"}, "integer, y >= 0", discrete=True, covariates=["e"]))
    assert str(found.proof) == "global"
    assert found.estimate({"y": [2, 0, 5], "e": [1.5, 0.5, 2.0]}).values == pytest.approx({"r": 7 / 4})
    assert str(found.estimate({"y": [0, 0], "e": [1.0, 2.0]}).existence) == "not attained"
    with pytest.raises(DataError, match="outside"):
        found.estimate({"y": [1], "e": [-1.0]})


def test_a_rate_proportional_to_a_covariate() -> None:
    found = derive(Model.parse("b x exp(-b x y)", "y", {"b": "b > 0"}, "y >= 0", covariates=["x"]))
    assert found.estimate({"y": [1.0, 2.0], "x": [2.0, 1.0]}).values == pytest.approx({"b": 0.5})


@pytest.mark.parametrize(
    ("density", "parameter", "expected"),
    [
        ("l^d exp(-l t)", "l", lambda t, d: d.sum() / t.sum()),
        ("m^(-d) exp(-t/m)", "m", lambda t, d: t.sum() / d.sum()),
        ("(t/v)^d exp(-t^2/(2 v))", "v", lambda t, d: (t**2).sum() / (2 * d.sum())),
        ("(3 t^2/s^3)^d exp(-(t/s)^3)", "s", lambda t, d: ((t**3).sum() / d.sum()) ** (1 / 3)),
    ],
)
def test_censored_times(density: str, parameter: str, expected: object) -> None:
    model = Model.parse(density, "t", {parameter: f"{parameter} > 0"}, "t > 0", covariates=["d"], checked=False)
    found = derive(model)
    t, d = np.array([1.0, 3.0, 0.5, 3.0]), np.array([1, 0, 1, 0])
    assert str(found.proof) == "global"
    assert found.estimate({"t": t, "d": d}).values[parameter] == pytest.approx(expected(t, d))  # type: ignore[operator]
    assert found.estimate({"t": t, "d": 0 * d}).values is None


def test_trials_that_differ_in_number() -> None:
    density = "binomial(m, y) p^y (1-p)^(m-y)"
    options = {"discrete": True, "covariates": ["m"]}
    found = derive(Model.parse(density, "y", {"p": "0 < p, p < 1"}, "integer, y >= 0", **options))
    assert found.estimate({"y": [1, 0, 3], "m": [2, 3, 5]}).values == pytest.approx({"p": 0.4})


def test_any_real_covariate_where_nothing_is_asked_of_it() -> None:
    for density in ("exp(-(y - b x)^2/2)/sqrt(2 pi)", "exp(-(y - b x^3)^2/2)/sqrt(2 pi)"):
        model = Model.parse(density, "y", {"b": ""}, covariates=["x"]).specification
        assert all(i.is_real_line for i in model.covariates.values())


def test_a_share_between_two_ends_is_no_label() -> None:
    density = "exp(-(y - m0 (1-g) - m1 g)^2/2)/sqrt(2 pi)"
    found = derive(Model.parse(density, "y", {"m0": "", "m1": ""}, covariates=["g"]))
    assert found.estimate({"y": [1.0, 2.0, 6.0], "g": [0, 0, 1]}).values == pytest.approx({"m0": 1.5, "m1": 6.0})
    assert found.estimate({"y": [1.0, 2.0, 3.0], "g": [0, 0.5, 1]}).values == pytest.approx({"m0": 1.0, "m1": 3.0})


def test_labels_are_0_or_1() -> None:
    density = "l0^(1-g) l1^g exp(-y l0^(1-g) l1^g)"
    spaces = {"l0": "l0 > 0", "l1": "l1 > 0"}
    found = derive(Model.parse(density, "y", spaces, "y > 0", covariates=["g"]))
    with pytest.raises(DataError):
        found.estimate({"y": [1.0], "g": [0.5]})
