"""Poisson, logarithm of the rate."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="poisson-log-rate",
    title="Poisson, logarithm of the rate",
    density="e^(eta x - e^eta) / x!",
    variable="x",
    support="x = 0, 1, 2, ...",
    parameters={"eta": ""},
    discrete=True,
    example={"eta": 0.7},
    sample=(2, 0, 3, 1, 4, 2),
    about="Counts of rare events, parametrised by the log rate: the intercept of a Poisson regression.",
)
