"""The findings as lines: each a statement with the rule that made it, in the order in which they are told and audited."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.records import Specification, Step
from symbolic_mle.stages.likelihood import Likelihood
from symbolic_mle.stages.solution.cases import Findings
from symbolic_mle.stages.solution.ends import End
from symbolic_mle.stages.solution.single import Reduction


def write_steps(model: Specification, likelihood: Likelihood, findings: Findings) -> tuple[Step, ...]:
    """Every line of the derivation."""
    return tuple(_all(model, likelihood, findings))


def _all(model: Specification, likelihood: Likelihood, findings: Findings) -> Iterator[Step]:
    yield Step("likelihood", "independence", model.density)
    if not likelihood.mixed:
        yield Step("likelihood", "powers", sp.exp(likelihood.log_likelihood + likelihood.constant))
    yield Step("log-likelihood", "log-of-product", DataSum(likelihood.log_density, model.observed))
    yield Step("log-likelihood", "linear-sum", likelihood.log_likelihood + likelihood.constant)
    if findings.centred:
        yield Step("log-likelihood", "centre", findings.start)
    for parameter in model.parameters if findings.reductions or findings.joint else ():
        yield Step("score", "differentiate", findings.start.diff(parameter), parameter=parameter)
    for stage, reduction in enumerate(findings.reductions):
        yield from reduction_steps(reduction, stage)
    if findings.argument is not None:
        yield from findings.argument.steps()
        return
    for parameter, value in findings.cases[0].estimators.items():
        yield Step(
            "result", "estimator", value, parameter, parameter=parameter, conditions=findings.cases[0].conditions
        )


def reduction_steps(reduction: Reduction, stage: int) -> Iterator[Step]:
    """The lines of one parameter, eliminated as the ``stage``-th."""
    parameter, zero = reduction.parameter, sp.Integer(0)
    if stage:
        yield Step("profile", "profile", reduction.log_likelihood, stage=stage, parameter=parameter)
        yield Step("profile", "differentiate", reduction.score, stage=stage, parameter=parameter)
    if reduction.root is not None and reduction.equation is not None:
        yield Step("equation", "set-to-zero", zero, reduction.score, stage=stage, parameter=parameter)
        if reduction.equation.multiplier != 1:
            yield Step("equation", "clear", zero, reduction.equation.numerator, stage=stage, parameter=parameter,
                       factor=reduction.equation.multiplier)  # fmt: skip
        for left, right, rule in reduction.lines:
            yield Step("equation", rule, right, left, stage=stage, parameter=parameter)
    if reduction.shape is not None:
        shape = reduction.shape
        if shape.second is not None:
            yield Step(
                "shape", "second-derivative", shape.second, stage=stage, parameter=parameter, factor=reduction.score
            )
    if reduction.shape is not None and reduction.shape.kind not in ("direction", "dispersion"):
        shape = reduction.shape
        yield Step("shape", "decreasing", shape.function, stage=stage, parameter=parameter, factor=shape.multiplier)
        for end in (reduction.lower, reduction.upper):
            yield from _end(end, stage, reduction)


def _end(end: End, stage: int, reduction: Reduction) -> Iterator[Step]:
    if end.limit is not None:
        assert reduction.shape is not None
        yield Step("shape", "end", end.limit, reduction.shape.function, stage=stage, parameter=reduction.parameter,
                   factor=end.value)  # fmt: skip
