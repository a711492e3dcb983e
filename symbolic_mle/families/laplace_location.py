"""Laplace location, scale known."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="laplace-location",
    title="Laplace location, scale known",
    density="e^(-|x - mu| / b) / (2 b)",
    variable="x",
    support="",
    parameters={"mu": ""},
    known={"b": "b > 0"},
    example={"mu": 1.0, "b": 1.2},
    sample=(1.2, -0.4, 3.1, 0.7, 2.2),
    about="Location of double-exponential errors: the sample median.",
)
