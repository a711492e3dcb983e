"""Is a claimed estimator the maximum likelihood estimator? ``check`` answers with a verdict, a diagnosis and a counterexample.

A wrong claim is proved wrong by a sample at which another parameter value has a larger likelihood. A right one agrees with
the derived estimator at every sample tried: two formulas that are analytic in the data and agree at random samples, in 30
digits, are the same with probability 1. Where the derivation is silent the maximum is searched for, and ``basis`` says so.
"""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from symbolic_mle.algebra.numeric import NotNumeric
from symbolic_mle.derive import derive
from symbolic_mle.marking.diagnosis import Diagnosis, diagnose
from symbolic_mle.marking.outcomes import Outcome, judge
from symbolic_mle.marking.reading_claims import Claim, Vocabulary, has_expectation, hat, names_in, read_claims
from symbolic_mle.marking.sampling import Trial
from symbolic_mle.marking.truth import Truth
from symbolic_mle.model import Model
from symbolic_mle.reading.syntax import Name
from symbolic_mle.records import Form

ENOUGH = 3  # samples at which a right claim must have been compared
AT_LEAST = 8  # samples, however long they take
LATE = 5  # samples, where each takes very long
PATIENCE = 1.0  # seconds of CPU after which no more samples are tried
SEARCHED = 9  # generic samples that are searched where the derivation is silent


@dataclass(frozen=True)
class Counterexample:
    """Data at which the claim is not the maximum, with the claimed value, the true one and the log-likelihoods of both."""

    data: Any
    known: Mapping[str, float]
    claimed: Mapping[str, float]
    true: Mapping[str, float] | None
    claimed_log_likelihood: float | None
    true_log_likelihood: float | None


@dataclass(frozen=True)
class Verdict:
    """``correct`` is True, False, or None where neither could be shown.

    ``basis`` is "derivation", "search" (no larger likelihood was found, but the maximum is not derived) or "counterexample".
    """

    correct: bool | None
    diagnosis: str | None
    explanation: str
    counterexample: Counterexample | None = None
    basis: str = ""
    notes: tuple[str, ...] = field(default_factory=tuple)

    def to_dict(self) -> dict[str, Any]:
        """Plain data with stable words, for graders: what ``json.dumps`` takes."""
        return {name: _finite(value) for name, value in asdict(self).items()}

    def __str__(self) -> str:
        return f"Wrong ({self.diagnosis}): {self.explanation}" if self.correct is False else self.explanation


def _finite(value: Any) -> Any:
    """What JSON can hold: a log-likelihood of −∞ becomes None."""
    if isinstance(value, dict):
        return {name: _finite(inner) for name, inner in value.items()}
    return None if isinstance(value, float) and not math.isfinite(value) else value


def check(model: Any, claims: Mapping[Any, Any], *, budget: float = 4.0) -> Verdict:
    """The verdict on claimed estimators: ``check(model, {"theta": "max(x)"})``.

    ``model`` is a ``Model`` or the name of one; claims are text (plain, Unicode, LaTeX) or SymPy. Raises ``ReadingError`` for a
    claim that is not understood.
    """
    model = Model.named(model) if isinstance(model, str) else model
    vocabulary = vocabulary_of(model)
    found = read_claims(claims, vocabulary)
    truth = Truth(model, budget)
    found = [_as_equation(c, truth, vocabulary) for c in found]
    flaw = _flaw(found, truth, vocabulary)
    outcomes = _outcomes(found, truth) if flaw is None or flaw.name == "not-an-estimator" else []
    wrong = [o for o in outcomes if o.verdict == "wrong" and o.trial.kind != "degenerate"]
    right = [o for o in outcomes if o.verdict == "right" and o.trial.kind != "degenerate"]
    if flaw is not None and not (flaw.name == "not-an-estimator" and len(right) >= ENOUGH and not wrong):
        return Verdict(False, flaw.name, flaw.explanation, _counterexample(wrong, truth), "reading")
    if wrong:
        diagnosis = diagnose(found, truth, outcomes)
        return Verdict(False, diagnosis.name, diagnosis.explanation, _counterexample(wrong, truth), "counterexample")
    if len(right) < ENOUGH:
        return _undecided(outcomes, truth)
    source = "derivation" if all(o.maximum.source == "derivation" for o in right) else "search"
    return Verdict(True, None, _praise(found, outcomes, source), None, source)


def vocabulary_of(model: Model) -> Vocabulary:
    """The names that a claim about the model may use."""
    specification = model.specification
    return Vocabulary(
        tuple(p.name for p in specification.parameters),
        tuple(k.name for k in specification.known),
        tuple(x.name for x in specification.observed),
        Truth(model).size_names,
    )


