"""Lindley."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="lindley",
    title="Lindley",
    density="theta^2 (1 + x) e^(-theta x) / (1 + theta)",
    variable="x",
    support="x > 0",
    parameters={"theta": "theta > 0"},
    example={"theta": 0.9},
    sample=(0.8, 2.1, 1.3, 0.4, 3.0),
    about="Lifetimes with a hazard that rises towards a limit.",
)
