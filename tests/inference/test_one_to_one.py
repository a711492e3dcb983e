"""Verdicts on g held against what is known of g, over lines, half lines, separate values and parameters tied by an equation."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import sympy as sp

from symbolic_mle import Derivation, Model, derive

NORMAL = {"density": "exp(-(x - t)^2/2)/sqrt(2 pi)"}
SCALED = {"density": "t/c^2 exp(-t x/c^2)", "support": "x > 0", "known": {"c": "c > 0"}}


def derived(space: str, **model: Any) -> Derivation:
    return derive(Model.parse(**(model or NORMAL), parameters={"t": space}))


CASES: dict[str, dict[str, bool | None]] = {
    "": {"t^3": True, "t^3 - 3 t": False, "t^2": False, "sinh(t)": True, "t + sin(t)": True, "1/(1 + t^2)": False,
         "t - 1/t": None, "log(t)": None, "t^4 + t": False},
    "t != 0": {"t^2": False, "t^3": True},
    "t^2 >= 1": {"t^2": False, "t": True},
    "t >= 0": {"t^2": True, "t^4": True, "(t - 1)^2": False, "gamma(t)": False, "gamma(t + 2)": True},
    "integer": {"t^2": False, "t/2": True, "(-1)^t": False},
    "integer, t >= 0": {"t^2": True, "(t - 1/4)^2": True, "(t - 2)^2": False, "t (t - 1)": False},
    "in {1, 2, 4}": {"t^2": True, "(t - 3)^2": False, "cos(pi t)": False, "sqrt(t)": True},
}  # fmt: skip


@pytest.mark.parametrize("space", CASES)
def test_of_one_parameter(space: str) -> None:
    d = derived(space)
    for g, expected in CASES[space].items():
        assert d.function(g).one_to_one is expected, g


@pytest.mark.parametrize("g", [g for g, verdict in CASES[""].items() if verdict is not None])
def test_the_verdicts_are_those_of_values(g: str) -> None:
    """A one-to-one g rises or falls along the line; a many-to-one g does neither."""
    d = derived("")
    t = next(iter(d.model.parameters))
    values = sp.lambdify(t, d.read_function(g), "numpy")(np.linspace(-4, 4, 201))
    signs = {float(np.sign(b - a)) for a, b in pairwise(values)}
    assert (len(signs) == 1) is d.function(g).one_to_one


def test_with_known_constants_the_verdict_holds_for_all_their_values() -> None:
    d = derived("t > 0", **SCALED)
    assert d.function("t/c").one_to_one is True
    assert d.function("exp(-c/t)").one_to_one is True
    assert d.function("t^2 - c t").one_to_one is not True  # turns at c/2
    signed = derived("t > 0", **{**SCALED, "known": {"c": "c != 0"}})
    assert signed.function("t^2 - c t").one_to_one is None  # one-to-one for c < 0 only
    assert signed.function("c t").one_to_one is None


def test_parameters_that_satisfy_an_equation_may_have_a_one_to_one_function() -> None:
    shares = {"density": "Piecewise((p, x = 0), (q, True))", "discrete": True, "support": "0 <= x, x <= 1"}
    d = derive(Model.parse(**shares, parameters={"p": "0 <= p", "q": "0 <= q"}, constraints=["p + q == 1"]))
    assert d.function("p - q").one_to_one is not False


def test_several_maximisers_with_one_value_of_the_function() -> None:
    d = derive(Model.parse(density="exp(-(x - t^2)^2/2)/sqrt(2 pi)", parameters={"t": ""}))
    assert d.function("t").estimator is None
    mean = d.function("t^2").estimator
    assert mean is not None
    size = next(iter(mean.free_symbols - {a for i in mean.atoms(sp.Indexed) for a in i.free_symbols}))
    base = next(iter(mean.atoms(sp.IndexedBase)))
    filled = mean.subs(size, 3).doit().subs({base[k]: v for k, v in enumerate((1, 2, 6), start=1)})
    assert filled == 3
