"""Normal, mean and standard deviation."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="normal-sd",
    title="normal, mean and standard deviation",
    density="e^(-(x - mu)^2 / (2 sigma^2)) / (sigma sqrt(2 pi))",
    variable="x",
    support="",
    parameters={"mu": "", "sigma": "sigma > 0"},
    example={"mu": 1.0, "sigma": 1.4},
    sample=(1.2, -0.4, 3.1, 0.7, 2.2),
    about="Errors of measurement, parametrised by the standard deviation.",
)
