"""Where an equation that somebody wrote holds: tested at values of its unknown, and searched for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import mpmath

from symbolic_mle.algebra.numeric import NotNumeric
from symbolic_mle.marking.agreement import Valued
from symbolic_mle.marking.bench import Place
from symbolic_mle.marking.functions import NoValueError
from symbolic_mle.marking.reading_claims import hat

CLOSE = mpmath.mpf("1e-12")  # relative difference that counts as none, after numerical differentiation in 30 digits
NO_VALUE = (NoValueError, NotNumeric, ValueError, ArithmeticError)
STARTS = ("1", "-1.3", "0.2")  # of the search for a point that solves an equation
Values = Mapping[str, Any]
_STEPS = ((mpmath.mpf("1.07"), mpmath.mpf("0.01")), (mpmath.mpf("0.92"), mpmath.mpf("-0.02")))


def vanishes(gap: Valued, place: Place, values: Values, parameter: str) -> bool:
    """Is the gap none at these values, held against that at values nearby?"""
    try:
        near = max(abs(gap(place, at_value(values, parameter, values[parameter] * f + s))) for f, s in _STEPS)
        return bool(abs(gap(place, values)) <= CLOSE * near)
    except NO_VALUE:
        return False


def at_value(values: Values, parameter: str, value: Any) -> dict[str, Any]:
    """The parameter, with and without its hat, at a value."""
    return {**values, parameter: value, hat(parameter): value}


def roots(gap: Valued, place: Place, parameter: str, context: Any) -> Iterator[Any]:
    """Different zeros of the gap in one parameter, in or outside of its space, by the secant method."""
    base = place.others[0]
    seen: list[Any] = []
    for factor in STARTS:
        start = (base[parameter] or 1) * context.mpf(factor)
        try:
            root = context.findroot(
                lambda v: gap(place, at_value(base, parameter, v)),
                (start, start * context.mpf("1.1")),
                maxsteps=40,
            )
        except NO_VALUE:
            continue
        if all(abs(root - other) > 1e-10 * (1 + abs(other)) for other in seen):
            seen.append(root)
            yield root
