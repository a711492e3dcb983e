"""Limits of quotients of sums at a finite end, and a profile that needs one."""

from __future__ import annotations

import numpy as np
import pytest
import sympy as sp
from scipy.optimize import minimize

from symbolic_mle import Model, derive
from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.stages.solution.series import limit_by_series

GOMPERTZ = Model.parse(
    density="c*s*exp(c*t)*exp(-s*(exp(c*t) - 1))",
    variable="t",
    support="t > 0",
    parameters={"c": "c > 0", "s": "s > 0"},
)


@pytest.mark.parametrize(
    "build",
    [
        lambda c, t, n: n / c - n * DataSum(t * sp.exp(c * t), t) / DataSum(sp.exp(c * t) - 1, t),
        lambda c, t, n: DataSum(sp.sin(c * t), t) / DataSum(sp.exp(c * t) - 1, t),
        lambda c, t, n: (DataSum(sp.cosh(c * t), t) - n) / c**2,
        lambda c, t, n: sp.log(DataSum(sp.exp(c * t), t) / n) / c,
    ],
)
def test_limits_are_those_of_numbers(build):
    model = GOMPERTZ.specification
    (t,), c = model.variables, next(iter(model.parameters))
    function = build(c, t, model.size)
    found = limit_by_series(function, c, sp.Integer(0), "+", model)
    data = [sp.Rational(1, 2), sp.Integer(1), sp.Rational(7, 3)]

    def at(expr):
        written = expr.replace(
            lambda e: isinstance(e, DataSum), lambda e: sp.Add(*(e.summand.subs(t, v) for v in data))
        )
        return written.subs(model.size, 3)

    assert float(at(found)) == pytest.approx(float(at(function).subs(c, sp.Rational(1, 10**12)).evalf(60)), rel=1e-9)


def test_what_is_infinite_or_not_analytic_is_left_alone():
    model = GOMPERTZ.specification
    (t,), c = model.variables, next(iter(model.parameters))
    assert limit_by_series(DataSum(sp.exp(c * t), t) / c, c, sp.Integer(0), "+", model) is None
    rooted = DataSum(sp.sqrt(c) + t, t) / DataSum(sp.sqrt(c) + t**2, t)
    assert limit_by_series(rooted, c, sp.Integer(0), "+", model) is None


def test_a_maximum_exists_iff_the_data_vary_less_than_exponential_ones():
    derivation, random, seen = derive(GOMPERTZ), np.random.default_rng(8), set()
    assert derivation.proof == "global"
    for size, power in ((2, 0.5), (3, 1), (10, 0.5), (10, 3), (10, 1.5)):
        data = random.exponential(1, size) ** power
        estimate = derivation.estimate(data)
        if np.mean(data**2) >= 2 * np.mean(data) ** 2:
            assert (estimate.existence, estimate.proof) == ("not attained", "global")
            seen.add("none")
            continue

        def depth(v, data=data):
            c, s = np.exp(v)
            return -np.sum(np.log(c * s) + c * data - s * np.expm1(c * data))

        start = np.log([estimate.values["c"], estimate.values["s"]])
        best = min(minimize(depth, p, method="Nelder-Mead").fun for p in (start, [0, 0], [1, -1], [-2, 1]))
        assert depth(start) <= best + 1e-6
        seen.add("found")
    assert seen == {"none", "found"}
