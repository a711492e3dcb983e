"""Parameters under an order: the maximum by isotonic regression.

order.py      partial orders, and the blocks of the max–min formula
groups.py     groups of observations with a parameter each
isotonic.py   the theorem for the groups, and the cases of the data
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from symbolic_mle.records import Case, Existence, Specification, Step
from symbolic_mle.stages.likelihood import Likelihood
from symbolic_mle.stages.ordered.groups import groups_of
from symbolic_mle.stages.ordered.isotonic import Isotonic, cases_of, isotonic_of, pairs_of
from symbolic_mle.stages.solution.cases import Findings


@dataclass(frozen=True, slots=True)
class OrderArgument:
    """Groups in an order."""

    isotonic: Isotonic
    cases: tuple[Case, ...]
    kind: str = "ordered"
    regular: bool = True

    def steps(self) -> Iterator[Step]:
        for case in self.cases:
            if case.existence is Existence.ATTAINED and not case.ranges:
                for parameter, value in case.estimators.items():
                    yield Step("result", "maximum", value, parameter, parameter=parameter, conditions=case.conditions)


def attempt(likelihood: Likelihood, model: Specification) -> Findings | None:
    """The findings for groups whose parameters are in an order, and restricted by nothing else."""
    unsuited = model.points or any(i.integer or i.free_symbols for i in model.parameters.values())
    if not model.restrictions or unsuited or model.support.free_symbols & set(model.parameters):
        return None
    pairs = pairs_of(model)
    if not pairs:
        return None
    grouped = groups_of(model, set(model.parameters))
    found = None if grouped is None else isotonic_of(*grouped, pairs, model)
    if found is None:
        return None
    cases = tuple(cases_of(found, model))
    return Findings(
        (), (), likelihood.log_likelihood, cases, likelihood.log_likelihood, argument=OrderArgument(found, cases)
    )
