"""Lognormal, mean and standard deviation of the logarithm."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="lognormal-sd",
    title="lognormal, mean and standard deviation of the logarithm",
    density="e^(-(log(x) - mu)^2 / (2 sigma^2)) / (x sigma sqrt(2 pi))",
    variable="x",
    support="x > 0",
    parameters={"mu": "", "sigma": "sigma > 0"},
    example={"mu": 0.3, "sigma": 0.8},
    sample=(0.7, 1.9, 1.1, 3.2, 0.5),
    about="Products of small factors, parametrised by the standard deviation of the logarithm.",
)
