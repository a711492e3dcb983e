"""Verdicts, one and several."""

from __future__ import annotations

import math

import mpmath
import pytest

from symbolic_mle.audit.verdicts import Mismatch, Outcome, agree, all_of, at_points, holds, is_finite

BAD = Mismatch("a claim", {}, 1, 2)
DOUBT = Mismatch("another", {}, 1, 2, proper=False)


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        ([], None),
        ([None, None], None),
        ([None, True], True),
        ([True, None], True),
        ([True, BAD], BAD),
        ([DOUBT, BAD], BAD),
        ([DOUBT, None], DOUBT),
        ([DOUBT, True], True),
        ([True, DOUBT], True),
    ],
)
def test_one_claim_at_several_points(outcomes: list[Outcome], expected: Outcome) -> None:
    assert at_points(outcomes) == expected


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ([None], None),
        ([True, None], True),
        ([True, DOUBT], DOUBT),
        ([DOUBT, BAD], BAD),
        ([True, True], True),
    ],
)
def test_several_claims(claims: list[Outcome], expected: Outcome) -> None:
    assert all_of(*claims) == expected


@pytest.mark.parametrize("one", [1.0, -3e5, 1e-3, mpmath.mpf("0.1")])
def test_numbers_agree_up_to_a_millionth(one: float) -> None:
    assert agree("", {}, one, one) is True
    assert agree("", {}, one * (1 + 1e-7), one) is True
    found = agree("a value", {}, one * (1 + 1e-5), one)
    assert isinstance(found, Mismatch) and found.proper and found.claim == "a value"


def test_numbers_agree_up_to_the_rounding_of_their_terms() -> None:
    assert agree("", {}, 1e-12, 0.0) is True
    assert agree("", {}, 1e-6, 0.0, size=1e6) is True
    assert isinstance(agree("", {}, 1e-6, 0.0), Mismatch)


@pytest.mark.parametrize("bad", [math.nan, math.inf, mpmath.mpf("nan"), mpmath.inf])
def test_what_is_not_finite(bad: float) -> None:
    assert not is_finite(1.0, bad)
    assert agree("", {}, 1.0, bad) is None
    found = agree("", {}, bad, 1.0)
    assert isinstance(found, Mismatch) and not found.proper, "it may be so for these data only"


def test_holds() -> None:
    assert holds(1 < 2, "", {}, 1, 2) is True
    assert holds(2 < 1, "smaller", {}, 2, 1) == Mismatch("smaller", {}, 2, 1)
