"""Geometric, failures before the first success."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="geometric-failures",
    title="geometric, failures before the first success",
    density="p (1 - p)^x",
    variable="x",
    support="x = 0, 1, 2, ...",
    parameters={"p": "0 < p, p < 1"},
    discrete=True,
    example={"p": 0.35},
    sample=(0, 2, 1, 0, 4, 1),
    about="Number of failures before the first success.",
)
