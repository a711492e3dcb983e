"""Untrusted text: a verdict or one clear error, whatever comes in."""

from __future__ import annotations

import pytest

from symbolic_mle import Model, check, check_working
from symbolic_mle.errors import ReadingError

HOSTILE = [
    "(" * 5000 + "x" + ")" * 5000, "sum(" * 50 + "x" + ")" * 50, "9^" * 40 + "9", "+".join(["sum(x_i^2)"] * 1500), "xbar^(10^9)",
    "exp(exp(exp(exp(10))))", "gamma(10^30)", "factorial(sum(x)!)!", "LambertW(10^300)", r"\frac" * 300, r"\hat" * 2000 + "{x}",
    "{" * 19000, r"\begin{cases}" * 200, "x_(" * 3000, "xbar\x00", "sum(x_i for i in __import__('os'))",
    "∑" * 3000, "1/0", "\u200bxbar",
    "a" * 100_000, "", " ", "=", "$$", r"\input{/etc/passwd}", "x.__class__", "lambda: 0", "xbar; 2",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:12])
def test_a_hostile_claim_is_refused_or_not_right(text: str) -> None:
    try:
        assert check(Model.named("poisson"), {"lambda": text}).correct is not True
    except ReadingError as error:
        assert len(str(error)) < 600


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:12])
def test_a_hostile_line_gets_a_verdict(text: str) -> None:
    try:
        report = check_working(Model.named("poisson"), [text, f"l(lambda) = {text}"])
    except ReadingError:
        return
    assert len(report.lines) == 2
