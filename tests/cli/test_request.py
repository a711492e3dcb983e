"""From arguments to the specification of a model."""

from __future__ import annotations

from typing import Any

import pytest

from symbolic_mle.cli.arguments import parser
from symbolic_mle.cli.request import known_values, specification
from symbolic_mle.errors import DataError, ModelError
from symbolic_mle.families import catalogue


def request(*words: str) -> dict[str, Any]:
    return specification(parser().parse_args(["derive", *words]))


def test_a_density_with_everything() -> None:
    given = request(
        "p^x (1 - p)^(m - x) binomial(m, x)",
        "--variable", "x", "--parameter", "0 < p < 1", "--support", "x = 0, 1, ..., m",
        "--known", "integer, m >= 1", "--discrete", "--constraint", "p < 1/2", "--unchecked",
    )  # fmt: skip
    assert given == {
        "density": "p^x (1 - p)^(m - x) binomial(m, x)",
        "variable": "x",
        "parameters": {"p": "0 < p < 1"},
        "support": "x = 0, 1, ..., m",
        "known": {"m": "integer, m >= 1"},
        "discrete": True,
        "constraints": ["p < 1/2"],
        "covariates": [],
        "checked": False,
    }


def test_what_is_left_out() -> None:
    given = request("e^(-(x - mu)^2 / 2) / sqrt(2 pi)", "--parameter", "mu")
    assert given["variable"] == "x"
    assert given["support"] == ""
    assert given["parameters"] == {"mu": ""}
    assert given["discrete"] is None
    assert given["checked"] is True


def test_continuous_is_not_the_same_as_unsaid() -> None:
    assert request("1/t", "--parameter", "t > 0", "--support", "0 <= x, x <= t", "--continuous")["discrete"] is False


def test_a_density_that_starts_with_a_minus() -> None:
    assert request("-p^x / (x log(1 - p))", "--parameter", "0 < p < 1")["density"].startswith("-p^x")


def test_the_observation_is_not_what_a_space_is_about() -> None:
    assert request("1/t", "--parameter", "x <= t")["parameters"] == {"t": "x <= t"}


def test_a_parameter_is_needed() -> None:
    with pytest.raises(ModelError, match="name what is unknown"):
        request("e^(-x)")


@pytest.mark.parametrize("name", catalogue())
def test_a_named_model_is_its_family(name: str) -> None:
    assert request(name) == {**catalogue()[name].specification(), "checked": True}


def test_a_named_model_with_another_space() -> None:
    assert request("poisson", "--parameter", "lambda >= 0")["parameters"] == {"lambda": "lambda >= 0"}


def test_a_parameter_of_a_named_model_made_known() -> None:
    given = request("normal", "--known", "mu")
    assert given["parameters"] == {"sigma2": "sigma2 > 0"}
    assert given["known"] == {"mu": ""}


def test_a_constant_of_a_named_model_made_unknown() -> None:
    given = request("normal-mean", "--parameter", "sigma2")
    assert given["parameters"] == {"mu": "", "sigma2": "sigma2 > 0"}
    assert given["known"] == {}


def test_names_that_a_named_model_does_not_have() -> None:
    with pytest.raises(ModelError, match="has no 'theta'; its names are lambda"):
        request("poisson", "--parameter", "theta > 0")


@pytest.mark.parametrize("option", ["--variable", "--support"])
def test_what_a_named_model_does_not_let_change(option: str) -> None:
    with pytest.raises(ModelError, match=f"{option} does not go with the named model"):
        request("poisson", option, "x")


def test_a_name_misspelt_is_not_taken_for_a_density() -> None:
    with pytest.raises(ModelError, match="did you mean 'poisson'"):
        request("poison")


def test_a_word_with_a_parameter_is_a_density() -> None:
    assert request("theta", "--parameter", "theta > 0", "--support", "0 < x, x < 1/theta")["density"] == "theta"


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [("sigma=1.5", "sigma", 1.5), ("m = 1/4", "m", 0.25), ("r=3", "r", 3), ("s=-2e-3", "s", -0.002)],
)
def test_values_of_known_constants(text: str, name: str, value: float) -> None:
    assert known_values([text]) == {name: value}


def test_a_whole_number_stays_whole() -> None:
    assert isinstance(known_values(["m=6"])["m"], int)


@pytest.mark.parametrize("text", ["sigma", "=3", "", "sigma:3"])
def test_what_is_not_an_assignment(text: str) -> None:
    with pytest.raises(DataError, match="is not an assignment; write a name and a number"):
        known_values([text])


@pytest.mark.parametrize("text", ["sigma=", "sigma=x", "sigma=1/0", "sigma=1,5", "sigma=nan", "sigma=inf"])
def test_what_is_not_a_number(text: str) -> None:
    with pytest.raises(DataError, match="is not a number"):
        known_values([text])
