"""The likelihood that the audit finds by itself, against calculus done by SymPy."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import sympy as sp
from sympy import Expr

from symbolic_mle.audit.arithmetic import Digits, Doubles, Sheet
from symbolic_mle.audit.places import Values, draw_places
from symbolic_mle.audit.view import Course, View, lines_of
from tests.derivations import derivation

FAMILIES = ["gamma", "normal", "weibull", "bernoulli-logit", "lindley", "inverse-gaussian"]


def views(name: str) -> list[View]:
    """The first place of a derivation, in doubles and in digits."""
    d = derivation(name)
    course = Course.of(d.steps, d.model)
    place = next(draw_places(d.model, d.steps[-1].conditions))
    sheet = Sheet.of(d.model, dict.fromkeys(line for step in d.steps for line in lines_of(step)))
    arithmetics = (Doubles.of(sheet, place.sample), Digits.of(d.model, place.sample))
    return [View(course, place, arithmetic) for arithmetic in arithmetics]


def by_sympy(name: str, view: View, values: Values, *derivatives: Any) -> float:
    """Σ of the (differentiated) log-density, observation by observation."""
    model = derivation(name).model
    logarithm: Expr = sp.log(model.density)
    for symbol in derivatives:
        logarithm = logarithm.diff(symbol)
    (x,) = model.variables
    exact = {s: sp.Rational(str(v)) for s, v in values.items()}
    return float(sum(logarithm.xreplace({**exact, x: sp.Rational(str(v))}).evalf(30) for v in view.place.sample[x]))


@pytest.mark.parametrize("name", FAMILIES)
@pytest.mark.parametrize("kind", [0, 1], ids=["doubles", "digits"])
def test_heights_and_slopes(name: str, kind: int) -> None:
    view = views(name)[kind]
    values = view.place.values
    accuracy = (1e-7, 1e-14)[kind]
    assert float(view.height(0, values)) == pytest.approx(by_sympy(name, view, values), rel=1e-12)
    for parameter in derivation(name).model.parameters:
        first, second = (float(view.slope(0, parameter, values, order)) for order in (1, 2))
        assert first == pytest.approx(by_sympy(name, view, values, parameter), rel=accuracy, abs=accuracy)
        bend = by_sympy(name, view, values, parameter, parameter)
        assert second == pytest.approx(bend, rel=100 * accuracy, abs=100 * accuracy)


@pytest.mark.parametrize("name", ["gamma", "normal", "inverse-gaussian", "weibull"])
def test_a_profile_is_the_likelihood_at_the_root(name: str) -> None:
    for view in views(name):
        values, course = view.place.values, view.course
        filled = view.filled(1, values)
        eliminated = course.parameters[0]
        assert filled[eliminated] == view.line(course.roots[0], values)
        assert {s: v for s, v in filled.items() if s != eliminated} == {
            s: v for s, v in values.items() if s != eliminated
        }
        assert view.height(1, values) == pytest.approx(float(view.height(0, filled)))


@pytest.mark.parametrize("name", ["gamma", "normal", "weibull"])
def test_the_slope_of_a_profile_is_the_partial_derivative_at_the_root(name: str) -> None:
    """The envelope theorem: dℓₚ/dφ = ∂ℓ/∂φ where ∂ℓ/∂θ = 0."""
    for view in views(name):
        parameter, values = view.course.parameters[1], view.place.values
        partial = float(view.slope(0, parameter, view.filled(1, values)))
        assert float(view.slope(1, parameter, values)) == pytest.approx(partial, rel=1e-7, abs=1e-7)


@pytest.mark.parametrize("name", FAMILIES)
def test_both_arithmetics_agree_on_every_line(name: str) -> None:
    doubles, digits = views(name)
    for step in derivation(name).steps:
        for line in lines_of(step):
            with np.errstate(all="ignore"):
                value = doubles.line(line, doubles.place.values)
            assert value == pytest.approx(float(digits.line(line, digits.place.values)), rel=1e-9, abs=1e-9)


def test_infinite_ends_are_infinite_in_both() -> None:
    for view in views("bernoulli-logit"):
        ends = [view.line(s.factor, view.place.values) for s in derivation("bernoulli-logit").steps if s.rule == "end"]
        assert [float(e) for e in ends] == [-np.inf, np.inf]


def test_towards_an_end_from_inside() -> None:
    for view in views("lindley"):
        (parameter,) = derivation("lindley").model.parameters
        number = view.arithmetic.number
        near = [v[parameter] for v in view.towards(parameter, number(0))]
        assert near == sorted(near, reverse=True) and near[-1] > 0
        far = [v[parameter] for v in view.towards(parameter, number(np.inf))]
        assert far == sorted(far) and far[0] > 1


def test_the_space_around_a_value() -> None:
    doubles, _ = views("bernoulli-logit")
    (eta,) = derivation("bernoulli-logit").model.parameters
    assert doubles.room(eta, {eta: 0.25}) == 1.0
    assert doubles.room(eta, {eta: -40.0}) == 40.0
    gamma, _ = views("gamma")
    k, _ = derivation("gamma").model.parameters
    assert gamma.room(k, {k: 0.25}) == 0.25
    assert not gamma.room(k, {k: -1.0}) > 0
    assert not gamma.room(k, {k: np.nan}) > 0


def test_the_stages_of_a_course() -> None:
    d = derivation("gamma")
    k, theta = d.model.parameters
    course = Course.of(d.steps, d.model)
    assert course.parameters == {0: theta, 1: k}
    assert course.roots.keys() == {0}
    chain = [s for s in d.steps if s.part == "equation"]
    assert course.equation_before(chain[0]) is None
    assert [course.equation_before(s) for s in chain[1:]] == chain[:-1]
    assert [course.is_last_equation(s) for s in chain] == [False] * (len(chain) - 1) + [True]
    assert course.shape_of(1) in d.steps
