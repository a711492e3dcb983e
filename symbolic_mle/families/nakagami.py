"""Nakagami, shape and spread."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="nakagami",
    title="Nakagami, shape and spread",
    density="2 m^m x^(2 m - 1) e^(-m x^2 / w) / (gamma(m) w^m)",
    variable="x",
    support="x > 0",
    parameters={"m": "m > 0", "w": "w > 0"},
    example={"m": 1.5, "w": 2.5},
    sample=(0.8, 2.1, 1.3, 0.4, 3.0),
    about="Strength of a radio signal that arrives along many paths.",
)
