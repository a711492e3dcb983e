"""Corners on planes in several parameters: log f is linear in u = r·θ − c on either side of u = 0, with its peak there.

Premises, checked: u is affine in the location parameters θ, with coefficients from the data; log f = a·u + g below and
−b·u + g above u = 0 with the same g free of θ, and a, b > 0 for all data; every θ ranges over the whole line. The other
parameters φ enter a and b only as one positive factor, and nothing of u (see ``others``). What follows is the theorem of
``locating.vertices``.
"""

from __future__ import annotations

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.locating.vertices import Vertices
from symbolic_mle.records import Specification
from symbolic_mle.stages.corners.others import common_factor, some_values
from symbolic_mle.stages.corners.taking_apart import proved_sign, region_of, take_apart


def on_planes(model: Specification, locations: tuple[Symbol, ...]) -> Vertices | None:
    """The search for the maximum over the location parameters; None where a premise fails."""
    first = locations[0]
    others = tuple(p for p in model.parameters if p not in locations)
    kinked = next((k for k in take_apart(model, first) if k.scale == first), None)
    if kinked is None or len(kinked.broken) != 1 or len(kinked.broken[0].corners) != 1:
        return None
    if not all(model.parameters[p].is_real_line for p in locations):
        return None
    (broken,) = kinked.broken
    level = sp.expand(broken.slope * first - broken.offset - broken.corners[0])
    rows = tuple(sp.expand(level.diff(p)) for p in locations)
    offset = sp.expand(-level.xreplace(dict.fromkeys(locations, sp.Integer(0))))
    if any((r.free_symbols | offset.free_symbols) & set(model.parameters) for r in rows):
        return None
    slopes = [sp.cancel(piece.diff(first) / broken.slope) for piece in broken.pieces]
    rests = [sp.expand(piece - slope * level) for piece, slope in zip(broken.pieces, slopes, strict=True)]
    if any(_has(e, locations) for e in (kinked.smooth, *slopes, *rests)) or sp.expand(rests[0] - rests[1]) != 0:
        return None
    value = sp.expand(broken.at[0] - rests[0])
    region = region_of(model, first)
    below, above = slopes[0], sp.cancel(-slopes[1])
    if value not in (0, sp.expand(slopes[0] * level), sp.expand(slopes[1] * level)):
        return None
    if any(proved_sign(s, region) != 1 for s in (below, above)):
        return None
    values = some_values(model, others)
    if others and common_factor((below, above), values, model, region) is None:
        return None
    return Vertices(locations, rows, offset, below.subs(values), above.subs(values))


def _has(expr: Expr, symbols: tuple[Symbol, ...]) -> bool:
    return bool(expr.free_symbols & set(symbols))
