"""Exponential, mean."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="exponential-mean",
    title="exponential, mean",
    density="e^(-x / theta) / theta",
    variable="x",
    support="x >= 0",
    parameters={"theta": "theta > 0"},
    example={"theta": 1.4},
    sample=(0.8, 2.1, 1.3, 0.4, 3.0),
    about="Waiting time without memory, parametrised by its mean.",
)
