"""Mixtures with a component that degenerates at an observation: unbounded for all data, and only where that is so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import sympy as sp
from scipy.optimize import minimize
from scipy.stats import cauchy, laplace, norm

from symbolic_mle import Model, derive
from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.audit import audit
from symbolic_mle.errors import AuditError, DataError
from symbolic_mle.records import Existence, Proof, Specification, Step
from symbolic_mle.stages import degenerate
from symbolic_mle.stages.likelihood import build_likelihood

FREE = {"w": "0 < w, w < 1", "a": "", "b": "", "s": "s > 0", "t": "t > 0"}
SAMPLES = ([1.3], [0.7, 0.7], [2.0, 2.0, 2.0], [0.4, 1.1, 1.1, 5.2, 5.9, 6.4, 0.2])


def normal(x: str, mean: str, scale: str) -> str:
    return f"exp(-({x} - ({mean}))^2/(2*({scale})^2))/(({scale})*sqrt(2*pi))"


def mixture(
    first: str = normal("x", "a", "s"), second: str = normal("x", "b", "t"), of: str = "wabst", spaces: Any = None, **other: Any
) -> Model:  # fmt: skip
    free = {p: space for p, space in FREE.items() if p in of}
    return Model.parse(f"w*({first}) + (1 - w)*({second})", "x", {**free, **(spaces or {})}, checked=False, **other)


Density = Callable[[Any, dict[str, float]], Any]


def two(one: Any, scale: Callable[[float], float] = float) -> Density:
    """The density in the parameters of FREE, by SciPy."""
    return lambda x, p: p["w"] * one.pdf(x, p["a"], scale(p["s"])) + (1 - p["w"]) * one.pdf(x, p["b"], scale(p["t"]))


UNBOUNDED: dict[str, tuple[Model, Density, float]] = {
    "normal": (mixture(), two(norm), 0),
    "variance": (
        mixture("exp(-(x - a)^2/(2*s))/sqrt(2*pi*s)", "exp(-(x - b)^2/(2*t))/sqrt(2*pi*t)"),
        two(norm, np.sqrt),
        0,
    ),
    "precision": (
        mixture("sqrt(s/(2*pi))*exp(-s*(x - a)^2/2)", "sqrt(t/(2*pi))*exp(-t*(x - b)^2/2)"),
        two(norm, lambda s: s**-0.5),
        np.inf,
    ),
    "log scale": (
        mixture("exp(-s - (x - a)^2*exp(-2*s)/2)/sqrt(2*pi)", normal("x", "b", "t"), spaces={"s": ""}),
        lambda x, p: p["w"] * norm.pdf(x, p["a"], np.exp(p["s"])) + (1 - p["w"]) * norm.pdf(x, p["b"], p["t"]),
        -np.inf,
    ),
    "Laplace": (mixture("exp(-abs(x - a)/s)/(2*s)", "exp(-abs(x - b)/t)/(2*t)"), two(laplace), 0),
    "Cauchy": (mixture("s/(pi*(s^2 + (x - a)^2))", "t/(pi*(t^2 + (x - b)^2))"), two(cauchy), 0),
    "one known": (
        mixture(second=normal("x", "0", "1"), of="was"),
        lambda x, p: p["w"] * norm.pdf(x, p["a"], p["s"]) + (1 - p["w"]) * norm.pdf(x),
        0,
    ),
    "one mean": (
        mixture(second=normal("x", "a", "t"), of="wast"),
        lambda x, p: p["w"] * norm.pdf(x, p["a"], p["s"]) + (1 - p["w"]) * norm.pdf(x, p["a"], p["t"]),
        0,
    ),
    "ordered": (mixture(constraints=["a < b"]), two(norm), 0),
    "closed": (mixture(spaces={"w": "0 <= w, w <= 1"}), two(norm), 0),
}


@pytest.mark.parametrize("name", UNBOUNDED)
def test_the_likelihood_passes_every_height_on_the_path(name: str) -> None:
    """ℓ along the path, by SciPy, against the best of a search from many starts, for all kinds of data."""
    model, density, end = UNBOUNDED[name]
    derivation = derive(model)
    (case,) = derivation.cases
    (location, _, _), (scale, limit, _) = case.path
    assert case.existence is Existence.UNBOUNDED and case.proof is Proof.GLOBAL and not case.conditions
    random = np.random.default_rng(5)
    names = [p.name for p in model.specification.parameters]
    for sample in SAMPLES:
        assert derivation.estimate(sample).existence == "unbounded"
        x = np.array(sample)
        point = {"w": 0.4, "a": 0.3, "b": 10.0, "s": 0.9, "t": 1.7}
        assert location.name == "a" and float(limit) == end
        point["a"] = float(x.min())
        near = [10.0**-k for k in (8, 90, 280)]
        if np.isinf(end):
            near = [v**-1 if end > 0 else np.log(v) for v in near]
        heights = [np.log(density(x, {**point, scale.name: v})).sum() for v in near]
        assert heights[0] < heights[1] < heights[2]

        def depth(vector: Any, x: Any = x) -> float:
            w, a, b, s, t = vector
            values = {
                "w": 1 / (1 + np.exp(-w)),
                "a": a,
                "b": b,
                "s": np.exp(np.clip(s, -3, 3)),
                "t": np.exp(np.clip(t, -3, 3)),
            }
            return -float(np.log(density(x, {k: values[k] for k in names}) + 1e-300).sum())

        best = min(minimize(depth, random.normal(size=5), method="Nelder-Mead").fun for _ in range(3))
        assert heights[2] > -best


def leaving_out() -> Model:
    x, a, s, w = (*sp.symbols("x a", real=True), *sp.symbols("s w", positive=True))
    inside = sp.Piecewise((1, sp.Abs(x) < 1), (0, True))
    return Model(w * sp.exp(-((x - a) ** 2) / s**2) / s + (1 - w) * inside, x, (w, a, s), checked=False)


WITHOUT = {
    "a shared scale": mixture(second=normal("x", "b", "s"), of="wabs"),
    "scales in a ratio": mixture(second=normal("x", "b", "2*s"), of="wabs"),
    "known means": mixture(normal("x", "0", "s"), normal("x", "1", "t"), of="wst"),
    "known scales": mixture(normal("x", "a", "1"), normal("x", "b", "2"), of="wab"),
    "bounded scales": mixture(spaces={"s": "s > 1/10", "t": "t > 1/10"}),
    "scales tied by an equation": mixture(constraints=["s == t"]),
    "a negative component": Model.parse(
        f"(1 + w)*{normal('x', 'a', 's')} - w*{normal('x', 'b', 't')}", "x", FREE, checked=False
    ),
    "a mean that not every observation can be": mixture(spaces={"a": "a > 0"}, of="wabs", second=normal("x", "b", "1")),
    "one component": Model.parse(normal("x", "a", "s"), "x", {"a": "", "s": "s > 0"}),
    "a component that leaves observations out": leaving_out(),
}


@pytest.mark.parametrize("name", WITHOUT)
def test_nothing_is_claimed_where_the_premises_fail(name: str) -> None:
    model = WITHOUT[name].specification
    assert degenerate.attempt(build_likelihood(model), model) is None


def found(model: Model) -> Any:
    specification = model.specification
    findings = degenerate.attempt(build_likelihood(specification), specification)
    assert findings is not None
    return findings.argument


def test_three_components_with_tied_weights() -> None:
    text = " + ".join(f"{w}*{normal('x', m, s)}" for w, m, s in (("p", "a", "s"), ("q", "b", "t"), ("r", "c", "u")))
    spaces = {**{k: f"{k} > 0" for k in "pqrstu"}, **dict.fromkeys("abc", "")}
    argument = found(Model.parse(text, "x", spaces, constraints=["p + q + r == 1"], checked=False))
    assert argument.count == 3 and argument.component.has(argument.scale) and not argument.floor.has(argument.scale)


def test_a_scale_is_let_fall_only_as_its_order_allows() -> None:
    """With t < s it is t that may run to 0, and its mean goes to an observation."""
    argument = found(mixture(constraints=["t < s"]))
    assert (argument.scale.name, argument.location.name) == ("t", "b")


@pytest.mark.parametrize("text", [
    f"{normal('x', 'b', 't')} - w*{normal('x', 'b', 't')} + w*{normal('x', 'a', 's')}",
    "(w*t*exp(-(x - a)^2/(2*s^2)) + (1 - w)*s*exp(-(x - b)^2/(2*t^2)))/(s*t*sqrt(2*pi))",
])  # fmt: skip
def test_unsimplified_densities(text: str) -> None:
    argument = found(Model.parse(text, "x", FREE, checked=False))
    assert argument.value == argument.observed[0] and argument.end == 0


def test_lognormal_components_degenerate_at_the_logarithm() -> None:
    first, second = (normal("log(x)", m, s) + "/x" for m, s in (("a", "s"), ("b", "t")))
    model = mixture(first, second, support="x > 0")
    assert found(model).value == sp.log(model.specification.variables[0])
    with pytest.raises(DataError):
        derive(model).estimate([-1.0])


def test_regressions_mixed() -> None:
    model = Model.parse(
        f"w*{normal('y', 'a + b*z', 's')} + (1 - w)*{normal('y', '0', '1')}", "y",
        {p: FREE[p] for p in "wabs"}, covariates=["z"], checked=False,
    )  # fmt: skip
    assert derive(model).estimate({"y": [1.0, 2.0], "z": [0.0, 1.0]}).existence == "unbounded"


def test_the_document_claims_no_limit_law_and_no_formula() -> None:
    model = Model.parse(f"w*{normal('x', 'a', 's')} + (1 - w)*{normal('x', 'b', 't')}", "x", FREE)
    derivation = derive(model)
    text = derivation.to_text(sections="all")
    assert "There is no maximum likelihood estimate" in text and "there is none" in text
    assert "N(0, I" not in text and "no iteration is needed" not in text
    assert derivation.to_latex(sections="all") and derivation.fisher_information is None


# ------------------------------------------------------------------ the audit of such a path


def path(model: Specification, held: Any, end: Any) -> tuple[Step, ...]:
    parameters = {p.name: p for p in model.parameters}
    a, s = parameters["a"], parameters["s"]
    return (
        Step("path", "hold", sp.sympify(held), a, parameter=a),
        Step("path", "run", sp.sympify(end), s, "to", parameter=s),
    )


@pytest.mark.parametrize(("name", "held", "end", "message"), [
    ("a shared scale", 0, 0, "grows without bound"),
    ("bounded scales", 0, 0, "an end of the interval"),
    ("bounded scales", 0, sp.Rational(1, 10), "grows without bound"),
    ("a mean that not every observation can be", -1, 0, "a value in the space"),
])  # fmt: skip
def test_the_audit_refuses_a_path_that_does_not_grow(name: str, held: Any, end: Any, message: str) -> None:
    model = WITHOUT[name].specification
    with pytest.raises(AuditError, match=message):
        audit(path(model, held, end), model)


def test_the_audit_refuses_a_component_that_is_not_below_the_density() -> None:
    argument = found(mixture())
    above = DataSum(argument.log_density - sp.log(2 * argument.floor), argument.observed)
    with pytest.raises(AuditError, match=">= 0"):
        audit((Step("path", "leave-out", sp.Integer(0), above, ">="),), mixture().specification)
