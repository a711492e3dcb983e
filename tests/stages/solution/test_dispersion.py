"""The size of a negative binomial distribution: the theorem against numbers, and who may use it."""

from __future__ import annotations

import itertools

import mpmath
import numpy as np
import pytest
from scipy.optimize import minimize_scalar
from scipy.special import digamma, gammaln

from symbolic_mle import Model, derive

DIGITS = mpmath.mp.clone()
DIGITS.dps = 60


def profile_score(counts: tuple[int, ...], size: float) -> mpmath.mpf:
    """g(r) = Σ Σ_(j<xᵢ) 1/(r + j) − n log(1 + x̄/r), in many digits."""
    r, n = DIGITS.mpf(size), len(counts)
    fractions = sum((1 / (r + j) for x in counts for j in range(x)), DIGITS.mpf(0))
    return fractions - n * DIGITS.log(1 + DIGITS.mpf(sum(counts)) / (n * r))


def excess(counts: tuple[int, ...]) -> int:
    """n²·(variance − mean), an integer."""
    n, total = len(counts), sum(counts)
    return n * sum(x * x for x in counts) - total**2 - n * total


def signs_on_grid(counts: tuple[int, ...]) -> list[int]:
    values = [profile_score(counts, 10.0**k) for k in np.linspace(-6, 7, 120)]
    return [int(DIGITS.sign(v)) for v in values]


def changes(signs: list[int]) -> int:
    return sum(a != b for a, b in itertools.pairwise(signs))


@pytest.mark.parametrize("counts", [c for c in itertools.combinations_with_replacement(range(7), 3) if any(c)])
def test_at_most_one_change_of_sign_and_exactly_for_more_variation_than_the_mean(counts):
    signs = signs_on_grid(counts)
    assert signs[0] == 1
    if excess(counts) > 0:
        assert changes(signs) == 1 and signs[-1] == -1
    else:
        assert set(signs) == {1}


@pytest.mark.parametrize(
    "counts",
    [
        (0,) + (10,) * 10,  # a mean just above 9 and a value at 10: the last case of the proof, below its bound
        (0,) * 9 + (10,) * 91,
        (0,) * 14 + (10,) * 80 + (11,) * 6,
        (0,) * 12 + (9,) * 4 + (10,) * 83 + (60,),
        (0,) * 11 + (10,) * 88 + (200,),
        (0, 2),  # variance = mean
        (0, 0, 3, 3, 3, 3, 3, 3),
        (1000, 0, 3),
    ],
)
def test_the_signs_of_awkward_counts(counts):
    signs = signs_on_grid(counts)
    assert changes(signs) == (1 if excess(counts) > 0 else 0)


DENSITIES = {
    "size": ("gamma(x + r)/(gamma(r)*x!) * p^r * (1 - p)^x", {"r": "r > 0", "p": "0 < p, p < 1"}, lambda v: v["r"]),
    "mean and size": (
        "gamma(y + k)/(gamma(k)*y!) * (k/(k + m))^k * (m/(k + m))^y",
        {"m": "m > 0", "k": "k > 0"},
        lambda v: v["k"],
    ),
    "dispersion": (
        "gamma(x + 1/a)/(gamma(1/a)*x!) * (1/(1 + a*mu))^(1/a) * (a*mu/(1 + a*mu))^x",
        {"mu": "mu > 0", "a": "a > 0"},
        lambda v: 1 / v["a"],
    ),
    "square": (
        "gamma(x + s^2)/(gamma(s^2)*x!) * (1 - q)^(s^2) * q^x",
        {"s": "s > 0", "q": "0 < q, q < 1"},
        lambda v: v["s"] ** 2,
    ),
    "odds": (
        "gamma(x + 2*c)/(gamma(2*c)*x!) * o^x / (1 + o)^(2*c + x)",
        {"c": "c > 0", "o": "o > 0"},
        lambda v: 2 * v["c"],
    ),
}


def derived(name: str):
    density, space, _ = DENSITIES[name]
    variable = "y" if "y!" in density else "x"
    return derive(
        Model.parse(density=density, variable=variable, parameters=space, support=f"{variable} >= 0", discrete=True)
    )


def best_size(counts: np.ndarray) -> float:
    """By a search of the profile log-likelihood over log r."""
    mean = counts.mean()

    def height(t: float) -> float:
        r = np.exp(t)
        return -float(
            np.sum(gammaln(counts + r) - gammaln(r))
            + len(counts) * (r * np.log(r / (r + mean)) + mean * np.log(mean / (r + mean)))
        )

    grid = np.linspace(-6, 9, 400)
    best = grid[int(np.argmin([height(t) for t in grid]))]
    return float(np.exp(minimize_scalar(height, bracket=(best - 0.05, best, best + 0.05), tol=1e-12).x))


@pytest.mark.parametrize("name", DENSITIES)
def test_in_every_parametrisation_the_maximum_is_proved_and_found(name):
    found, size = derived(name), DENSITIES[name][2]
    assert found.proof == "global"
    generator = np.random.default_rng(7)
    for r, p in ((0.4, 0.1), (2.0, 0.3), (8.0, 0.4)):
        counts = generator.negative_binomial(r, p, 40)
        assert excess(tuple(map(int, counts))) > 0
        estimate = found.estimate(counts)
        assert estimate.proof == "global"
        root = size(estimate.values)
        assert root == pytest.approx(best_size(counts), rel=1e-4)
        assert np.sum(digamma(counts + root) - digamma(root)) == pytest.approx(
            40 * np.log1p(counts.mean() / root), rel=1e-9
        )


@pytest.mark.parametrize("name", DENSITIES)
@pytest.mark.parametrize("counts", [(2, 3, 2, 3, 4), (0, 2), (5,), (1, 1, 1), (0, 0, 0), (0, 1)])
def test_counts_that_vary_no_more_than_a_poisson_have_no_maximum(name, counts):
    estimate = derived(name).estimate(counts)
    assert (estimate.existence, estimate.proof, estimate.values) == ("not attained", "global", None)


def test_a_size_that_is_bounded_below_or_may_be_infinite_is_not_claimed():
    density = DENSITIES["size"][0]
    bounded = Model.parse(
        density=density, variable="x", parameters={"r": "r > 1", "p": "0 < p, p < 1"}, support="x >= 0", discrete=True
    )
    assert derive(bounded).proof != "global"


def test_it_is_told():
    text = derived("dispersion").to_text()
    assert "∑ᵢ (xᵢ − x̄)² > ∑ᵢ xᵢ" in text and "Simonsen" in text
    assert "strictly decreasing in a:" not in text
