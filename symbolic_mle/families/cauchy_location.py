"""Cauchy location, scale known."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="cauchy-location",
    title="Cauchy location, scale known",
    density="s / (pi (s^2 + (x - m)^2))",
    variable="x",
    support="",
    parameters={"m": ""},
    known={"s": "s > 0"},
    example={"m": 0.5, "s": 1.0},
    sample=(1.2, -0.4, 3.1, 0.7, 2.2),
    about="Where a beam of light sweeps a wall; the likelihood can have many peaks.",
)
