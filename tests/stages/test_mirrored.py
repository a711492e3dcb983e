"""Even likelihoods: two equally high maximisers, or one at 0."""

from __future__ import annotations

import numpy as np
import pytest
import sympy as sp
from scipy.optimize import minimize_scalar

from symbolic_mle import Model, derive
from symbolic_mle.algebra.parity import is_even, is_odd
from symbolic_mle.algebra.sample import DataSum

MODELS = {
    "a squared mean": (Model.parse(density="exp(-(x - t^2)^2/2)/sqrt(2*pi)", variable="x", parameters={"t": ""}), (-3, 3), 0.0),
    "two normals": (
        Model.parse(
            density="(exp(-(y - m)^2/2) + exp(-(y + m)^2/2))/(2*sqrt(2*pi))", variable="y", parameters={"m": ""}
        ),
        (-4, 4),
        0.0,
    ),
    "a normal folded": (
        Model.parse(
            density="sqrt(2/pi)*exp(-(x^2 + m^2)/2)*cosh(m*x)", variable="x", support="x > 0", parameters={"m": ""}
        ),
        (0.01, 3),
        0.0,
    ),
    "a squared mean of counts": (
        Model.parse(
            density="exp(-s^2)*s^(2*k)/k!", variable="k", support="k >= 0", discrete=True, parameters={"s": "-2 < s, s < 2"}
        ),
        None,
        None,
    ),
}  # fmt: skip


def heights(model, data, points):
    specification = model.specification
    (p,), (x,) = specification.parameters, specification.variables
    f = sp.lambdify((x, p), sp.expand_log(sp.log(specification.density), force=True), ["scipy", "numpy"])
    return np.array([np.sum(f(np.asarray(data, float), float(t))) for t in points])


@pytest.mark.parametrize("name", [name for name, (_, ends, _) in MODELS.items() if ends])
def test_both_maximisers_are_found_and_proved(name):
    model, (low, high), _ = MODELS[name]
    derivation, random, seen = derive(model), np.random.default_rng(5), set()
    assert derivation.proof == "global"
    for size in (1, 2, 5, 30, 30):
        for shift in (0.0, 1.0):
            data = random.uniform(low, high, size) * 0.7 + shift
            estimate = derivation.estimate(data)
            assert (estimate.existence, estimate.proof) == ("attained", "global")
            found = sorted(v for m in estimate.maximisers for v in m.values())
            assert found == [0.0] if len(found) == 1 else found[0] == -found[1] != 0
            grid = np.linspace(-6, 6, 1201)
            best = grid[np.argmax(heights(model, data, grid))]
            fine = minimize_scalar(
                lambda t, data=data: -heights(model, data, [t])[0], bounds=(best - 0.02, best + 0.02), method="bounded",
                options={"xatol": 1e-10},
            )  # fmt: skip
            assert heights(model, data, found) == pytest.approx(-fine.fun, abs=1e-7)
            assert abs(found[-1]) == pytest.approx(abs(fine.x), abs=1e-3)
            seen.add(len(found))
    assert seen == {1, 2}


def test_a_bounded_space_and_counts():
    derivation = derive(MODELS["a squared mean of counts"][0])
    assert sorted(v for m in derivation.estimate([1, 0, 3]).maximisers for v in m.values()) == pytest.approx(
        [-((4 / 3) ** 0.5), (4 / 3) ** 0.5]
    )
    assert [m["s"] for m in derivation.estimate([0, 0]).maximisers] == [0.0]
    assert derivation.estimate([5, 7]).existence in ("not attained", "unknown")


def test_it_is_told_that_half_the_space_is_enough():
    text = derive(MODELS["two normals"][0]).to_text()
    assert "ℓ(−m) = ℓ(m)" in text and "m̂ and −m̂ are the two maximum likelihood estimates" in text
    assert "∑ᵢ yᵢ² ≤ n   The estimate is m̂ = 0." in text


def test_parity_is_seen_and_never_guessed():
    t, x = sp.Symbol("t", real=True), sp.Symbol("x", real=True)
    assert is_even(DataSum(sp.log(sp.exp(t * x) + sp.exp(-t * x)), x), t)
    assert is_odd(DataSum(x * sp.tanh(t * x), x) - t, t)
    assert not is_even(DataSum((x - t) ** 2, x), t) and not is_odd(DataSum((x - t) ** 2, x), t)
    assert not is_even(x, t)
