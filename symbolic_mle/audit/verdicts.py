"""What a test can say, and how several verdicts make one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, NamedTuple

from symbolic_mle.audit.places import Values

RELATIVE = 1e-6
ABSOLUTE = 1e-9  # of numbers of everyday size, as the places make them


class Mismatch(NamedTuple):
    """What was to hold, where, and the two numbers that speak against it.

    ``proper`` is False when a step fails only if it fails wherever it is tried: for some data a root may be outside of
    the space, or 0·log 0 stand in a line.
    """

    claim: str
    values: Values
    found: Any
    expected: Any
    proper: bool = True


Outcome = Literal[True] | Mismatch | None
"""It holds; it does not; it cannot be told here."""


def is_finite(*numbers: Any) -> bool:
    """For floats and mpfs: neither infinite nor nan."""
    return all([number - number == 0 for number in numbers])


def agree(claim: str, values: Values, found: Any, expected: Any, size: Any = 0) -> Outcome:
    """found = expected, up to rounding; ``size`` is that of the terms whose sums they are."""
    if not is_finite(expected):
        return None
    if not is_finite(found):
        return Mismatch(f"{claim}, a finite number,", values, found, expected, proper=False)
    if abs(found - expected) <= RELATIVE * max(abs(found), abs(expected)) + ABSOLUTE * (1 + abs(size)):
        return True
    return Mismatch(claim, values, found, expected)


def holds(truth: Any, claim: str, values: Values, found: Any, expected: Any) -> Outcome:
    """True, or the mismatch."""
    return True if truth else Mismatch(claim, values, found, expected)


def at_points(outcomes: Iterable[Outcome]) -> Outcome:
    """One claim at several points: a proper mismatch if there is one, else True if it holds somewhere."""
    result: Outcome = None
    for outcome in outcomes:
        if isinstance(outcome, Mismatch) and outcome.proper:
            return outcome
        result = True if outcome is True else result or outcome
    return result


def all_of(*claims: Outcome) -> Outcome:
    """Several claims: a mismatch if there is one, the proper ones first, else True if one of them holds."""
    mismatches = [claim for claim in claims if isinstance(claim, Mismatch)]
    if mismatches:
        return min(mismatches, key=lambda mismatch: not mismatch.proper)
    return True if True in claims else None
