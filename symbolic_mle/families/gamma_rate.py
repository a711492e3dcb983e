"""Gamma, shape and rate."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="gamma-rate",
    title="gamma, shape and rate",
    density="b^a x^(a - 1) e^(-b x) / gamma(a)",
    variable="x",
    support="x > 0",
    parameters={"a": "a > 0", "b": "b > 0"},
    example={"a": 2.0, "b": 1.2},
    sample=(0.8, 2.1, 1.3, 0.4, 3.0),
    about="Positive skewed amounts, parametrised by the rate.",
)
