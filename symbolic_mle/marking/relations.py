"""How claimed values are related to the maximisers: by a factor, a function, the moments, the score, the ends of the space."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from sympy import Symbol

from symbolic_mle.algebra.numeric import NotNumeric, compile_pointwise
from symbolic_mle.marking.moments import moments
from symbolic_mle.marking.outcomes import close, judge
from symbolic_mle.marking.reading_claims import Claim
from symbolic_mle.marking.sampling import Trial, draw, ends
from symbolic_mle.marking.truth import Maximum, Truth

NEAR = 1e-6
Numbers = Mapping[Symbol, float]


@dataclass(frozen=True)
class Pair:
    """The claimed values and the maximum at one sample."""

    trial: Trial
    claimed: Mapping[Symbol, Any]
    maximum: Maximum

    def goal(self, symbol: Symbol) -> Any:
        """The maximising value, or the interval of them."""
        return self.maximum.maximisers[0][symbol]

    def number(self, symbol: Symbol) -> float:
        point = self.maximum.point
        assert point is not None
        return float(point[symbol])


_OF_SIZE: tuple[tuple[str, Callable[[float], float]], ...] = (
    ("n", lambda n: n),
    ("1/n", lambda n: 1 / n),
    ("(n + 1)/n", lambda n: (n + 1) / n),
    ("n²", lambda n: n * n),
)


def is_boundary(truth: Truth, pairs: Sequence[Pair]) -> bool:
    """Right wherever the claim lies in the space, and elsewhere the maximum is at an end of the space."""
    inside, cut = 0, 0
    model = truth.likelihood.model
    for pair in pairs:
        others = pair.maximum.point or {}
        if truth.likelihood.in_space({**pair.trial.known, **others, **pair.claimed}):
            if not all(close(c, pair.goal(p), NEAR) for p, c in pair.claimed.items()):
                return False
            inside += 1
            continue
        at_end = any(
            close(pair.number(p), end, 1e-5)
            for p in pair.claimed
            for end in ends(model.parameters[p], pair.trial.known)
            if math.isfinite(end)
        )
        if not at_end:
            return False
        cut += 1
    return inside > 0 and cut > 0


def factor_of(claim: Claim, claims: Sequence[Claim], truth: Truth, pairs: Sequence[Pair]) -> str | None:
    """The factor between claim and maximum when no observation changes it: "unbiased", or how it is called; else None."""
    known = pairs[0].trial.known
    ratios: dict[int, float] = {}
    for size in (3, 5):
        found = _ratios(claim, claims, truth, known, size)
        if len(found) < 2 or max(found) - min(found) > NEAR * abs(found[0]):
            return None
        ratios[size] = found[0]
    for power in (1.0, -1.0, 0.5, -0.5):
        if all(abs(r - (n / (n - 1)) ** power) < NEAR for n, r in ratios.items()):
            if _follows_variance(claim, truth, pairs, 1 / power):
                return "unbiased"
            return {1.0: "n/(n − 1)", -1.0: "(n − 1)/n", 0.5: "√(n/(n − 1))", -0.5: "√((n − 1)/n)"}[power]
    for name, value in _OF_SIZE:
        if all(abs(r / value(n) - 1) < NEAR for n, r in ratios.items()):
            return name
    if abs(ratios[3] - ratios[5]) < NEAR * abs(ratios[3]):
        if abs(ratios[3] - 1) < NEAR or ratios[3] == 0:
            return None
        return _constant(ratios[3], known)
    return "a function of n"


def _constant(ratio: float, known: Numbers) -> str:
    for symbol, value in known.items():
        for name, number in ((symbol.name, value), (f"1/{symbol.name}", 1 / value if value else math.nan)):
            if abs(ratio - number) < NEAR * abs(ratio):
                return name
    for below in range(1, 13):
        above = ratio * below
        if abs(above - round(above)) < NEAR:
            return f"{round(above)}" if below == 1 else f"{round(above)}/{below}"
    return f"{ratio:.6g}"


def _ratios(claim: Claim, claims: Sequence[Claim], truth: Truth, known: Numbers, size: int) -> list[float]:
    """Claimed over true at several samples of one size, with the same known constants."""
    generator, found = np.random.default_rng(31), dict[float, float]()  # by the true value, which has to vary
    for _ in range(6):
        for trial in draw(truth.likelihood, generator, size, "generic", known):
            outcome = judge(claims, truth, trial)
            point = outcome.maximum.point
            symbol = next((p for p in outcome.claimed if p.name == claim.parameter), None)
            if trial.kind == "generic" and point is not None and symbol is not None and abs(point[symbol]) > 1e-9:
                found[float(point[symbol])] = float(outcome.claimed[symbol]) / point[symbol]
        if len(found) == 3:
            break
    return list(found.values())


def _follows_variance(claim: Claim, truth: Truth, pairs: Sequence[Pair], power: float) -> bool:
    """Is the variance of X (or of log X) proportional to θ^power, and its mean not?"""
    values = dict(pairs[0].trial.known) | {p: float(v) for p, v in (pairs[0].maximum.point or {}).items()}
    symbol = next(p for p in values if p.name == claim.parameter)
    scaled = {**values, symbol: values[symbol] * 1.3}
    first, second = moments(truth.likelihood, values), moments(truth.likelihood, scaled)
    if first is None or second is None:
        return len(truth.likelihood.model.parameters) > 1
    wanted = 1.3**power
    if first.log_variance and second.log_variance and abs(second.log_variance / first.log_variance / wanted - 1) < 1e-4:
        return True
    proportional = abs(second.variance / first.variance / wanted - 1) < 1e-4
    mean_too = abs(first.mean) > 1e-9 and abs(second.mean / first.mean / wanted - 1) < 1e-4
    return proportional and not mean_too


_FUNCTIONS: tuple[tuple[str, Callable[[float], float]], ...] = (
    ("1/{}", lambda t: 1 / t), ("{}²", lambda t: t * t), ("√{}", lambda t: math.sqrt(t)), ("1/{}²", lambda t: 1 / t**2),
    ("1/√{}", lambda t: 1 / math.sqrt(t)), ("{}³", lambda t: t**3), ("log {}", lambda t: math.log(t)),
    ("−log {}", lambda t: -math.log(t)), ("e^{}", lambda t: math.exp(t)), ("e^(−{})", lambda t: math.exp(-t)),
    ("1 − {}", lambda t: 1 - t), ("{0}/(1 − {0})", lambda t: t / (1 - t)), ("(1 − {0})/{0}", lambda t: (1 - t) / t),
    ("log({0}/(1 − {0}))", lambda t: math.log(t / (1 - t))), ("e^{0}/(1 + e^{0})", lambda t: 1 / (1 + math.exp(-t))),
    ("1/(1 − {})", lambda t: 1 / (1 - t)), ("1/(1 + {})", lambda t: 1 / (1 + t)), ("{0}/(1 + {0})", lambda t: t / (1 + t)),
    ("1 + {}", lambda t: 1 + t), ("{} − 1", lambda t: t - 1), ("1 + 1/{}", lambda t: 1 + 1 / t),
)  # fmt: skip
_WITH_KNOWN: tuple[tuple[str, Callable[[float, float], float]], ...] = (
    ("{0}^{1}", lambda t, k: t**k), ("{0}^(−{1})", lambda t, k: t**-k), ("{0}^(1/{1})", lambda t, k: t ** (1 / k)),
    ("{0}^(−1/{1})", lambda t, k: t ** (-1 / k)), ("{1}/{0}", lambda t, k: k / t), ("{0} + {1}", lambda t, k: t + k),
    ("{0} − {1}", lambda t, k: t - k), ("{1} − {0}", lambda t, k: k - t), ("{1}{0}", lambda t, k: k * t),
    ("{0}/{1}", lambda t, k: t / k),
)  # fmt: skip


def parametrisation_of(parameter: str, truth: Truth, pairs: Sequence[Pair]) -> str:
    """The name of the function of the parameters whose maximum likelihood estimator the claim is; "" when none is found."""
    symbol = next(p for p in pairs[0].claimed if p.name == parameter)
    usable = [q for q in pairs if not isinstance(q.goal(symbol), tuple)]
    if len(usable) < 3:
        return ""
    for form, function in _FUNCTIONS:
        if _all_close(usable, symbol, partial(_of_one, function, symbol)):
            return form.format(parameter)
    for constant in pairs[0].trial.known:
        for form, both in _WITH_KNOWN:
            if _all_close(usable, symbol, partial(_of_two, both, symbol, constant)):
                return form.format(parameter, constant.name)
    for other in truth.likelihood.model.parameters:
        if other is not symbol and _all_close(usable, symbol, partial(_of_one, float, other)):
            return str(other.name)
    found = [moments(truth.likelihood, {**q.trial.known, **(q.maximum.point or {})}) for q in usable[:5]]
    if all(m is not None for m in found):
        for name, values in (
            ("the mean E[X]", [m.mean for m in found if m]),
            ("the variance Var[X]", [m.variance for m in found if m]),
            ("the standard deviation of X", [math.sqrt(max(m.variance, 0.0)) for m in found if m]),
        ):
            if all(close(q.claimed[symbol], v, 1e-5) for q, v in zip(usable, values, strict=False)):
                return name
    return ""


def _of_one(function: Callable[[float], float], symbol: Symbol, pair: Pair) -> float:
    return function(pair.number(symbol))


def _of_two(function: Callable[[float, float], float], symbol: Symbol, constant: Symbol, pair: Pair) -> float:
    return function(pair.number(symbol), pair.trial.known[constant])


def _all_close(pairs: Sequence[Pair], symbol: Symbol, wanted: Callable[[Pair], float]) -> bool:
    try:
        return all(close(q.claimed[symbol], wanted(q), NEAR) for q in pairs)
    except (ValueError, ZeroDivisionError, OverflowError, TypeError):
        return False


def solves_moments(truth: Truth, pairs: Sequence[Pair]) -> str | None:
    """Which moments of the model, at the claimed values, are those of the sample: "the mean", "mean and variance" …

    At least one of them must not be that of the sample at the maximum, for else the claim has nothing to do with it.
    """
    if len(truth.likelihood.model.observed) != 1:
        return None
    matched: set[str] | None = None
    new: set[str] = set()
    compared = 0
    for pair in pairs:
        best = {**pair.trial.known, **(pair.maximum.point or {})}
        here = _matched(truth, pair, {**best, **{p: float(v) for p, v in pair.claimed.items()}})
        if here is None:
            continue
        compared += 1
        matched = here if matched is None else matched & here
        new |= here - (_matched(truth, pair, best) or set())
        if compared == 6 or not matched:
            break
    if not matched or not matched & new or compared < 3:
        return None
    if len(pairs[0].claimed) == 1:
        return next((m for m in ("the mean", "the second moment", "the variance") if m in matched & new), None)
    return "mean and variance" if "the mean" in matched and len(matched) > 1 else None


def _matched(truth: Truth, pair: Pair, values: Numbers) -> set[str] | None:
    """The moments of the model at these values that are those of the sample; None where they are not found."""
    found = moments(truth.likelihood, values)
    if found is None:
        return None
    column = next(iter(pair.trial.sample.values()))
    here = set()
    if close(found.mean, float(column.mean()), 2e-4) or abs(found.mean - column.mean()) < 1e-6:
        here.add("the mean")
    if any(close(found.variance, float(column.var(ddof=d)), 2e-4) for d in (0, 1) if len(column) > d):
        here.add("the variance")
    if close(found.variance + found.mean**2, float(np.mean(column**2)), 2e-4):
        here.add("the second moment")
    return here


def is_stationary(truth: Truth, pairs: Sequence[Pair]) -> bool:
    """Is the score zero at the claimed values, wherever they lie in the range of the formula?"""
    likelihood = truth.likelihood
    checked = 0
    for pair in pairs:
        values = {**pair.trial.known, **(pair.maximum.point or {}), **{p: float(v) for p, v in pair.claimed.items()}}
        for symbol in pair.claimed:
            try:
                slope = compile_pointwise(likelihood.score[symbol], likelihood.names, likelihood.model.observed)
                terms = slope(values, pair.trial.sample)
            except NotNumeric:
                return False
            if not np.all(np.isfinite(terms)):
                return False
            if abs(float(terms.sum())) > 1e-6 * float(np.abs(terms).sum()):
                return False
            checked += 1
    return checked >= 3
