"""Borel."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="borel",
    title="Borel",
    density="e^(-mu x) (mu x)^(x - 1) / x!",
    variable="x",
    support="x = 1, 2, 3, ...",
    parameters={"mu": "0 < mu, mu < 1"},
    discrete=True,
    example={"mu": 0.5},
    sample=(1, 2, 1, 4, 1, 3),
    about="Total size of a branching process with Poisson offspring; customers in a busy period.",
)
