"""Which data have a maximum, where, and by which proof: the cases of models whose answer is known."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from scipy.optimize import minimize

from symbolic_mle import Derivation, Model, derive
from symbolic_mle.algebra.numeric import compile_expression
from symbolic_mle.records import Case, Condition, Existence, Proof
from tests.derivations import derivation

ATTAINED, NEVER, UNBOUNDED, UNKNOWN = (
    Existence.ATTAINED, Existence.NOT_ATTAINED, Existence.UNBOUNDED, Existence.UNKNOWN,
)  # fmt: skip
LIMIT_UNKNOWN = pytest.mark.xfail(
    strict=True, reason="said to be not attained where the limit of the likelihood was not found: it is infinite"
)
NORMAL = "e^(-(x - mu)^2/(2 s^2))/(s sqrt(2 pi))"
VON_MISES = derive(
    Model.parse(
        "e^(kappa cos(x - mu)) / (2 pi besseli(0, kappa))", "x",
        {"mu": "-pi < mu, mu <= pi", "kappa": "kappa > 0"}, "-pi < x, x <= pi",
    )
)  # fmt: skip
SKEW = derive(
    Model.parse(
        "(1 - p)(1 - q)/(1 - p q) p^((|x| + x)/2) q^((|x| - x)/2)", "x",
        {"p": "0 < p, p < 1", "q": "0 < q, q < 1"}, "integer", discrete=True,
    )
)  # fmt: skip


def truth(condition: Condition, d: Derivation, data: Sequence[float]) -> bool:
    """Does the condition hold of the data? (By its statistic alone, in doubles.)"""
    model = d.model
    value = compile_expression(condition.statistic, (), model.observed, model.size)(
        {}, {model.observed[0]: np.array(data, dtype=float)}
    )
    value = 0.0 if abs(value) < 1e-9 else value
    return {
        ">": value > 0, "<": value < 0, "=": value == 0, ">=": value >= 0, "<=": value <= 0, "!=": value != 0,
    }[condition.relation]  # fmt: skip


def cases_of(d: Derivation, data: Sequence[float]) -> list[Case]:
    return [c for c in d.cases if all(truth(k, d, data) for k in c.conditions)]


def case_of(d: Derivation, data: Sequence[float]) -> Case:
    """The one case that the data are in: the cases exclude each other and leave nothing out."""
    (found,) = cases_of(d, data)
    return found


def height(d: Derivation, data: Sequence[float], **values: float) -> float:
    model = d.model
    names = {s.name: s for s in model.parameters}
    evaluate = compile_expression(d.likelihood.log_likelihood, tuple(names.values()), model.observed, model.size)
    return evaluate({names[k]: v for k, v in values.items()}, {model.observed[0]: np.array(data, dtype=float)})


TABLE: list[tuple[str, list[float], Existence, str]] = [
    ("poisson", [0, 3], ATTAINED, "interior"),
    ("poisson", [0, 0], NEVER, "path"),
    ("poisson-closed", [0, 3], ATTAINED, "interior"),
    ("poisson-closed", [0, 0], ATTAINED, "boundary"),
    ("bernoulli", [0, 1], ATTAINED, "interior"),
    ("bernoulli", [0, 0], NEVER, "path"),
    ("bernoulli", [1, 1, 1], NEVER, "path"),
    ("bernoulli-closed", [0, 1], ATTAINED, "interior"),
    ("bernoulli-closed", [0], ATTAINED, "boundary"),
    ("bernoulli-closed", [1, 1], ATTAINED, "boundary"),
    ("normal", [1.0, 2.0], ATTAINED, "interior"),
    ("normal", [2.0], UNBOUNDED, "path"),
    ("normal", [-1.5, -1.5, -1.5], UNBOUNDED, "path"),
    ("gamma", [1.0, 2.0], ATTAINED, "interior"),
    ("gamma", [0.5], UNBOUNDED, "path"),
    ("gamma", [3.0, 3.0], UNBOUNDED, "path"),
    ("weibull", [1.0, 2.0], ATTAINED, "interior"),
    ("weibull", [2.0, 2.0], UNBOUNDED, "path"),
    ("inverse-gaussian", [1.0, 4.0], ATTAINED, "interior"),
    ("inverse-gaussian", [4.0], UNBOUNDED, "path"),
    ("exponential", [2.0], ATTAINED, "interior"),
    ("borel", [1, 1], NEVER, "path"),
    ("borel", [1, 2], ATTAINED, "interior"),
]


@pytest.mark.parametrize(("name", "data", "existence", "kind"), TABLE, ids=lambda v: str(v))
def test_the_case_of_the_data(name: str, data: list[float], existence: Existence, kind: str) -> None:
    case = case_of(derivation(name), data)
    assert (case.existence, case.kind, case.proof) == (existence, kind, Proof.GLOBAL)


@pytest.mark.parametrize(("name", "data", "existence", "kind"), TABLE, ids=lambda v: str(v))
def test_the_estimate_is_in_the_same_case(name: str, data: list[float], existence: Existence, kind: str) -> None:
    estimate = derivation(name).estimate(data)
    assert estimate.existence is existence
    assert estimate.case == case_of(derivation(name), data)
    assert (estimate.values is None) == (existence is not ATTAINED)


@pytest.mark.parametrize("name", ["poisson", "bernoulli", "normal", "gamma", "weibull", "borel"])
def test_the_likelihood_grows_along_the_path_of_a_supremum(name: str) -> None:
    """Along the path the profile rises; unbounded means past every height that was tried."""
    d, (_, data, existence, _) = derivation(name), next(t for t in TABLE if t[0] == name and t[3] == "path")
    case = case_of(d, data)
    ((parameter, end, side),) = case.path
    others = [p.name for p in d.model.parameters if p != parameter]

    def profile(value: float) -> float:
        if not others:
            return height(d, data, **{parameter.name: value})
        (other,) = others
        start = {"mu": data[0], "theta": data[0] / value, "s": data[0]}[other]
        found = minimize(
            lambda v: -height(d, data, **{parameter.name: value, other: float(v[0])}), [start], method="Nelder-Mead"
        )
        return float(-found.fun)

    steps = [10.0**-k for k in range(1, 6)]
    ends = float(end)
    points = [1 / s for s in steps] if math.isinf(ends) else [ends + (s if side == "+" else -s) for s in steps]
    heights = [profile(point) for point in points]
    assert all(b > a for a, b in zip(heights, heights[1:], strict=False))
    last = heights[-1] - heights[-2]
    assert last > 0.5 if existence is UNBOUNDED else last < 0.01


class TestEqualDataAreUnbounded:
    """When all observations are equal and the density can shrink on them, the supremum is ∞."""

    @pytest.mark.parametrize("name", ["normal", "gamma", "weibull", "gumbel", "logistic", "log-logistic", "lognormal"])
    def test_location_scale_and_shape(self, name: str) -> None:
        assert derivation(name).estimate([0.3, 0.3]).existence is UNBOUNDED

    @LIMIT_UNKNOWN
    @pytest.mark.parametrize("name", ["beta", "beta-prime", "kumaraswamy"])
    def test_two_shapes(self, name: str) -> None:
        """a, b → ∞ with the mean fixed: the density at that point grows like √a."""
        assert derivation(name).estimate([0.3, 0.3]).existence is UNBOUNDED

    @LIMIT_UNKNOWN
    def test_the_concentration_of_directions(self) -> None:
        """ℓ(κ) = nκ − n log I₀(κ) ~ (n/2) log κ."""
        assert derivation("von-mises").estimate([0.5, 0.5], known={"mu": 0.5}).existence is UNBOUNDED

    def test_too_many_zeros_for_heavy_tails(self) -> None:
        """ℓ(s) = (n₁ν − n₀) log s + O(1) for s → 0."""
        estimate = derivation("student-t-scale").estimate
        assert estimate([0.0, 0.0, 1.0], known={"nu": 1.5}).existence is UNBOUNDED
        assert estimate([0.0, 0.0, 1.0], known={"nu": 2.0}).existence is NEVER
        assert estimate([0.0, 0.0, 1.0], known={"nu": 2.5}).existence is ATTAINED

    def test_normal_with_negative_mean_at_equal_negative_data(self) -> None:
        d = derive(Model.parse(NORMAL, "x", {"mu": "mu < 0", "s": "s > 0"}))
        assert d.estimate([-1.0, -1.0]).existence in (UNBOUNDED, UNKNOWN)

    def test_normal_with_negative_mean_at_positive_data(self) -> None:
        d = derive(Model.parse(NORMAL, "x", {"mu": "mu < 0", "s": "s > 0"}))
        assert d.estimate([1.0, 1.0]).existence in (NEVER, UNKNOWN)
        assert d.estimate([1.0, 2.0]).existence in (NEVER, UNKNOWN)


class TestNormalWithMeanAtMostZero:
    """For equal positive data the maximum is at μ = 0, σ = x: it exists."""

    d = derive(Model.parse(NORMAL, "x", {"mu": "mu <= 0", "s": "s > 0"}))

    @pytest.mark.parametrize("data", [[1.0, 1.0, 1.0], [2.0], [0.5, 0.5]])
    def test_it_is_not_said_that_there_is_none(self, data: list[float]) -> None:
        estimate = self.d.estimate(data)
        assert estimate.existence in (ATTAINED, UNKNOWN)
        if estimate.existence is ATTAINED:
            assert estimate.values == pytest.approx({"mu": 0.0, "s": data[0]})
        for case in cases_of(self.d, data):
            assert case.existence in (ATTAINED, UNKNOWN)

    def test_a_positive_mean_ends_on_the_boundary_or_nowhere(self) -> None:
        estimate = self.d.estimate([1.0, 2.0])
        assert estimate.existence in (ATTAINED, UNKNOWN)
        if estimate.existence is ATTAINED:
            assert estimate.values == pytest.approx({"mu": 0.0, "s": math.sqrt(2.5)})

    def test_an_interior_maximum(self) -> None:
        assert self.d.estimate([-1.0, -3.0]).values == pytest.approx({"mu": -2.0, "s": 1.0})


class TestVonMises:
    """Direction and concentration on the circle."""

    def test_the_generic_case(self) -> None:
        case = VON_MISES.cases[0]
        assert (case.existence, case.kind, case.proof) == (ATTAINED, "interior", Proof.GLOBAL)
        assert [p.name for p in case.estimators] == ["mu"]
        assert case.implicit is not None
        assert case.implicit.unique

    @pytest.mark.parametrize("data", [[0.1, 0.5, -1.0], [3.0, -3.1, 2.9, 1.0], [2.0, -2.0], [-0.4, -1.0, 3.1]])
    def test_it_beats_a_search(self, data: list[float]) -> None:
        estimate = VON_MISES.estimate(data)
        assert estimate.values is not None
        best = height(VON_MISES, data, **estimate.values)
        for mu in np.linspace(-3.1, 3.14, 40):
            for kappa in np.geomspace(0.01, 100, 40):
                assert height(VON_MISES, data, mu=mu, kappa=kappa) <= best + 1e-9

    @pytest.mark.parametrize("data", [[1.0], [1.0, 1.0], [-2.5, -2.5, -2.5]])
    def test_equal_directions(self, data: list[float]) -> None:
        assert VON_MISES.estimate(data).existence is UNBOUNDED

    def test_directions_that_cancel_are_a_case_of_which_nothing_is_claimed(self) -> None:
        (case,) = [c for c in VON_MISES.cases if c.existence is UNKNOWN]
        (condition,) = case.conditions
        assert condition.relation == "="
        assert truth(condition, VON_MISES, [0.3, 0.3 + math.pi])
        assert case.estimators == {}


class TestSkewDiscreteLaplace:
    """p for the positive part, q for the negative; a part that is 0 in every observation has no maximum."""

    @pytest.mark.parametrize("data", [[2, -1, 0], [5, -3], [1, -1], [-4, 1, 1, 0, 0]])
    def test_interior(self, data: list[int]) -> None:
        estimate = SKEW.estimate(data)
        assert estimate.existence is ATTAINED
        assert estimate.proof is Proof.GLOBAL
        p, q = estimate.values["p"], estimate.values["q"]
        positive, negative, n = sum(max(x, 0) for x in data), sum(max(-x, 0) for x in data), len(data)
        # E max(X, 0) = p(1 − q)/((1 − p)(1 − pq)), and the same for the other part
        assert p * (1 - q) / ((1 - p) * (1 - p * q)) == pytest.approx(positive / n, rel=1e-7)
        assert q * (1 - p) / ((1 - q) * (1 - p * q)) == pytest.approx(negative / n, rel=1e-7)

    @pytest.mark.parametrize("data", [[2, 1, 0], [0, 0], [-1, -3], [-2, 0]])
    def test_one_sided_data_have_none(self, data: list[int]) -> None:
        """p → 0 or q → 0 raises the likelihood, which is at most 1."""
        estimate = SKEW.estimate(data)
        assert estimate.values is None
        assert estimate.existence in (NEVER, UNKNOWN)


class TestUndecided:
    """What is outside the theorems is not claimed."""

    def test_nothing_is_claimed(self) -> None:
        d = derive(Model.parse("2 (t + 2 - x)/(t + 2)^2", "x", {"t": "t > 0"}, support="0 <= x, x <= t + 2"))
        (case,) = d.cases
        assert (case.existence, case.proof, case.estimators) == (UNKNOWN, Proof.NONE, {})
        assert case.reason
        assert d.estimators == {}

    @pytest.mark.parametrize("name", ["cauchy-location"])
    def test_a_stationary_point_without_a_proof_is_local(self, name: str) -> None:
        assert derivation(name).cases[0].proof is Proof.LOCAL
        assert derivation(name).cases[0].implicit is not None
        assert not derivation(name).cases[0].implicit.unique


def test_every_sample_is_in_exactly_one_case() -> None:
    random = np.random.default_rng(8)
    for name in ("poisson", "bernoulli", "bernoulli-closed", "negative-binomial"):
        known = {"r": 3.0} if name == "negative-binomial" else {}
        for size in (1, 2, 5):
            data = random.integers(0, 2, size)
            estimate = derivation(name).estimate(data, known=known)
            assert len(cases_of(derivation(name), data)) == 1
            assert estimate.case in cases_of(derivation(name), data)
