"""Signs of functions of a count by their differences, and the models that need them."""

from __future__ import annotations

import numpy as np
import pytest
import sympy as sp
from scipy.optimize import minimize_scalar
from scipy.special import betaln, gammaln

from symbolic_mle import Model, derive
from symbolic_mle.algebra.signs import Sign
from symbolic_mle.stages.differences import sign_by_differences

YULE = Model.parse(
    density="rho*beta(x, rho+1)", variable="x", discrete=True, support="x >= 1", parameters={"rho": "rho > 0"}
)
WARING = Model.parse(  # counts from 0, the same up to a shift
    density="a*gamma(a + 1)*k!/gamma(a + k + 2)",
    variable="k",
    discrete=True,
    support="k >= 0",
    parameters={"a": "a > 0"},
)
INVERSE = Model.parse(
    density="beta(y, 1/b + 1)/b", variable="y", discrete=True, support="y >= 1", parameters={"b": "b > 0"}
)  # fmt: skip


def question(model, text):
    specification = model.specification
    (x,), (a,) = specification.variables, specification.parameters
    expr = text(x, a)
    found = sign_by_differences(expr, specification, specification.region, 2.0)
    return None if found is None else found.sign


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        (lambda x, a: sp.polygamma(0, x + a) - sp.polygamma(0, a), Sign.NONNEGATIVE),  # 0 at x = 0
        (lambda x, a: sp.polygamma(0, x + a) - sp.polygamma(0, a) + 1, Sign.POSITIVE),
        (lambda x, a: sp.polygamma(1, x + a) - sp.polygamma(1, a), Sign.NONPOSITIVE),
        (lambda x, a: sp.loggamma(x + a + 1) - sp.loggamma(a + 1), Sign.NONNEGATIVE),
        (lambda x, a: sp.polygamma(0, x + a) - sp.polygamma(0, a) - 1, None),
        (lambda x, a: x + a, None),  # without a gamma function it is not its business
    ],
)
def test_signs_are_those_of_the_sum_of_differences(text, sign):
    assert question(WARING, text) is sign


@pytest.mark.parametrize(
    ("model", "height"),
    [
        (YULE, lambda x, r: len(x) * np.log(r) + np.sum(betaln(x, r + 1))),
        (WARING, lambda x, r: len(x) * (np.log(r) + gammaln(r + 1)) + np.sum(gammaln(x + 1) - gammaln(r + x + 2))),
        (INVERSE, lambda x, r: -len(x) * np.log(r) + np.sum(betaln(x, 1 / r + 1))),
    ],
)
def test_the_maximum_is_proved_and_found(model, height):
    derivation, random = derive(model), np.random.default_rng(2)
    assert derivation.proof == "global"
    start = 0 if model is WARING else 1
    for size in (1, 2, 20):
        data = random.geometric(np.exp(-random.exponential(0.5, size))) - 1 + start
        data[0] += 2
        (value,) = derivation.estimate(data).values.values()
        found = minimize_scalar(
            lambda t, x=data: -height(x, np.exp(t)), bounds=(-6, 6), method="bounded", options={"xatol": 1e-10}
        )
        assert value == pytest.approx(np.exp(found.x), rel=1e-4)
    nothing = derivation.estimate([start] * 3)
    assert (nothing.existence, nothing.proof) == ("not attained", "global")
