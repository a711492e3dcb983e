"""The whitelist of functions: each has the value that the mathematics gives it, and no other can be called."""

from __future__ import annotations

import math

import pytest
import sympy as sp
from sympy import Rational

from symbolic_mle.errors import ReadingError
from symbolic_mle.reading import read_expression
from symbolic_mle.reading.functions import FUNCTIONS

x, y, k = sp.symbols("x y k")
NAMES = {"x": x, "y": y, "k": k}


def read(text: str) -> sp.Expr:
    return read_expression(text, NAMES)


ORACLES = {
    "exp": math.exp,
    "log": math.log,
    "ln": math.log,
    "log10": math.log10,
    "log2": math.log2,
    "sqrt": math.sqrt,
    "gamma": math.gamma,
    "Gamma": math.gamma,
    "loggamma": math.lgamma,
    "lgamma": math.lgamma,
    "factorial": lambda v: math.gamma(v + 1),
    "Abs": abs,
    "abs": abs,
    "floor": math.floor,
    "ceil": math.ceil,
    "ceiling": math.ceil,
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "sec": lambda v: 1 / math.cos(v),
    "csc": lambda v: 1 / math.sin(v),
    "cot": lambda v: 1 / math.tan(v),
    "asin": math.asin,
    "acos": math.acos,
    "atan": math.atan,
    "arcsin": math.asin,
    "arccos": math.acos,
    "arctan": math.atan,
    "sinh": math.sinh,
    "cosh": math.cosh,
    "tanh": math.tanh,
    "asinh": math.asinh,
    "atanh": math.atanh,
    "sech": lambda v: 1 / math.cosh(v),
    "csch": lambda v: 1 / math.sinh(v),
    "coth": lambda v: 1 / math.tanh(v),
    "erf": math.erf,
    "erfc": math.erfc,
    "sign": lambda v: 1.0,
    "sgn": lambda v: 1.0,
    "Heaviside": lambda v: 1.0,
    "trigamma": lambda v: sum(1 / (v + i) ** 2 for i in range(100_000)) + 1 / (v + 100_000),
}


@pytest.mark.parametrize("function", sorted(ORACLES))
def test_every_function_of_one_argument_has_its_value(function: str) -> None:
    point = 0.37
    value = float(read(f"{function}(x)").subs(x, Rational(37, 100)).evalf())
    assert value == pytest.approx(ORACLES[function](point), rel=1e-6)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("beta(1.5, 2)", math.gamma(1.5) * math.gamma(2) / math.gamma(3.5)),
        ("B(2, 3)", 1 / 12),
        ("Beta(2, 3)", 1 / 12),
        ("atan2(1, 2)", math.atan2(1, 2)),
        ("besseli(0, 1)", 1.2660658777520084),
        ("besselj(0, 1)", 0.7651976865579666),
        ("besselk(0, 1)", 0.42102443824070834),
        ("LambertW(1)", 0.5671432904097838),
        ("erfinv(1/2)", 0.4769362762044699),
        ("digamma(1)", -0.5772156649015329),
        ("polygamma(1, 1)", math.pi**2 / 6),
        ("zeta(2)", math.pi**2 / 6),
        ("acosh(2)", math.acosh(2)),
        ("max(sqrt(2), 3/2)", 1.5),
        ("lowergamma(1, 2)", 1 - math.exp(-2)),
        ("uppergamma(1, 2)", math.exp(-2)),
        ("psi_1(1)", math.pi**2 / 6),
    ],
)
def test_functions_of_several_arguments_have_their_values(text: str, value: float) -> None:
    assert float(read(text).evalf()) == pytest.approx(value)


def test_every_function_of_the_whitelist_can_be_called() -> None:
    for name, function in FUNCTIONS.items():
        arguments = ", ".join(["x", "y", "k"][: function.low])
        assert isinstance(read(f"{name}({arguments})"), sp.Expr), name


@pytest.mark.parametrize(
    "name",
    [
        *[
            "open",
            "eval",
            "exec",
            "Lambda",
            "Symbol",
            "Function",
            "sympify",
            "S",
            "N",
            "diff",
            "integrate",
            "frobnicate",
        ],
        *["Float", "Integer", "sum", "mean", "f", "Matrix", "I", "print"],
    ],
)
def test_no_other_function_can_be_called(name: str) -> None:
    with pytest.raises(ReadingError, match=f"unknown function '{name}'"):
        read(f"{name}(x)")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("exp(x, y)", "exp of 2 arguments"),
        ("log(x, y, k)", "log of 3 arguments"),
        ("beta(x)", "beta of 1 argument,"),
        ("max(x)", "max of 1 argument.*largest observation"),
        ("Min(x)", "Min of 1 argument"),
        ("polygamma(x)", "polygamma of 1 argument"),
        ("Eq(x)", "Eq of 1 arguments"),
        ("Not(x > 0, y > 0)", "Not of 2 arguments"),
        ("exp()", r"'\)' is not expected"),
        ("exp", "an argument of exp"),
        ("gamma", "the function 'gamma' without its argument"),
        ("sqrt x", "the function 'sqrt' without its argument"),
        ("gammma(x)", "did you mean gamma"),
        ("Sum(x)", "a sum without limits"),
        ("Sum(x, (i, 1, k))", "limits are not numbers"),
        ("Sum(x, (i, 1, 1000))", "more than 100 terms"),
        ("Sum(x, (i, 1, 10**9))", "more than 100 terms"),
        ("Sum(Sum(x, (i, 1, 50)), (j, 1, 50))", "more than 100 terms|a sum without limits"),
        ("Sum(Sum(x, (i, 1, 50)), (j, 1, 50)), (k, 1, 2))", "."),
        ("Sum(x, (i, 1))", "the upper limit"),
        ("Piecewise(x)", "a pair"),
        ("Piecewise((x, y), (1, True))", "'y' is not a relation"),
        ("Piecewise((x > 0, x > 0), (1, True))", "is a condition"),
    ],
)
def test_a_wrong_call_is_explained(text: str, problem: str) -> None:
    with pytest.raises(ReadingError, match=problem):
        read(text)
