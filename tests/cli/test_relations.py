"""Which name a relation is about."""

from __future__ import annotations

import pytest

from symbolic_mle.cli.relations import spaces
from symbolic_mle.errors import ModelError


@pytest.mark.parametrize(
    ("text", "name", "relation"),
    [
        ("lambda > 0", "lambda", "lambda > 0"),
        ("mu", "mu", ""),
        ("mu real", "mu", ""),
        ("mu is real", "mu", ""),
        ("μ ∈ ℝ", "μ", ""),
        ("mu in R", "mu", ""),
        ("0 < p < 1", "p", "0 < p < 1"),
        ("0 <= p, p <= 1", "p", "0 <= p, p <= 1"),
        ("integer, N >= 1", "N", "integer, N >= 1"),
        ("N integer, N >= 1", "N", "integer, N >= 1"),
        ("theta in {1/4, 1/2}", "theta", "theta in {1/4, 1/2}"),
        ("-pi < mu <= pi", "mu", "-pi < mu <= pi"),
        ("t > sqrt(2)", "t", "t > sqrt(2)"),
        ("λ > 0", "λ", "λ > 0"),
        ("sigma2 > 1e-3", "sigma2", "sigma2 > 1e-3"),
        ("p_1 >= 0", "p_1", "p_1 >= 0"),
        ("b: a < b", "b", "a < b"),
        ("mu: ", "mu", ""),
    ],
)
def test_the_name_is_found_and_the_relation_kept(text: str, name: str, relation: str) -> None:
    assert spaces([text], "--parameter") == {name: relation}


def test_the_order_given_is_the_order_kept() -> None:
    assert list(spaces(["sigma > 0", "mu", "alpha > 0"], "--parameter")) == ["sigma", "mu", "alpha"]


def test_a_clear_relation_clears_the_others() -> None:
    """a is settled by its own relation, so "a < b" can only be about b."""
    assert spaces(["a < b", "a > 0"], "--parameter") == {"b": "a < b", "a": "a > 0"}


def test_known_constants_are_not_what_a_relation_is_about() -> None:
    assert spaces(["0 < theta < m"], "--parameter", taken=["m", "x"]) == {"theta": "0 < theta < m"}


def test_an_unclear_relation_says_how_to_make_it_clear() -> None:
    with pytest.raises(ModelError, match=r"could be about a or b; write 'a: a < b' or 'b: a < b'"):
        spaces(["a < b"], "--parameter")


@pytest.mark.parametrize("text", ["", "> 0", "3", "real", "integer"])
def test_a_relation_without_a_name(text: str) -> None:
    with pytest.raises(ModelError, match="names nothing; write a name and its space"):
        spaces([text], "--parameter")


def test_a_name_given_twice() -> None:
    with pytest.raises(ModelError, match="'p' is given twice; join its relations with a comma"):
        spaces(["p > 0", "p < 1"], "--parameter")
