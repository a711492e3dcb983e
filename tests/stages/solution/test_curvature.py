"""Concavity by rules: where a scale is named, ℓ is strictly concave on it; where log Σ is not convex, none is."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle import Model
from symbolic_mle.algebra.numeric import compile_expression
from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.records import Specification
from symbolic_mle.stages.solution.curvature import concave_scale, sign_is_not_negative
from tests.derivations import CATALOGUE, derivation

LINE = Model.parse("e^(-(x - t)^2/2)/sqrt(2 pi)", "x", {"t": ""}).specification
HALF = Model.parse("t e^(-t x)", "x", {"t": "t > 0"}, "x > 0").specification


def parts(model: Specification) -> tuple[Symbol, Symbol, Symbol]:
    """t, x, n."""
    return next(iter(model.parameters)), model.observed[0], model.size


def total(summand: Expr, model: Specification) -> DataSum:
    return DataSum(summand, model.observed)


def along(expr: Expr, model: Specification, data: list[float]) -> Callable[[float], float]:
    t, x, n = parts(model)
    evaluate = compile_expression(expr, (t,), (x,), n).on({x: np.array(data)})
    return lambda value: evaluate({t: value})


def is_concave(function: Callable[[float], float], points: np.ndarray) -> bool:
    """f((a + b)/2) > (f(a) + f(b))/2 for neighbours a, b."""
    return all(
        function((a + b) / 2) > (function(a) + function(b)) / 2 for a, b in zip(points, points[2:], strict=False)
    )


def on_scale(scale: Expr, t: Symbol) -> Callable[[float], float]:
    """s ↦ t: t = s, 1/s or e^s for the scale that has |dt/ds| = ``scale``."""
    return {sp.Integer(1): lambda s: s, t**2: lambda s: 1 / s, t: np.exp}[scale]


def concave_examples() -> list[tuple[str, Specification, Expr, list[float]]]:
    t, x, n = parts(LINE)
    u, y, m = parts(HALF)
    return [
        ("log Σ e^(tx) with a quadratic", LINE, -n * sp.log(total(sp.exp(t * x), LINE)) - n * t**2, [-1.0, 0.3, 2.0]),
        ("log Σ e^(tx) with e^t", LINE, -sp.log(total(sp.exp(t * x), LINE)) - sp.exp(t), [-1.0, 0.3, 2.0]),
        ("log t and log Σ y^t", HALF, m * sp.log(u) - m * sp.log(total(y**u, HALF)), [0.2, 1.0, 3.0]),
        ("log Σ e^(−y/t)", HALF, -m * sp.log(u) - m * sp.log(total(sp.exp(-y / u), HALF)) - 9 / u, [0.2, 1.0, 3.0]),
        ("two coupled sums", HALF, m * sp.log(u) - sp.log(total(y**u, HALF)) - 2 * sp.log(total(sp.exp(u * y), HALF)),
         [0.5, 1.0, 1.5]),
    ]  # fmt: skip


EXAMPLES = concave_examples()


@pytest.mark.parametrize(("model", "function", "data"), [e[1:] for e in EXAMPLES], ids=[e[0] for e in EXAMPLES])
def test_on_the_scale_that_is_named_the_function_is_strictly_concave(
    model: Specification, function: Expr, data: list[float]
) -> None:
    t, _, _ = parts(model)
    scale = concave_scale(function, t, model)
    assert scale is not None
    to_parameter, height = on_scale(scale, t), along(function, model, data)
    points = np.linspace(-2, 2, 21) if model is LINE or scale == t else np.linspace(0.2, 4, 21)
    assert is_concave(lambda s: height(float(to_parameter(s))), points)


@pytest.mark.parametrize("name", ["weibull", "gumbel"])
def test_profiles_of_the_catalogue(name: str) -> None:
    d, data = derivation(name), np.array(CATALOGUE[name].sample)
    reduction = d.findings.reductions[-1]
    t = reduction.parameter
    scale = concave_scale(reduction.log_likelihood, t, d.model)
    assert scale is not None
    assert reduction.shape is not None
    assert reduction.shape.kind == "curvature"
    assert sp.simplify(reduction.shape.function - scale * reduction.score) == 0
    evaluate = compile_expression(reduction.log_likelihood, (t,), d.model.observed, d.model.size)
    height = evaluate.on({d.model.observed[0]: data})
    to_parameter = on_scale(scale, t)
    assert is_concave(lambda s: height({t: float(to_parameter(s))}), np.linspace(0.2, 4, 25))


def unproved_examples() -> list[tuple[str, Specification, Expr]]:
    t, x, n = parts(LINE)
    u, y, m = parts(HALF)
    return [
        ("the sum enters with a plus", LINE, n * sp.log(total(sp.exp(t * x), LINE)) - n * t**2),
        ("nothing strictly concave beside it", LINE, -n * sp.log(total(sp.exp(t * x), LINE))),
        ("a convex rest", LINE, -n * sp.log(total(sp.exp(t * x), LINE)) + n * t**2),
        ("terms that are log-concave", LINE, -n * sp.log(total(sp.exp(-(t**2) * (1 + x**2)), LINE)) - t**2),
        ("terms without a sign", LINE, -n * sp.log(total(t * x, LINE)) - t**2),
        ("terms that are neither", LINE, -n * sp.log(total(1 / (1 + (t - x) ** 2), LINE)) - t**2),
        ("no coupled sum", LINE, -n * t**2),
        ("a coefficient of unknown sign", LINE, -total(x, LINE) * sp.log(total(sp.exp(t * x), LINE)) - n * t**2),
        ("log of t with a plus outside", HALF, -m * sp.log(u) + m * sp.log(total(y**u, HALF))),
    ]


UNPROVED = unproved_examples()


@pytest.mark.parametrize(("model", "function"), [e[1:] for e in UNPROVED], ids=[e[0] for e in UNPROVED])
def test_without_the_premises_no_scale_is_named(model: Specification, function: Expr) -> None:
    t, _, _ = parts(model)
    assert concave_scale(function, t, model) is None


def test_the_scale_of_a_real_parameter_is_the_parameter() -> None:
    """1/t and log t are no scales on the line."""
    t, x, n = parts(LINE)
    assert concave_scale(-n * sp.log(total(sp.exp(t * x), LINE)) - n * t**2, t, LINE) == 1


def test_a_sign_that_is_not_known_is_not_taken_for_negative() -> None:
    t, _, n = parts(LINE)
    assert not sign_is_not_negative(-n, LINE)
    assert sign_is_not_negative(n, LINE)
    assert sign_is_not_negative(sp.Integer(0), LINE)
    assert sign_is_not_negative(t, LINE)
