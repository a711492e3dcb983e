"""Laplace scale, location known."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="laplace-scale",
    title="Laplace scale, location known",
    density="e^(-|x - mu| / b) / (2 b)",
    variable="x",
    support="",
    parameters={"b": "b > 0"},
    known={"mu": ""},
    example={"b": 1.2, "mu": 1.0},
    sample=(1.2, -0.4, 3.1, 0.7, 2.2),
    about="Spread of double-exponential errors around a known centre.",
)
