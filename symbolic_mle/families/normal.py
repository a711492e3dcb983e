"""Normal, mean and variance."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="normal",
    title="normal, mean and variance",
    density="e^(-(x - mu)^2 / (2 sigma2)) / sqrt(2 pi sigma2)",
    variable="x",
    support="",
    parameters={"mu": "", "sigma2": "sigma2 > 0"},
    example={"mu": 1.0, "sigma2": 2.0},
    sample=(1.2, -0.4, 3.1, 0.7, 2.2),
    about="Sums of many small independent effects; errors of measurement.",
)
