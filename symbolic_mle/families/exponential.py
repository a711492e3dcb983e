"""Exponential, rate."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="exponential",
    title="exponential, rate",
    density="lambda e^(-lambda x)",
    variable="x",
    support="x >= 0",
    parameters={"lambda": "lambda > 0"},
    example={"lambda": 0.8},
    sample=(0.8, 2.1, 1.3, 0.4, 3.0),
    about="Waiting time for an event that is as likely at one moment as at the next.",
)
