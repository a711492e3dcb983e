"""Roots of a function of one variable on an open interval, finite or not, to the last bit.

``find_root`` is for a function that falls through zero once (a score whose likelihood is unimodal); ``find_roots``
looks for every change of sign on a dense grid. Both only evaluate the function: ±∞ has a sign, 0 and nan have none.
``polish`` refines with mpmath what the rounding errors of doubles blur.

May import SymPy and the rest of algebra; knows nothing of statistics. How the interval is searched is in
``root_search``, how a bracket is closed in ``root_refinement``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from sympy import Expr, Symbol

from symbolic_mle.algebra.numeric import ExactEvaluator
from symbolic_mle.algebra.numeric.evaluator import Sample, Values, columns_of
from symbolic_mle.algebra.root_refinement import Crossing, Function, Place, Root, refine, sign
from symbolic_mle.algebra.root_search import first_sign, grid, search

__all__ = ["Crossing", "Function", "Place", "Root", "find_root", "find_roots", "polish", "refine"]

LARGEST_SAMPLE_TO_POLISH = 2000
MOST_STEPS = 20
MOST_HALVINGS = 120


def find_root(function: Function, lower: float, upper: float, start: float | None = None) -> Root | None:
    """The root of a function that is positive, then negative, on (lower, upper); None if nothing is known.

    From ``start`` (default: 1 away from a single finite end, the middle of two, 0) the search goes towards the end
    that the sign points to, ever faster: on a logarithmic scale near a finite end and towards an infinite one.
    """
    first = first_sign(function, lower, upper, start)
    if first is None:
        return None
    point, here = first
    path = search(function, point, here, lower, upper)
    low, high = sorted((path.last, path.crossed_at if path.crossed_at is not None else point))
    if path.crossed_at is not None:
        return refine(function, low, high)
    place = Place.AT_UPPER if here > 0 else Place.AT_LOWER
    return Root(place, math.nan, (low, high), (here, here), complete=path.complete)


def find_roots(function: Function, lower: float, upper: float, extra: Sequence[float] = ()) -> tuple[Root, ...]:
    """Every change of sign that a dense grid shows, in order; ``extra`` points are added with their surroundings.

    Roots closer together than the grid, and roots without a change of sign, are missed.
    """
    points = [(point, sign(function(point))) for point in grid(lower, upper, extra)]
    signed = [(point, here) for point, here in points if here]
    brackets = [(a, b) for (a, before), (b, after) in zip(signed, signed[1:], strict=False) if before != after]
    roots = [refine(function, low, high) for low, high in brackets]
    return tuple(root for root in roots if root is not None)


def polish(
    expr: Expr,
    symbol: Symbol,
    root: float,
    values: Values,
    sample: Sample,
    size: Symbol | None = None,
    digits: int = 40,
) -> float:
    """The double nearest to the root of the expression, by mpmath; ``root`` itself where that fails.

    The new root is taken only if the expression changes sign between its two neighbours. It is looked for up to a
    factor of 2³² away, because cancellation can throw a root in doubles that far. Samples above 2000 are left alone.
    """
    columns = columns_of(sample, tuple(sample)).values()
    if not math.isfinite(root) or any(len(column) > LARGEST_SAMPLE_TO_POLISH for column in columns):
        return root
    known = {name: value for name, value in values.items() if name != symbol}
    exact = ExactEvaluator.of(expr, (*known, symbol), sample, size, digits)

    def at(point: Any) -> Any:
        return exact({**known, symbol: point})

    start = exact.context.mpf(root)
    found = _secant(at, start, digits)
    if (
        found is None
        or not abs(found - start) <= 1e-5 * abs(start)
        or not _changes_sign(at, exact.context, float(found))
    ):
        bracket = _bracket(at, start)
        found = None if bracket is None else _bisect(at, *bracket, digits)
    return root if found is None or not _changes_sign(at, exact.context, float(found)) else float(found)


def _changes_sign(at: Callable[[Any], Any], context: Any, point: float) -> bool:
    """Whether there is a change of sign between the two neighbours of a double."""
    below, above = (at(context.mpf(math.nextafter(point, end))) for end in (-math.inf, math.inf))
    return bool(below * above < 0)


def _bracket(at: Callable[[Any], Any], start: Any) -> tuple[Any, Any] | None:
    """The nearest change of sign around the start, going out by factors as far as 2³²."""
    here = at(start)
    unit = abs(start) if start else 2.0**-52
    for k in (-40, -30, -20, -10, -4, -1, 1, 2, 4, 8, 16, 32):
        for point in (start + unit * 2.0**k, start - unit * 2.0**k if k < 0 else start / 2**k):
            if here * at(point) < 0:
                return start, point
    return None


def _bisect(at: Callable[[Any], Any], low: Any, high: Any, digits: int) -> Any | None:
    """Halving, and a secant step as soon as one settles inside the bracket."""
    at_low = at(low)
    for count in range(MOST_HALVINGS):
        middle = (low + high) / 2
        value = at(middle)
        if value == 0:
            return middle
        low, high, at_low = (middle, high, value) if (value > 0) == (at_low > 0) else (low, middle, at_low)
        if count % 8 == 7:
            found = _secant(at, middle, digits)
            if found is not None and min(low, high) <= found <= max(low, high):
                return found
    return None


def _secant(at: Callable[[Any], Any], start: Any, digits: int) -> Any | None:
    """Secant steps in mpmath from a start that is good to some digits; None when they do not settle."""
    old, new = start, start * (1 + 2.0**-30) if start else start + 2.0**-500
    at_old, at_new = at(old), at(new)
    for _ in range(MOST_STEPS):
        if at_new == 0:
            return new
        if at_new == at_old or not abs(at_new) < math.inf:
            return None
        old, new, at_old = new, new - at_new * (new - old) / (at_new - at_old), at_new
        if abs(new - old) <= abs(new) * 10.0 ** (-digits / 2):
            return new
        at_new = at(new)
    return None
