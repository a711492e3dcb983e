"""Bernoulli, log-odds."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="bernoulli-logit",
    title="Bernoulli, log-odds",
    density="e^(eta x) / (1 + e^eta)",
    variable="x",
    support="x = 0, 1",
    parameters={"eta": ""},
    discrete=True,
    example={"eta": -0.4},
    sample=(1, 0, 0, 1, 1, 0, 1),
    about="One trial, parametrised by the logarithm of the odds: the intercept of a logistic regression.",
)
