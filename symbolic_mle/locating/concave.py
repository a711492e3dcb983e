"""The maximum of a concave log-likelihood in linear predictors: does the sample have one, is it the only one, and where?

Every observation gives rows: the slope of its log-density far out in a direction d is min r·d over its rows. The sample has a
maximum iff no direction has r·d ≥ 0 for every row and > 0 for one (``stages.linear_predictor``); that is decided in
fractions, and the maximum is then found by Newton's method.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sympy import Expr, Symbol

from symbolic_mle.algebra.ascent import Outcome, maximise
from symbolic_mle.algebra.numeric import compile_expression, compile_pointwise
from symbolic_mle.locating.fractions import exact_value, fraction_of
from symbolic_mle.locating.separation import Row, free_columns, separating_direction
from symbolic_mle.records import Existence, Located, Proof, Specification

Vector = tuple[Expr, ...]

SEPARATED = "the likelihood rises for ever in the direction {direction}: the data are separated"
UNBOUNDED_TERM = "the likelihood of one observation alone is not bounded, so that the theorem does not apply"


@dataclass(frozen=True, slots=True)
class Slopes:
    """The terms of one observation: those whose first variable has the ``value``, or all (None)."""

    value: Expr | None
    slope: Vector
    bends: tuple[tuple[str, Expr, tuple[Vector, ...]], ...]


@dataclass(frozen=True, slots=True)
class ConcaveMaximum:
    """``bounded``: every observation's likelihood is known to be bounded."""

    log_likelihood: Expr
    slopes: tuple[Slopes, ...]
    bounded: bool

    def __call__(
        self, model: Specification, known: Mapping[Symbol, float], sample: Mapping[Symbol, NDArray[np.float64]]
    ) -> Located:
        rows, proved, bounded = list[Row](), True, True
        table = np.column_stack([sample[s] for s in model.observed])
        for line in np.unique(table, axis=0):
            found = self._rows_of(dict(zip(model.observed, line, strict=True)), known, model)
            if found is None:
                return Located(Existence.UNKNOWN, note="the slopes of an observation could not be computed")
            slopes, walls, exact = found
            proved &= exact
            bounded &= self.bounded or _is_bounded(slopes, walls)
            rows += [*slopes, *walls]
        if not bounded:
            return Located(Existence.UNKNOWN, note=UNBOUNDED_TERM)
        proof = Proof.GLOBAL if proved else Proof.LOCAL
        direction = separating_direction(rows)
        if direction is not None:
            words = ", ".join(f"{p} {float(v):+.4g}·t" for p, v in zip(model.parameters, _unit(direction), strict=True))
            return Located(Existence.NOT_ATTAINED, proof=proof, note=SEPARATED.format(direction=words))
        return self._climb(free_columns(rows), proof, model, known, sample)

    def _rows_of(
        self, line: Mapping[Symbol, float], known: Mapping[Symbol, float], model: Specification
    ) -> tuple[list[Row], list[Row], bool] | None:
        """(rows, rows of terms that fall faster than any line, all exact) of one observation."""
        first = line[model.variables[0]]
        here = next((s for s in self.slopes if s.value is None or float(s.value) == first), None)
        if here is None:
            return None
        values = {**known, **line}
        fractions = {s: fraction_of(v) for s, v in values.items()}
        exact = True

        def number(expr: Expr) -> Fraction:
            nonlocal exact
            value = exact_value(expr, fractions)
            if value is not None:
                return value
            exact = False
            columns = {s: np.array([v]) for s, v in values.items()}
            return Fraction(float(compile_pointwise(expr, (), tuple(columns))({}, columns)[0]))

        try:
            slope = tuple(map(number, here.slope))
            choices: list[list[Row]] = []
            walls: list[Row] = []
            for kind, weight, vectors in here.bends:
                w = number(weight)
                if w:
                    ends, hard = _far_out(kind, w, [tuple(map(number, v)) for v in vectors])
                    choices.append(ends)
                    walls += hard
        except (ValueError, OverflowError):
            return None
        rows = [tuple(map(sum, zip(slope, *choice, strict=True))) for choice in itertools.product(*choices)]
        return rows, walls, exact  # type: ignore[return-value]

    def _climb(
        self, fixed: list[int], proof: Proof, model: Specification, known: Mapping[Symbol, float], sample: Any
    ) -> Located:
        """Newton's method in the parameters that the data determine, the others at 0."""
        names = tuple(model.parameters)
        moving = [p for k, p in enumerate(names) if k not in fixed]
        still = {p: 0.0 for k, p in enumerate(names) if k in fixed}

        def along(expr: Expr) -> Any:
            evaluate = compile_expression(expr, (*names, *known), model.observed, model.size).on(sample)
            return lambda point: evaluate({**known, **still, **dict(zip(moving, point, strict=True))})

        if not moving:
            return Located(Existence.ATTAINED, (dict(still),), proof, "every value of the parameters maximises")
        slopes = [self.log_likelihood.diff(p) for p in moving]
        function, gradient = along(self.log_likelihood), [along(s) for s in slopes]
        hessian = [[along(s.diff(q)) for q in moving] for s in slopes]
        found = maximise(
            function, lambda v: [g(v) for g in gradient], lambda v: [[h(v) for h in row] for row in hessian],
            [0.0] * len(moving), [(-np.inf, np.inf)] * len(moving),
        )  # fmt: skip
        if found.outcome is not Outcome.CONVERGED:
            return Located(Existence.UNKNOWN, note="there is a maximum, but the iteration did not settle at it")
        point = {**still, **{p: float(v) for p, v in zip(moving, found.point, strict=True)}}
        note = ""
        if fixed:
            words = ", ".join(p.name for k, p in enumerate(names) if k in fixed)
            note = (
                f"the data do not determine all parameters: a maximiser is given for {words} = 0, and there are others"
            )
        return Located(Existence.ATTAINED, ({p: point[p] for p in names},), proof, note)


def _far_out(kind: str, weight: Fraction, vectors: list[Row]) -> tuple[list[Row], list[Row]]:
    """The slopes that a term can have far out, and the v with an infinite fall where v·d < 0."""
    zero: Row = (Fraction(0),) * len(vectors[0])
    if kind == "log-sum-exp":
        return [tuple(-weight * v for v in vector) for vector in vectors], []
    (vector,) = vectors
    opposite = tuple(-v for v in vector)
    if kind == "exp":
        return [zero], [opposite]
    if kind == "square":
        return [zero], [vector, opposite]
    if kind == "probit":
        return [zero], [vector]
    assert kind == "log-log", kind
    return [zero, tuple(weight * v for v in vector)], []


def _is_bounded(rows: list[Row], walls: list[Row]) -> bool:
    """Is 0 a mixture of the rows, plus multiples of the walls, for predictors that are multiples of one vector?"""
    everything = [r for r in (*rows, *walls) if any(r)]
    if not everything or any(not any(r) for r in rows):
        return True
    base = everything[0]
    pivot = next(k for k, v in enumerate(base) if v)
    shares = [[r[pivot] / base[pivot] for r in part] for part in (rows, walls)]
    alike = all(
        r[k] == share * base[k]
        for part, found in zip((rows, walls), shares, strict=True)
        for r, share in zip(part, found, strict=True)
        for k in range(len(base))
    )
    first, all_shares = shares[0], [*shares[0], *shares[1]]
    return alike and any(a * b < 0 for a in first for b in all_shares)


def _unit(direction: Row) -> Iterator[Fraction]:
    largest = max(map(abs, direction))
    return (v / largest for v in direction)
