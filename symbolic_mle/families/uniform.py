"""Uniform on [0, theta]."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="uniform",
    title="uniform on [0, theta]",
    density="1 / theta",
    variable="x",
    support="0 <= x, x <= theta",
    parameters={"theta": "theta > 0"},
    example={"theta": 2.5},
    sample=(0.8, 2.1, 1.3, 0.4),
    about="A point anywhere below an unknown maximum.",
)
