"""Product → log → sum: the log-likelihood is the logarithm of the product, written out, whatever the sample."""

from __future__ import annotations

import random

import numpy as np
import pytest
import sympy as sp
from sympy import Expr

from symbolic_mle import Model
from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.families import catalogue
from symbolic_mle.records import Specification
from symbolic_mle.stages.likelihood import branches, build_likelihood, sum_over_sample

CATALOGUE = catalogue()


def written_out(expr: Expr, model: Specification, sample: list[Expr]) -> Expr:
    (x,) = model.variables

    def evaluated(total: DataSum) -> Expr:
        return sp.Add(*(total.summand.xreplace({x: value}) for value in sample))

    return expr.replace(lambda e: isinstance(e, DataSum), evaluated).xreplace({model.size: sp.Integer(len(sample))})


def numbers(model: Specification, name: str) -> dict[Expr, Expr]:
    symbols = {**model.parameters, **model.known}
    return {s: sp.Float(CATALOGUE[name].example[s.name]) for s in symbols}


def exact(value: float, model: Specification) -> Expr:
    return sp.Integer(int(value)) if model.discrete else sp.Float(value)


@pytest.mark.parametrize("name", CATALOGUE)
def test_it_is_the_logarithm_of_the_product(name: str) -> None:
    model = Model.parse(**CATALOGUE[name].specification()).specification
    likelihood = build_likelihood(model)
    sample = [exact(value, model) for value in CATALOGUE[name].sample]
    values = numbers(model, name)
    (x,) = model.variables
    product = np.prod([float(sp.N(model.density.xreplace({x: v, **values}))) for v in sample])
    total = likelihood.log_likelihood + likelihood.constant
    found = complex(sp.N(written_out(total, model, sample).xreplace(values)))
    assert found.real == pytest.approx(np.log(product), rel=1e-9, abs=1e-9)
    assert abs(found.imag) < 1e-12


@pytest.mark.parametrize("name", CATALOGUE)
def test_what_is_set_aside_is_free_of_the_parameters(name: str) -> None:
    model = Model.parse(**CATALOGUE[name].specification()).specification
    likelihood = build_likelihood(model)
    assert not likelihood.constant.free_symbols & set(model.parameters)
    for coefficient, statistic in likelihood.parted:
        assert coefficient.free_symbols & set(model.parameters)
        assert not coefficient.free_symbols & set(model.observed)
        assert not statistic.free_symbols & set(model.parameters)


@pytest.mark.parametrize(
    ("name", "statistics"),
    [
        ("poisson", {"x"}),
        ("normal", {"x", "x**2"}),
        ("gamma", {"x", "log(x)"}),
        ("beta", {"log(x)", "log(1 - x)"}),
        ("inverse-gaussian", {"x", "1/x"}),
        ("rayleigh", {"x**2"}),
        ("pareto", {"log(x)"}),
    ],
)
def test_sufficient_statistics(name: str, statistics: set[str]) -> None:
    likelihood = build_likelihood(Model.named(name).specification)
    assert {str(total.summand) for total in likelihood.statistics} == statistics


@pytest.mark.parametrize("name", ["cauchy-location", "logistic", "weibull", "gumbel"])
def test_data_that_do_not_part_have_no_such_statistics(name: str) -> None:
    assert build_likelihood(Model.named(name).specification).statistics == ()


def test_sums_are_linear_and_constants_come_out() -> None:
    model = Model.named("normal").specification
    (x,), n = model.variables, model.size
    mu, sigma2 = model.parameters
    assert sum_over_sample(sp.Integer(3), model) == 3 * n
    assert sum_over_sample(mu * x + sigma2, model) == mu * DataSum(x, (x,)) + n * sigma2
    assert sum_over_sample(x**2 / sigma2, model) == DataSum(x**2, (x,)) / sigma2


def test_pieces_are_exclusive_and_complete() -> None:
    x = sp.Symbol("x", real=True)
    density = sp.Piecewise((x, x < 1), (x**2, x < 2), (sp.Integer(5), True))
    found = branches(density)
    assert len(found) == 3
    generator = random.Random(1)
    for value in [1.0, 2.0, *(generator.uniform(-1, 4) for _ in range(20))]:
        holding = [piece for piece, where in found if where.subs(x, value) == sp.true]
        assert len(holding) == 1
        assert holding[0].subs(x, value) == density.subs(x, value)


def test_the_values_of_an_observation_are_not_those_of_its_label() -> None:
    model = Model.parse(
        density="Piecewise((a^y (1-a)^(1-y), Eq(g, 1)), (b^y (1-b)^(1-y), True))", variable="y", support="0 <= y, y <= 1",
        discrete=True, parameters={"a": "0 < a, a < 1", "b": "0 < b, b < 1"}, covariates=["g"],
    ).specification  # fmt: skip
    labels = {e for s in build_likelihood(model).log_likelihood.atoms(DataSum) for e in s.atoms(sp.Eq, sp.Ne)}
    (g,) = model.covariates
    assert labels == {sp.Eq(g, 1), sp.Ne(g, 1)}