def _as_equation(claim: Claim, truth: Truth, vocabulary: Vocabulary) -> Claim:
    """A formula that contains unknown parameters is an equation for the estimate, where no closed form is known."""
    own = {claim.parameter, hat(claim.parameter)}
    unknown = names_in_sides(claim) & ({*vocabulary.parameters} | own)
    if claim.equation or not unknown:
        return claim
    if truth.derivation is None and unknown - own:
        return claim
    if truth.derivation is not None and truth.derivation.form is Form.CLOSED:
        return claim
    return Claim(claim.parameter, claim.text, (Name(0, 0, claim.parameter), claim.sides[0]), True, claim.guard)


def names_in_sides(claim: Claim) -> set[str]:
    return set().union(*(names_in(side) for side in claim.sides))


def _flaw(claims: list[Claim], truth: Truth, vocabulary: Vocabulary) -> Diagnosis | None:
    """What shows without data: a claim that is no function of the sample."""
    for claim in claims:
        names = names_in_sides(claim)
        if any(has_expectation(side) for side in claim.sides):
            return Diagnosis(
                "not-an-estimator",
                f"The claim for {claim.parameter} is an expectation under the model. It depends on the unknown distribution, while"
                " an estimator is computed from the observations alone; the sample mean would take its place.",
            )
        if claim.equation:
            continue
        unknown = sorted(names & {*vocabulary.parameters, hat(claim.parameter)})
        if unknown:
            plural = "s" if len(unknown) > 1 else ""
            return Diagnosis(
                "depends-on-parameter",
                f"The claim for {claim.parameter} contains the unknown parameter{plural} {', '.join(unknown)}, so it cannot be"
                " computed from the data. Put the estimate in its place, or solve the likelihood equations jointly.",
            )
        if not names & ({*vocabulary.observed} | {hat(p) for p in vocabulary.parameters}):
            return Diagnosis(
                "not-an-estimator",
                f"The claim for {claim.parameter} contains no observation: it gives the same value for every sample.",
            )
    return None


def _outcomes(claims: list[Claim], truth: Truth) -> list[Outcome]:
    found: list[Outcome] = []
    end = time.thread_time() + PATIENCE
    for trial in truth.trials:
        late = time.thread_time() - end
        if (late > 0 and len(found) >= AT_LEAST) or (late > PATIENCE / 2 and len(found) >= LATE):
            break
        if (
            truth.derivation is None
            and sum(o.trial.kind != "degenerate" for o in found) >= SEARCHED
            and trial.kind == "generic"
        ):
            continue
        try:
            found.append(judge(claims, truth, trial))
        except (NotNumeric, OverflowError):
            continue
    return found


def _counterexample(wrong: list[Outcome], truth: Truth) -> Counterexample | None:
    """The shortest data of those that show it, with a claimed value where there is one."""
    shown = [o for o in wrong if o.claimed]
    if not shown:
        return None
    best = min(shown, key=lambda o: (o.maximum.point is None, o.trial.size, o.trial.kind != "generic"))
    columns = {s.name: [int(v) if v == int(v) else v for v in c.tolist()] for s, c in best.trial.sample.items()}
    return Counterexample(
        next(iter(columns.values())) if len(columns) == 1 else columns,
        {s.name: v for s, v in best.trial.known.items()},
        {p.name: float(v) for p, v in best.claimed.items()},
        None if best.maximum.point is None else {p.name: float(v) for p, v in best.maximum.point.items()},
        None if best.claimed_height is None else float(best.claimed_height),
        None if best.best_height is None else float(best.best_height),
    )


def _undecided(outcomes: list[Outcome], truth: Truth) -> Verdict:
    if outcomes and all(o.maximum.exists is False for o in outcomes):
        return Verdict(
            False,
            "other",
            "The likelihood has no maximum for the data tried, so no formula is the estimator.",
            None,
            "derivation",
        )
    reason = "the maximum of this likelihood could not be found at enough samples to compare the claim with"
    return Verdict(None, None, f"Not decided: {reason}.")


def _praise(claims: list[Claim], outcomes: list[Outcome], source: str) -> str:
    what = (
        "equation that the maximum likelihood estimate solves"
        if all(c.equation for c in claims)
        else "maximum likelihood estimator"
    )
    text = f"Right: this is the {what}."
    if any(
        len(o.maximum.maximisers) > 1 or any(isinstance(v, tuple) for m in o.maximum.maximisers for v in m.values())
        for o in outcomes
    ):
        text += " For some data there are other maximisers too."
    if any(o.maximum.exists is False for o in outcomes):
        text += " For some data there is no maximum, and the formula then gives none."
    if source == "search":
        text += " The maximum was not derived: no larger likelihood was found at any sample tried."
    return text


__all__ = ["Counterexample", "Trial", "Verdict", "check", "derive", "vocabulary_of"]
