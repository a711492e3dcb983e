"""Logistic, location and scale."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="logistic",
    title="logistic, location and scale",
    density="e^(-(x - mu) / s) / (s (1 + e^(-(x - mu) / s))^2)",
    variable="x",
    support="",
    parameters={"mu": "", "s": "s > 0"},
    example={"mu": 1.0, "s": 0.9},
    sample=(1.2, -0.4, 3.1, 0.7, 2.2),
    about="Errors a little heavier in the tails than the normal; growth curves.",
)
