"""A corrupted step is found, and it is the one that is named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
import sympy as sp

from symbolic_mle.audit import audit
from symbolic_mle.errors import AuditError
from symbolic_mle.records import Step
from tests.audit.corruption import corrupted
from tests.derivations import derivation

FAMILIES = [
    "bernoulli-logit", "birnbaum-saunders", "borel", "cauchy-scale", "exponential", "gamma", "gumbel", "half-normal",
    "inverse-gaussian", "kumaraswamy", "logarithmic", "lognormal", "normal", "poisson", "student-t-scale", "weibull",
    "zeta",
]  # fmt: skip
A_STEP = 3  # corruptions tried of one


def some(items: list[tuple[str, Step]]) -> list[tuple[str, Step]]:
    """A few of them, spread over the whole list."""
    return items[:: max(1, len(items) // A_STEP)][:A_STEP]


def corruptions(name: str) -> Iterator[tuple[int, str, tuple[Step, ...]]]:
    steps, model = derivation(name).steps, derivation(name).model
    roots = {s.stage: s.right for s in steps if s.part == "equation" and s.left == s.parameter}
    for index, step in enumerate(steps):
        for what, wrong in some(list(corrupted(step, model, roots.get(step.stage)))):
            yield index + 1, what, (*steps[:index], wrong, *steps[index + 1 :])


@pytest.mark.parametrize("name", FAMILIES)
def test_every_corrupted_step_is_found_and_named(name: str) -> None:
    tried = 0
    for number, what, steps in corruptions(name):
        with pytest.raises(AuditError, match=rf"^step {number} \(") as error:
            audit(steps, derivation(name).model)
            pytest.fail(f"{name}, step {number}, {what}: {steps[number - 1]} passed")
        assert steps[number - 1].rule in str(error.value)
        tried += 1
    assert tried >= len(derivation(name).steps)


def test_the_message_has_the_line_the_place_and_both_numbers() -> None:
    steps, model = derivation("poisson").steps, derivation("poisson").model
    index = next(k for k, s in enumerate(steps) if s.rule == "differentiate")
    wrong = replace(steps[index], right=steps[index].right + 1)
    with pytest.raises(AuditError) as error:
        audit((*steps[:index], wrong, *steps[index + 1 :]), model)
    message = str(error.value)
    for part in (f"step {index + 1}", "differentiate", str(wrong.right), "lambda = ", "x = [", "and not"):
        assert part in message


def test_a_symbol_from_nowhere_is_found() -> None:
    steps, model = derivation("poisson").steps, derivation("poisson").model
    wrong = replace(steps[4], right=steps[4].right * sp.Dummy("c"))
    with pytest.raises(AuditError, match="holds _c, which is not of the model"):
        audit((*steps[:4], wrong, *steps[5:]), model)


def test_an_observation_outside_of_a_sum_is_found() -> None:
    steps, model = derivation("poisson").steps, derivation("poisson").model
    wrong = replace(steps[-1], right=model.variables[0])
    with pytest.raises(AuditError, match="holds x"):
        audit((*steps[:-1], wrong), model)


def test_a_value_that_is_not_real_is_found() -> None:
    steps, model = derivation("bernoulli-logit").steps, derivation("bernoulli-logit").model
    wrong = replace(steps[-1], right=sp.log(-1, evaluate=True))
    with pytest.raises(AuditError, match="imaginary unit"):
        audit((*steps[:-1], wrong), model)


def test_a_dropped_step_of_a_chain_does_not_matter_but_a_missing_root_does() -> None:
    steps, model = derivation("gamma").steps, derivation("gamma").model
    without = tuple(s for s in steps if s.rule != "collect")
    assert audit(without, model).untested == 0
    no_root = tuple(s for s in steps if s.part != "equation")
    report = audit(no_root, model)
    ours = [s for s in no_root if s.stage == 1 and s.rule != "end"]
    assert report.untested == len(ours), "the likelihood of the second stage needs the root of the first"


def test_steps_are_tried_with_data_that_satisfy_their_conditions() -> None:
    """(Σ xᵢ)/n is a root where Σ xᵢ > 0; with conditions that no sample satisfies nothing is told."""
    d = derivation("poisson")
    (condition,) = d.steps[-1].conditions
    never = replace(d.steps[-1], conditions=(replace(condition, relation="<"),))
    report = audit((*d.steps[:-1], never), d.model)
    assert report.untested >= 1
