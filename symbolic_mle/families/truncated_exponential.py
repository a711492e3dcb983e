"""Exponential on [0, 1]."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="truncated-exponential",
    title="exponential on [0, 1]",
    density="lambda e^(-lambda x) / (1 - e^(-lambda))",
    variable="x",
    support="0 <= x, x <= 1",
    parameters={"lambda": "lambda > 0"},
    example={"lambda": 1.5},
    sample=(0.3, 0.7, 0.15, 0.2, 0.55),
    about="Waiting time seen only when it is at most 1.",
)
