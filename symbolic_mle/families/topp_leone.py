"""Topp-Leone."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="topp-leone",
    title="Topp-Leone",
    density="2 nu (1 - x) x^(nu - 1) (2 - x)^(nu - 1)",
    variable="x",
    support="0 < x, x < 1",
    parameters={"nu": "nu > 0"},
    example={"nu": 1.5},
    sample=(0.3, 0.7, 0.55, 0.2, 0.85),
    about="Proportions with a bathtub hazard.",
)
