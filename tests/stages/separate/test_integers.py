"""Integer parameters, held against the largest of many likelihoods computed by SciPy."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np
import pytest
from scipy import stats

from symbolic_mle import Model, derive
from symbolic_mle.derive import Derivation
from symbolic_mle.errors import DataError

LogProbability = Callable[[np.ndarray, int], np.ndarray]


@dataclass(frozen=True)
class Integer:
    """A model with one integer parameter, its log-probability by SciPy, samples and the integers to be searched."""

    model: Mapping[str, object]
    log_probability: LogProbability
    samples: Sequence[Sequence[float]]
    search: range
    known: Mapping[str, float] = field(default_factory=dict)


def text(density: str, parameter: str, support: str, known: Mapping[str, str] | None = None) -> dict[str, object]:
    name, _, space = parameter.partition(":")
    return {"density": density, "support": support, "parameters": {name: space.strip()}, "known": known or {}}


P = {"p": "0 < p, p < 1"}
TAGS = {"N": "integer, N >= 1", "k": "integer, 1 <= k, k <= N"}
MODELS = {
    "binomial size": Integer(
        text("binomial(N, x) p^x (1 - p)^(N - x)", "N: integer, N >= 1", "x = 0, 1, ..., N", P),
        lambda x, n: stats.binom.logpmf(x, n, 0.3),
        [[3], [0], [6], [0, 0, 0], [2, 4], [3, 3, 3], [5, 9, 7, 7, 2], [1], [0, 1]], range(1, 200), {"p": 0.3},
    ),
    "binomial size, even chances": Integer(
        text("binomial(N, x) p^x (1 - p)^(N - x)", "N: integer, N >= 0", "x = 0, 1, ..., N", P),
        lambda x, n: stats.binom.logpmf(x, n, 0.5), [[3], [1], [0], [0, 0], [2, 4], [1, 1]], range(100), {"p": 0.5},
    ),
    "marked animals": Integer(
        text("binomial(M, x) binomial(N - M, k - x)/binomial(N, k)", "N: integer, N >= 1",
             "x = 0, 1, ..., k, x <= M, k - x <= N - M", {"M": "integer, M >= 1", "k": "integer, k >= 1"}),
        lambda x, n: stats.hypergeom.logpmf(x, n, 10, 7), [[3], [7], [5], [2, 4, 1], [0, 1], [7, 7], [1, 0, 0, 2]],
        range(10, 3000), {"M": 10, "k": 7},
    ),
    "marked animals, two lower bounds and a support that leaves its moving end to the coefficient": Integer(
        text("binomial(M, x) binomial(N - M, k - x)/binomial(N, k)", "N: integer, N >= M, N >= k",
             "x = 0, 1, ..., k", {"M": "integer, M >= 1", "k": "integer, k >= 1"}),
        lambda x, n: stats.hypergeom.logpmf(x, n, 10, 7), [[3], [7], [5], [2, 4, 1], [0, 1], [7, 7], [1, 0, 0, 2]],
        range(10, 3000), {"M": 10, "k": 7},
    ),
    "marked animals, everything counted": Integer(
        text("binomial(k, x) binomial(N - k, M - x)/binomial(N, M)", "N: integer, N >= 1",
             "0 <= x, x <= k, x <= M, N >= M + k - x", {"M": "integer, M >= 1", "k": "integer, k >= 1"}),
        lambda x, n: stats.hypergeom.logpmf(x, n, 6, 6), [[6], [6, 6], [1], [2, 3]], range(6, 500), {"M": 6, "k": 6},
    ),
    "successes in an urn": Integer(
        text("binomial(M, x) binomial(N - M, k - x)/binomial(N, k)", "M: integer, 0 <= M, M <= N",
             "0 <= x, x <= k, x <= M, k - x <= N - M", TAGS),
        lambda x, m: stats.hypergeom.logpmf(x, 27, m, 8), [[3], [2], [0], [8], [4], [5, 3, 3, 2], [0, 8], [0, 0], [8, 8]],
        range(28), {"N": 27, "k": 8},
    ),
    "number of successes awaited": Integer(
        text("binomial(x - 1, r - 1) p^r (1 - p)^(x - r)", "r: integer, r >= 1", "x = r, r + 1, ...", P),
        lambda x, r: stats.nbinom.logpmf(x - r, r, 0.25), [[10], [8], [1], [1, 40], [4, 4], [30, 25, 28], [12]], range(1, 100),
        {"p": 0.25},
    ),
    "failures before the r-th success": Integer(
        text("gamma(x + r)/(gamma(r) x!) p^r (1 - p)^x", "r: integer, r >= 1", "x = 0, 1, 2, ...", P),
        lambda x, r: stats.nbinom.logpmf(x, r, 0.4), [[0], [3], [6, 2], [0, 0], [9, 12, 3, 30]], range(1, 200), {"p": 0.4},
    ),
    "Poisson mean": Integer(
        text("exp(-m) m^x / x!", "m: integer, m >= 1", "x = 0, 1, 2, ..."),
        lambda x, m: stats.poisson.logpmf(x, m), [[0], [1], [3, 4], [2, 2, 3], [0, 0, 1], [17]], range(1, 60),
    ),
    "Poisson mean, 0 allowed": Integer(
        text("exp(-m) m^x / x!", "m: integer, m >= 0", "x = 0, 1, 2, ..."),
        lambda x, m: stats.poisson.logpmf(x, m), [[0], [0, 0], [1], [0, 1], [3, 4]], range(60),
    ),
    "normal mean": Integer(
        text("exp(-(x - m)^2/2)/sqrt(2 pi)", "m: integer", ""),
        lambda x, m: stats.norm.logpdf(x, m), [[0.5], [-0.5], [1.25, 1.75], [2.2], [-3.7, -3.1], [0.1, 0.2, 1.2]], range(-9, 9),
    ),
    "normal mean between bounds": Integer(
        text("exp(-(x - m)^2/8)/sqrt(8 pi)", "m: integer, -1 <= m, m <= 4", ""),
        lambda x, m: stats.norm.logpdf(x, m, 2), [[0.5], [-7.5], [4.5], [9.0], [3.5, 3.5]], range(-1, 5),
    ),
    "normal variance": Integer(
        text("exp(-x^2/(2 v))/sqrt(2 pi v)", "v: integer, v >= 1", ""),
        lambda x, v: stats.norm.logpdf(x, 0, math.sqrt(v)), [[0.0], [2.0], [3.0, 1.0], [1.5, -2.5, 0.1], [30.0]],
        range(1, 2000),
    ),
    "gamma shape": Integer(
        text("b^k x^(k - 1) exp(-b x)/gamma(k)", "k: integer, k >= 1", "x > 0", {"b": "b > 0"}),
        lambda x, k: stats.gamma.logpdf(x, k, scale=0.5), [[1.0], [0.1], [2.0, 8.0], [4.0, 4.5], [1.5, 1.5]], range(1, 100),
        {"b": 2.0},
    ),
    "degrees of freedom": Integer(
        text("x^(v/2 - 1) exp(-x/2)/(2^(v/2) gamma(v/2))", "v: integer, v >= 1", "x > 0"),
        lambda x, v: stats.chi2.logpdf(x, v), [[1.0], [0.01], [3.0, 8.0], [12.5, 9.0, 4.0]], range(1, 100),
    ),
    "geometric, odds 1 : m": Integer(
        text("m^x/(1 + m)^(x + 1)", "m: integer, m >= 1", "x = 0, 1, 2, ..."),
        lambda x, m: x * math.log(m) - (x + 1) * math.log1p(m), [[0], [1], [2, 3], [9], [5, 6], [2]], range(1, 200),
    ),
    "exponential rate": Integer(
        text("m exp(-m x)", "m: integer, m >= 1", "x > 0"),
        lambda x, m: math.log(m) - m * x, [[0.4], [2.0], [0.1, 0.1], [0.3, 0.05]], range(1, 200),
    ),
    "Beta(a, 1)": Integer(
        text("a x^(a - 1)", "a: integer, a >= 1", "0 < x, x < 1"),
        lambda x, a: math.log(a) + (a - 1) * np.log(x), [[0.5], [0.9], [0.25, 0.5], [0.99, 0.95]], range(1, 500),
    ),
    "trials and failures renamed": Integer(
        text("x!/(y! (x - y)!) q^y (1 - q)^(x - y)".replace("x", "T").replace("y", "x"), "T: integer, T >= 2",
             "x = 0, 1, ..., T", {"q": "0 < q, q < 1"}),
        lambda x, n: stats.binom.logpmf(x, n, 0.75), [[0], [1], [3], [6], [3, 6], [2, 2, 2]], range(2, 100), {"q": 0.75},
    ),
}  # fmt: skip


@cache
def derived(name: str) -> Derivation:
    return derive(Model.parse(**MODELS[name].model))  # type: ignore[arg-type]


def maximisers(given: Integer, sample: Sequence[float]) -> list[int]:
    """Every integer of the range with the largest likelihood."""
    x = np.asarray(sample, dtype=float)
    with np.errstate(all="ignore"):
        heights = {m: float(np.sum(given.log_probability(x, m))) for m in given.search}
    heights = {m: h for m, h in heights.items() if not math.isnan(h)}
    top = max(heights.values())
    return [m for m, h in heights.items() if h > top - 1e-10 * (1 + abs(top))]


CASES = [(name, sample) for name, given in MODELS.items() for sample in given.samples]


@pytest.mark.parametrize(("name", "sample"), CASES, ids=str)
def test_the_maximisers_are_those_of_a_search(name: str, sample: Sequence[float]) -> None:
    given = MODELS[name]
    (parameter,) = derived(name).model.parameters
    found = derived(name).estimate(sample, known=given.known)
    assert found.existence == "attained", found.note
    assert [m[parameter.name] for m in found.maximisers] == maximisers(given, sample)
    assert found.proof == "global"


@pytest.mark.parametrize("name", [n for n in MODELS if n not in ("degrees of freedom", "normal variance")])
def test_random_samples(name: str) -> None:
    given, generator = MODELS[name], np.random.default_rng(7)
    (parameter,) = derived(name).model.parameters
    pool = sorted({v for s in given.samples for v in s})
    for _ in range(8):
        sample = list(generator.choice(pool, size=generator.integers(1, 9)))
        wanted = maximisers(given, sample)
        if wanted[-1] == given.search[-1] and given.search[-1] > 30:
            continue
        found = derived(name).estimate(sample, known=given.known)
        assert [m[parameter.name] for m in found.maximisers] == wanted, sample


def test_no_animal_seen_again_leaves_the_number_unbounded() -> None:
    found = derived("marked animals").estimate([0, 0], known={"M": 10, "k": 7})
    assert found.existence == "not attained" and found.proof == "global"


def test_a_large_number_is_found_exactly() -> None:
    found = derived("binomial size").estimate([300_000_001], known={"p": 0.3})
    assert [m["N"] for m in found.maximisers] == [1_000_000_003.0]
    tied = derived("binomial size").estimate([300_000_000], known={"p": 0.3})
    assert [m["N"] for m in tied.maximisers] == [999_999_999.0, 1_000_000_000.0]


def test_impossible_data_are_refused() -> None:
    with pytest.raises(DataError):
        derived("successes in an urn").estimate([9], known={"N": 27, "k": 8})
    with pytest.raises(DataError):
        derived("successes in an urn").estimate([0, 8], known={"N": 12, "k": 8})


def test_formulas_are_closed_and_the_rest_is_not() -> None:
    assert derived("normal mean").form == "closed"
    assert derived("gamma shape").form == "closed"
    assert derived("binomial size").form == "implicit"


def test_without_a_falling_ratio_nothing_is_claimed() -> None:
    """A mixture whose likelihood in m rises, falls and rises: no maximum is claimed without a proof."""
    model = Model.parse("(exp(-(x - m)^2/2) + exp(-(x + m - 6)^2/2))/(2 sqrt(2 pi))", "x", {"m": "integer"})
    found = derive(model)
    assert found.proof != "global" or found.estimate([0.0, 6.0]).existence != "unknown"
    assert found.estimate([0.0, 6.0]).existence == "unknown"


@pytest.mark.parametrize("name", MODELS)
def test_it_is_told(name: str) -> None:
    assert "no derivative to set to zero" in derived(name).to_text() and "\\prod" in derived(name).to_latex()


ERLANG = {"density": "x^(k - 1) exp(-x/t)/(gamma(k) t^k)", "support": "x > 0"}


@cache
def erlang(space: str) -> Derivation:
    return derive(Model.parse(**ERLANG, parameters={"k": space, "t": "t > 0"}))  # type: ignore[arg-type]


@pytest.mark.parametrize("sample", [[1.0, 2.0], [0.1, 5.0], [3.0, 3.1, 2.9], [1.0, 1.5, 4.0, 0.2], [2.0, 2.5]], ids=str)
@pytest.mark.parametrize("space", ["integer, k >= 1", "integer, 2 <= k, k <= 20"])
def test_an_integer_shape_beside_a_scale(space: str, sample: Sequence[float]) -> None:
    x = np.asarray(sample)
    allowed = range(1, 3000) if ">" in space else range(2, 21)
    heights = {k: float(stats.gamma.logpdf(x, k, scale=x.mean() / k).sum()) for k in allowed}
    found = erlang(space).estimate(sample)
    best = max(heights, key=lambda k: heights[k])
    assert found.existence == "attained" and found.proof == "global"
    assert found.values == pytest.approx({"k": best, "t": x.mean() / best})


def test_equal_observations_have_no_integer_shape() -> None:
    assert erlang("integer, k >= 1").estimate([2.0, 2.0]).existence == "not attained"
    assert erlang("integer, 2 <= k, k <= 20").estimate([2.0, 2.0]).values == {"k": 20.0, "t": 0.1}


@pytest.mark.parametrize(
    ("density", "space", "log_probability"),
    [
        ("1/(pi (1 + (x - m)^2))", "integer, -3 <= m, m <= 5", lambda x, m: stats.cauchy.logpdf(x, m)),
        ("exp(-abs(x - m))/2", "integer, -3 <= m, m < 30", lambda x, m: stats.laplace.logpdf(x, m)),
    ],
    ids=["Cauchy", "Laplace"],
)
@pytest.mark.parametrize("sample", [[0.5], [-9.0, 14.0], [1.0, 2.0], [0.25, 3.75, 4.5]], ids=str)
def test_few_integers_are_compared_one_by_one(
    density: str, space: str, log_probability: LogProbability, sample: Sequence[float]
) -> None:
    found = derive(Model.parse(density, "x", {"m": space})).estimate(sample)
    search = range(-3, 6 if "5" in space else 30)
    assert [m["m"] for m in found.maximisers] == maximisers(Integer({}, log_probability, (), search), sample)
