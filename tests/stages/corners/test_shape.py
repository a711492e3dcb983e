"""Shapes that are claimed hold at random points, and are not claimed where they do not hold."""

from __future__ import annotations

import numpy as np
import pytest
import sympy as sp

from symbolic_mle import Model
from symbolic_mle.stages.corners.shape import Shape, shape_of
from symbolic_mle.stages.corners.taking_apart import take_apart

CONCAVE = {
    "exp(-Abs(x - t))": "x - t",
    "exp(-Max(Abs(x - t), 1))": "x - t",
    "exp(-Max(x - t, 2*(t - x)))": "x - t",
    "exp(-Abs(x - t)^3)": "x - t",
    "exp(-Abs(x - t)^(3/2))": "x - t",
    "exp(Min(x - t, 0) - (x - t)^2)": "x - t",
    "Piecewise((exp(-(x - t)^2/2), x < t), (exp(-(x - t)^2/8), True))": "x - t",
}
NOT_CONCAVE = [
    "exp(Min(1, Abs(x - t)))",  # the corner bends up
    "exp(-Abs(Abs(x - t) - 1))",
    "exp(-sqrt(Abs(x - t)))",
    "Abs(x - t)*exp(-Abs(x - t))",
    "Piecewise((exp(x - t), x < t), (2*exp(t - x), True))",  # a jump
    "Piecewise((exp(-(x - t)^2/2), x < t), (exp(-(x - t)^2/8)/2, True))",
    "Piecewise((exp(-(x - t)^2), x < t), (exp(x - t), True))",  # the slope grows
    "1 + Abs(x - t)",
]


def shapes(density: str) -> list[Shape | None]:
    model = Model.parse(density=density, variable="x", support="", parameters={"t": ""}, checked=False).specification
    (parameter,) = model.parameters
    return [shape_of(kinked, model) for kinked in take_apart(model, parameter)]


@pytest.mark.parametrize("density", CONCAVE)
def test_concave_where_midpoints_say_so(density: str) -> None:
    assert shapes(density) == [Shape.CONCAVE]
    x, t = sp.symbols("x t", real=True)
    log = sp.lambdify((x, t), sp.log(sp.parse_expr(density.replace("^", "**"), {"x": x, "t": t})))
    generator = np.random.default_rng(0)
    for at, first, second in generator.uniform(-4, 4, (200, 3)):
        assert log(at, (first + second) / 2) >= (log(at, first) + log(at, second)) / 2 - 1e-9


@pytest.mark.parametrize("density", NOT_CONCAVE)
def test_not_called_concave(density: str) -> None:
    assert Shape.CONCAVE not in shapes(density)


def test_corners_without_an_order_of_their_own_are_not_taken_apart() -> None:
    assert shapes("exp(-Max(Abs(x - t), Abs(t)))") == []
    assert shapes("exp(-Abs(x - t - t^3))") == []
