"""Relations: chains, lists, sets and intervals, and what is decided by the symbols' assumptions."""

from __future__ import annotations

import pytest
import sympy as sp
from sympy import Eq, Ge, Gt, Le, Lt, Ne, Rational

from symbolic_mle.errors import ReadingError
from symbolic_mle.reading import read_relations

NAMES = {name: sp.Symbol(name) for name in ("x", "y", "a", "b", "theta", "N", "M", "k")}
x, y, a, b, theta, N, M, k = NAMES.values()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("  ", ()),
        ("x > 0", (Gt(x, 0),)),
        ("x ≥ 0", (Ge(x, 0),)),
        ("x < y", (Lt(x, y),)),
        ("x ≤ y", (Le(x, y),)),
        ("x = 1", (Eq(x, 1),)),
        ("x == y", (Eq(x, y),)),
        ("a + b == 1", (Eq(a + b, 1),)),
        ("theta != 0", (Ne(theta, 0),)),
        ("theta ≠ 0", (Ne(theta, 0),)),
        ("0 < x < 1", (Lt(0, x), Lt(x, 1))),
        ("0 <= x <= theta < 5", (Le(0, x), Le(x, theta), Lt(theta, 5))),
        ("1 > x >= 0", (Gt(1, x), Ge(x, 0))),
        ("0 <= x, x <= N", (Le(0, x), Le(x, N))),
        ("x <= M, k - x <= N - M", (Le(x, M), Le(k - x, N - M))),
        ("x > 0 and y > 0", (Gt(x, 0), Gt(y, 0))),
        ("x > 0 ∧ y > 0 & a > 0", (Gt(x, 0), Gt(y, 0), Gt(a, 0))),
        ("And(x > 0, y > 0)", (Gt(x, 0), Gt(y, 0))),
        ("(x > 0) & (y > 0)", (Gt(x, 0), Gt(y, 0))),
        ("x < 0 or x > 1", (sp.Or(Lt(x, 0), Gt(x, 1)),)),
        ("x < 0 ∨ x > 1", (sp.Or(Lt(x, 0), Gt(x, 1)),)),
        ("(x < 0) | (x > 1)", (sp.Or(Lt(x, 0), Gt(x, 1)),)),
        ("not x < 0", (Ge(x, 0),)),
        ("Not(Eq(x, 0))", (Ne(x, 0),)),
        ("x in [0, 1)", (Le(0, x), Lt(x, 1))),
        ("x ∈ (0, θ]", (Lt(0, x), Le(x, theta))),
        ("x ∈ ]0, 1[", (Lt(0, x), Lt(x, 1))),
        ("x in (0, oo)", (Lt(0, x),)),
        ("x in {0, 1}", (sp.Or(Eq(x, 0), Eq(x, 1)),)),
        ("x in {3}", (Eq(x, 3),)),
        ("x ∈ ℝ", ()),
        ("-oo < x < oo", ()),
        ("x <= ∞", ()),
        ("|x - theta| < 1/2", (Lt(sp.Abs(x - theta), Rational(1, 2)),)),
        ("Abs(x - theta) <= 1", (Le(sp.Abs(x - theta), 1),)),
        ("x**2 + y**2 <= 1", (Le(x**2 + y**2, 1),)),
        ("-pi < x, x <= pi", (Lt(-sp.pi, x), Le(x, sp.pi))),
        ("1/2 <= x", (Le(Rational(1, 2), x),)),
        ("True", (sp.true,)),
    ],
)
def test_relations(text: str, expected: tuple[object, ...]) -> None:
    assert read_relations(text, NAMES) == expected


def test_a_relation_that_the_assumptions_decide_is_true_or_false() -> None:
    positive = {"x": sp.Symbol("x", positive=True), "k": sp.Symbol("k", integer=True)}
    assert read_relations("x < -1", positive) == (sp.false,)
    assert read_relations("x > 0", positive) == (sp.true,)
    assert read_relations("x > 0, x < -1, x > 1", positive) == (sp.true, sp.false, Gt(positive["x"], 1))
    assert read_relations("Eq(k, 1/2)", positive) == (sp.false,)
    assert read_relations("1 < 2, 2 < 1, sqrt(2) < 3/2", {}) == (sp.true, sp.false, sp.true)


def test_a_contradiction_between_relations_is_left_to_the_caller() -> None:
    assert read_relations("x > 1, x < 0", NAMES) == (Gt(x, 1), Lt(x, 0))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("x", "'x' is not a relation"),
        ("x > 0, y", "'y' is not a relation"),
        ("x >", "the text ends after '>'"),
        ("> 0", "'>' is not expected"),
        ("x > 0,", "a comma at the end"),
        (", x > 0", "',' is not expected"),
        ("x > 0; y > 0", "separate relations by commas"),
        ("x => 0", "write >="),
        ("x =< 0", "write <="),
        ("x <> 0", "write !="),
        ("x := 0", "assignments"),
        ("x < -oo", "holds for no real number"),
        ("x = oo", "holds for no real number"),
        ("x > oo", "holds for no real number"),
        ("mu > 0", "unknown name 'mu'"),
        ("x in 5", "a set such as"),
        ("x in (1)", "the upper end of the interval"),
        ("x in [0, 1", "the text ends"),
        ("x in [0, 1}", "closes the interval"),
        ("x in {}", "'}' is not expected"),
        ("x in {0, 1, ...}", "a set with dots"),
        ("0 < x in (0, 1)", "'in' is not expected"),
        ("x integer", "unknown name 'integer'"),
        ("x in integers", "'integer' is not a relation"),
        ("(x > 0) + 1 > 0", "is a condition"),
        ("(x > 0) < 1", "is a condition"),
        ("x is positive", "unknown name 'is'"),
        ("1 < exp(exp(exp(100)))", "too large"),
    ],
)
def test_refusals(text: str, problem: str) -> None:
    with pytest.raises(ReadingError, match=problem):
        read_relations(text, NAMES)


def test_many_relations_are_refused() -> None:
    with pytest.raises(ReadingError, match="more than 100 relations"):
        read_relations(", ".join(f"x > {i}" for i in range(500)), NAMES)
