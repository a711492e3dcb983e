"""Beta(theta, 1)."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="beta-theta-one",
    title="beta(theta, 1)",
    density="theta x^(theta - 1)",
    variable="x",
    support="0 < x, x < 1",
    parameters={"theta": "theta > 0"},
    example={"theta": 1.7},
    sample=(0.3, 0.7, 0.55, 0.2, 0.85),
    about="Largest of theta uniform proportions; the standard power function.",
)
