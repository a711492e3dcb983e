"""Poisson."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="poisson",
    title="Poisson",
    density="lambda^x e^(-lambda) / x!",
    variable="x",
    support="x = 0, 1, 2, ...",
    parameters={"lambda": "lambda > 0"},
    discrete=True,
    example={"lambda": 2.5},
    sample=(2, 0, 3, 1, 4, 2),
    about="Counts of independent rare events in a fixed stretch of time or space.",
)
