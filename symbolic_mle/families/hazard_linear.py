"""Linear hazard."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="hazard-linear",
    title="linear hazard",
    density="theta x e^(-theta x^2 / 2)",
    variable="x",
    support="x > 0",
    parameters={"theta": "theta > 0"},
    example={"theta": 0.8},
    sample=(0.8, 2.1, 1.3, 0.4, 3.0),
    about="Lifetimes with a hazard proportional to age: Rayleigh, parametrised by the slope.",
)
