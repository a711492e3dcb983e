"""Maximisers with certainty: against brute force, with many peaks, at closed ends, and where there is none."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize

from symbolic_mle import Model, derive
from symbolic_mle.locating.boxes import Axis
from symbolic_mle.locating.certified import certified_maximum
from symbolic_mle.locating.heights import Heights
from symbolic_mle.records import Existence, Proof
from symbolic_mle.stages.likelihood import build_likelihood


def model_of(density, parameters, support="", discrete=False, known=None, variable="x"):
    return Model.parse(
        density=density, variable=variable, parameters=parameters, support=support, discrete=discrete, known=known or {}
    )


def located(model, data):
    """What is certified of the whole log-likelihood."""
    specification = model.specification
    total = build_likelihood(specification).log_likelihood
    axes = [
        Axis(p, float(i.lower), float(i.upper), i.closed_lower, i.closed_upper)
        for p, i in specification.parameters.items()
    ]
    sample = {specification.variables[0]: np.asarray(data, dtype=float)}
    return certified_maximum(total, axes, {}, sample, specification)


def brute_force(model, data, starts):
    """The greatest likelihood that a search from many starts finds."""
    specification = model.specification
    sample = {specification.variables[0]: np.asarray(data, dtype=float)}
    heights, names = Heights.of(specification, {}, sample), list(specification.parameters)

    def depth(v):
        value = heights(dict(zip(names, map(float, v), strict=True)))
        return -value if np.isfinite(value) else 1e300

    return -min(minimize(depth, s, method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-12}).fun for s in starts)


def height_of(model, data, values):
    specification = model.specification
    sample = {specification.variables[0]: np.asarray(data, dtype=float)}
    return Heights.of(specification, {}, sample)({p: values[p.name] for p in specification.parameters})


LINE = [[v] for v in np.linspace(-9, 9, 19)]
POSITIVE = [[v] for v in np.geomspace(0.02, 50, 12)]
SHARE = [[v] for v in np.linspace(0.03, 0.97, 9)]
PLANE = [[a, b] for a in (0.2, 1.0, 4.0) for b in (0.1, 0.5, 0.9)]

ONE = {
    "Cauchy": (model_of("1/(pi*(1 + (x - m)^2))", {"m": ""}), LINE, lambda r, n: r.standard_cauchy(n)),
    "Cauchy, scaled": (model_of("2/(pi*(4 + (x - m)^2))", {"m": ""}), LINE, lambda r, n: 5 * r.standard_cauchy(n)),
    "a mean in a bounded space": (
        model_of("1/(pi*(1 + (x - m)^2))", {"m": "-1 <= m, m <= 2"}), [[v] for v in np.linspace(-1, 2, 9)],
        lambda r, n: 3 + r.standard_cauchy(n),
    ),
    "equal mean and deviation": (
        model_of("exp(-(x - t)^2/(2*t^2))/sqrt(2*pi*t^2)", {"t": "t > 0"}), POSITIVE, lambda r, n: r.normal(2, 2, n),
    ),
    "cosine of a shift": (
        model_of("(1 + cos(x - m)/2)/(2*pi)", {"m": "-3 <= m, m <= 3"}, "-pi < x, x <= pi"),
        [[v] for v in np.linspace(-3, 3, 13)], lambda r, n: r.uniform(-3, 3, n),
    ),
    "two normals at m and 2m": (
        model_of("(exp(-(x - m)^2/2) + exp(-(x - 2*m)^2/2))/(2*sqrt(2*pi))", {"m": ""}), LINE,
        lambda r, n: r.normal(2, 2, n),
    ),
    "a power of a share": (
        model_of("p^(2*k)*(1 - p^2)^(3 - k)*binomial(3, k)", {"p": "0 <= p, p <= 1"}, "0 <= k, k <= 3", True, variable="k"), SHARE,
        lambda r, n: r.integers(0, 4, n),
    ),
    "a mixture with a moving part": (
        model_of("(exp(-x) + l*exp(-l*x))/2", {"l": "l > 0"}, "x > 0"), POSITIVE, lambda r, n: r.exponential(1, n),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ONE)
def test_one_parameter_against_brute_force(name):
    model, starts, draw = ONE[name]
    random, sure = np.random.default_rng(11), 0
    for size in (1, 2, 3, 8, 25):
        data = draw(random, size)
        found = located(model, data)
        if found is None:
            continue
        if found.existence is Existence.ATTAINED:
            sure += found.proof is Proof.GLOBAL
            best = brute_force(model, data, starts)
            for point in found.maximisers:
                values = {p.name: v for p, v in point.items()}
                assert height_of(model, data, values) >= best - 1e-7
    assert sure >= 2


TWO = {
    "zero-inflated Poisson": (
        model_of(
            "Piecewise((w + (1-w)*exp(-l), Eq(x, 0)), ((1-w)*exp(-l)*l^x/x!, True))", {"l": "l > 0", "w": "0 <= w, w < 1"},
            "x >= 0", True,
        ),
        lambda r, n: r.poisson(2, n) * (r.random(n) < 0.7),
    ),
    "zero-inflated geometric": (
        model_of(
            "Piecewise((w + (1-w)*(1-q), Eq(k, 0)), ((1-w)*(1-q)*q^k, True))", {"q": "0 < q, q < 1", "w": "0 <= w, w < 1"},
            "k >= 0", True, variable="k",
        ),
        lambda r, n: (r.geometric(0.4, n) - 1) * (r.random(n) < 0.6),
    ),
    "generalised Poisson": (
        model_of(
            "t*(t + c*x)^(x - 1)*exp(-t - c*x)/x!", {"t": "t > 0", "c": "0 <= c, c < 1"}, "x >= 0", True
        ),
        lambda r, n: r.negative_binomial(2, 0.4, n),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TWO)
def test_two_parameters_against_brute_force(name):
    model, draw = TWO[name]
    derivation, random, sure = derive(model), np.random.default_rng(4), 0
    for size in (3, 6, 12, 30):
        data = draw(random, size)
        estimate = derivation.estimate(data)
        if estimate.existence != "attained":
            continue
        sure += estimate.proof == "global"
        best = brute_force(model, data, PLANE)
        assert height_of(model, data, estimate.values) >= best - 1e-7
    assert sure >= 2


@pytest.mark.parametrize("name", TWO)
def test_all_zero_counts_have_no_maximum(name):
    estimate = derive(TWO[name][0]).estimate([0, 0, 0])
    assert (estimate.existence, estimate.proof) == ("not attained", "global")


def test_three_equal_peaks_far_apart_are_all_compared():
    model = ONE["Cauchy"][0]
    found = located(model, [-10.0, 0.0, 10.0])
    assert found.proof is Proof.GLOBAL and [v for m in found.maximisers for v in m.values()] == pytest.approx([0.0])
    tied = located(model, [-3.0, 3.0])
    assert sorted(v for m in tied.maximisers for v in m.values()) == pytest.approx([-(8**0.5), 8**0.5])
    assert tied.proof is Proof.LOCAL  # that two numbers are equal is not what intervals can prove


def test_a_slope_towards_an_end_that_is_left_out_is_no_maximum():
    model = model_of("l*exp(-l*x)", {"l": "0 < l, l < 1"}, "x > 0")
    assert located(model, [0.1, 0.2]).existence is Existence.NOT_ATTAINED
    closed = model_of("l*exp(-l*x)", {"l": "0 < l, l <= 1"}, "x > 0")
    (point,) = located(closed, [0.1, 0.2]).maximisers
    assert list(point.values()) == [1.0]


def test_a_ridge_and_a_flat_likelihood_are_not_decided():
    ridge = model_of("exp(-(x - a - b)^2/2)/sqrt(2*pi)", {"a": "-5 <= a, a <= 5", "b": "-5 <= b, b <= 5"})
    assert located(ridge, [0.3, 0.4]) is None
    flat = model_of("(1 + t*x)/2", {"t": "-1 <= t, t <= 1"}, "-1 <= x, x <= 1")
    assert located(flat, [0.0]) is None


@pytest.mark.parametrize("centre", [0.0, 1.0, -3.0])
@pytest.mark.parametrize("data", [(0.0,), (0.0, 0.0), (-0.5, 0.5), (-1.0, 0.0, 1.0)])
def test_a_peak_on_the_edge_of_a_box_is_not_lost(centre, data):
    model = model_of("1/(pi (1 + (x - m)^2))", {"m": ""})
    found = located(model, [centre + v for v in data])
    assert found is not None and found.existence is Existence.ATTAINED
    (point,) = found.maximisers
    assert list(point.values()) == pytest.approx([centre], abs=1e-9)
