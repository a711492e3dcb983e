"""SymPy sets, relations and random variables as domains, beyond what ``test_model`` covers."""

from __future__ import annotations

import pytest
import sympy as sp
import sympy.stats as sympy_stats

from symbolic_mle.errors import ModelError
from symbolic_mle.from_sympy import domain_of, from_random_variable, relations_of, symbols_of

x = sp.Symbol("x", real=True)
p, rate = sp.symbols("p rate", positive=True)


@pytest.mark.parametrize(
    "given", [sp.Interval(0, 2), sp.Interval.open(-1, 1), sp.Interval.Lopen(0, 3), sp.Interval(0, sp.oo)], ids=str
)
def test_the_relations_of_an_interval_hold_on_it_and_nowhere_else(given: sp.Interval) -> None:
    domain = domain_of(x, given)
    for value in (-2, -1, sp.Rational(-1, 2), 0, 1, 2, 3, 4):
        inside = all(r.xreplace({x: sp.sympify(value)}) == sp.true for r in domain.relations)
        assert inside == (value in given)
    assert not domain.integer


def test_finite_sets_keep_their_points() -> None:
    assert domain_of(x, sp.FiniteSet(1, 2)).integer
    halves = domain_of(x, sp.FiniteSet(sp.Rational(1, 2), 1))
    assert not halves.integer
    assert set(halves.points) == {sp.Rational(1, 2), sp.Integer(1)}


def test_relations_and_symbols() -> None:
    assert relations_of(None) == ()
    assert set(relations_of(sp.And(x > 0, x < 1))) == {x > 0, x < 1}
    assert symbols_of((p, rate), "parameter") == (p, rate)
    with pytest.raises(ModelError, match="needed a SymPy symbol"):
        symbols_of(p + 1, "parameter")
    with pytest.raises(ModelError, match="not a SymPy set or relation"):
        relations_of(x + 1)


def test_densities_of_random_variables_have_total_1() -> None:
    density, symbol, support, discrete = from_random_variable(sympy_stats.Exponential("X", rate), None)
    assert not discrete
    assert sp.simplify(sp.integrate(density, (symbol, support.inf, support.sup))) == 1
    density, symbol, support, discrete = from_random_variable(sympy_stats.Binomial("X", 4, p), None)
    assert discrete
    assert sp.simplify(sum(density.subs(symbol, value) for value in support)) == 1
