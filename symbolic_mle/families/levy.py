"""Levy scale."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="levy",
    title="Levy scale",
    density="sqrt(c / (2 pi)) e^(-c / (2 x)) / x^(3/2)",
    variable="x",
    support="x > 0",
    parameters={"c": "c > 0"},
    example={"c": 1.0},
    sample=(0.8, 2.1, 1.3, 0.4, 3.0),
    about="First time that a Brownian motion without drift reaches a level.",
)
