"""Limits at the ends of an interval: right where an answer is given, and None where it is not certain."""

from __future__ import annotations

import mpmath
import pytest
import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.ends import limit_at

k, a = sp.symbols("k a", positive=True)
x, S = sp.symbols("x S", real=True)
oo, psi = sp.oo, sp.digamma
R = sp.Rational

KNOWN: list[tuple[Expr, Symbol, Expr, str, Expr]] = [
    # rational functions, with letters for numbers
    ((S - a * k) / (1 + k), k, oo, "-", -a),
    ((S - a * k) / (1 + k), k, sp.Integer(0), "+", S),
    (S - a * k**2, k, oo, "-", -oo),
    (3 / k**2 - 1 / k, k, a, "+", 3 / a**2 - 1 / a),
    (a * k - k**2, k, oo, "-", -oo),
    (a / (1 - k) - S / k, k, sp.Integer(1), "-", oo),
    ((k + a) ** 2 - k**2 - 2 * a * k, k, oo, "-", a**2),
    (1 / x, x, sp.Integer(0), "+", oo),
    (1 / x, x, sp.Integer(0), "-", -oo),
    (x**3, x, -oo, "+", -oo),
    (x**2, x, -oo, "+", oo),
    # logarithms, powers, exponentials
    (k * sp.log(k), k, sp.Integer(0), "+", sp.Integer(0)),
    (sp.log(k) / k, k, oo, "-", sp.Integer(0)),
    (1 / k + sp.log(k), k, sp.Integer(0), "+", oo),
    (sp.log(k) - k, k, oo, "-", -oo),
    (k**5 * sp.exp(-k), k, oo, "-", sp.Integer(0)),
    (k * (sp.log(1 + k) - sp.log(k)), k, oo, "-", sp.Integer(1)),
    (k / (sp.exp(k) - 1), k, sp.Integer(0), "+", sp.Integer(1)),
    (sp.sqrt(k**2 + a) - k, k, oo, "-", sp.Integer(0)),
    (k**a, k, sp.Integer(0), "+", sp.Integer(0)),
    (-k / ((1 - k) * sp.log(1 - k)), k, sp.Integer(0), "+", sp.Integer(1)),
    (-k / ((1 - k) * sp.log(1 - k)), k, sp.Integer(1), "-", oo),
    # gamma and its kin, by their series
    (sp.log(k) - psi(k), k, oo, "-", sp.Integer(0)),
    (sp.log(k) - psi(k), k, sp.Integer(0), "+", oo),
    (k * (sp.log(k) - psi(k)), k, oo, "-", R(1, 2)),
    (k * (sp.log(k) - psi(k)), k, sp.Integer(0), "+", sp.Integer(1)),
    (sp.loggamma(k + a) - sp.loggamma(k) - a * sp.log(k), k, oo, "-", sp.Integer(0)),
    (psi(k + a) - psi(k), k, sp.Integer(0), "+", oo),
    (psi(k + a) - psi(k), k, oo, "-", sp.Integer(0)),
    (k * sp.polygamma(1, k), k, oo, "-", sp.Integer(1)),
    (sp.besseli(1, k) / sp.besseli(0, k), k, oo, "-", sp.Integer(1)),
    (sp.besseli(1, k) / sp.besseli(0, k), k, sp.Integer(0), "+", sp.Integer(0)),
]
MAY_DECLINE: list[tuple[Expr, Symbol, Expr, str, Expr]] = [
    (sp.coth(k) - 1 / k, k, sp.Integer(0), "+", sp.Integer(0)),
    (sp.coth(k) - 1 / k, k, oo, "-", sp.Integer(1)),
    (1 / k - 1 / (sp.exp(k) - 1), k, sp.Integer(0), "+", R(1, 2)),
    (1 / sp.sinh(k) - 1 / k, k, sp.Integer(0), "+", sp.Integer(0)),
    (1 / sp.tanh(k) - 1 / k - k / 3, k, sp.Integer(0), "+", sp.Integer(0)),
    (k * sp.zeta(1 + k), k, sp.Integer(0), "+", sp.Integer(1)),
    (sp.log(sp.log(k)), k, oo, "-", oo),
    (sp.exp(-1 / k), k, sp.Integer(0), "+", sp.Integer(0)),
    (sp.gamma(k) * k, k, sp.Integer(0), "+", sp.Integer(1)),
    (sp.erf(k) / k, k, sp.Integer(0), "+", 2 / sp.sqrt(sp.pi)),
    (sp.Abs(x) / x, x, sp.Integer(0), "-", sp.Integer(-1)),
    (k**k, k, sp.Integer(0), "+", sp.Integer(1)),
    ((1 + 1 / k) ** k, k, oo, "-", sp.E),
]


@pytest.mark.parametrize(("expr", "symbol", "end", "side", "limit"), KNOWN, ids=lambda v: str(v))
def test_known_limits(expr: Expr, symbol: Symbol, end: Expr, side: str, limit: Expr) -> None:
    found = limit_at(expr, symbol, end, side)
    assert found is not None
    assert sp.simplify(found - limit) == 0 if limit.is_finite is not False else found == limit


@pytest.mark.parametrize(("expr", "symbol", "end", "side", "limit"), MAY_DECLINE, ids=lambda v: str(v))
def test_hard_limits_are_right_or_declined(expr: Expr, symbol: Symbol, end: Expr, side: str, limit: Expr) -> None:
    found = limit_at(expr, symbol, end, side)
    assert found is None or found == limit or sp.simplify(found - limit) == 0


@pytest.mark.parametrize("expr", [sp.sin(k), sp.cos(k) * k, sp.floor(k), sp.exp(sp.sin(k))], ids=str)
def test_what_oscillates_has_no_limit(expr: Expr) -> None:
    assert limit_at(expr, k, oo, "-") is None


def test_a_free_expression_is_its_own_limit() -> None:
    assert limit_at(S**2 + a, k, oo, "-") == S**2 + a


def test_an_unknown_sign_is_not_guessed() -> None:
    """S·k runs to +oo or −oo with the sign of S: neither may be the answer."""
    for expr in (S * k, k * (S - a), S * sp.log(k)):
        assert limit_at(expr, k, oo, "-") not in (oo, -oo, sp.Integer(0))


@pytest.mark.parametrize("sign", [-2, 3])
def test_a_limit_with_a_letter_holds_for_every_value_of_the_letter(sign: int) -> None:
    """Where S is real, k^S → 0 for S > 0 only."""
    found = limit_at(k**S, k, sp.Integer(0), "+")
    if found is not None:
        there = found.subs(S, sign)
        assert there == (oo if sign < 0 else 0), f"the limit of k^({sign}) at 0 is not {there}"


def near(end: Expr, side: str) -> mpmath.mpf:
    if end.is_infinite:
        return mpmath.mpf(10) ** 5 * (1 if end == oo else -1)
    return mpmath.mpf(float(end)) + mpmath.mpf(10) ** -9 * (1 if side == "+" else -1)


@pytest.mark.parametrize(("expr", "symbol", "end", "side", "limit"), KNOWN, ids=lambda v: str(v))
def test_the_table_itself_against_numbers(expr: Expr, symbol: Symbol, end: Expr, side: str, limit: Expr) -> None:
    values = {a: R(7, 5), S: R(3, 2)}
    with mpmath.workdps(60):
        there = sp.N(expr.subs(values).subs(symbol, sp.Float(near(end.subs(values), side), 60)), 40)
    goal = limit.subs(values)
    if goal.is_infinite:
        assert abs(there) > 5
        assert sp.sign(there) == sp.sign(goal)
    else:
        assert abs(there - goal) < 0.02
