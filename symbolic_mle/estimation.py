"""A derivation applied to data: which case are the data in, and what are the numbers?

The case is decided by the signs of its statistics (exactly, where rounding could matter). The estimate is then held against
the likelihood at many other parameter values, and withdrawn when one of them is better.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sympy import Float

from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.algebra.numeric import NotNumeric, compile_expression, sign_on_sample
from symbolic_mle.derive import Derivation
from symbolic_mle.errors import DataError, InferenceError
from symbolic_mle.feasibility import is_possible
from symbolic_mle.maximisation import maximise_implicit
from symbolic_mle.observation import Columns, Values, read_known, read_sample
from symbolic_mle.probing import find_better
from symbolic_mle.records import Case, Condition, Existence, Proof, Specification
from symbolic_mle.uncertainty import FunctionEstimate, Uncertainty
from symbolic_mle.uncertainty.iterations import Iteration

CLOSE = 1e-6  # relative difference between a formula and the root of its equation that rounding may make


@dataclass(frozen=True, slots=True)
class Estimate:
    """The maximum of the likelihood for one sample.

    ``values`` is one of the maximisers, or None when there is none or it is not known; ``maximisers`` lists all that are
    known. ``case`` is the case of the derivation that the data are in, ``proof`` what is proved of the result.
    """

    values: dict[str, float] | None
    existence: Existence
    maximisers: list[dict[str, Any]]
    case: Case | None
    proof: Proof
    log_likelihood: float | None = None
    note: str = ""
    uncertainty: Uncertainty | None = field(default=None, repr=False, compare=False)

    @property
    def standard_errors(self) -> dict[str, float] | None:
        """{parameter: √ of the diagonal of J(θ̂)⁻¹}, J the observed information; None where it is not justified."""
        found = self.covariance
        return None if found is None else dict(zip(self.values or {}, map(float, np.sqrt(np.diag(found))), strict=True))

    @property
    def covariance(self) -> NDArray[np.float64] | None:
        """J(θ̂)⁻¹ in the order of the parameters; None where it is not justified (``interval`` says why)."""
        return None if self.uncertainty is None or self.uncertainty.objection else self.uncertainty.covariance()

    def interval(
        self, parameter: Any, level: float = 0.95, method: str = "profile", information: str = "observed"
    ) -> tuple[float, float]:
        """A confidence interval for one parameter: ``method`` is "wald", "score" (one parameter) or "profile" (likelihood ratio).

        ``information``, "observed" or "expected", is what a Wald interval takes its standard error from. The interval never
        leaves the parameter space. Raises ``InferenceError`` where none is justified, and says why.
        """
        if self.uncertainty is None:
            raise InferenceError(f"no confidence interval: {self.note or 'there is no maximum'}")
        return self.uncertainty.interval(str(parameter), level, method, information)

    def iterations(self, method: str = "newton") -> list[Iteration]:
        """Newton–Raphson ("newton") or Fisher scoring ("scoring") on these data, a row a step, from a start inside the space."""
        if self.uncertainty is None:
            raise InferenceError(f"no iteration: {self.note or 'there is no maximum'}")
        return self.uncertainty.iterations(method)

    def function(self, g: Any) -> FunctionEstimate:
        """The estimate of g(θ) by invariance, with its standard error: ``e.function("p/(1 - p)").value``."""
        if self.uncertainty is None:
            raise InferenceError(f"no estimate of a function: {self.note or 'there is no maximum'}")
        return self.uncertainty.of_function(g)


def estimate(derivation: Derivation, data: Any, known: Mapping[Any, float] | None = None) -> Estimate:
    """The maximum likelihood estimate on data.

    ``data``: a list or one-dimensional array of n observations; for several variables a list of n tuples or a mapping
    name → array. ``known``: values of the known constants by name. Raises ``DataError`` for data that the model excludes.
    """
    model = derivation.model
    constants = read_known(known, model)
    sample = read_sample(data, model, constants)
    for x, ends in model.open_ends.items():
        if any((sample[x] == float(end)).any() for end in ends):
            return _unknown(f"an observation lies at an end of the support, where the density of {x} is 0 or infinite")
    case = _case_of(derivation, constants, sample)
    if case is None:
        return _unknown("the case of the data could not be decided")
    impossible = case.kind == "impossible"
    if impossible or (case.existence is Existence.UNKNOWN and is_possible(model, constants, sample) is False):
        raise DataError("data: no value of the parameters gives every observation a positive density")
    if case.existence is not Existence.ATTAINED:
        return _without_maximum(case, derivation, constants, sample)
    found = _values(derivation, case, constants, sample)
    if found.existence is not Existence.ATTAINED:
        return found
    return _checked(found, derivation, constants, sample)


def _without_maximum(case: Case, derivation: Derivation, constants: Values, sample: Columns) -> Estimate:
    """No maximum: bounded or not as the case says, or as these data do."""
    if case.existence_by is None:
        return Estimate(None, case.existence, [], case, case.proof, note=case.reason)
    found = maximise_implicit(case.existence_by, derivation.searched, constants, sample)
    if found.existence is Existence.ATTAINED:
        return _unknown("the numbers contradict the case that the data are in", case)
    existence = Existence.UNBOUNDED if found.existence is Existence.UNBOUNDED else case.existence
    return Estimate(None, existence, [], case, case.proof, note=found.note)


def _unknown(note: str, case: Case | None = None) -> Estimate:
    return Estimate(None, Existence.UNKNOWN, [], case, Proof.NONE, note=note)


def _case_of(derivation: Derivation, constants: Values, sample: Columns) -> Case | None:
    """The first case all of whose conditions hold; None when a condition cannot be decided before that."""
    verdicts: dict[Condition, bool | None] = {}
    for case in derivation.cases:
        for condition in case.conditions:
            if condition not in verdicts:
                verdicts[condition] = _holds(condition, derivation, constants, sample)
        held = [verdicts[c] for c in case.conditions]
        if all(held):
            return case
        if False not in held:
            return None
    return None


def _holds(condition: Condition, derivation: Derivation, constants: Values, sample: Columns) -> bool | None:
    if condition.quantity in sample:
        return _holds_of_all(condition, constants, sample)
    try:
        sign = sign_on_sample(condition.statistic, constants, sample, derivation.model.size)
    except NotNumeric:
        return None
    if sign is None:
        return None
    return {
        ">": sign > 0, "<": sign < 0, "=": sign == 0, ">=": sign >= 0, "<=": sign <= 0, "!=": sign != 0,
    }[condition.relation]  # fmt: skip


def _holds_of_all(condition: Condition, constants: Values, sample: Columns) -> bool:
    """ "every xᵢ = c" and "all xᵢ are equal", compared as the numbers that were given."""
    column = sample[condition.quantity]
    if condition.value is None:
        same = bool((column == column[0]).all())
    else:
        same = bool((column == float(condition.value.xreplace({s: Float(v, 17) for s, v in constants.items()}))).all())
    return same == (condition.relation == "=")


def _values(derivation: Derivation, case: Case, constants: Values, sample: Columns) -> Estimate:
    """Implicit parameters by iteration, then the closed ones from them."""
    model, proof, solutions, roots, note = derivation.searched, case.proof, [dict[Any, Any]()], dict[Any, float](), ""
    if case.locator is not None:
        located = case.locator(model, constants, sample)
        if located.existence is not Existence.ATTAINED:
            return Estimate(None, located.existence, [], case, located.proof, note=located.note)
        solutions, proof, note = [dict(m) for m in located.maximisers], located.proof, located.note
    elif case.implicit is not None:
        found = maximise_implicit(case.implicit, model, constants, sample)
        if found.existence is not Existence.ATTAINED:
            return Estimate(None, found.existence, [], case, found.proof, note=found.note)
        solutions = found.points
        proof = proof if found.proof is Proof.GLOBAL and not found.certified else found.proof
    elif case.existence_by is not None:
        found = maximise_implicit(case.existence_by, model, constants, sample)
        if found.existence is not Existence.ATTAINED:
            return Estimate(None, found.existence, [], case, found.proof, note=found.note)
        roots = found.points[0]
    ranges = {p: _numeric_range(i, model, constants, sample) for p, i in case.ranges.items()}
    points, maximisers = list[Values](), list[dict[str, Any]]()
    for solution in solutions:
        for formulas in (case.estimators, *case.others):
            several = {p: v for p, v in {**solution, **ranges}.items() if isinstance(v, tuple)}
            values = {**constants, **solution, **ranges, **{p: _between(*v) for p, v in several.items()}}
            found_by = roots if formulas is case.estimators else {}
            for parameter, expression in formulas.items():
                if parameter in solution and formulas is case.estimators:
                    continue
                evaluate = compile_expression(expression, tuple(values), model.observed, model.size)
                values[parameter] = _or_root(evaluate(values, sample), found_by.get(parameter))
            if values in points:
                continue
            points.append(values)
            maximisers.append({p.name: several.get(p, values[p]) for p in model.parameters})
    values_found = {p.name: points[0][p] for p in model.parameters}
    return Estimate(values_found, Existence.ATTAINED, maximisers, case, proof, note=note)


def _numeric_range(interval: Interval, model: Specification, constants: Values, sample: Columns) -> Any:
    """(low, high), or the one value where the ends agree."""
    low, high = (
        compile_expression(e, tuple(constants), model.observed, model.size)(constants, sample)
        for e in (interval.lower, interval.upper)
    )
    return low if low == high else (low, high)


def _between(low: float, high: float) -> float:
    """One value of an interval: its middle, or beside its only finite end."""
    if math.isfinite(low) and math.isfinite(high):
        return low + (high - low) / 2
    return low + 1 if math.isfinite(low) else high - 1 if math.isfinite(high) else 0.0


def _or_root(value: float, root: float | None) -> float:
    """The value of a formula, or the root of its equation where the formula is 0/0 or loses its digits."""
    return value if root is None or abs(value - root) <= CLOSE * (1 + abs(root)) else root


def _checked(found: Estimate, derivation: Derivation, constants: Values, sample: Columns) -> Estimate:
    """Withdraw an estimate that is not finite, lies outside the space, or is beaten by another value of the parameters."""
    assert found.values is not None
    heights = []
    for maximiser in found.maximisers:
        ends = {p: maximiser[p.name] for p in derivation.model.parameters}
        point = {p: _between(*v) if isinstance(v, tuple) else v for p, v in ends.items()}
        height, objection = find_better(derivation, point, constants, sample)
        if objection:
            return _unknown(objection, found.case)
        heights.append(height)
    if max(heights) - min(heights) > CLOSE * (1 + abs(heights[0])):
        return _unknown("the maximisers found are not equally high", found.case)
    values = {p: found.values[p.name] for p in derivation.model.parameters}
    sole = len(found.maximisers) == 1 and not any(isinstance(v, tuple) for v in found.maximisers[0].values())
    precise = Uncertainty(derivation, constants, sample, values, sole)
    return replace(found, log_likelihood=heights[0], uncertainty=precise)
