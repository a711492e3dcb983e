"""Beta prime, both shapes."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="beta-prime",
    title="beta prime, both shapes",
    density="x^(a - 1) (1 + x)^(-a - b) / beta(a, b)",
    variable="x",
    support="x > 0",
    parameters={"a": "a > 0", "b": "b > 0"},
    example={"a": 2.0, "b": 3.0},
    sample=(0.8, 2.1, 1.3, 0.4, 3.0),
    about="Odds of a proportion that has a beta distribution.",
)
