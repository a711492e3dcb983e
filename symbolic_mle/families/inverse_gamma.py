"""Inverse gamma, shape and scale."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="inverse-gamma",
    title="inverse gamma, shape and scale",
    density="b^a x^(-a - 1) e^(-b / x) / gamma(a)",
    variable="x",
    support="x > 0",
    parameters={"a": "a > 0", "b": "b > 0"},
    example={"a": 3.0, "b": 2.0},
    sample=(0.8, 2.1, 1.3, 0.4, 3.0),
    about="One over a gamma: the usual prior of a variance.",
)
