"""log f(x | θ) as a smooth function plus functions with corners, on the scale η = m(θ) on which the corners are affine.

A maximum does not move when the parameter is written differently: |x − θ²| has its corner where η = θ² meets x. Where the
support depends on θ, its relations are factors 1{…} of the density, and the logarithm is −∞ outside.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import sympy as sp
from sympy import Basic, Dummy, Expr, Symbol

from symbolic_mle.algebra.corners import CORNERS, Broken, break_apart, has_corner
from symbolic_mle.algebra.equations import undone
from symbolic_mle.algebra.intervals import REAL_LINE, Interval
from symbolic_mle.algebra.logs import IsPositive, expand_log
from symbolic_mle.algebra.signs import Sign
from symbolic_mle.locating.heights import support_relations
from symbolic_mle.locating.kinked import Kinked
from symbolic_mle.records import Region, Specification
from symbolic_mle.stages.sample_signs import STRICT, find_sign


def take_apart(model: Specification, parameter: Symbol) -> Iterator[Kinked]:
    """The log-density by its corners in one parameter, the others held fixed, on every scale on which that is possible."""
    moving = [r for r in support_relations(model) if r.has(parameter)]
    density = model.density * sp.Mul(*(sp.Piecewise((1, r), (0, True)) for r in moving))
    for scale in _scales(density, parameter, region_of(model, parameter)):
        found = _on_scale(scale, parameter, model.parameters[parameter])
        if found is None:
            continue
        eta, back, increasing, space = found
        written = density.xreplace({scale: eta}).xreplace({parameter: back})
        parts = _parts(written, eta, model, {**region_of(model, parameter), eta: space.interior})
        if parts is not None and parts[0]:
            yield Kinked(parameter, eta, scale, back, increasing, space, *parts)


def region_of(model: Specification, parameter: Symbol) -> dict[Symbol, Interval]:
    """Where all symbols range; an observation whose bounds hold the parameter may be anywhere."""
    region = model.region
    return {s: REAL_LINE if s in model.observed and i.free_symbols & {parameter} else i for s, i in region.items()}


# ------------------------------------------------------------------ the scale


def _scales(density: Expr, parameter: Symbol, region: Region) -> Iterator[Expr]:
    """m(θ), where every corner lies at a zero of a·m(θ) − b; if that is of θ > 0 itself, then of 1/θ as well."""
    found: set[Expr] = set()
    for switch in _switches(density, parameter):
        if has_corner(switch, parameter):
            continue  # made of others
        numerator, denominator = sp.fraction(sp.together(switch))
        if denominator.has(parameter) and proved_sign(denominator, region) in (None, 0):
            return
        for term in sp.Add.make_args(sp.expand_log(sp.expand(numerator))):
            dependent = term.as_independent(parameter, as_Add=False)[1]
            if dependent.has(parameter):
                found.add(dependent)
    if len(found) == 1:
        scale = found.pop()
        yield scale
        if scale == parameter and not region[parameter].integer and proved_sign(parameter, region) == 1:
            yield 1 / parameter


def _switches(expr: Basic, parameter: Symbol) -> Iterator[Expr]:
    """The expressions at whose zeros there are corners."""
    for node in expr.atoms(*CORNERS):
        if isinstance(node, sp.Piecewise):
            for _, condition in node.args:
                relations = condition.atoms(sp.core.relational.Relational)
                yield from (r.lhs - r.rhs for r in relations if r.has(parameter))
        elif isinstance(node, (sp.Max, sp.Min)):
            pairs = [(a, b) for k, a in enumerate(node.args) for b in node.args[:k]]
            yield from (a - b for a, b in pairs if (a - b).has(parameter))
        elif node.args[0].has(parameter):
            yield node.args[0]


def _on_scale(scale: Expr, parameter: Symbol, interval: Interval) -> tuple[Symbol, Expr, bool, Interval] | None:
    """η, θ as a function of η, whether η increases with θ, and the range of η."""
    if scale == parameter and not interval.integer:
        return parameter, parameter, True, interval
    if scale == parameter:  # whole numbers are looked at among all real ones
        real = Dummy(parameter.name, **({"positive": True} if parameter.is_positive else {"real": True}))
        return real, real, True, replace(interval, integer=False)
    if interval.integer:
        return None
    region = {parameter: interval.interior}
    slope, positive = (find_sign(e, region) for e in (scale.diff(parameter), scale))
    if slope is None or slope.sign not in STRICT or scale.free_symbols != {parameter}:
        return None
    eta = Dummy(
        "eta", **{"positive": True} if positive is not None and positive.sign is Sign.POSITIVE else {"real": True}
    )
    lines = undone(scale, eta, parameter, lambda e: proved_sign(e, region) or 0)
    if lines is None:
        return None
    increasing = slope.sign is Sign.POSITIVE
    ends = [
        (sp.limit(scale, parameter, e, side), closed)
        for e, side, closed in (
            (interval.lower, "+", interval.closed_lower), (interval.upper, "-", interval.closed_upper)
        )
    ]  # fmt: skip
    (low, closed_low), (high, closed_high) = ends if increasing else ends[::-1]
    if not all(e.is_number and e.is_extended_real for e in (low, high)):
        return None
    space = Interval(low, high, closed_low and low.is_finite, closed_high and high.is_finite)
    return eta, lines[-1][1], increasing, space


def proved_sign(expr: Expr, region: Region) -> int | None:
    """1, 0 or −1 where it is proved."""
    if expr.is_number and expr.is_comparable:
        return int(sp.sign(expr))
    found = find_sign(expr, region)
    return None if found is None else {Sign.POSITIVE: 1, Sign.NEGATIVE: -1, Sign.ZERO: 0}.get(found.sign)


# ------------------------------------------------------------------ the parts


def _parts(density: Expr, eta: Symbol, model: Specification, region: Region) -> tuple[tuple[Broken, ...], Expr] | None:
    """The terms of log f: those whose corners lie on one line together, and the smooth rest."""
    fixed = set(model.known) | set(model.parameters) - {eta}

    def sign(expr: Expr) -> int | None:
        return proved_sign(expr, region)

    def positive(expr: Expr) -> bool:
        return bool(expr.is_positive) or sign(expr) == 1

    groups: list[tuple[list[Expr], Broken]] = []
    smooth: list[Expr] = []
    for term in _terms(density, eta):
        if not has_corner(term, eta):
            smooth.append(_log(term, positive))
            continue
        for k, (terms, _) in enumerate(groups):
            together = break_apart(sp.Tuple(*terms, term), eta, fixed, sign)
            if together is not None:
                groups[k] = [*terms, term], together
                break
        else:
            alone = break_apart(sp.Tuple(term), eta, fixed, sign)
            if alone is None:
                return None
            groups.append(([term], alone))
    broken = tuple(_without_idle_corners(b.mapped(lambda terms: _sum_of_logs(terms, positive)), eta) for _, b in groups)
    return tuple(b for b in broken if b.corners), sp.Add(*smooth, *(b.pieces[0] for b in broken if not b.corners))


def _terms(density: Expr, eta: Symbol) -> Iterator[Expr]:
    """Factors whose logarithms add up to log f; e^(a + b) is e^a·e^b, and p^u is e^(u·log p)."""
    for factor in sp.Mul.make_args(density):
        base, exponent = factor.as_base_exp()
        if isinstance(factor, sp.exp) or (base == sp.E) or (has_corner(exponent, eta) and base.is_positive):
            rate = sp.Integer(1) if base == sp.E or isinstance(factor, sp.exp) else sp.log(base)
            power = factor.exp if isinstance(factor, sp.exp) else exponent
            yield from (sp.exp(rate * t, evaluate=False) for t in sp.Add.make_args(sp.expand_mul(power)))
        else:
            yield factor


def _log(term: Expr, positive: IsPositive) -> Expr:
    if term == 0:
        return -sp.oo
    return term.args[0] if isinstance(term, sp.exp) else expand_log(term, positive)


def _sum_of_logs(terms: Iterable[Expr], positive: IsPositive) -> Expr:
    logs = [_log(t, positive) for t in terms]
    return -sp.oo if -sp.oo in logs else sp.Add(*logs)


def _without_idle_corners(broken: Broken, eta: Symbol) -> Broken:
    """Corners at which the function goes on as it was are left out."""
    corners, pieces, at = [], [broken.pieces[0]], []
    for corner, piece, value in zip(broken.corners, broken.pieces[1:], broken.at, strict=True):
        if piece == pieces[-1] and value == piece:
            continue
        corners.append(corner)
        pieces.append(piece)
        at.append(value)
    return Broken(broken.slope, broken.offset, tuple(corners), tuple(pieces), tuple(at))
