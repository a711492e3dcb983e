"""Exponential, start and mean."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="exponential-two-parameter",
    title="exponential, start and mean",
    density="e^(-(x - a) / theta) / theta",
    variable="x",
    support="x >= a",
    parameters={"a": "", "theta": "theta > 0"},
    example={"a": 0.3, "theta": 1.3},
    sample=(0.8, 2.1, 1.3, 0.4, 3.0),
    about="Waiting time after a guaranteed minimum, with both minimum and mean unknown.",
)
