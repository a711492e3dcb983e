"""Linear inequalities as coordinates: 0 ≤ x ≤ N is x = s, N = s + t with s, t ≥ 0.

A sign that holds for all s, t ≥ 0 holds wherever the inequalities do. An inequality for which no coordinate is found is left
out: what holds on the larger region holds on the smaller.
"""

from __future__ import annotations

from collections.abc import Iterable

import sympy as sp
from sympy import Dummy, Expr, Symbol

from symbolic_mle.algebra.intervals import Interval


def slack_coordinates(
    inequalities: Iterable[Expr], symbols: set[Symbol]
) -> tuple[dict[Symbol, Expr], dict[Symbol, Interval]]:
    """Each of the symbols in coordinates s ≥ 0, so that every linear form given is ≥ 0; and the region of the coordinates.

    >>> x, m = sp.symbols("x m")
    >>> places, region = slack_coordinates([x, m - x], {x, m})
    >>> sorted(len(e.free_symbols) for e in places.values()), len(region)
    ([1, 2], 2)
    """
    places: dict[Symbol, Expr] = {}
    slacks: set[Symbol] = set()
    for inequality in inequalities:
        form = sp.expand(inequality.xreplace(places))
        if not _is_linear(form) or _is_sum_of_positives(form, slacks):
            continue
        slack = Dummy("s", nonnegative=True)
        solved = _solved(form, slack, symbols - places.keys(), slacks)
        if solved is None:
            continue
        symbol, value = solved
        places = {s: sp.expand(e.xreplace({symbol: value})) for s, e in places.items()}
        slacks = (slacks - {symbol}) | {slack}
        if symbol in symbols:
            places[symbol] = value
    region = {s: Interval(sp.Integer(0), sp.oo, closed_lower=True) for s in slacks}
    return places, region


def _solved(form: Expr, slack: Symbol, free: set[Symbol], slacks: set[Symbol]) -> tuple[Symbol, Expr] | None:
    """form = slack, solved for a symbol that is still free, or for a coordinate that is then seen to stay ≥ 0."""
    for symbol in sorted(form.free_symbols & free, key=lambda s: (bool(form.coeff(s).is_negative), str(s))):
        return symbol, _solved_for(symbol, form, slack)
    for symbol in sorted(form.free_symbols & slacks, key=str):
        value = _solved_for(symbol, form, slack)
        if _is_sum_of_positives(value, slacks | {slack}):
            return symbol, value
    return None


def _solved_for(symbol: Symbol, form: Expr, slack: Symbol) -> Expr:
    weight = form.coeff(symbol)
    return sp.expand((slack - (form - weight * symbol)) / weight)


def _is_linear(form: Expr) -> bool:
    symbols = form.free_symbols
    return bool(symbols) and form.is_polynomial(*symbols) and sp.Poly(form, *symbols).total_degree() <= 1


def _is_sum_of_positives(form: Expr, slacks: set[Symbol]) -> bool:
    """Is a linear form ≥ 0 because every coefficient and the constant are?"""
    return form.free_symbols <= slacks and all(c.is_nonnegative for c in form.as_coefficients_dict().values())
