"""Does g take every value once on the space of the parameters?

One parameter in an interval, g continuous. Theorem: g is one-to-one iff it is strictly monotone. A derivative of one strict sign
makes it so; so does one of a weak sign when g is analytic and not constant, for its zeros are isolated (Rudin 1976, Theorem 8.5).
A derivative of both signs makes it many-to-one, and so does g(−θ) = g(θ) where θ and −θ both are in the space.
Separate values (integers, a finite list): two equal values make g many-to-one; a strict sign of g(θ + 1) − g(θ), or values that
all differ, one-to-one.
Several parameters, two of them free to move: a real function that is continuous on some open set is never one-to-one there
(invariance of domain: Munkres 2000, section 62; in the plane a circle through two of three values already tells).
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.numeric import NotNumeric, compile_expression
from symbolic_mle.algebra.signs import Sign
from symbolic_mle.records import Specification
from symbolic_mle.stages.density import admissible_points
from symbolic_mle.stages.sample_signs import STRICT, find_sign

JUMPS = (
    sp.tan, sp.cot, sp.sec, sp.csc, sp.coth, sp.csch, sp.floor, sp.ceiling, sp.sign, sp.Heaviside, sp.Piecewise, sp.zeta,
)  # fmt: skip
POLES = (sp.gamma, sp.loggamma, sp.digamma, sp.polygamma, sp.factorial)  # where the argument is not positive
CORNERED = (sp.Abs, sp.Max, sp.Min)
WEAK = (Sign.NONNEGATIVE, Sign.NONPOSITIVE)
MOST_INTEGERS = 60
DIGITS = 40


def is_one_to_one(g: Expr, model: Specification) -> bool | None:
    """The verdict; None where it could not be told."""
    if len(model.parameters) > 1:
        moving = [p for p, i in model.parameters.items() if not i.integer and p not in model.points]
        equations = [r for r in model.restrictions if isinstance(r, sp.Eq)]
        return False if len(moving) - len(equations) >= 2 else None
    ((p, interval),) = model.parameters.items()
    if p in model.points:
        return _all_differ([g.xreplace({p: v}) for v in model.points[p]])
    if not _is_continuous(g, model):
        return None
    if interval.integer:
        step = find_sign(sp.expand(g.xreplace({p: p + 1}) - g), {**model.region, p: interval})
        return True if step and step.sign in STRICT else _repeats_among_integers(g, p, model)
    slope = g.diff(p)
    found = find_sign(slope, model.region)
    if found is not None and found.sign in STRICT:
        return True
    if found is not None and found.sign in WEAK and not g.has(*CORNERED) and _differs_from_zero(slope, p, model):
        return True
    return False if _turns(slope, p, model) or _is_even(g, p, model) else None


def _all_differ(values: list[Expr]) -> bool | None:
    """True and False when it is certain: numbers that differ, or that are written alike."""
    if not all(v.is_number for v in values):
        return None
    if len(set(values)) < len(values):
        return False
    gaps = [abs((a - b).evalf(DIGITS, maxn=4 * DIGITS)) for a, b in combinations(values, 2)]
    return True if all(gap.is_comparable and gap > sp.Float(10) ** (-DIGITS // 2) for gap in gaps) else None


def _repeats_among_integers(g: Expr, p: Symbol, model: Specification) -> bool | None:
    """False when two of the first integers of the space have the same value."""
    interval = model.parameters[p]
    if model.restrictions or not (interval.lower.is_Integer or interval.upper.is_Integer or interval.lower == -sp.oo):
        return None
    start = interval.lower if interval.lower.is_Integer else interval.upper - MOST_INTEGERS
    start = -sp.Integer(MOST_INTEGERS // 2) if not start.is_finite else start
    inside = [k for j in range(MOST_INTEGERS) if interval.contains(float(k := start + j))]
    return False if len({sp.expand(g.xreplace({p: k})) for k in inside}) < len(inside) else None


def _is_continuous(g: Expr, model: Specification) -> bool:
    """Is g made of functions without jumps, and does no denominator vanish inside the space?"""
    if g.has(*JUMPS):
        return False
    names = set(model.parameters)
    below = {f.base for f in g.atoms(sp.Pow) if not f.exp.is_nonnegative and f.base != sp.E}
    positive = {f.args[-1] + (1 if isinstance(f, sp.factorial) else 0) for f in g.atoms(*POLES, sp.log)}
    signs = {e: find_sign(e, model.region) for e in below | positive if e.free_symbols & names}
    return all(
        s is not None and (s.sign is Sign.POSITIVE or (s.sign is Sign.NEGATIVE and e not in positive))
        for e, s in signs.items()
    )


# ------------------------------------------------------------------ places inside the space


def _places(p: Symbol, model: Specification) -> tuple[list[float], dict[Symbol, float]]:
    """Values of the parameter over its whole space, and values of the known constants."""
    at = next(iter(admissible_points(model)), None)
    if at is None:
        return [], {}
    constants = {c: at[c] for c in model.known}
    interval = model.parameters[p].xreplace(constants)
    ends = [interval.lower, interval.upper]
    if not all(e.is_number for e in ends):
        return [], {}
    low, high = map(float, ends)
    grid = np.tan(np.linspace(-1.5, 1.5, 41))
    if np.isfinite([low, high]).all():
        grid = np.linspace(low, high, 43)[1:-1]
    elif np.isfinite(low):
        grid = low + np.exp(np.linspace(-4, 4, 41))
    elif np.isfinite(high):
        grid = high - np.exp(np.linspace(-4, 4, 41))
    inside = [v for v in map(float, grid) if all(r.subs({p: v, **constants}) == sp.true for r in model.restrictions)]
    return inside, {c: float(v) for c, v in constants.items()}


def _signs(slope: Expr, p: Symbol, model: Specification) -> dict[float, float]:
    """A place for each sign that the slope has at the places."""
    inside, constants = _places(p, model)
    try:
        evaluate = compile_expression(slope, [p, *model.known])
    except NotNumeric:
        return {}
    return {float(np.sign(evaluate({p: v, **constants}, {}))): v for v in inside}


def _differs_from_zero(slope: Expr, p: Symbol, model: Specification) -> bool:
    return bool(_signs(slope, p, model).keys() & {1.0, -1.0})


def _turns(slope: Expr, p: Symbol, model: Specification) -> bool:
    """Does the slope take both signs between points of the space, whatever the known constants are?"""
    if any(not isinstance(r, sp.Ne) for r in model.restrictions):
        return False
    places = _signs(slope, p, model)
    if not {1.0, -1.0} <= places.keys():
        return False
    if not slope.free_symbols & set(model.known):
        return True
    region = {s: i for s, i in model.region.items() if s != p}
    found = [find_sign(slope.xreplace({p: sp.Rational(str(places[s]))}), region) for s in (1.0, -1.0)]
    return [f and f.sign for f in found] == [Sign.POSITIVE, Sign.NEGATIVE]


def _is_even(g: Expr, p: Symbol, model: Specification) -> bool:
    """g(−θ) = g(θ), with θ ≠ 0 and −θ in the space."""
    if sp.expand(g.xreplace({p: -p}) - g) != 0:
        return False
    inside, constants = _places(p, model)
    interval = model.parameters[p].xreplace({c: sp.Float(v) for c, v in constants.items()})
    return any(
        v != 0 and interval.contains(-v) and all(r.subs({p: -v, **constants}) == sp.true for r in model.restrictions)
        for v in inside
    )
