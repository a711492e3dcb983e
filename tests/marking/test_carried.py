"""Lines after the first mistake: what follows from the student's own lines is told from what does not."""

from __future__ import annotations

import pytest

from symbolic_mle import Model, check_working
from symbolic_mle.marking.report import AFTER, CARRIED, DOES_NOT_FOLLOW, FOLLOWS, WRONG

POISSON = Model.parse(
    density="lam^x e^(-lam)/x!", variable="x", parameters={"lam": "lam > 0"}, support="x = 0, 1, 2, ..."
)
NORMAL = Model.parse(
    density="exp(-(x-mu)^2/(2*v))/sqrt(2*pi*v)", variable="x", parameters={"mu": "", "v": "v > 0"}, support=""
)
START = ["L(λ) = ∏ e^(−λ) λ^(xᵢ) / xᵢ!", "ℓ(λ) = −nλ + S log λ,  S = ∑ xᵢ"]

WORKINGS = [
    ([*START, "ℓ′(λ) = n + S/λ", "n + S/λ = 0", "λ̂ = −S/n"], [FOLLOWS, FOLLOWS, WRONG, CARRIED, CARRIED]),
    ([*START, "ℓ′(λ) = n + S/λ", "λ n = -S", "λ̂ = −S/n"], [FOLLOWS, FOLLOWS, WRONG, CARRIED, CARRIED]),
    ([*START, "ℓ′(λ) = n + S/λ", "n λ = S", "λ̂ = S/n"], [FOLLOWS, FOLLOWS, WRONG, DOES_NOT_FOLLOW, CARRIED]),
    ([*START, "ℓ′(λ) = n + S/λ", "λ̂ = S/(2n)"], [FOLLOWS, FOLLOWS, WRONG, DOES_NOT_FOLLOW]),
    (["S = ∑ xᵢ", "ℓ(λ) = nλ + S log λ", "ℓ′(λ) = n + S/λ = 0", "λ̂ = −S/n", "ℓ″(λ) = −S/λ²"],
     [FOLLOWS, WRONG, CARRIED, CARRIED, CARRIED]),
    (["S = ∑ xᵢ", "ℓ(λ) = nλ + S log λ", "ℓ′(λ) = −n + S/λ"], [FOLLOWS, WRONG, DOES_NOT_FOLLOW]),
    (["S = ∑ xᵢ", "L(λ) = e^(-λ) λ^S", "ℓ(λ) = -λ + S log λ", "ℓ′(λ) = -1 + S/λ", "λ̂ = S"],
     [FOLLOWS, WRONG, CARRIED, CARRIED, CARRIED]),
    ([*START, "ℓ′(λ) = −n + S/λ", "n λ = 2S", "λ̂ = 2 x̄", "ℓ″(λ) = −S/λ²"],
     [FOLLOWS, FOLLOWS, FOLLOWS, WRONG, CARRIED, FOLLOWS]),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "verdicts"), WORKINGS)
def test_later_lines_are_held_against_the_students_own(lines: list[str], verdicts: list[str]) -> None:
    report = check_working(POISSON, lines)
    assert [line.verdict for line in report.lines] == verdicts, report


def test_a_line_that_nothing_was_said_about_is_not_judged() -> None:
    report = check_working(POISSON, [*START, "ℓ′(λ) = n + S/λ", "so we are done"])
    assert report.lines[-1].verdict == AFTER


def test_an_identity_after_a_mistake_is_no_mistake() -> None:
    report = check_working(POISSON, [*START, "ℓ′(λ) = n + S/λ", "S = n xbar", "λ̂ = −xbar"])
    assert [line.verdict for line in report.lines[3:]] == [FOLLOWS, CARRIED], report


def test_two_parameters_carry_forward_but_are_not_accused() -> None:
    lines = [
        "ℓ = −(n/2) log v + (1/(2v)) ∑ᵢ (xᵢ − mu)²",
        "∂ℓ/∂mu = −(1/v) ∑ᵢ (xᵢ − mu) = 0",
        "mu_hat = xbar",
        "∂ℓ/∂v = −n/(2v) − (1/(2v²)) ∑ᵢ (xᵢ − mu)² = 0",
        "v_hat = −(1/n) ∑ᵢ (xᵢ − x̄)²",
    ]
    report = check_working(NORMAL, lines)
    assert [line.verdict for line in report.lines] == [WRONG, *[CARRIED] * 4], report
