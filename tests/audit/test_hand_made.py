"""Derivations written by hand, some of them wrong in ways that a machine's are not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle import Model
from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.audit import Report, audit
from symbolic_mle.errors import AuditError
from symbolic_mle.records import Specification, Step

WHOLE = sp.Integer(0)


def parse(density: str, parameters: Mapping[str, str], support: str, **given: Any) -> Specification:
    return Model.parse(density, "x", parameters, support, checked=False, **given).specification


EXPONENTIAL = parse("t e^(-t x)", {"t": "t > 0"}, "x > 0")
T, X, N = *EXPONENTIAL.parameters, *EXPONENTIAL.variables, EXPONENTIAL.size
TOTAL = DataSum(X, X)


def equation(rule: str, left: Expr, right: Expr = WHOLE, factor: Expr | None = None) -> Step:
    return Step("equation", rule, right, left, parameter=T, factor=factor)


def result(value: Expr, parameter: Symbol = T, left: Expr | None = None) -> Step:
    return Step("result", "estimator", value, parameter if left is None else left, parameter=parameter)


SCORE = equation("set-to-zero", N / T - TOTAL)
CLEARED = equation("clear", N - T * TOTAL, factor=T)
ROOT = equation("isolate", T, N / TOTAL)


@pytest.mark.parametrize(
    "steps",
    [
        (SCORE, CLEARED, ROOT),
        (SCORE, ROOT),
        (SCORE, equation("collect", TOTAL - N / T), ROOT),  # the same equation, turned
        (SCORE, equation("isolate", 1 / T, TOTAL / N), equation("undo", T, N / TOTAL)),
        (SCORE, equation("isolate", sp.log(T), sp.log(N / TOTAL)), equation("undo", T, N / TOTAL)),
        (SCORE, equation("quadratic", T, N / TOTAL)),
        (Step("shape", "decreasing", N - T * TOTAL, parameter=T, factor=T),),
        (Step("shape", "second-derivative", -N / T**2, parameter=T, factor=N / T - TOTAL),),
        (Step("log-likelihood", "profile", N * sp.log(T) - T * TOTAL + 7 * TOTAL),),  # a constant more
        (result(N / TOTAL),),
    ],
)
def test_true_steps(steps: tuple[Step, ...]) -> None:
    assert audit(steps, EXPONENTIAL) == Report(len(steps), 0)


WRONG: list[tuple[str, tuple[Step, ...]]] = [
    ("step 2 .clear.*positive factor", (SCORE, equation("clear", -N + T * TOTAL, factor=-T), ROOT)),
    ("step 2 .collect.*same solutions", (SCORE, equation("collect", (N / T - TOTAL) * (T - 1)), ROOT)),
    ("step 2 .collect.*0 at t", (SCORE, equation("collect", N / T - TOTAL * (1 + sp.Rational(1, 10**5))), ROOT)),
    ("step 2 .isolate", (SCORE, equation("isolate", T, TOTAL / N))),
    ("step 2 .isolate", (SCORE, equation("isolate", T, -N / TOTAL))),
    ("step 2 .quadratic", (SCORE, equation("quadratic", T, 2 * N / TOTAL))),
    ("factor · derivative", (Step("shape", "decreasing", N - T * TOTAL, parameter=T, factor=T**2),)),
    ("decreasing in t", (Step("shape", "decreasing", TOTAL * T - N, parameter=T, factor=-T),)),
    ("log-likelihood", (Step("log-likelihood", "profile", N * sp.log(T) - T * TOTAL + T),)),
    ("positive likelihood", (Step("likelihood", "powers", -(T**N) * sp.exp(-T * TOTAL)),)),
    ("the density", (Step("likelihood", "independence", T * sp.exp(-2 * T * X)),)),
    ("an end of the interval", (Step("shape", "end", WHOLE, N / T - TOTAL, parameter=T, factor=sp.Integer(3)),)),
    ("the limit as t → oo", (Step("shape", "end", WHOLE, N / T - TOTAL, parameter=T, factor=sp.oo),)),
    ("positive, then negative", (result(N / TOTAL * (1 + sp.Rational(1, 10))),)),
    ("0 at t", (result(N / TOTAL * (1 + sp.Rational(1, 10**5))),)),
    ("inside the space", (result(-N / TOTAL),)),
    ("an estimator of the parameter", (result(N / TOTAL, left=T**2),)),
    ("imaginary unit", (result(sp.I * N / TOTAL),)),
]


@pytest.mark.parametrize(("message", "steps"), WRONG)
def test_wrong_steps(message: str, steps: tuple[Step, ...]) -> None:
    with pytest.raises(AuditError, match=message):
        audit(steps, EXPONENTIAL)


def test_a_small_error_is_seen_and_a_rounding_error_is_not() -> None:
    line = Step("score", "differentiate", N / T - TOTAL, parameter=T)
    assert audit((line,), EXPONENTIAL).tested == 1
    slightly = Step("score", "differentiate", N / T - TOTAL * (1 + sp.Rational(1, 10**5)), parameter=T)
    with pytest.raises(AuditError):
        audit((slightly,), EXPONENTIAL)


def test_cancellation_is_no_error() -> None:
    """(10⁸ + ℓ′)² − 10¹⁶ loses all digits of doubles; a hundred digits agree."""
    large = sp.Integer(10) ** 16
    score = N / T - TOTAL
    lost = ((large + score) ** 2 - large**2 - score**2) / (2 * large)
    assert audit((Step("score", "differentiate", lost, parameter=T),), EXPONENTIAL) == Report(1, 0)


# ------------------------------------------------------------------ maxima


def test_a_minimum_is_no_estimator() -> None:
    """f = e^((x − t)²) has its stationary point where the likelihood is least."""
    model = parse("e^((x - t)^2)", {"t": ""}, "")
    (t,), (x,) = model.parameters, model.variables
    with pytest.raises(AuditError, match="positive, then negative"):
        audit((result(DataSum(x, x) / model.size, t),), model)


def test_a_saddle_is_no_estimator() -> None:
    """ℓ = (3ab − a² − b²) Σ xᵢ is stationary at 0, falls along each axis, and rises along a = b."""
    model = parse("e^(x*(3*a*b - a^2 - b^2))", {"a": "", "b": ""}, "x > 0")
    a, b = model.parameters
    with pytest.raises(AuditError, match="no better value nearby"):
        audit((result(WHOLE, a), result(WHOLE, b)), model)


@pytest.mark.parametrize(("end", "holds"), [(0, False), (1, True)])
def test_an_estimator_at_an_end_of_the_space(end: int, holds: bool) -> None:
    """f = e^(tx), x > 0, grows in t: the maximum on [0, 1] is at 1."""
    model = parse("e^(t x)", {"t": "0 <= t, t <= 1"}, "x > 0")
    (t,) = model.parameters
    if holds:
        assert audit((result(sp.Integer(end), t),), model) == Report(1, 0)
    else:
        with pytest.raises(AuditError, match="no better value nearby"):
            audit((result(sp.Integer(end), t),), model)


def test_a_kink_is_no_maximum_for_the_derivative_but_no_error_of_doubles() -> None:
    """Differences straddle |x − t| = 0; with shorter ones the derivative is the right one."""
    model = parse("e^(-|x - t|)/2", {"t": ""}, "")
    (t,), (x,) = model.parameters, model.variables
    assert audit((Step("score", "differentiate", DataSum(sp.sign(x - t), x), parameter=t),), model) == Report(1, 0)


# ------------------------------------------------------------------ what cannot be tested


def test_what_has_no_numbers_is_not_tested() -> None:
    unknown = sp.Function("g")(T)
    steps = (Step("score", "differentiate", unknown, parameter=T), Step("score", "differentiate", N / T - TOTAL))
    assert audit(steps, EXPONENTIAL) == Report(0, 2)


def test_a_density_without_numbers_leaves_all_untested() -> None:
    x, t = Symbol("x", positive=True), Symbol("t", positive=True)
    model = Model(sp.Function("g")(x * t), x, t, checked=False).specification
    assert audit((Step("likelihood", "independence", model.density),), model) == Report(0, 1)


def test_an_equation_with_none_before_it_is_not_tested() -> None:
    assert audit((CLEARED,), EXPONENTIAL) == Report(0, 1)


BINOMIAL = parse("binomial(m, x) (2/5)^x (3/5)^(m - x)", {"m": "integer, m >= 1"}, "x = 0, 1, ..., m", discrete=True)
M, Y, SIZE = *BINOMIAL.parameters, *BINOMIAL.variables, BINOMIAL.size
CHANGE = SIZE * sp.log(sp.Rational(3, 5) * (M + 1)) - DataSum(sp.log(M + 1 - Y), Y)


def test_the_ratio_of_neighbours_and_that_it_falls() -> None:
    steps = (Step("ratio", "neighbours", CHANGE, parameter=M), Step("ratio", "falling-ratio", CHANGE, parameter=M))
    assert audit(steps, BINOMIAL) == Report(2, 0)


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        ("neighbours", CHANGE + SIZE / 100),
        ("neighbours", CHANGE.xreplace({M: M + 1})),
        ("neighbours", -CHANGE),
        ("falling-ratio", -CHANGE),
        ("falling-ratio", SIZE * M),
    ],
)
def test_a_wrong_ratio_is_refused(rule: str, line: Expr) -> None:
    with pytest.raises(AuditError):
        audit((Step("ratio", rule, line, parameter=M),), BINOMIAL)
