"""Frechet scale, shape known."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="frechet-scale",
    title="Frechet scale, shape known",
    density="(a / s) (x / s)^(-1 - a) e^(-(x / s)^(-a))",
    variable="x",
    support="x > 0",
    parameters={"s": "s > 0"},
    known={"a": "a > 0"},
    example={"s": 1.2, "a": 2.5},
    sample=(0.8, 2.1, 1.3, 0.4, 3.0),
    about="Largest of many heavy-tailed amounts.",
)
