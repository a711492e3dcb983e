"""Half-logistic scale."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="half-logistic",
    title="half-logistic scale",
    density="2 e^(-x / s) / (s (1 + e^(-x / s))^2)",
    variable="x",
    support="x >= 0",
    parameters={"s": "s > 0"},
    example={"s": 1.1},
    sample=(0.8, 2.1, 1.3, 0.4, 3.0),
    about="Absolute value of a logistic error with centre 0.",
)
