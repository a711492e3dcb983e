"""Integrals of powers, logarithms and one kernel against mpmath's quadrature; None where they may diverge."""

from __future__ import annotations

import mpmath
import pytest
import sympy as sp
from sympy import Expr

from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.algebra.rational_integrals import integrate_rational
from symbolic_mle.algebra.substitutions import integrate_product

X = sp.Symbol("x", real=True)
P = sp.Symbol("x", positive=True)
MU, S, NU, K, A, B, T = (sp.Symbol(n, positive=True) for n in ("mu", "s", "nu", "k", "a", "b", "t"))
VALUES = {MU: 0.7, S: 1.3, NU: 4.5, K: 1.6, A: 2.3, B: 1.9, T: 0.6}
LINE, HALF, UNIT = Interval(), Interval(sp.S.Zero), Interval(sp.S.Zero, sp.S.One)
Z = (X - MU) / S


def positive(expr: Expr) -> bool:
    return bool(expr.is_positive)


DENSITIES = {
    "cauchy": (1 / (sp.pi * S * (1 + Z**2)), X, LINE, [sp.S.One, (Z**2 - 1) / (1 + Z**2) ** 2]),
    "student": ((1 + (X / S) ** 2 / NU) ** (-(NU + 1) / 2), X, LINE, [sp.S.One, X**2 / (NU * S**2 + X**2)]),
    "logistic": (sp.exp(-Z) / (1 + sp.exp(-Z)) ** 2, X, LINE, [sp.S.One, X, Z**2 * sp.exp(-Z) / (1 + sp.exp(-Z)) ** 2]),
    "secant": (1 / sp.cosh(sp.pi * X / 2), X, LINE, [sp.S.One, X**2]),
    "extreme": (sp.exp(-Z - sp.exp(-Z)), X, LINE, [sp.S.One, X, Z**2 * sp.exp(-Z)]),
    "power": (P ** (K - 1) * sp.exp(-((P / S) ** K)), P, HALF, [sp.log(P), P**K * sp.log(P) ** 2]),
    "reciprocal": (P ** (-A - 1) * sp.exp(-B / P), P, HALF, [1 / P, sp.log(P)]),
    "ratio": (P ** (K - 1) / (1 + (P / S) ** K) ** 2, P, HALF, [sp.S.One, sp.log(P), sp.log(1 + (P / S) ** K)]),
    "falling": (sp.exp(-B * P) * (1 - sp.exp(-B * P)) ** (A - 1), P, HALF, [P, sp.log(1 - sp.exp(-B * P))]),
    "unit": (P ** (A - 1) * (1 - P) ** (B - 1), P, UNIT, [sp.S.One, sp.log(P), sp.log(1 - P) ** 2]),
    "tail": (P ** (-A - 1), P, Interval(S), [sp.S.One, sp.log(P)]),
}
CASES = [(n, k) for n, (_, _, _, statistics) in DENSITIES.items() for k in range(len(statistics))]


def by_quadrature(integrand: Expr, x: sp.Symbol, interval: Interval) -> float:
    function = sp.lambdify(x, integrand.xreplace({s: sp.Float(v) for s, v in VALUES.items()}), "mpmath")
    low, high = (
        float(e.xreplace({s: sp.Float(v) for s, v in VALUES.items()})) for e in (interval.lower, interval.upper)
    )
    if integrand.has(sp.exp):  # tails that vanish
        low = max(low, -40.0)
    inner = [v for v in (-20, -5, 0, 1, 2, 5, 20, 200) if low < v < high]
    return float(mpmath.quad(function, [low, *inner, high]))


@pytest.mark.parametrize(("name", "k"), CASES)
def test_the_integral_is_that_of_quadrature(name: str, k: int) -> None:
    density, x, interval, statistics = DENSITIES[name]
    found = integrate_product(density, statistics[k], x, interval, positive)
    assert found is not None
    value = float(sp.N(found.xreplace({s: sp.Float(v) for s, v in VALUES.items()})))
    assert value == pytest.approx(by_quadrature(density * statistics[k], x, interval), rel=1e-6)


@pytest.mark.parametrize(
    ("density", "statistic", "x", "interval"),
    [
        (1 / (sp.pi * (1 + X**2)), X**2, X, LINE),  # infinite
        ((1 + X**2 / NU) ** (-(NU + 1) / 2), X**2, X, LINE),  # infinite for ν ≤ 2
        (P ** (-A - 1), P, P, Interval(S)),  # infinite for a ≤ 1
        (P ** (A - 1) * (1 - P) ** (B - 1), 1 / P, P, UNIT),
        (sp.exp(-((X - 1) ** 2)) + sp.exp(-((X + 1) ** 2)), X, X, LINE),  # two kernels
        (sp.exp(-P - 1 / P), sp.S.One, P, HALF),  # a Bessel function
    ],
)
def test_no_answer_where_it_may_diverge_or_is_of_another_kind(
    density: Expr, statistic: Expr, x: sp.Symbol, interval: Interval
) -> None:
    assert integrate_product(density, statistic, x, interval, positive) is None


@pytest.mark.parametrize("integrand", [X**2 / (2 * (1 + X / 2)), (1 + 3 * X) / (2 + X) ** 3, X**4 + 1, X / (3 - X)])
def test_rational_integrands(integrand: Expr) -> None:
    interval = Interval(-sp.S.One, sp.S.One)
    found = integrate_rational(integrand, X, interval, positive)
    assert found is not None
    assert float(found) == pytest.approx(by_quadrature(integrand, X, interval), rel=1e-9)


def test_rational_integrands_with_a_slope_that_is_a_symbol() -> None:
    unit = Interval(sp.S.Zero, sp.S.One)
    for integrand in (
        (1 - 2 * X) ** 2 / (T + 2 * X * (1 - T)),
        X**3 / (T + 2 * X * (1 - T)) ** 2,
        T * X / (1 + T**2 * X) ** 3,
    ):
        found = integrate_rational(integrand, X, unit, lambda e: True)
        at = integrand.xreplace({T: sp.Rational(1, 4)})
        assert float(found.xreplace({T: sp.Rational(1, 4)})) == pytest.approx(by_quadrature(at, X, unit), rel=1e-9)


def test_no_rational_integral_across_a_pole_or_with_two() -> None:
    interval = Interval(-sp.S.One, sp.S.One)
    assert integrate_rational(1 / X, X, interval, positive) is None
    assert integrate_rational(1 / ((2 + X) * (3 + X)), X, interval, positive) is None
    assert integrate_rational(sp.exp(X), X, interval, positive) is None
