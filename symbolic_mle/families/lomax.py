"""Lomax index, scale known."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="lomax",
    title="Lomax index, scale known",
    density="(alpha / s) (1 + x / s)^(-alpha - 1)",
    variable="x",
    support="x >= 0",
    parameters={"alpha": "alpha > 0"},
    known={"s": "s > 0"},
    example={"alpha": 2.5, "s": 1.5},
    sample=(0.8, 2.1, 1.3, 0.4, 3.0),
    about="Pareto shifted to start at 0: excesses over a threshold.",
)
