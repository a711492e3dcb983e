"""What the package writes reads back: its own derivations have no wrong line, and its own estimators are right claims."""

from __future__ import annotations

import re

import pytest

from symbolic_mle import Model, check, check_working
from symbolic_mle.families import catalogue
from symbolic_mle.records import Existence
from tests.derivations import derivation as derivation_of

SHARE = sorted(catalogue())[::6]  # a fixed share: each is marked line by line


def displayed(latex: str) -> list[str]:
    """The displayed formulas of a LaTeX fragment, with the reasons beside them left out."""
    found = re.findall(r"\\\[(.*?)\\\]|\\begin\{align\*?\}(.*?)\\end\{align", latex, re.DOTALL)
    return [
        re.sub(r"&&.*?(?=\\\\|$)", "", block, flags=re.MULTILINE).strip() for pair in found for block in pair if block
    ]


@pytest.mark.parametrize("name", SHARE)
def test_no_line_of_our_own_text_is_wrong(name: str) -> None:
    derivation = derivation_of(name)
    if derivation.cases[0].existence is not Existence.UNKNOWN:
        lines = [line for line in derivation.to_text(width=1000).splitlines() if line.strip()]
        report = check_working(Model.named(name), lines)
        assert report.first_wrong is None, report


@pytest.mark.parametrize("name", SHARE)
def test_no_formula_of_our_own_latex_is_wrong(name: str) -> None:
    derivation = derivation_of(name)
    if derivation.cases[0].existence is not Existence.UNKNOWN:
        report = check_working(Model.named(name), displayed(derivation.to_latex()))
        assert report.first_wrong is None, report


@pytest.mark.parametrize("name", sorted(catalogue())[::2])
def test_our_own_estimators_are_right(name: str) -> None:
    derivation = derivation_of(name)
    attained = [case for case in derivation.cases if case.existence is Existence.ATTAINED]
    unknown = {s.name for value in derivation.estimators.values() for s in value.free_symbols}
    whole = not unknown & {s.name for s in derivation.model.parameters}  # a formula in another estimate is no claim
    if derivation.estimators and whole and len(attained) == 1 and attained[0] is derivation.cases[0]:
        verdict = check(Model.named(name), derivation.estimators)
        assert verdict.correct is True, verdict
