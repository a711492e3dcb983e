"""Gumbel location, scale known."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="gumbel-location",
    title="Gumbel location, scale known",
    density="e^(-(x - mu) / b - e^(-(x - mu) / b)) / b",
    variable="x",
    support="",
    parameters={"mu": ""},
    known={"b": "b > 0"},
    example={"mu": 1.0, "b": 1.2},
    sample=(1.2, -0.4, 3.1, 0.7, 2.2),
    about="Level of the largest of many, with known spread.",
)
