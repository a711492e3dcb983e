"""Poisson-Lindley."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="poisson-lindley",
    title="Poisson-Lindley",
    density="theta^2 (x + theta + 2) / (theta + 1)^(x + 3)",
    variable="x",
    support="x = 0, 1, 2, ...",
    parameters={"theta": "theta > 0"},
    discrete=True,
    example={"theta": 0.9},
    sample=(0, 3, 1, 2, 0, 5),
    about="Overdispersed counts with one parameter: a Poisson whose rate has a Lindley distribution.",
)
