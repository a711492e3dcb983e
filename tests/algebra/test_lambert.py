"""Roots in Lambert's W are the roots at which the function falls, on the right branch, or there is none."""

from __future__ import annotations

import numpy as np
import pytest
import sympy as sp
from scipy.optimize import brentq
from sympy import Expr

from symbolic_mle.algebra.lambert import falling_lambert_root

t = sp.Symbol("t", positive=True)
u = sp.Symbol("u", real=True)
a, b = sp.symbols("a b", positive=True)
free = sp.Symbol("free", real=True)


def sign(expr: Expr) -> int:
    return 1 if expr.is_positive else -1 if expr.is_negative else 0


def number(expr: Expr) -> float:
    found = complex(sp.N(expr, 30))
    assert abs(found.imag) < 1e-12
    return found.real


FALLING: list[tuple[Expr, sp.Symbol, float, float]] = [
    (5 - 2 * u - sp.exp(u / 2), u, -10, 10),  # falls everywhere
    (3 + u - sp.exp(u), u, 0, 10),  # rises, then falls: the right one of two roots
    (10 - 7 * u + sp.exp(u / 2), u, 0, 4.5),  # falls, then rises: the left one
    (-20 - 3 * u + 2 * sp.exp(-u), u, -10, 10),
    (3 - t + sp.log(t), t, 1, 50),
    (1 + t - 5 * sp.log(t), t, 0.5, 5),
    (3 - t - sp.log(t), t, 1e-6, 10),
    (-2 - t / 3 - 4 * sp.log(t), t, 1e-6, 10),
    ((u - 3) * sp.exp(u) + 1, u, -10, 2),  # linear in u and e^(−u) after a division
    (2 * sp.exp(u) - u * sp.exp(u) + 3, u, 1, 5),
    (5 - u - sp.exp(u + 1), u, -10, 10),
]


@pytest.mark.parametrize(("function", "symbol", "low", "high"), FALLING, ids=lambda v: str(v))
def test_the_root_is_where_the_function_falls(function: Expr, symbol: sp.Symbol, low: float, high: float) -> None:
    root = falling_lambert_root(function, symbol, sign)
    assert root is not None
    value = number(root)
    numeric = brentq(sp.lambdify(symbol, function), low, high, xtol=1e-14)
    assert value == pytest.approx(numeric, rel=1e-10, abs=1e-12)
    assert function.diff(symbol).xreplace({symbol: sp.Float(value)}) < 0


@pytest.mark.parametrize(
    "function",
    [1 + t * sp.log(t), t + sp.exp(t) + sp.log(t), t + sp.exp(t**2), t + sp.log(1 + t), t**2 + sp.exp(t), 1 + sp.exp(t),
     1 + t, t + sp.sin(t), sp.exp(t) * sp.exp(t**2) + t, 3 - t + sp.log(2 * t + 1)],
    ids=str,
)  # fmt: skip
def test_other_equations_are_left_alone(function: Expr) -> None:
    assert falling_lambert_root(function, t, sign) is None
    assert falling_lambert_root(-function, t, sign) is None


def test_the_coefficient_of_the_exponential_may_have_any_sign() -> None:
    """2u − 5 + c e^(u/2) falls only for c < 0, and the branch does not depend on more than that."""
    function = 2 * u - 5 + free * sp.exp(u / 2)
    root = falling_lambert_root(function, u, sign)
    assert root is not None
    for coefficient in (-0.1, -0.2, -0.01):
        at = {free: sp.Float(coefficient)}
        value = {u: sp.Float(number(root.xreplace(at)))}
        assert abs(function.xreplace(at).xreplace(value)) < 1e-9
        assert function.diff(u).xreplace(at).xreplace(value) < 0


def test_a_logarithm_that_rises_has_no_falling_root() -> None:
    assert falling_lambert_root(-3 + t + sp.log(t), t, sign) is None
    assert falling_lambert_root(-a + b * t + sp.log(t), t, sign) is None


def test_a_sign_that_is_not_known_gives_no_branch() -> None:
    assert falling_lambert_root(1 + free * u + sp.exp(u), u, sign) is None
    assert falling_lambert_root(1 + free * t - sp.log(t), t, sign) is None
    assert falling_lambert_root(1 - t + free * sp.log(t), t, sign) is None


@pytest.mark.parametrize(("first", "second"), [(0.4, 1.5), (3.0, 0.2), (1.0, 1.0), (12.0, 5.0)])
def test_symbolic_coefficients(first: float, second: float) -> None:
    """The branch is proved for all positive a, b at once."""
    at = {a: sp.Float(first), b: sp.Float(second)}
    for function, symbol in (
        (a - b * u - sp.exp(u), u),
        (a - b * u - sp.exp(b * u), u),
        (a - b * t - sp.log(t), t),
        (a + 1 - t - b * sp.log(t), t),
    ):
        root = falling_lambert_root(function, symbol, sign)
        assert root is not None
        value = {symbol: sp.Float(number(root.xreplace(at)))}
        assert abs(function.xreplace(at).xreplace(value)) < 1e-9
        assert function.diff(symbol).xreplace(at).xreplace(value) < 0


@pytest.mark.parametrize("average", np.geomspace(1.01, 60, 8))
def test_the_truncated_poisson(average: float) -> None:
    """λ / (1 − e^(−λ)) = m for m > 1: the score m/λ − 1/(1 − e^(−λ)), cleared, is m − λ − m e^(−λ)."""
    m = sp.Symbol("m", positive=True)
    root = falling_lambert_root(m - t - m * sp.exp(-t), t, sign)
    assert root is not None
    value = number(root.xreplace({m: sp.Float(average, 30)}))
    assert value > 0
    assert value / -np.expm1(-value) == pytest.approx(average, rel=1e-9)
