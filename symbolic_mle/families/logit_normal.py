"""Logit-normal."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="logit-normal",
    title="logit-normal",
    density="e^(-(log(x / (1 - x)) - mu)^2 / (2 sigma2)) / (x (1 - x) sqrt(2 pi sigma2))",
    variable="x",
    support="0 < x, x < 1",
    parameters={"mu": "", "sigma2": "sigma2 > 0"},
    example={"mu": 0.2, "sigma2": 0.8},
    sample=(0.3, 0.7, 0.55, 0.2, 0.8),
    about="Proportions whose log-odds are normal.",
)
