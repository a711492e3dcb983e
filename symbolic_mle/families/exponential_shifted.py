"""Exponential from an unknown start, rate known."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="exponential-shifted",
    title="exponential from an unknown start, rate known",
    density="lambda e^(-lambda (x - theta))",
    variable="x",
    support="x >= theta",
    parameters={"theta": ""},
    known={"lambda": "lambda > 0"},
    example={"theta": 0.3, "lambda": 1.3},
    sample=(0.8, 2.1, 1.3, 0.4, 3.0),
    about="Waiting time after a guaranteed minimum that is not known.",
)
