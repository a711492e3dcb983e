"""Every derivation of the catalogue replays, the same way every time and without a trace."""

from __future__ import annotations

import random

import numpy as np
import pytest

from symbolic_mle.audit import Report, audit
from symbolic_mle.rules import RULES
from tests.derivations import CATALOGUE, derivation


@pytest.mark.parametrize("name", CATALOGUE)
def test_every_step_of_every_family_is_tested_and_holds(name: str) -> None:
    d = derivation(name)
    assert audit(d.steps, d.model) == Report(tested=len(d.steps), untested=0)


def test_nothing_global_changes() -> None:
    d = derivation("gumbel")
    random.seed(1), np.random.seed(1)
    before = random.getstate(), np.random.get_state()[1].tolist(), np.geterr()
    audit(d.steps, d.model)
    after = random.getstate(), np.random.get_state()[1].tolist(), np.geterr()
    assert before == after


def test_no_steps_and_no_tests() -> None:
    model = derivation("poisson").model
    assert audit((), model) == Report(0, 0)


def test_every_rule_claims_a_relation_that_is_known() -> None:
    from symbolic_mle.audit.relations import RELATIONS

    assert {rule.relation for rule in RULES.values()} <= RELATIONS.keys() | {"implies"}
