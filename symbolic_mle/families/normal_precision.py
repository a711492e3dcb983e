"""Normal, mean and precision."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="normal-precision",
    title="normal, mean and precision",
    density="sqrt(tau / (2 pi)) e^(-tau (x - mu)^2 / 2)",
    variable="x",
    support="",
    parameters={"mu": "", "tau": "tau > 0"},
    example={"mu": 1.0, "tau": 0.5},
    sample=(1.2, -0.4, 3.1, 0.7, 2.2),
    about="Errors of measurement, parametrised by one over the variance.",
)
