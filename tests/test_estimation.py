"""Estimates on data: against SciPy's optimiser, at the edges, and everything that a result says."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pytest
from scipy import special, stats
from scipy.optimize import minimize

from symbolic_mle import Model, derive
from symbolic_mle.errors import DataError
from symbolic_mle.records import Existence, Proof
from tests.derivations import derivation

LogDensity = Callable[..., Any]
Row = tuple[str, dict[str, float], LogDensity, LogDensity, tuple[str, ...]]  # model, known, draw, log f, parameters

ROWS: list[Row] = [
    ("poisson", {}, lambda r, n: r.poisson(2.5, n), lambda x, v: stats.poisson.logpmf(x, v[0]), ("lambda",)),
    ("negative-binomial", {"r": 3.0}, lambda r, n: r.negative_binomial(3, 0.4, n),
     lambda x, v: stats.nbinom.logpmf(x, 3, v[0]), ("p",)),
    ("exponential", {}, lambda r, n: r.exponential(2.0, n), lambda x, v: stats.expon.logpdf(x, scale=1 / v[0]), ("lambda",)),
    ("normal", {}, lambda r, n: r.normal(3, 2, n), lambda x, v: stats.norm.logpdf(x, v[0], np.sqrt(v[1])), ("mu", "sigma2")),
    ("normal-variance", {"mu": 1.0}, lambda r, n: r.normal(1, 2, n),
     lambda x, v: stats.norm.logpdf(x, 1.0, np.sqrt(v[0])), ("sigma2",)),
    ("gamma", {}, lambda r, n: r.gamma(2.0, 1.5, n), lambda x, v: stats.gamma.logpdf(x, v[0], scale=v[1]), ("k", "theta")),
    ("weibull", {}, lambda r, n: 2 * r.weibull(1.6, n),
     lambda x, v: stats.weibull_min.logpdf(x, v[0], scale=v[1]), ("k", "s")),
    ("gumbel", {}, lambda r, n: r.gumbel(1, 0.8, n), lambda x, v: stats.gumbel_r.logpdf(x, v[0], v[1]), ("mu", "b")),
    ("logistic", {}, lambda r, n: r.logistic(1, 0.8, n), lambda x, v: stats.logistic.logpdf(x, v[0], v[1]), ("mu", "s")),
    ("beta", {}, lambda r, n: r.beta(2.0, 3.0, n), lambda x, v: stats.beta.logpdf(x, v[0], v[1]), ("a", "b")),
    ("student-t-scale", {"nu": 4.0}, lambda r, n: 1.3 * r.standard_t(4, n),
     lambda x, v: stats.t.logpdf(x, 4.0, scale=v[0]), ("s",)),
    ("von-mises", {"mu": 0.5}, lambda r, n: r.vonmises(0.5, 1.5, n),
     lambda x, v: stats.vonmises.logpdf(x, v[0], loc=0.5), ("kappa",)),
    ("inverse-gaussian", {}, lambda r, n: r.wald(1.5, 2.0, n),
     lambda x, v: stats.invgauss.logpdf(x, v[0] / v[1], scale=v[1]), ("mu", "lambda")),
    ("zeta", {}, lambda r, n: r.zipf(2.5, n), lambda x, v: -v[0] * np.log(x) - np.log(special.zeta(v[0])), ("s",)),
]  # fmt: skip
ANYWHERE = {("normal", "mu"), ("gumbel", "mu"), ("logistic", "mu")}


def transformed(name: str, parameter: str, t: float) -> float:
    """The real line onto the space of a parameter."""
    if (name, parameter) in ANYWHERE:
        return t
    if parameter == "p":
        return 1 / (1 + math.exp(-t))
    return math.exp(t) + (1 if name == "zeta" else 0)


def numeric_maximum(row: Row, data: np.ndarray) -> dict[str, float]:
    name, _, _, log_density, parameters = row

    def point(t: Sequence[float]) -> list[float]:
        return [transformed(name, p, v) for p, v in zip(parameters, np.clip(t, -20, 20), strict=True)]

    def descent(t: Sequence[float]) -> float:
        with np.errstate(all="ignore"):
            value = float(np.sum(log_density(data, point(t))))
        return -value if math.isfinite(value) else 1e9

    options = {"xatol": 1e-11, "fatol": 1e-12, "maxiter": 4000, "maxfev": 4000}
    starts = ([0.1] * len(parameters), [1.0, 0.3][: len(parameters)])
    best = min((minimize(descent, s, method="Nelder-Mead", options=options) for s in starts), key=lambda f: f.fun)
    return dict(zip(parameters, point(best.x), strict=True))


@pytest.mark.parametrize("row", ROWS, ids=[r[0] for r in ROWS])
@pytest.mark.parametrize("size", [3, 12, 100])
def test_against_scipy(row: Row, size: int) -> None:
    name, known, draw, log_density, parameters = row
    data = np.asarray(draw(np.random.default_rng(size), size), dtype=float)
    estimate = derivation(name).estimate(data, known=known)
    assert estimate.existence is Existence.ATTAINED
    assert estimate.proof is Proof.GLOBAL
    assert estimate.values is not None
    assert list(estimate.values) == list(parameters)
    numeric = numeric_maximum(row, data)
    assert estimate.values == pytest.approx(numeric, rel=2e-5, abs=2e-6)
    ours, theirs = (float(np.sum(log_density(data, list(v.values())))) for v in (estimate.values, numeric))
    assert ours >= theirs - 1e-9 * (1 + abs(theirs))
    assert estimate.maximisers == [estimate.values]


@pytest.mark.parametrize("row", ROWS, ids=[r[0] for r in ROWS])
def test_the_order_and_the_container_of_the_data_do_not_matter(row: Row) -> None:
    name, known, draw, *_ = row
    data = np.asarray(draw(np.random.default_rng(1), 8), dtype=float)
    variable = derivation(name).model.observed[0].name
    first = derivation(name).estimate(data, known=known).values
    for again in (list(data), tuple(data[::-1]), {variable: np.sort(data)}):
        assert derivation(name).estimate(again, known=known).values == pytest.approx(first, rel=1e-9)


EDGES: list[tuple[str, dict[str, float], list[float], Existence, dict[str, float] | None]] = [
    ("poisson", {}, [4], Existence.ATTAINED, {"lambda": 4.0}),
    ("poisson", {}, [0], Existence.NOT_ATTAINED, None),
    ("poisson-closed", {}, [0, 0], Existence.ATTAINED, {"lambda": 0.0}),
    ("bernoulli-closed", {}, [1], Existence.ATTAINED, {"p": 1.0}),
    ("bernoulli", {}, [1, 1], Existence.NOT_ATTAINED, None),
    ("exponential", {}, [0.25], Existence.ATTAINED, {"lambda": 4.0}),
    ("normal", {}, [1.5], Existence.UNBOUNDED, None),
    ("normal", {}, [0.1, 0.1, 0.1], Existence.UNBOUNDED, None),
    ("normal-mean", {"sigma2": 2.0}, [7.5], Existence.ATTAINED, {"mu": 7.5}),
    ("normal-variance", {"mu": 1.5}, [1.5, 1.5], Existence.UNBOUNDED, None),
    ("normal-variance", {"mu": 0.0}, [1.5, 1.5], Existence.ATTAINED, {"sigma2": 2.25}),
    ("gamma", {}, [2.0], Existence.UNBOUNDED, None),
    ("weibull", {}, [2.0, 2.0], Existence.UNBOUNDED, None),
    ("logistic", {}, [2.0], Existence.UNBOUNDED, None),
    ("rayleigh", {}, [2.0], Existence.ATTAINED, {"sigma": math.sqrt(2)}),
    ("binomial", {"m": 5}, [5, 5], Existence.NOT_ATTAINED, None),
    ("binomial", {"m": 5}, [5, 0], Existence.ATTAINED, {"p": 0.5}),
    ("uniform", {}, [1.0, 2.0], Existence.ATTAINED, {"theta": 2.0}),
    ("uniform", {}, [0.0, 0.0], Existence.UNBOUNDED, None),
]  # fmt: skip


@pytest.mark.parametrize(("name", "known", "data", "existence", "values"), EDGES, ids=lambda v: str(v)[:24])
def test_at_the_edge(
    name: str, known: Mapping[str, float], data: list[float], existence: Existence, values: dict[str, float] | None
) -> None:
    estimate = derivation(name).estimate(data, known=known)
    assert estimate.existence is existence
    assert estimate.values == (None if values is None else pytest.approx(values, rel=1e-15))
    assert estimate.maximisers == ([] if estimate.values is None else [estimate.values])
    assert (estimate.log_likelihood is None) == (estimate.values is None)


class TestFields:
    """What a result says."""

    def test_the_words_of_existence_and_proof(self) -> None:
        estimate = derivation("poisson").estimate([1, 2])
        assert (str(estimate.existence), str(estimate.proof)) == ("attained", "global")

    def test_the_log_likelihood_is_that_of_the_estimate_up_to_a_constant(self) -> None:
        data = [1.0, 2.0, 4.0]
        estimate = derivation("exponential").estimate(data)
        assert estimate.log_likelihood == pytest.approx(stats.expon.logpdf(data, scale=7 / 3).sum())

    def test_two_maximisers_that_tie(self) -> None:
        """Two far observations of a Cauchy: at ±√(x² − s²)."""
        estimate = derivation("cauchy-location").estimate([-10.0, 10.0], known={"s": 1.0})
        assert estimate.existence is Existence.ATTAINED
        assert estimate.proof is Proof.LOCAL
        places = sorted(m["m"] for m in estimate.maximisers)
        assert places == pytest.approx([-math.sqrt(99), math.sqrt(99)])
        assert estimate.values in estimate.maximisers

    def test_what_is_not_derived_says_why(self) -> None:
        tangled = Model.parse("1/2", "x", {"t": "t > 0"}, support="0 <= x, x^t + x <= 2", checked=False)
        estimate = derive(tangled).estimate([1.0])
        assert estimate.proof is Proof.NONE
        assert "support" in estimate.note

    def test_a_case_is_one_of_the_derivation(self) -> None:
        d = derivation("bernoulli")
        for data in ([0], [1], [0, 1]):
            assert d.estimate(data).case in d.cases


REFUSED: list[tuple[str, Any, Any, str]] = [
    ("normal-mean", [1.0], None, "sigma2"),
    ("normal-mean", [1.0], {}, "sigma2"),
    ("normal-mean", [1.0], {"sigma2": 1.0, "tau": 2.0}, "tau"),
    ("normal-mean", [1.0], {"sigma2": -1.0}, "outside its space"),
    ("normal-mean", [1.0], {"sigma2": 0.0}, "outside its space"),
    ("normal-mean", [1.0], {"sigma2": math.nan}, "finite"),
    ("normal-mean", [1.0], {"sigma2": "wide"}, "number"),
    ("normal", [1.0], {"mu": 1.0}, "mu"),
    ("normal", [], None, "no observation"),
    ("normal", [1.0, math.inf], None, "observation 2"),
    ("normal", [math.nan], None, "observation 1"),
    ("normal", [[1.0, 2.0]], None, "one-dimensional"),
    ("normal", ["a"], None, "numbers"),
    ("normal", {"y": [1.0]}, None, "no column"),
    ("poisson", [1, 2.5], None, "observation 2"),
    ("poisson", [-1], None, "support"),
    ("exponential", [1.0, -0.5], None, "observation 2"),
    ("bernoulli", [0, 2], None, "observation 2"),
    ("binomial", [6], {"m": 5}, "support"),
    ("beta", [0.5, 1.0], None, "observation 2"),
]


@pytest.mark.parametrize(("name", "data", "known", "complaint"), REFUSED, ids=lambda v: str(v)[:20])
def test_what_cannot_be_is_refused(name: str, data: Any, known: Any, complaint: str) -> None:
    with pytest.raises(DataError, match=complaint):
        derivation(name).estimate(data, known=known)


class TestAnImproperEnd:
    """x = 0 with density θx^(θ−1) on [0, 1]: 0, finite or infinite, as θ is; nothing is claimed of such data."""

    d = derive(Model.parse("theta x^(theta - 1)", "x", {"theta": "theta > 0"}, "0 <= x, x <= 1"))

    @pytest.mark.parametrize("data", [[0.0], [0.0, 0.5], [0.0, 1.0]])
    def test_it_is_unknown(self, data: list[float]) -> None:
        estimate = self.d.estimate(data)
        assert (estimate.values, estimate.existence, estimate.proof) == (None, Existence.UNKNOWN, Proof.NONE)
        assert "end of the support" in estimate.note

    def test_inside_and_at_the_proper_end(self) -> None:
        assert self.d.estimate([0.5, 1.0]).values == pytest.approx({"theta": 2 / math.log(2)})
        assert self.d.estimate([1.0, 1.0]).existence is Existence.UNBOUNDED


class TestScale:
    """Samples that are large, far away or tiny."""

    def test_a_million_observations(self) -> None:
        data = np.random.default_rng(0).gamma(2.0, 3.0, 1_000_000)
        estimate = derivation("gamma").estimate(data)
        k, theta = estimate.values["k"], estimate.values["theta"]
        gap = math.log(data.mean()) - np.log(data).mean()
        assert math.log(k) - special.digamma(k) == pytest.approx(gap, rel=1e-9)
        assert k * theta == pytest.approx(data.mean(), rel=1e-12)
        assert derivation("normal").estimate(data).values == pytest.approx({"mu": data.mean(), "sigma2": data.var()})

    @pytest.mark.parametrize("shift", [1e6, 1e9, -1e12])
    def test_a_normal_sample_far_from_zero(self, shift: float) -> None:
        """The variance does not drown in the square of the mean."""
        estimate = derivation("normal").estimate(np.array([0.0, 1.0, 2.0, 5.0]) + shift)
        assert estimate.values["sigma2"] == pytest.approx(3.5, rel=1e-9)

    @pytest.mark.parametrize("factor", [1e-150, 1e-9, 1e9, 1e150])
    def test_units_do_not_matter(self, factor: float) -> None:
        data = np.array([0.8, 2.1, 1.3, 0.4, 3.0])
        before, after = (derivation("exponential").estimate(d).values["lambda"] for d in (data, data * factor))
        assert after * factor == pytest.approx(before, rel=1e-12)

    @pytest.mark.parametrize("factor", [1e-6, 1e6])
    def test_units_move_the_scale_alone(self, factor: float) -> None:
        data = np.array([0.8, 2.1, 1.3, 0.4, 3.0])
        for name, shape, scale in (("gamma", "k", "theta"), ("weibull", "k", "s")):
            before, after = (derivation(name).estimate(d).values for d in (data, data * factor))
            assert after[shape] == pytest.approx(before[shape], rel=1e-8)
            assert after[scale] == pytest.approx(before[scale] * factor, rel=1e-8)
