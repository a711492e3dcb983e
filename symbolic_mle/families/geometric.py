"""Geometric, trials up to and with the first success."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="geometric",
    title="geometric, trials up to and with the first success",
    density="p (1 - p)^(x - 1)",
    variable="x",
    support="x = 1, 2, 3, ...",
    parameters={"p": "0 < p, p <= 1"},
    discrete=True,
    example={"p": 0.35},
    sample=(1, 3, 2, 1, 5, 2),
    about="Number of trials needed for the first success.",
)
