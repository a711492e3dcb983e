"""Rayleigh."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="rayleigh",
    title="Rayleigh",
    density="(x / sigma^2) e^(-x^2 / (2 sigma^2))",
    variable="x",
    support="x > 0",
    parameters={"sigma": "sigma > 0"},
    example={"sigma": 1.2},
    sample=(0.8, 2.1, 1.3, 0.4, 3.0),
    about="Distance from the centre of a target: length of a normal vector in the plane.",
)
