"""Gumbel, location and scale."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="gumbel",
    title="Gumbel, location and scale",
    density="e^(-(x - mu) / b - e^(-(x - mu) / b)) / b",
    variable="x",
    support="",
    parameters={"mu": "", "b": "b > 0"},
    example={"mu": 1.0, "b": 1.2},
    sample=(1.2, -0.4, 3.1, 0.7, 2.2),
    about="Largest of many: floods, records.",
)
