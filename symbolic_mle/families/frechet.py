"""Frechet, shape and scale."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="frechet",
    title="Frechet, shape and scale",
    density="(a / s) (x / s)^(-1 - a) e^(-(x / s)^(-a))",
    variable="x",
    support="x > 0",
    parameters={"a": "a > 0", "s": "s > 0"},
    example={"a": 2.5, "s": 1.2},
    sample=(0.8, 2.1, 1.3, 0.4, 3.0),
    about="Largest of many heavy-tailed amounts, tail and scale unknown.",
)
