"""A claim at one sample: its value, the maximum, and which of the two has the larger likelihood.

That a claim is beaten is a complete proof that it is wrong: the claimed point has likelihood zero, lies outside the space,
or has a smaller likelihood than another admissible point, in 30 digits. That it is never beaten proves nothing by itself.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import mpmath
from sympy import Symbol

from symbolic_mle.algebra.numeric import NotNumeric
from symbolic_mle.marking.evaluation import Point, evaluate, holds
from symbolic_mle.marking.functions import NoValueError
from symbolic_mle.marking.reading_claims import Claim, hat
from symbolic_mle.marking.sampling import Trial
from symbolic_mle.marking.search import search
from symbolic_mle.marking.truth import Maximum, Truth
from symbolic_mle.reading.syntax import Node

EXACT = 1e-17  # relative difference of log-likelihoods in 30 digits that counts as none
NEAR = {"derivation": 1e-7, "search": 1e-4}  # relative difference from a maximiser found in doubles
GAP = 1e-6  # relative difference of log-likelihoods in doubles that counts
Values = dict[Symbol, Any]


@dataclass(frozen=True)
class Outcome:
    """What happened at one sample. ``verdict`` is "right", "wrong" or "skip".

    ``status`` says more of a wrong one: "outside" the space, "impossible" (likelihood zero), "beaten", "undefined", "unsolved".
    """

    trial: Trial
    verdict: str
    maximum: Maximum
    claimed: Values
    status: str = ""
    claimed_height: Any = None
    best_height: Any = None


def judge(claims: Sequence[Claim], truth: Truth, trial: Trial) -> Outcome:
    """The claims at one sample."""
    maximum = truth.maximum(trial)
    point = truth.at(trial, _hats(maximum))
    for claim in claims:
        if claim.guard is not None and not _applies(claim.guard, point):
            return Outcome(trial, "skip", maximum, {})
    equations = [c for c in claims if c.equation]
    if equations:
        unsolved = [_solves(c, point, maximum) for c in equations]
        if None in unsolved:
            return Outcome(trial, "skip", maximum, {})
        if False in unsolved:
            return Outcome(trial, "wrong", maximum, {}, "unsolved")
    try:
        claimed = _claimed([c for c in claims if not c.equation], truth, point, maximum)
    except NoValueError as error:
        wrong = maximum.exists and trial.kind == "generic" and str(error) == "not a real number"
        return Outcome(trial, "wrong" if wrong else "skip", maximum, {}, "undefined")
    if not claimed:
        return Outcome(trial, "right" if equations else "skip", maximum, {})
    if len(claimed) < len(truth.likelihood.model.parameters):
        return _partly(claimed, truth, trial, maximum)
    return _compared(claimed, truth, trial, maximum)


def _hats(maximum: Maximum) -> dict[str, Any]:
    """The values of estimates that a claim may refer to without claiming them."""
    return {hat(p.name): mpmath.mpf(v) for p, v in (maximum.point or {}).items()}


def _applies(guard: Node, point: Point) -> bool:
    try:
        return holds(guard, point)
    except NoValueError:
        return False


def _solves(claim: Claim, point: Point, maximum: Maximum) -> bool | None:
    """Does the maximiser solve the equation? None when it is not known, or the equation cannot be computed there."""
    if maximum.point is None:
        return None
    at = point.at({p.name: mpmath.mpf(v) for p, v in maximum.point.items()})
    try:
        left, right = (evaluate(side, at) for side in claim.sides)
    except NoValueError:
        return None
    gap, scale = abs(left - right), abs(left) + abs(right) + 1e-3
    if gap <= NEAR[maximum.source] * scale:
        return True
    return False if gap > 1e-3 * scale or maximum.source == "derivation" else None


def _claimed(claims: Sequence[Claim], truth: Truth, point: Point, maximum: Maximum) -> Values:
    """The claimed value of every parameter; where several formulas are given, the one farthest from the truth."""
    symbols = {p.name: p for p in truth.likelihood.model.parameters}
    found: Values = {}
    at = point
    for _ in range(len(claims)):
        for claim in claims:
            values = [evaluate(side, at) for side in claim.sides]
            goal = (maximum.point or {}).get(symbols[claim.parameter])
            if goal is not None and len(values) > 1:
                values.sort(key=partial(_nearness, goal))
            found[symbols[claim.parameter]] = values[0]
        at = point.at({hat(p.name): v for p, v in found.items()})
    return found


def _nearness(goal: float, value: Any) -> Any:
    return -abs(value - goal)


def _compared(claimed: Values, truth: Truth, trial: Trial, maximum: Maximum) -> Outcome:
    """All parameters are claimed: compare the likelihoods."""
    try:
        height = truth.height(trial)
        own = height({**trial.known, **claimed})
    except (NotNumeric, OverflowError, ValueError):
        return Outcome(trial, "skip", maximum, claimed)
    best = _best(maximum, height, trial)
    if mpmath.isnan(own):
        return Outcome(trial, "skip", maximum, claimed)
    if own == mpmath.ninf:
        inside = truth.likelihood.in_space({**trial.known, **claimed})
        if inside:
            return Outcome(trial, "wrong", maximum, claimed, "impossible", own, best)
        return Outcome(trial, "wrong" if maximum.exists else "skip", maximum, claimed, "outside", own, best)
    if best is None or not maximum.exists:
        return Outcome(trial, "skip", maximum, claimed)
    if best - own > EXACT * (1 + abs(best)) and not _is_maximiser(claimed, maximum):
        return Outcome(trial, "wrong", maximum, claimed, "beaten", own, best)
    if own - best > GAP * (1 + abs(best)):  # better than what was found: look again
        peak = search(truth.likelihood, trial.sample, trial.known, [{p: float(v) for p, v in claimed.items()}])
        if peak is None or not peak.settled or peak.height > float(own) + GAP * (1 + abs(float(own))):
            return Outcome(trial, "skip", maximum, claimed)
    return Outcome(trial, "right", maximum, claimed, "", own, best)


def _is_maximiser(claimed: Values, maximum: Maximum) -> bool:
    """Do all claimed values belong to one maximiser, up to the rounding with which that was found?"""
    return any(_belongs(claimed, m, maximum.source) for m in maximum.maximisers)


def _best(maximum: Maximum, height: Any, trial: Trial) -> Any:
    if maximum.point is None:
        return None
    best = height({**trial.known, **maximum.point})
    return None if mpmath.isnan(best) or best == mpmath.ninf else best


def _partly(claimed: Values, truth: Truth, trial: Trial, maximum: Maximum) -> Outcome:
    """Some parameters are claimed: right when they belong to a maximiser, wrong when no value of the others makes up for it."""
    if not maximum.exists or maximum.point is None:
        return Outcome(trial, "skip", maximum, claimed)
    if _is_maximiser(claimed, maximum):
        return Outcome(trial, "right", maximum, claimed)
    height = truth.likelihood.rough(trial.sample, trial.known)
    best = height(maximum.point)
    numbers = {p: float(v) for p, v in claimed.items()}
    others = {p: v for p, v in maximum.point.items() if p not in claimed}
    if not truth.likelihood.in_space({**trial.known, **others, **numbers}) and not truth.likelihood.model.restrictions:
        return Outcome(trial, "wrong", maximum, claimed, "outside", None, best)
    peak = search(truth.likelihood, trial.sample, trial.known, [others], fixed=numbers)
    if peak is None or not math.isfinite(peak.height):
        return Outcome(trial, "wrong", maximum, claimed, "impossible", None, best)
    if best - peak.height > GAP * (1 + abs(best)):
        return Outcome(trial, "wrong", maximum, claimed, "beaten", peak.height, best)
    return Outcome(trial, "skip", maximum, claimed)


def _belongs(claimed: Values, maximiser: Mapping[Symbol, Any], source: str) -> bool:
    return all(close(value, maximiser[p], NEAR[source] / 100) for p, value in claimed.items())


def close(value: Any, wanted: Any, relative: float = 1e-9) -> bool:
    """Are two numbers the same up to rounding (or is the value in an interval)?"""
    if isinstance(wanted, tuple):
        low, high = wanted
        slack = relative * (1 + abs(low) + abs(high))
        return bool(low - slack <= value <= high + slack)
    return bool(abs(value - wanted) <= relative * (abs(value) + abs(wanted)) or abs(value - wanted) <= 1e-14)
