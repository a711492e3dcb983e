"""The pieces of a function with corners agree with the function, on either side and at the corners."""

from __future__ import annotations

import numpy as np
import pytest
import sympy as sp

from symbolic_mle.algebra.corners import break_apart, has_corner

x, t = sp.symbols("x t", real=True)
b = sp.Symbol("b", positive=True)

FUNCTIONS = [
    sp.Abs(x - t) / b,
    sp.Max(1, sp.Abs(x - t)),
    sp.Min(b, sp.Max(x - t, 2 * t - 2 * x)),
    sp.Piecewise((t**2, x <= t), (x, x < t + 2), (0, True)),
    sp.Piecewise((1, sp.And(x > t - b, x < t + b)), (2, True)),
    sp.sign(2 * x - 3 * t) + sp.Heaviside(t - 2 * x / 3, sp.Rational(1, 4)),
    sp.Abs(sp.Abs(x - t) - 1),
]


def sign(expr: sp.Expr) -> int | None:
    return 1 if expr.is_positive else -1 if expr.is_negative else 0 if expr.is_zero else None


@pytest.mark.parametrize("function", FUNCTIONS, ids=str)
def test_pieces_are_the_function(function: sp.Expr) -> None:
    broken = break_apart(function, t, {b}, sign)
    assert broken is not None
    assert not any(has_corner(piece, t) for piece in (*broken.pieces, *broken.at))
    generator = np.random.default_rng(1)
    for place in range(2 * len(broken.corners) + 1):
        for values in generator.integers(-6, 7, (12, 2)):
            at = {x: sp.Rational(int(values[0]), 3), b: sp.Rational(4, 3)}
            corners = [c.xreplace(at) for c in broken.corners]
            knots = [(c + broken.offset.xreplace(at)) / broken.slope for c in corners]
            knots = knots if broken.slope.is_positive else knots[::-1]
            k, on = place // 2, place % 2
            ends = [knots[0] - 1, *knots, knots[-1] + 1]
            at[t] = knots[k] if on else (ends[k] + ends[k + 1]) / 2
            index = k if broken.slope.is_positive else (len(corners) - 1 - k if on else len(corners) - k)
            piece = (broken.at if on else broken.pieces)[index]
            assert sp.simplify(piece.xreplace(at) - function.xreplace(at)) == 0


def test_no_order_no_pieces() -> None:
    y = sp.Symbol("y", real=True)
    assert break_apart(sp.Abs(x - t) + sp.Abs(y - t), t, set(), sign) is None
    assert break_apart(sp.Abs(x - t**2), t, set(), sign) is None
    assert break_apart(x - t, t, set(), sign) is None
