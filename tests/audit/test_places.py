"""Places: inside the spaces, allowed by the model, the same every time."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
import sympy as sp

from symbolic_mle import Model
from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.audit.places import SIZES, Place, draw_places, ends
from symbolic_mle.records import Condition, Specification
from tests.derivations import CATALOGUE


def parse(density: str, variable: str = "x", **given: Any) -> Specification:
    return Model.parse(density, variable, checked=False, **given).specification


def same(one: Place, other: Place) -> bool:
    columns = all((a == b).all() for a, b in zip(one.sample.values(), other.sample.values(), strict=True))
    return one.values == other.values and one.others == other.others and columns


@pytest.mark.parametrize("name", CATALOGUE)
def test_places_lie_inside_the_spaces_and_the_support(name: str) -> None:
    model = Model.parse(**CATALOGUE[name].specification()).specification
    places = list(draw_places(model))
    assert len(places) == len(SIZES)
    for place in places:
        for values in (place.values, *place.others):
            for symbol, interval in {**model.known, **model.parameters}.items():
                low, high = ends(interval, values)
                assert low <= values[symbol] <= high
        for symbol, interval in model.support.intervals.items():
            low, high = ends(interval, place.values)
            column = place.sample[symbol]
            assert ((low <= column) & (column <= high)).all()
            assert not interval.integer or (column == column.round()).all()


@pytest.mark.parametrize("name", ["poisson", "gamma", "von-mises", "binomial", "uniform-interval"])
def test_the_same_places_every_time(name: str) -> None:
    model = Model.parse(**CATALOGUE[name].specification()).specification
    assert all(same(a, b) for a, b in zip(draw_places(model), draw_places(model), strict=True))


def test_the_known_constants_are_the_same_in_all_points_of_a_place() -> None:
    model = Model.parse(**CATALOGUE["binomial"].specification()).specification
    (known,) = model.known
    for place in draw_places(model):
        assert {v[known] for v in place.others} == {place.values[known]}


def test_restrictions_between_parameters_hold() -> None:
    model = parse("exp(-x/b)/b + a", parameters={"a": "a > 0", "b": "b > 0"}, support="x > 0", constraints=["a < b"])
    a, b = model.parameters
    for place in draw_places(model):
        assert all(v[a] < v[b] for v in (place.values, *place.others))


def test_relations_between_components_hold() -> None:
    model = parse("t e^(-t y)", "y,z", parameters={"t": "t > 0"}, support="0 < y, y < z, z < 4")
    y, z = model.variables
    for place in draw_places(model):
        assert (place.sample[y] < place.sample[z]).all()


def test_equations_between_parameters_hold() -> None:
    model = parse("p^x q^(1 - x)", parameters={"p": "p > 0", "q": "q > 0"}, constraints=["p + q == 1"])
    p, q = model.parameters
    places = list(draw_places(model))
    assert places
    for place in places:
        assert all(v[p] + v[q] == pytest.approx(1, abs=1e-12) for v in (place.values, *place.others))


def test_what_cannot_be_drawn_gives_no_places() -> None:
    circle = ["p^2 + q^2 == 1"]
    assert not list(draw_places(parse("p^x q^(1 - x)", parameters={"p": "p > 0", "q": "q > 0"}, constraints=circle)))


def test_conditions_hold_beyond_doubt() -> None:
    model = Model.parse(**CATALOGUE["bernoulli"].specification()).specification
    (x,) = model.variables
    total = DataSum(x, x)
    conditions = (Condition(total, ">"), Condition(total - model.size, "<"))
    for place in draw_places(model, conditions):
        assert 0 < place.sample[x].sum() < len(place.sample[x])


@pytest.mark.parametrize("relation", ["<", "="])
def test_conditions_that_cannot_hold_give_no_places(relation: str) -> None:
    model = Model.parse(**CATALOGUE["gamma"].specification()).specification
    (x,) = model.variables
    assert not list(draw_places(model, (Condition(DataSum(x, x), relation),)))


@pytest.mark.parametrize("bound", [sp.Rational(1, 1000), sp.Integer(1000)])
@pytest.mark.parametrize("relation", ["<", ">"])
def test_samples_of_another_size_where_conditions_need_them(bound: sp.Expr, relation: str) -> None:
    model = Model.parse(**CATALOGUE["gamma"].specification()).specification
    (x,) = model.variables
    places = list(draw_places(model, (Condition(DataSum(x, x) - bound * model.size, relation),)))
    assert places
    for place in places:
        assert (place.sample[x].mean() > bound) == (relation == ">")


def test_special_observations_stand_in_some_places_and_not_in_others() -> None:
    model = Model.parse(**CATALOGUE["exponential"].specification()).specification
    (x,) = model.variables
    assert {bool((place.sample[x] == 0).any()) for place in draw_places(model)} == {True, False}
    line = Model.parse(**CATALOGUE["cauchy-scale"].specification()).specification
    assert any((place.sample[line.variables[0]] == 0).any() for place in draw_places(line))


def test_parameters_with_separate_values_take_them() -> None:
    model = parse("p^x (1 - p)^(1 - x)", parameters={"p": "in {1/4, 1/2}"}, support="integer, 0 <= x, x <= 1")
    (p,) = model.parameters
    points = itertools.chain.from_iterable((q.values, *q.others) for q in draw_places(model))
    assert {v[p] for v in points} == {0.25, 0.5}


def test_ends_that_depend_on_values() -> None:
    model = Model.parse(**CATALOGUE["binomial"].specification()).specification
    (x,), (m,) = model.variables, model.known
    assert ends(model.support.intervals[x], {m: 7.0}) == (0.0, 7.0)
    assert sp.oo not in ends(model.known[m], {})[:1]


def test_the_support_may_end_at_a_covariate() -> None:
    trials = parse("binomial(m, y) p^y (1 - p)^(m - y)", "y", parameters={"p": "0 < p, p < 1"}, covariates=["m"],
                   support="0 <= y, y <= m", discrete=True)  # fmt: skip
    width = parse("1/(2 h)", "y", parameters={"h": "h > 0"}, covariates=["z"], support="z - h <= y, y <= z + h")
    for model in (trials, width):
        places = list(draw_places(model))
        assert places
        for place in places:
            y, other = (place.sample[s] for s in model.observed)
            (value,) = (place.values[p] for p in model.parameters)
            assert ((y >= 0) & (y <= other)).all() if model is trials else (abs(y - other) <= value).all()
