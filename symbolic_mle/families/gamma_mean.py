"""Gamma, shape and mean."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="gamma-mean",
    title="gamma, shape and mean",
    density="(k / mu)^k x^(k - 1) e^(-k x / mu) / gamma(k)",
    variable="x",
    support="x > 0",
    parameters={"k": "k > 0", "mu": "mu > 0"},
    example={"k": 2.0, "mu": 1.6},
    sample=(0.8, 2.1, 1.3, 0.4, 3.0),
    about="Positive skewed amounts, parametrised by the mean: the form of gamma regression.",
)
