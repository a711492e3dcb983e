"""The front ends of a model: SymPy symbols, sets, relations, sympy.stats and text, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp
import sympy.stats as stats

from symbolic_mle import Model, derive
from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.errors import DataError, MLEError, ModelError, ReadingError

k, theta, sigma, rate = sp.symbols("k theta sigma lambda", positive=True)
mu, y, q = sp.symbols("mu y q", real=True)
p, x = sp.symbols("p x", positive=True)
UNIT = {p: sp.Interval.open(0, 1)}
EXPONENTIAL = rate * sp.exp(-rate * x)
zero, one = sp.Integer(0), sp.Integer(1)


def interval_of(model: Model, name: str) -> Interval:
    """The interval of the symbol of that name."""
    found = {**model.specification.support.intervals, **model.specification.parameters, **model.specification.known}
    return next(interval for symbol, interval in found.items() if symbol.name == name)


class TestSymPy:
    """Densities as SymPy expressions."""

    def test_assumptions_are_the_spaces(self) -> None:
        model = Model(EXPONENTIAL, x, rate)
        assert interval_of(model, "x") == Interval(zero)
        assert interval_of(model, "lambda") == Interval(zero)
        assert not model.specification.discrete

    @pytest.mark.parametrize(
        ("assumption", "expected"),
        [
            ({"nonnegative": True}, Interval(zero, closed_lower=True)),
            ({"negative": True}, Interval(upper=zero)),
            ({"nonpositive": True}, Interval(upper=zero, closed_upper=True)),
            ({"real": True}, Interval()),
            ({}, Interval()),
        ],
        ids=str,
    )
    def test_every_assumption_of_a_sign(self, assumption: dict[str, bool], expected: Interval) -> None:
        c = sp.Symbol("c", **assumption)
        model = Model(sp.exp(-((y - c) ** 2) / 2) / sp.sqrt(2 * sp.pi), y, c, checked=False)
        assert interval_of(model, "c") == expected

    @pytest.mark.parametrize(
        ("support", "expected"),
        [
            (y > 0, Interval(zero)),
            (y >= 0, Interval(zero, closed_lower=True)),
            ((y > 0, y < 5), Interval(zero, sp.Integer(5))),
            (sp.And(y > 0, y < 5), Interval(zero, sp.Integer(5))),
            (sp.Interval(0, 1), Interval(zero, one, True, True)),
            (sp.Interval.Lopen(0, sp.oo), Interval(zero)),
            (sp.S.Reals, Interval()),
            (sp.S.Naturals0, Interval(zero, sp.oo, True, False, True)),
            (sp.S.Naturals, Interval(one, sp.oo, True, False, True)),
            (sp.Range(0, 4), Interval(zero, sp.Integer(3), True, True, True)),
            (sp.FiniteSet(0, 1), Interval(zero, one, True, True, True)),
        ],
        ids=str,
    )
    def test_supports_as_sets_and_relations(self, support: Any, expected: Interval) -> None:
        model = Model(sp.exp(-y * rate), y, rate, support=support, checked=False)
        assert interval_of(model, "y") == expected
        assert model.specification.discrete is expected.integer

    def test_spaces_override_assumptions(self) -> None:
        density = q**y * (1 - q) ** (1 - y)
        for space in (sp.Interval.open(0, 1), (q > 0, q < 1), sp.And(q > 0, q < 1)):
            model = Model(density, y, q, support=sp.FiniteSet(0, 1), space={q: space})
            assert interval_of(model, "q") == Interval(zero, one)

    def test_known_constants_with_and_without_a_space(self) -> None:
        density = sp.exp(-((y - mu) ** 2) / (2 * sigma**2)) / (sigma * sp.sqrt(2 * sp.pi))
        assert interval_of(Model(density, y, mu, known=sigma), "sigma") == Interval(zero)
        assert interval_of(Model(density, y, mu, known={sigma: sigma > 1}), "sigma") == Interval(one)

    def test_results_are_in_the_symbols_that_were_given(self) -> None:
        d = derive(Model(EXPONENTIAL, x, rate))
        assert list(d.estimators) == [rate]

    def test_a_derivation_without_a_model_between(self) -> None:
        assert derive(EXPONENTIAL, x, rate).estimators == derive(Model(EXPONENTIAL, x, rate)).estimators


RANDOM_VARIABLES = [
    (stats.Gamma("X", k, theta), (k, theta), {}),
    (stats.Normal("X", mu, sigma), (mu, sigma), {}),
    (stats.Poisson("X", rate), (rate,), {}),
    (stats.Exponential("X", rate), (rate,), {}),
    (stats.Beta("X", k, theta), (k, theta), {}),
    (stats.Weibull("X", k, theta), (k, theta), {}),
    (stats.LogNormal("X", mu, sigma), (mu, sigma), {}),
    (stats.Geometric("X", p), (p,), UNIT),
    (stats.NegativeBinomial("X", 3, p), (p,), UNIT),
    (stats.Bernoulli("X", p), (p,), UNIT),
    (stats.Binomial("X", 5, p), (p,), UNIT),
]


class TestRandomVariables:
    """Random variables of sympy.stats."""

    @pytest.mark.parametrize(("variable", "parameters", "space"), RANDOM_VARIABLES, ids=lambda v: str(v)[:40])
    def test_density_and_support_are_taken_from_it(self, variable: Any, parameters: Any, space: Any) -> None:
        model = Model(variable, parameters=parameters, space=space).specification
        assert model.variables[0].name == "x"
        assert [s.name for s in model.parameters] == [s.name for s in parameters]

    @pytest.mark.parametrize(
        ("variable", "parameters", "space", "data", "expected"),
        [
            (stats.Poisson("X", rate), rate, {}, [2, 0, 3, 1], {"lambda": 1.5}),
            (stats.Exponential("X", rate), rate, {}, [1.0, 3.0], {"lambda": 0.5}),
            (stats.Normal("X", mu, sigma), (mu, sigma), {}, [1.0, 3.0], {"mu": 2.0, "sigma": 1.0}),
            (stats.Bernoulli("X", p), p, UNIT, [1, 0, 1, 1], {"p": 0.75}),
            (stats.Binomial("X", 5, p), p, UNIT, [1, 3, 2], {"p": 0.4}),
            (stats.Geometric("X", p), p, UNIT, [1, 3], {"p": 0.5}),
        ],
        ids=lambda v: str(v)[:30],
    )
    def test_estimates(self, variable: Any, parameters: Any, space: Any, data: Any, expected: dict[str, float]) -> None:
        assert derive(Model(variable, parameters=parameters, space=space)).estimate(data).values == pytest.approx(
            expected
        )

    @pytest.mark.parametrize(
        ("variable", "data"),
        [
            (stats.Bernoulli("X", p), [7, 0]),
            (stats.Bernoulli("X", p), [1, -1]),
            (stats.Binomial("X", 5, p), [7, 1]),
            (stats.Geometric("X", p), [0, 2]),
        ],
        ids=str,
    )
    def test_data_outside_its_values_are_refused(self, variable: Any, data: list[int]) -> None:
        with pytest.raises(DataError):
            derive(Model(variable, parameters=p, space=UNIT)).estimate(data)

    def test_a_known_parameter(self) -> None:
        d = derive(Model(stats.Normal("X", mu, sigma), parameters=mu, known=sigma))
        assert d.estimate([1.0, 2.0, 6.0], known={"sigma": 2.0}).values == {"mu": 3.0}


REFUSED_SYMPY: list[tuple[str, tuple[Any, ...], dict[str, Any], str]] = [
    ("no parameter", (sp.exp(-x), x, ()), {}, "no parameter"),
    ("a parameter that is not there", (EXPONENTIAL, x, (rate, k)), {}, "k does not appear"),
    ("an unknown name", (k * EXPONENTIAL, x, rate), {}, "k is neither"),
    ("a negative density", (-EXPONENTIAL, x, rate), {}, "negative"),
    ("an integral of 2", (2 * EXPONENTIAL, x, rate), {}, "integrates to 2"),
    ("a complex density", (sp.I * EXPONENTIAL, x, rate), {}, "not a real number"),
    ("text", ("lambda*exp(-lambda*x)", x, rate), {}, "Model.parse"),
    ("no variable", (EXPONENTIAL, None, rate), {}, "x is neither"),
    ("text as variable", (EXPONENTIAL, "x", rate), {}, "needed a SymPy symbol"),
    ("text as support", (EXPONENTIAL, x, rate), {"support": "x > 0"}, "not a SymPy set or relation"),
    ("a contradiction", (EXPONENTIAL, x, rate), {"support": (x > 2, x < 1)}, "contradict"),
    ("the empty set", (EXPONENTIAL, x, rate), {"support": sp.S.EmptySet}, ""),
    ("two pieces", (EXPONENTIAL, x, rate), {"support": sp.Interval(0, 1) + sp.Interval(2, 3)}, "Union"),
    ("a space of no parameter", (EXPONENTIAL, x, rate), {"space": {k: k > 0}}, "k is not among"),
    ("a parameter twice", (EXPONENTIAL, x, (rate, rate)), {}, "twice"),
    ("the variable as parameter", (EXPONENTIAL, x, (rate, x)), {}, "twice"),
    ("known and unknown", (EXPONENTIAL, x, rate), {"known": rate}, "twice"),
    ("two symbols of one name", (k * sp.exp(-k * x), x, (k, sp.Symbol("k", real=True))), {}, "twice"),
]


@pytest.mark.parametrize(
    ("arguments", "options", "complaint"), [case[1:] for case in REFUSED_SYMPY], ids=[case[0] for case in REFUSED_SYMPY]
)
def test_what_is_no_model_is_refused(arguments: tuple[Any, ...], options: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ModelError, match=complaint):
        Model(*arguments, **options)


def test_an_unchecked_density_need_not_integrate_to_1() -> None:
    assert not Model(2 * EXPONENTIAL, x, rate, checked=False).specification.checked


class TestText:
    """Models from text."""

    def test_names_that_python_or_sympy_claim(self) -> None:
        for name in ("lambda", "beta", "gamma", "S", "N", "E", "Q", "zeta", "I", "λ", "σ"):
            model = Model.parse(f"{name} e^(-{name} x)", "x", {name: f"{name} > 0"}, "x > 0")
            assert len(model.specification.parameters) == 1

    def test_parameters_as_a_list_are_any_real_number(self) -> None:
        model = Model.parse("e^(-(x - mu)^2/2)/sqrt(2 pi)", "x", ["mu"])
        assert interval_of(model, "mu") == Interval()

    @pytest.mark.parametrize(
        ("arguments", "complaint"),
        [
            (("2 t e^(-t x)", "x", {"t": "t > 0"}, "x > 0"), "integrates to 2"),
            (("t e^(-t y)", "x", {"t": "t > 0"}, "x > 0"), "y"),
            (("e^(-x)", "x", {"t": "t > 0"}, "x > 0"), "t does not appear"),
            (("t e^(-t x)", "x", {"t": "t > 0"}, "x > 0, x < 0"), "contradict"),
            (("t e^(-t x)", "x", {"t": "t > 0, t < 0"}, "x > 0"), "contradict"),
            (("t e^(-t x)", "x", {"t": "t > 0", "x": "x > 0"}, "x > 0"), "twice"),
            (("t e^(-t x)", "x", {}, "x > 0"), "parameter|t"),
            (("t e^(-t x", "x", {"t": "t > 0"}, "x > 0"), ""),
            (("t e^(-t x)", "x", {"t": "t > 0"}, "x >"), ""),
            (("-t e^(-t x)", "x", {"t": "t > 0"}, "x > 0"), "negative"),
            (("t^x (1 - t)^(1 - x)", "x", {"t": "t > 0"}, "x = 0, 1"), "negative|sums|real"),
        ],
        ids=str,
    )
    def test_what_is_no_model_is_refused(self, arguments: tuple[Any, ...], complaint: str) -> None:
        with pytest.raises((ModelError, ReadingError), match=complaint):
            Model.parse(*arguments)

    @pytest.mark.parametrize("name", ["t", "mu"])
    def test_a_name_that_is_known_and_unknown(self, name: str) -> None:
        with pytest.raises(ModelError, match="twice"):
            Model.parse(f"{name} e^(-{name} x)", "x", {name: f"{name} > 0"}, "x > 0", known={name: f"{name} > 0"})

    @pytest.mark.parametrize(
        "text",
        ["__import__('os').system('id')", "().__class__", "exec('1')", "x.func", "lambda: 0", "9**9**9**9", "(" * 9999],
    )
    def test_text_is_never_run(self, text: str) -> None:
        with pytest.raises(MLEError):
            Model.parse(text, "x", {"t": "t > 0"}, "x > 0")


def test_a_named_model_and_one_that_is_not() -> None:
    assert Model.named("poisson").specification.title == "Poisson"
    with pytest.raises(ModelError, match="poisson"):
        Model.named("poison")


@pytest.mark.parametrize("a", [1, 2, 3])
@pytest.mark.parametrize("b", [1, 2, 3])
def test_a_density_that_jumps_is_integrated_piece_by_piece(a: int, b: int) -> None:
    pieces = "Piecewise(({0} exp(-{1} (x - m)), x >= m), ({0} exp({2} (x - m)), True))"
    jumps = "Piecewise(({0} exp(-{1} (x - m)), x >= m), ({3} exp({2} (x - m)), True))"
    Model.parse(pieces.format(f"{a * b}/{a + b}", a, b), "x", parameters={"m": ""})
    Model.parse(jumps.format(f"{a}/3", a, b, f"2*{b}/3"), "x", parameters={"m": ""})
    with pytest.raises(ModelError, match="integrates to"):
        Model.parse(jumps.format(f"{a}/3", a, b, f"2*{b}/5"), "x", parameters={"m": ""})
