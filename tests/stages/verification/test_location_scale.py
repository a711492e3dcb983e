"""Log-concave location–scale families: recognised in every parametrisation, and heavy tails never taken for one."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from symbolic_mle import Derivation, Model, derive
from symbolic_mle.records import Existence, Proof
from symbolic_mle.stages.likelihood import build_likelihood
from symbolic_mle.stages.verification.location_scale import LocationScale, location_scale

LOGISTIC = {
    "scale": ("e^(-(x-mu)/s)/(s (1 + e^(-(x-mu)/s))^2)", "s"),
    "rate": ("s e^(-s(x-mu))/(1 + e^(-s(x-mu)))^2", "s"),
    "variance": ("e^(-(x-mu)/sqrt(s))/(sqrt(s) (1 + e^(-(x-mu)/sqrt(s)))^2)", "s"),
    "precision": ("sqrt(s) e^(-sqrt(s)(x-mu))/(1 + e^(-sqrt(s)(x-mu)))^2", "s"),
}
SCALE = {"scale": lambda s: s, "rate": lambda s: 1 / s, "variance": lambda s: s**2, "precision": lambda s: s**-2}


def family(model: Model) -> LocationScale | None:
    return location_scale(build_likelihood(model.specification), model.specification)


def line(density: str, **options: object) -> Model:
    return Model.parse(density, "x", {"mu": "", "s": "s > 0"}, **options)


@pytest.mark.parametrize("kind", LOGISTIC)
def test_the_logistic_in_every_parametrisation(kind: str) -> None:
    found = family(line(LOGISTIC[kind][0]))
    assert found is not None
    assert (found.location.name, found.scale.name) == ("mu", "s")
    assert float(SCALE[kind](1e-9)) * 0 == 0
    runs_to_zero = SCALE[kind](1e-9) < 1e-3
    assert (found.vanishing == 0) == runs_to_zero


@pytest.mark.parametrize("order", [("mu", "s"), ("s", "mu")])
def test_the_order_of_the_parameters_does_not_matter(order: tuple[str, str]) -> None:
    spaces = {"mu": "", "s": "s > 0"}
    found = family(Model.parse(LOGISTIC["scale"][0], "x", {k: spaces[k] for k in order}))
    assert found is not None
    assert (found.location.name, found.scale.name) == ("mu", "s")


@pytest.mark.parametrize(
    ("density", "space"),
    [
        ("(b/a)(x/a)^(b-1)/(1 + (x/a)^b)^2", {"a": "a > 0", "b": "b > 0"}),
        ("a b (a x)^(b-1)/(1 + (a x)^b)^2", {"a": "a > 0", "b": "b > 0"}),
        ("(k/s)(x/s)^(k-1) e^(-(x/s)^k)", {"s": "s > 0", "k": "k > 0"}),
        ("e^(-(log(x) - mu)^2/(2 s^2))/(x s sqrt(2 pi))", {"mu": "", "s": "s > 0"}),
    ],
    ids=["log-logistic", "log-logistic with a rate", "Weibull", "lognormal"],
)
def test_families_of_the_logarithm(density: str, space: dict[str, str]) -> None:
    assert family(Model.parse(density, "x", space, "x > 0")) is not None


@pytest.mark.parametrize(
    "density",
    ["e^(-(x-mu)^2/(2 s^2))/(s sqrt(2 pi))", "e^(-(x-mu)/s - e^(-(x-mu)/s))/s", "e^((x-mu)/s - e^((x-mu)/s))/s",
     "1/(2 s cosh(pi (x-mu)/(2 s)))"],
    ids=["normal", "Gumbel", "Gumbel for minima", "hyperbolic secant"],
)  # fmt: skip
def test_other_log_concave_densities(density: str) -> None:
    """Whether it is recognised or not, the one claim that would be wrong is another location or scale."""
    found = family(line(density))
    assert found is None or (found.location.name, found.scale.name, found.vanishing) == ("mu", "s", 0)


NOT_LOG_CONCAVE = {
    "Cauchy": "1/(pi s (1 + ((x-mu)/s)^2))",
    "Student t, 3 degrees": "2/(pi sqrt(3) s (1 + ((x-mu)/s)^2/3)^2)",
    "normal mixture": "(3/5 e^(-((x-mu)/s)^2/2) + 2/5 e^(-((x-mu)/s - 4)^2/2))/(s sqrt(2 pi))",
}


@pytest.mark.parametrize("name", NOT_LOG_CONCAVE)
def test_densities_that_are_not_log_concave(name: str) -> None:
    model = line(NOT_LOG_CONCAVE[name])
    assert family(model) is None
    assert derive(model).proof is not Proof.GLOBAL


@pytest.mark.parametrize(
    "model",
    [
        line("e^(-|x-mu|/s)/(2 s)"),
        line(LOGISTIC["scale"][0], checked=False),
        Model.parse("e^(-(x-m/s)/s)/(s (1 + e^(-(x-m/s)/s))^2)", "x", {"m": "m > 0", "s": "s > 0"}),
        Model.parse("e^(-(x-mu)/s)/(s (1 + e^(-(x-mu)/s))^2)", "x", {"mu": "mu > 0", "s": "s > 0"}),
        Model.parse("e^(-(x-mu)/s)/(s (1 + e^(-(x-mu)/s))^2)", "x", {"mu": "", "s": "s > 1"}),
        Model.parse("e^(-(x-mu)/s)/(s (1 + e^(-(x-mu)/s))^2)", "x", {"mu": "", "s": "s >= 1"}),
        Model.parse("e^(-(x-mu))/((1 + e^(-(x-mu)))^2)", "x", {"mu": ""}),
        Model.named("gamma"),
        Model.named("beta"),
        Model.named("poisson"),
    ],
    ids=["corner", "not checked", "another curve", "location above 0", "scale above 1", "closed", "one parameter",
         "gamma", "beta", "Poisson"],
)  # fmt: skip
def test_a_premise_that_fails(model: Model) -> None:
    assert family(model) is None


DERIVED: dict[str, Derivation] = {kind: derive(line(text)) for kind, (text, _) in LOGISTIC.items()}
SAMPLES = [[1.0, 2.0, 4.0], [-3.0, 0.1, 0.2, 0.3, 9.0], [5.0, 5.0, 5.1], [-1.0, 1.0]]


class TestOnData:
    """The maximum that the theorem promises."""

    @pytest.mark.parametrize("kind", LOGISTIC)
    @pytest.mark.parametrize("data", SAMPLES, ids=str)
    def test_against_scipy(self, kind: str, data: list[float]) -> None:
        estimate = DERIVED[kind].estimate(data)
        assert estimate.existence is Existence.ATTAINED
        assert estimate.proof is Proof.GLOBAL
        scale = estimate.values["s"]
        spread = {"scale": scale, "rate": 1 / scale, "variance": math.sqrt(scale), "precision": 1 / math.sqrt(scale)}[
            kind
        ]
        place = estimate.values["mu"]
        best = stats.logistic.logpdf(data, place, spread).sum()
        mu, s = stats.logistic.fit(data)
        assert best >= stats.logistic.logpdf(data, mu, s).sum() - 1e-9
        for step in np.geomspace(1e-4, 1, 9):
            for m, b in (
                (place + step * spread, spread),
                (place - step * spread, spread),
                (place, spread * (1 + step)),
            ):
                assert stats.logistic.logpdf(data, m, b).sum() < best

    @pytest.mark.parametrize("kind", LOGISTIC)
    @pytest.mark.parametrize("data", [[2.0], [2.0, 2.0]], ids=str)
    def test_equal_data_are_unbounded(self, kind: str, data: list[float]) -> None:
        assert DERIVED[kind].estimate(data).existence is Existence.UNBOUNDED

    def test_log_logistic_is_the_logistic_of_logarithms(self) -> None:
        data = [0.8, 2.1, 1.3, 0.4, 3.0]
        ours = derive("log-logistic").estimate(data).values
        logs = DERIVED["scale"].estimate(np.log(data)).values
        assert ours["a"] == pytest.approx(math.exp(logs["mu"]), rel=1e-7)
        assert ours["b"] == pytest.approx(1 / logs["s"], rel=1e-7)
