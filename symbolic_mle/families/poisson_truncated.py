"""Poisson without zero."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="poisson-truncated",
    title="Poisson without zero",
    density="lambda^x / ((e^lambda - 1) x!)",
    variable="x",
    support="x = 1, 2, 3, ...",
    parameters={"lambda": "lambda > 0"},
    discrete=True,
    example={"lambda": 1.7},
    sample=(1, 2, 1, 3, 2, 4),
    about="Counts of rare events where a count of zero cannot be seen.",
)
