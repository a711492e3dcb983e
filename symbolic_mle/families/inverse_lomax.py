"""Inverse Lomax index, scale 1."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="inverse-lomax",
    title="inverse Lomax index, scale 1",
    density="theta x^(theta - 1) / (1 + x)^(theta + 1)",
    variable="x",
    support="x > 0",
    parameters={"theta": "theta > 0"},
    example={"theta": 1.4},
    sample=(0.8, 2.1, 1.3, 0.4, 3.0),
    about="Ratio of lifetimes: inverse Lomax with scale 1.",
)
