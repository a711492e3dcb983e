"""Supports and parameter spaces in words, lists and relations."""

from __future__ import annotations

import pytest
import sympy as sp
from sympy import Eq, Ge, Gt, Le, Lt, Ne, Rational

from symbolic_mle.errors import ReadingError
from symbolic_mle.reading import Domain, read_domain

NAMES = {name: sp.Symbol(name) for name in ("x", "y", "m", "k", "theta", "N", "M", "p")}
x, y, m, k, theta, N, M, p = NAMES.values()
BINARY = (sp.S.Zero, sp.S.One)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Domain()),
        ("0 < x < 1", Domain((Lt(0, x), Lt(x, 1)))),
        ("x in [0, 1)", Domain((Le(0, x), Lt(x, 1)))),
        ("x real", Domain()),
        ("x ∈ ℝ", Domain()),
        ("x integer", Domain(integer=True)),
        ("x is an integer", Domain(integer=True)),
        ("x ∈ ℤ", Domain(integer=True)),
        ("x in integers", Domain(integer=True)),
        ("x is positive", Domain((Gt(x, 0),))),
        ("x nonnegative", Domain((Ge(x, 0),))),
        ("x is a positive integer", Domain((Gt(x, 0),), integer=True)),
        ("x integer, x >= 1", Domain((Ge(x, 1),), integer=True)),
        ("x >= 0, x <= m, x integer", Domain((Ge(x, 0), Le(x, m)), integer=True)),
        ("x = 0, 1, 2, ...", Domain((Le(0, x),), integer=True)),
        ("x = 0,1,2,…", Domain((Le(0, x),), integer=True)),
        ("x = 1, 2, ..., m", Domain((Le(1, x), Le(x, m)), integer=True)),
        ("x = k, k + 1, ...", Domain((Le(k, x),), integer=True)),
        ("x = 1, ..., m, m >= 1", Domain((Le(1, x), Le(x, m), Ge(m, 1)), integer=True)),
        ("x in {0, 1, ..., m}", Domain((Le(0, x), Le(x, m)), integer=True)),
        ("x = 0, 1", Domain(integer=True, points=BINARY)),
        ("x ∈ {0, 1}", Domain(integer=True, points=BINARY)),
        ("x = 3", Domain(integer=True, points=(sp.Integer(3),))),
        ("x in {1/4, 1/2}", Domain(points=(Rational(1, 4), Rational(1, 2)))),
        ("x in {0, 1} and y > 0", Domain((Gt(y, 0),), True, BINARY)),
        ("x = 0, 1, y > 0", Domain((Gt(y, 0),), True, BINARY)),
        ("x in {1, 1, 2}", Domain(integer=True, points=(sp.S.One, sp.Integer(2)))),
        ("x in {0, sqrt(2)}", Domain(points=(sp.S.Zero, sp.sqrt(2)))),
        ("x = y", Domain((Eq(x, y),))),
        ("x + y = 1", Domain((Eq(x + y, 1),))),
        ("theta != 0", Domain((Ne(theta, 0),))),
        ("m < k", Domain((Lt(m, k),))),
        ("x <= M, k - x <= N - M", Domain((Le(x, M), Le(k - x, N - M)))),
    ],
)
def test_with_the_subject_in_the_text(text: str, expected: Domain) -> None:
    assert read_domain(text, NAMES) == expected
    if text.startswith("x"):
        assert read_domain(text, NAMES, subject="x") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("integer, N >= 1", Domain((Ge(N, 1),), integer=True)),
        ("integer, >= 1", Domain((Ge(N, 1),), integer=True)),
        ("integer", Domain(integer=True)),
        ("real", Domain()),
        ("positive", Domain((Gt(N, 0),))),
        ("negative", Domain((Lt(N, 0),))),
        ("positive integer", Domain((Gt(N, 0),), integer=True)),
        ("integer, 0 <= M, M <= N", Domain((Le(0, M), Le(M, N)), integer=True)),
        ("in {1/4, 1/2}", Domain(points=(Rational(1, 4), Rational(1, 2)))),
        ("∈ {0, 1}", Domain(integer=True, points=BINARY)),
        ("{0, 1}", Domain(integer=True, points=BINARY)),
        ("in (0, oo)", Domain((Lt(0, N),))),
        ("(0, 1]", Domain((Lt(0, N), Le(N, 1)))),
        ("[0, 1], N != 1/2", Domain((Le(0, N), Le(N, 1), Ne(N, Rational(1, 2))))),
        ("> 0", Domain((Gt(N, 0),))),
        (">= 0, < 1", Domain((Ge(N, 0), Lt(N, 1)))),
        ("!= 0", Domain((Ne(N, 0),))),
        ("in {0, 1, 2, ...}", Domain((Le(0, N),), integer=True)),
    ],
)
def test_with_the_subject_left_out(text: str, expected: Domain) -> None:
    assert read_domain(text, NAMES, subject="N") == expected


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("x is positive maybe", "'maybe' is not expected"),
        ("x is happy", "a kind of number"),
        ("k integer", "a statement about x"),
        ("y = 0, 1, 2, ...", "a statement about x"),
        ("y in {0, 1}", "a statement about x"),
        ("2 integer", "describes '2'"),
        ("x = 0, 2, 4, ...", "not of consecutive integers"),
        ("x = 1/2, 3/2, ...", "not of consecutive integers"),
        ("x = ..., 1", "'...' is not expected"),
        ("x in {..., 1}", "dots that do not tell the list"),
        ("x = 0, 1, ..., 5, 7", "dots that do not tell the list"),
        ("x = 0, ..., 5, ...", "dots that do not tell the list"),
        ("x = 0, 1, 2, ...,", "a comma at the end"),
        ("x in {0}, x in {1}", "a second list of values"),
        ("x in {}", "'}' is not expected"),
        ("0, 1", "'0' is not a relation"),
        ("x > 0, 5", "'5' is not a relation"),
        ("...", "is not a relation"),
        ("x in {0, oo}", "∞ inside"),
        ("x > 0 integer", "is a condition"),
        ("x in ℕ", "say where it starts"),
        ("mu > 0", "unknown name 'mu'"),
        ("x, y > 0", "'x' is not a relation"),
    ],
)
def test_refusals(text: str, problem: str) -> None:
    with pytest.raises(ReadingError, match=problem):
        read_domain(text, NAMES, subject="x")


@pytest.mark.parametrize("text", [">= 1", "in {1, 2}", "positive", "(0, 1)"])
def test_a_relation_without_a_subject_needs_one(text: str) -> None:
    with pytest.raises(ReadingError, match="about nothing"):
        read_domain(text, NAMES)


def test_decided_relations_are_reported() -> None:
    positive = {"x": sp.Symbol("x", positive=True)}
    assert read_domain("x < -1", positive).relations == (sp.false,)
    assert read_domain("x > 0", positive).relations == (sp.true,)


def test_a_name_called_integer_is_that_name() -> None:
    names = {"integer": sp.Symbol("integer")}
    assert read_domain("integer > 0", names).relations == (Gt(names["integer"], 0),)
