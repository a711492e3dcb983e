"""Geometric on 0, 1, 2, ..., mean."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="geometric-mean",
    title="geometric on 0, 1, 2, ..., mean",
    density="mu^x / (1 + mu)^(x + 1)",
    variable="x",
    support="x = 0, 1, 2, ...",
    parameters={"mu": "mu > 0"},
    discrete=True,
    example={"mu": 1.8},
    sample=(0, 2, 1, 0, 4, 1),
    about="Failures before the first success, parametrised by their expected number.",
)
