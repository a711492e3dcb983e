"""Lognormal, mean and variance of the logarithm."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="lognormal",
    title="lognormal, mean and variance of the logarithm",
    density="e^(-(log(x) - mu)^2 / (2 sigma2)) / (x sqrt(2 pi sigma2))",
    variable="x",
    support="x > 0",
    parameters={"mu": "", "sigma2": "sigma2 > 0"},
    example={"mu": 0.3, "sigma2": 0.6},
    sample=(0.7, 1.9, 1.1, 3.2, 0.5),
    about="Products of many small independent factors: incomes, sizes of particles.",
)
