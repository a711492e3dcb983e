"""Standard errors, covariances and confidence intervals of an estimate on data.

Theorems, for a model that meets the conditions of ``inference.regularity`` and a true value inside the space; z = z(1 − α/2):
  Wald      (θ̂ − θ)/se → N(0, 1), se² a diagonal entry of J(θ̂)⁻¹ or of the inverse expected one:  θ̂ ± z·se
  score     U(θ)²/(n·I(θ)) → χ²₁ for one parameter:  {θ : U(θ)² ≤ z²·n·I(θ)}
  profile   2(ℓ(θ̂) − max ℓ with θⱼ fixed) → χ²₁ (Wilks 1938):  {θⱼ : … ≤ z²}
(Rao 1973, section 6e; Casella & Berger 2002, sections 10.3 and 10.4.) Checked on the data: one maximiser, strictly inside
the space, a score of 0 and a positive definite −∇²ℓ there. Where one of these fails there is an ``InferenceError`` that says so.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from statistics import NormalDist
from typing import Any

import numpy as np
import sympy as sp
from numpy.typing import NDArray
from sympy import Expr, Symbol

from symbolic_mle.algebra.ascent import Outcome, maximise
from symbolic_mle.algebra.numeric import NotNumeric, compile_expression
from symbolic_mle.derive import Derivation
from symbolic_mle.errors import InferenceError
from symbolic_mle.inference.fisher import of_one_observation
from symbolic_mle.inference.numbers import ScoreMoments
from symbolic_mle.inference.precision import of_sample
from symbolic_mle.inference.regularity import failure, smooth_form
from symbolic_mle.maximisation import bounds, starting_points
from symbolic_mle.observation import Columns, Values
from symbolic_mle.uncertainty.iterations import Iteration, iterate
from symbolic_mle.uncertainty.regions import below_zero

Array = NDArray[np.float64]
METHODS = ("wald", "score", "profile")
INFORMATIONS = ("observed", "expected")
ITERATIONS = ("newton", "scoring")
FLAT = 1e-4  # of a standard error: a Newton step at the estimate that is longer means that its score is not 0


@dataclass(frozen=True, slots=True)
class FunctionEstimate:
    """The estimate of a function of the parameters, and its large-sample standard error."""

    value: float
    standard_error: float | None

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """η̂ ± z·se."""
        if self.standard_error is None:
            raise InferenceError("no confidence interval: the standard error of the function is not justified here")
        if not 0 < level < 1:
            raise InferenceError(f"level: {level!r} is not between 0 and 1")
        half = NormalDist().inv_cdf((1 + level) / 2) * self.standard_error
        return self.value - half, self.value + half


class Uncertainty:
    """How precise an estimate is; computed when it is asked for."""

    def __init__(
        self, derivation: Derivation, constants: Values, sample: Columns, values: Mapping[Symbol, float], unique: bool
    ) -> None:
        self.derivation, self.constants, self.sample, self.unique = derivation, constants, sample, unique
        self.model = derivation.model
        self.names = tuple(self.model.parameters)
        self.point = np.array([values[p] for p in self.names], dtype=float)

    # ------------------------------------------------------------------ the likelihood in numbers

    def _compiled(self, expr: Expr) -> Callable[[Array], float]:
        evaluate = compile_expression(
            expr, (*self.names, *self.constants), self.model.observed, self.model.size
        ).on(self.sample)  # fmt: skip
        return lambda point: evaluate({**self.constants, **dict(zip(self.names, point, strict=True))})

    @cached_property
    def _scores(self) -> list[Expr]:
        log = smooth_form(self.derivation.likelihood.log_likelihood, self.model)
        return [log.diff(p) for p in self.names]

    @cached_property
    def _height(self) -> Callable[[Array], float]:
        return self._compiled(self.derivation.likelihood.log_likelihood)

    @cached_property
    def _gradient(self) -> list[Callable[[Array], float]]:
        return [self._compiled(s) for s in self._scores]

    @cached_property
    def _hessian(self) -> list[list[Callable[[Array], float]]]:
        return [[self._compiled(s.diff(p)) for p in self.names] for s in self._scores]

    @cached_property
    def boxes(self) -> list[tuple[float, float]]:
        return [bounds(p, self.model, self.constants) for p in self.names]

    # ------------------------------------------------------------------ does the theory apply?

    @cached_property
    def objection(self) -> str:
        """Why the theory of large samples does not apply to these data; "" where nothing speaks against it."""
        reason = failure(self.model)
        if reason:
            return reason
        if not self.unique:
            return "the likelihood has several maxima"
        try:
            if any(not low < v < high for v, (low, high) in zip(self.point, self.boxes, strict=True)):
                return "the maximum is at a boundary of the parameter space"
            observed, gradient = self.observed, self._slope(self.point)
        except (NotNumeric, TypeError):
            return "the derivatives of the likelihood cannot be evaluated"
        if not np.isfinite(observed).all() or not _positive_definite(observed):
            return "the observed information is not positive definite"
        errors = np.sqrt(np.diag(np.linalg.inv(observed)))
        if not np.all(np.abs(np.linalg.solve(observed, gradient)) <= FLAT * errors):
            return "the score is not 0 at the maximum"
        return ""

    def require(self) -> None:
        """Raise ``InferenceError`` where the theory does not apply."""
        if self.objection:
            raise InferenceError(f"no standard error or confidence interval: {self.objection}")

    # ------------------------------------------------------------------ information and covariance

    @cached_property
    def observed(self) -> Array:
        """J(θ̂) = −∇²ℓ(θ̂)."""
        return self._negative_hessian(self.point)

    def expected(self, point: Array) -> Array:
        """The expected information of the sample at a parameter value, by its formula or by quadrature."""
        found = self.derivation.precision.information
        if found is not None and found.closed:
            matrix = of_sample(found.matrix, self.model)
            places = range(len(self.names))
            return np.array([[self._formula(matrix, i, j)(point) for j in places] for i in places])
        values = {**self.constants, **dict(zip(self.names, map(float, point), strict=True))}
        moments = None if self.model.covariates else self._moments.at(values)
        if moments is None:
            raise InferenceError("the expected information was not found for this model; ask for the observed one")
        return moments.products * len(next(iter(self.sample.values())))

    def _formula(self, matrix: sp.Matrix, i: int, j: int) -> Callable[[Array], float]:
        if (i, j) not in self._formula_cache:
            self._formula_cache[i, j] = self._compiled(matrix[i, j])
        return self._formula_cache[i, j]

    @cached_property
    def _formula_cache(self) -> dict[tuple[int, int], Callable[[Array], float]]:
        return {}

    @cached_property
    def _moments(self) -> ScoreMoments:
        return ScoreMoments(of_one_observation(self._scores, self.model), self.model)

    def covariance(self, information: str = "observed") -> Array:
        """The inverse of the information of the sample at the estimate."""
        self.require()
        if information not in INFORMATIONS:
            raise InferenceError(f"information: {information!r} is neither of {', '.join(INFORMATIONS)}")
        matrix = self.observed if information == "observed" else self.expected(self.point)
        if not np.isfinite(matrix).all() or not _positive_definite(matrix):
            raise InferenceError(f"the {information} information is not positive definite at the estimate")
        return np.asarray(np.linalg.inv(matrix), dtype=float)

    def errors(self, information: str = "observed") -> Array:
        return np.asarray(np.sqrt(np.diag(self.covariance(information))))

    def of_function(self, g: Any) -> FunctionEstimate:
        """g(θ̂) and its standard error by the delta method; the latter None where it is not justified."""
        expression = self.derivation.read_function(g)
        names = (*self.names, *self.constants)
        values = {**self.constants, **dict(zip(self.names, map(float, self.point), strict=True))}
        try:
            value = compile_expression(expression, names)(values, {})
            slopes = np.array([compile_expression(expression.diff(p), names)(values, {}) for p in self.names])
        except NotNumeric as error:
            raise InferenceError(f"the function cannot be evaluated: {error}") from None
        if not math.isfinite(value):
            raise InferenceError(f"the function has no finite value at the estimate ({value:g})")
        justified = not self.objection and np.isfinite(slopes).all() and bool(np.any(slopes != 0))
        variance = float(slopes @ self.covariance() @ slopes) if justified else math.nan
        return FunctionEstimate(value, math.sqrt(variance) if variance > 0 else None)

    def iterations(self, method: str) -> list[Iteration]:
        """Newton–Raphson ("newton") or Fisher scoring ("scoring") from the best of a few starting values."""
        if method not in ITERATIONS:
            raise InferenceError(f"method: {method!r} is neither of {', '.join(ITERATIONS)}")
        reason = failure(self.model)
        if reason:
            raise InferenceError(f"no iteration by the score: {reason}")
        information = self.expected if method == "scoring" else self._negative_hessian
        starts = [np.array(s) for s in starting_points(self.boxes, self.sample)]
        start = max(starts, key=lambda s: h if math.isfinite(h := self._height(s)) else -math.inf)
        names = [self.model.published(p).name for p in self.names]
        return iterate(names, self._height, self._slope, information, start, self.boxes)

    def _slope(self, point: Array) -> Array:
        return np.array([g(point) for g in self._gradient])

    def _negative_hessian(self, point: Array) -> Array:
        return -np.array([[h(point) for h in row] for row in self._hessian])

    # ------------------------------------------------------------------ intervals

    def interval(self, name: str, level: float, method: str, information: str) -> tuple[float, float]:
        """The confidence interval of one parameter."""
        names = [self.model.published(p).name for p in self.names]
        if name not in names:
            raise InferenceError(f"{name!r} is not a parameter; the model has {', '.join(names)}")
        if not 0 < level < 1:
            raise InferenceError(f"level: {level!r} is not between 0 and 1")
        if method not in METHODS:
            raise InferenceError(f"method: {method!r} is none of {', '.join(METHODS)}")
        self.require()
        k, z = names.index(name), NormalDist().inv_cdf((1 + level) / 2)
        if method == "wald":
            return self._wald(k, z, information)
        return self._score(k, z) if method == "score" else self._profile(k, z)

    def _wald(self, k: int, z: float, information: str) -> tuple[float, float]:
        half, (lower, upper) = z * float(self.errors(information)[k]), self.boxes[k]
        return max(float(self.point[k]) - half, lower), min(float(self.point[k]) + half, upper)

    def _score(self, k: int, z: float) -> tuple[float, float]:
        if len(self.names) > 1:
            raise InferenceError("the score interval is for models with one parameter; use method='profile'")

        def excess(value: float) -> float:
            at = np.array([value])
            return self._gradient[0](at) ** 2 - z * z * float(self.expected(at)[0, 0])

        return below_zero(excess, float(self.point[0]), float(self.errors()[0]) / 8, *self.boxes[0])

    def _profile(self, k: int, z: float) -> tuple[float, float]:
        top = self._height(self.point)
        others = [j for j in range(len(self.names)) if j != k]
        start = self.point[others]

        def excess(value: float) -> float:
            nonlocal start
            full = self.point.copy()
            full[k] = value
            if not others:
                return 2 * (top - self._height(full)) - z * z
            climb = self._restricted(full, others, start)
            if climb is None:
                raise InferenceError("no maximum was found with this parameter fixed; use method='wald'")
            start = climb[0]
            return 2 * (top - climb[1]) - z * z

        step = float(self.errors()[k]) / 2
        return below_zero(excess, float(self.point[k]), step, *self.boxes[k])

    def _restricted(self, full: Array, others: list[int], start: Array) -> tuple[Array, float] | None:
        """The maximum over the other parameters, from a point nearby."""

        def at(v: Array) -> Array:
            point = full.copy()
            point[others] = v
            return point

        climb = maximise(
            lambda v: self._height(at(v)),
            lambda v: [self._gradient[j](at(v)) for j in others],
            lambda v: [[self._hessian[i][j](at(v)) for j in others] for i in others],
            start, [self.boxes[j] for j in others],
        )  # fmt: skip
        return (climb.point, climb.value) if climb.outcome is Outcome.CONVERGED else None


def _positive_definite(matrix: Array) -> bool:
    scale = np.sqrt(np.abs(np.diag(matrix)))
    if not np.all(scale > 0):
        return False
    return bool(np.linalg.eigvalsh(matrix / np.outer(scale, scale))[0] > 1e-12) and math.isfinite(float(matrix.sum()))
