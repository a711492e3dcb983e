"""What a wrong claim is: computed from its values next to the maximisers, never from how it is written.

Each diagnosis is a hypothesis with a test: is −c the maximiser? is c the maximiser of g(θ) for a g? does it differ by a factor that
no observation changes? does it solve the moment equations, or zero the score? is it right wherever it lies in the space?
The first that holds at every sample is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from symbolic_mle.marking.outcomes import Outcome, close
from symbolic_mle.marking.reading_claims import Claim
from symbolic_mle.marking.relations import (
    Pair,
    factor_of,
    is_boundary,
    is_stationary,
    parametrisation_of,
    solves_moments,
)
from symbolic_mle.marking.sign_errors import flips_to
from symbolic_mle.marking.truth import Truth


@dataclass(frozen=True)
class Diagnosis:
    """A stable word, and a sentence or two that teach."""

    name: str
    explanation: str


def diagnose(claims: Sequence[Claim], truth: Truth, outcomes: Sequence[Outcome]) -> Diagnosis:
    """Why the claims are wrong."""
    judged = [o for o in outcomes if o.trial.kind != "degenerate" and o.claimed]
    pairs = [Pair(o.trial, o.claimed, o.maximum) for o in judged if o.maximum.exists and o.maximum.point]
    if pairs:
        for test in (_sign, _boundary, _factor, _parametrisation, _moments):
            if (found := test(claims, truth, pairs)) is not None:
                return found
    statuses = {o.status for o in judged if o.verdict == "wrong"}
    stationary = bool(pairs) and is_stationary(truth, pairs)
    if "impossible" in statuses:
        more = " It solves the likelihood equation, which does not know where the support ends." if stationary else ""
        return Diagnosis(
            "ignores-support",
            "For some data the likelihood is zero at the claimed value, because an observation lies outside the support that it"
            " gives." + more + " Look at which parameter values allow every observation.",
        )
    if stationary and statuses <= {"beaten"}:
        return Diagnosis(
            "not-a-maximum",
            "The claimed value is a zero of the score, but for some data it is not the largest value of the likelihood: compare"
            " all stationary points and the ends of the space.",
        )
    if "outside" in statuses:
        return Diagnosis(
            "outside-space",
            "For some data the claimed value is not in the parameter space, so it cannot be the maximiser over that space.",
        )
    if judged and all(o.status == "unsolved" for o in judged):
        return Diagnosis("other", "The maximum does not solve the claimed equation.")
    return Diagnosis(
        "other",
        "Another parameter value has a larger likelihood for the data shown. The claimed value is not a zero of the score there,"
        " so start again from the log-likelihood.",
    )


def _wrong_parameters(pairs: Sequence[Pair]) -> list[str]:
    """The claimed parameters that differ from a maximiser somewhere."""
    symbols = list(pairs[0].claimed)
    return [p.name for p in symbols if not all(close(q.claimed[p], q.goal(p), 1e-6) for q in pairs)]


def _each_wrong(claims: Sequence[Claim], pairs: Sequence[Pair]) -> Iterator[tuple[Claim, list[tuple[float, float]]]]:
    """Every wrong claim with its claimed and true values."""
    names = _wrong_parameters(pairs)
    for claim in claims:
        if claim.parameter in names:
            symbol = next(p for p in pairs[0].claimed if p.name == claim.parameter)
            yield claim, [(float(q.claimed[symbol]), q.number(symbol)) for q in pairs]


Test = Callable[[Sequence[Claim], Truth, Sequence[Pair]], Diagnosis | None]


def _sign(claims: Sequence[Claim], truth: Truth, pairs: Sequence[Pair]) -> Diagnosis | None:
    for claim, values in _each_wrong(claims, pairs):
        if all(close(-c, t, 1e-6) for c, t in values):
            return Diagnosis(
                "sign-error",
                f"The claim for {claim.parameter} is the negative of the maximum likelihood estimator: a minus sign was"
                " lost or added.",
            )
        if flips_to(claim, truth, pairs):
            return Diagnosis(
                "sign-error",
                f"With one sign in the claim for {claim.parameter} changed it is the maximum likelihood estimator.",
            )
    return None


def _boundary(claims: Sequence[Claim], truth: Truth, pairs: Sequence[Pair]) -> Diagnosis | None:
    if not is_boundary(truth, pairs):
        return None
    return Diagnosis(
        "ignores-boundary",
        "The formula is right as long as it lies in the parameter space. For other data it leaves the space, and the likelihood is"
        " largest at the end of the space that it passed: the estimator has to be cut off there.",
    )


def _factor(claims: Sequence[Claim], truth: Truth, pairs: Sequence[Pair]) -> Diagnosis | None:
    for claim, _ in _each_wrong(claims, pairs):
        found = factor_of(claim, claims, truth, pairs)
        if found == "unbiased":
            return Diagnosis(
                "unbiased-variance",
                f"The claim for {claim.parameter} has the divisor n − 1 of the unbiased sample variance. The likelihood is largest"
                " with the divisor n: being unbiased and maximising the likelihood are different demands.",
            )
        if found is not None:
            return Diagnosis(
                "missing-factor",
                f"The claim for {claim.parameter} is the maximum likelihood estimator multiplied by {found}, a factor that no"
                " observation changes. Follow the constants through the score equation.",
            )
    return None


def _parametrisation(claims: Sequence[Claim], truth: Truth, pairs: Sequence[Pair]) -> Diagnosis | None:
    for claim, _ in _each_wrong(claims, pairs):
        name = parametrisation_of(claim.parameter, truth, pairs)
        if name:
            return Diagnosis(
                "wrong-parametrisation",
                f"This is the maximum likelihood estimator of {name}, not of {claim.parameter}. By invariance the estimator of"
                f" {claim.parameter} is found by solving for it.",
            )
    return None


def _moments(claims: Sequence[Claim], truth: Truth, pairs: Sequence[Pair]) -> Diagnosis | None:
    which = solves_moments(truth, pairs)
    if which is None:
        return None
    return Diagnosis(
        "method-of-moments",
        f"The claim makes {which} of the model equal to that of the sample: it is a method-of-moments estimator. It does not"
        " maximise the likelihood, as the data shown tell.",
    )
