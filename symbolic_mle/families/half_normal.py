"""Half-normal."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="half-normal",
    title="half-normal",
    density="sqrt(2 / pi) e^(-x^2 / (2 sigma^2)) / sigma",
    variable="x",
    support="x >= 0",
    parameters={"sigma": "sigma > 0"},
    example={"sigma": 1.5},
    sample=(0.4, 1.9, 0.8, 2.3),
    about="Absolute value of a normal error with mean 0.",
)
