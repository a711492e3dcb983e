"""The shape of a log-likelihood with corners: concave, or concave or convex on every cell between them.

Theorem. For every observation let θ ↦ log f(x | θ) be a sum of functions, each of which (1) has pieces that are concave,
(2) is continuous where two pieces meet, and (3) has there a slope that does not grow. Then each is concave, and so is the
sum ℓ. Where a function is −∞ outside an interval the same holds with (2) and (3) inside it.
Without (2) and (3), pieces that are all convex make ℓ convex between neighbouring corners, pieces that are all concave make
it concave there. Each premise is proved by the search for signs, over all data and all values of the other symbols.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum

import sympy as sp
from sympy import Dummy, Expr, Symbol

from symbolic_mle.algebra.corners import Broken
from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.algebra.signs import Sign
from symbolic_mle.locating.kinked import Kinked
from symbolic_mle.records import Region, Specification
from symbolic_mle.stages.corners.taking_apart import proved_sign, region_of
from symbolic_mle.stages.sample_signs import find_sign

FALLING = (Sign.NEGATIVE, Sign.NONPOSITIVE, Sign.ZERO)
RISING = (Sign.POSITIVE, Sign.NONNEGATIVE, Sign.ZERO)


class Shape(StrEnum):
    """What is proved of ℓ as a function of η."""

    CONCAVE = "concave"
    CONCAVE_CELLS = "concave on every cell"
    CONVEX_CELLS = "convex on every cell"


def shape_of(kinked: Kinked, model: Specification) -> Shape | None:
    """The strongest shape that can be proved, term by term or else with the smooth terms in every piece."""
    found = _shape(kinked, model)
    if found is not None or len(kinked.broken) != 1:
        return found
    whole = kinked.broken[0].mapped(lambda p: p if p == -sp.oo else sp.expand_log(p + kinked.smooth))
    return _shape(replace(kinked, broken=(whole,), smooth=sp.Integer(0)), model)


def _shape(kinked: Kinked, model: Specification) -> Shape | None:
    region = {**region_of(model, kinked.parameter), kinked.scale: kinked.space.interior}
    falling = _curves(kinked, model, region, FALLING)
    if falling and all(_is_joined(b, kinked.scale, model, region) for b in kinked.broken):
        return Shape.CONCAVE
    if _curves(kinked, model, region, RISING):
        return Shape.CONVEX_CELLS
    return Shape.CONCAVE_CELLS if falling else None


def _curves(kinked: Kinked, model: Specification, region: Region, wanted: tuple[Sign, ...]) -> bool:
    """Does every piece bend the wanted way?"""
    smooth = find_sign(kinked.smooth.diff(kinked.scale, 2), region)
    if smooth is None or smooth.sign not in wanted:
        return False
    for broken in kinked.broken:
        for k, piece in enumerate(broken.pieces):
            if piece != -sp.oo:
                second = piece.diff(kinked.scale, 2)
                if not any(s in wanted for s in _signs_on_piece(second, broken, k, kinked.scale, model, region)):
                    return False
    return True


def tails_fall(kinked: Kinked, model: Specification) -> bool:
    """Does ℓ fall, or stay, from the outermost corners of the sample towards −∞ and ∞?"""
    region = {**region_of(model, kinked.parameter), kinked.scale: kinked.space.interior}
    if kinked.smooth.has(kinked.scale):
        return False
    for broken in kinked.broken:
        side = proved_sign(broken.slope, region)
        if not side:
            return False
        for k, wanted in ((0, RISING if side > 0 else FALLING), (len(broken.corners), FALLING if side > 0 else RISING)):
            piece = broken.pieces[k]
            signs = (
                []
                if piece == -sp.oo
                else _signs_on_piece(piece.diff(kinked.scale), broken, k, kinked.scale, model, region)
            )
            if piece != -sp.oo and not any(s in wanted for s in signs):
                return False
    return True


def _signs_on_piece(
    expr: Expr, broken: Broken, k: int, eta: Symbol, model: Specification, region: Region
) -> Iterator[Sign]:
    """The sign of an expression on piece k: over all data, or with one variable written through u on its interval."""
    for form in (expr, sp.factor(expr)) if expr.is_rational_function() else (expr,):
        found = find_sign(form, region)
        if found is not None:
            yield found.sign
    corners = (-sp.oo, *broken.corners, sp.oo)
    u = Dummy("u", real=True)
    written = _through(u, broken, eta, model, region)
    if written is not None:
        variable, value = written
        low, high = corners[k], corners[k + 1]
        box = {**{s: i for s, i in region.items() if s != variable}, u: Interval(low, high)}
        found = find_sign(sp.expand(expr.xreplace({variable: value})) if expr.is_polynomial(variable) else
                          expr.xreplace({variable: value}), box)  # fmt: skip
        if found is not None:
            yield found.sign


def _through(u: Expr, broken: Broken, eta: Symbol, model: Specification, region: Region) -> tuple[Symbol, Expr] | None:
    """A variable x of the data as a function of u = slope·η − offset, where u is linear in x."""
    level = broken.slope * eta - broken.offset
    for variable in model.variables:
        weight = sp.expand(level.diff(variable))
        if weight != 0 and not weight.has(variable) and proved_sign(weight, region):
            return variable, sp.cancel((u - level.xreplace({variable: sp.Integer(0)})) / weight)
    return None


def _is_joined(broken: Broken, eta: Symbol, model: Specification, region: Region) -> bool:
    """Continuous with a falling slope at every corner between finite pieces; −∞ only outside."""
    finite = [k for k, piece in enumerate(broken.pieces) if piece != -sp.oo]
    if not finite or finite != list(range(finite[0], finite[-1] + 1)):
        return False
    for j, corner in enumerate(broken.corners):
        left, value, right = broken.pieces[j], broken.at[j], broken.pieces[j + 1]
        inside = [piece for piece in (left, right) if piece != -sp.oo]
        drop = broken.slope * (left.diff(eta) - right.diff(eta)) if len(inside) == 2 else sp.Integer(0)
        gaps = [piece - value for piece in inside] if value != -sp.oo else [] if len(inside) < 2 else [sp.oo]
        if not any(
            all(_is_zero(gap.xreplace(at), box) for gap in gaps) and _is_upward(drop.xreplace(at), box)
            for at, box in _at_corner(corner, broken, eta, model, region)
        ):
            return False
    return True


def _at_corner(
    corner: Expr, broken: Broken, eta: Symbol, model: Specification, region: Region
) -> Iterator[tuple[dict[Expr, Expr], Region]]:
    """Substitutions that put an expression at a corner, with the region of what is left."""
    written = _through(corner, broken, eta, model, region)
    if written is not None:
        variable, value = written
        yield {variable: value}, {s: i for s, i in region.items() if s != variable}
    yield {eta: sp.cancel((broken.offset + corner) / broken.slope)}, {s: i for s, i in region.items() if s != eta}


def _is_zero(gap: Expr, region: Region) -> bool:
    if gap.has(sp.oo, sp.zoo, sp.nan):
        return False
    if sp.expand(gap) == 0 or sp.cancel(sp.together(gap)) == 0:
        return True
    found = find_sign(gap, region)
    return found is not None and found.sign is Sign.ZERO


def _is_upward(drop: Expr, region: Region) -> bool:
    found = find_sign(sp.cancel(sp.together(drop)), region)
    return found is not None and found.sign in RISING
