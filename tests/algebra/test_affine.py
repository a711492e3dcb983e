"""Affine forms, cones and balances against numbers."""

from __future__ import annotations

import numpy as np
import pytest
import sympy as sp
from scipy.optimize import linprog

from symbolic_mle.algebra.affine import affine_form, combination, in_cone, polyhedron, solve_affine
from symbolic_mle.algebra.balance import Balance
from symbolic_mle.algebra.intervals import Interval

a, b, c, d = unknowns = sp.symbols("a b c d", real=True)


@pytest.mark.parametrize("expr", [a * b, 1 / a, sp.sqrt(2) * a, sp.exp(a), a**2 - b, sp.Symbol("m") * a])
def test_what_is_not_affine_over_the_rationals_has_no_form(expr: sp.Expr) -> None:
    assert affine_form(expr, unknowns) is None


def test_a_form_is_its_coefficients() -> None:
    assert affine_form(1 - a + sp.Rational(2, 3) * d, unknowns) == (1, -1, 0, 0, sp.Rational(2, 3))


def test_a_cone_agrees_with_linear_programming() -> None:
    random = np.random.default_rng(3)
    seen = set()
    for _ in range(60):
        generators = random.integers(-2, 3, size=(int(random.integers(1, 6)), 3))
        target = random.integers(-2, 3, size=3)
        expected = linprog(np.zeros(len(generators)), A_eq=generators.T, b_eq=target).status == 0
        found = in_cone(
            tuple(map(sp.Integer, target.tolist())), [tuple(map(sp.Integer, g)) for g in generators.tolist()]
        )
        assert found == expected
        seen.add(found)
    assert seen == {True, False}


def test_a_combination_needs_independent_forms() -> None:
    assert combination((1, 0, 0), [(0, 1, 0), (0, 0, 1), (1, -1, -1)]) == (1, 1, 1)
    assert combination((1, 0, 0), [(1, 0, 0), (2, 0, 0)]) is None


def test_equations_are_solved_and_contradictions_seen() -> None:
    assert solve_affine([a + b + c - 1, a - b], (a, b, c)) == {c: 1 - 2 * a, b: a}
    assert solve_affine([a + b - 1, a + b - 2], (a, b)) is None


def test_a_polyhedron_knows_what_is_nonnegative_on_it() -> None:
    side = Interval(sp.Integer(0), sp.oo, True)
    space = polyhedron({a: side, b: side, c: side}, [sp.Eq(a + b + c, 1), sp.Le(a, b)])
    assert space is not None
    for expr, expected in (
        (1 - a, True),
        (b - a, True),
        (a - b, False),
        (1 - 2 * a, True),
        (c - a, False),
        (b + c, True),
    ):
        form = space.form(expr)
        assert form is not None and space.is_nonnegative(form) is expected, expr


def test_no_polyhedron_without_points_or_with_curves() -> None:
    side = Interval(sp.Integer(0), sp.oo, True)
    assert polyhedron({a: side}, [sp.Lt(a * a, 1)]) is None
    assert polyhedron({a: side, b: side}, [sp.Eq(a, b), sp.Lt(a, b)]) is None


EQUATIONS = (
    [sp.Eq(a + b + c, 1)], [sp.Eq(a + b + c, 1), sp.Eq(a, b)], [sp.Eq(a + b + c + d, 1), sp.Eq(a + b, sp.Rational(1, 2))],
    [sp.Eq(a + b, 1), sp.Eq(c + d, 1)], [sp.Eq(a + b + c, 1), sp.Eq(b, 2 * a)], [sp.Eq(a, b), sp.Eq(b, c), sp.Eq(a + b + c + d, 1)],
    [sp.Eq(a + b + c, 1), sp.Eq(a - b + c, sp.Rational(1, 2))], [sp.Eq(a, b + 1)], [sp.Eq(2 * a + b, 6), sp.Lt(a, b)], [],
)  # fmt: skip


@pytest.mark.parametrize("relations", EQUATIONS, ids=str)
def test_balanced_values_satisfy_the_equations(relations: list[sp.Rel]) -> None:
    balance = Balance.of(unknowns, relations)
    random = np.random.default_rng(1)
    for _ in range(5):
        values = balance(dict(zip(unknowns, map(float, random.exponential(size=4)), strict=True)))
        for relation in relations:
            if isinstance(relation, sp.Eq):
                assert abs(float((relation.lhs - relation.rhs).subs(values))) < 1e-12


def test_shares_of_a_whole_stay_positive() -> None:
    values = Balance.of((a, b, c), [sp.Eq(a + b + c, 1)])({a: 8.0, b: 1.0, c: 1.0})
    assert values == pytest.approx({a: 0.8, b: 0.1, c: 0.1})
