"""Logistic scale, location known."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="logistic-scale",
    title="logistic scale, location known",
    density="e^(-(x - mu) / s) / (s (1 + e^(-(x - mu) / s))^2)",
    variable="x",
    support="",
    parameters={"s": "s > 0"},
    known={"mu": ""},
    example={"s": 0.9, "mu": 1.0},
    sample=(1.2, -0.4, 3.1, 0.7, 2.2),
    about="Spread of logistic errors around a known centre.",
)
