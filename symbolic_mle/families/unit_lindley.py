"""Unit Lindley."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="unit-lindley",
    title="unit Lindley",
    density="theta^2 (1 - x)^(-3) e^(-theta x / (1 - x)) / (1 + theta)",
    variable="x",
    support="0 < x, x < 1",
    parameters={"theta": "theta > 0"},
    example={"theta": 1.2},
    sample=(0.3, 0.7, 0.55, 0.2, 0.85),
    about="Proportions x such that x/(1 - x) has a Lindley distribution.",
)
