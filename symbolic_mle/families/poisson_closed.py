"""Poisson, rate 0 allowed."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="poisson-closed",
    title="Poisson, rate 0 allowed",
    density="lambda^x e^(-lambda) / x!",
    variable="x",
    support="x = 0, 1, 2, ...",
    parameters={"lambda": "lambda >= 0"},
    discrete=True,
    example={"lambda": 2.5},
    sample=(2, 0, 3, 1, 4, 2),
    about="Counts of rare events, with the rate 0 (no events ever) allowed.",
)
