"""Cauchy scale, location known."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="cauchy-scale",
    title="Cauchy scale, location known",
    density="s / (pi (s^2 + (x - m)^2))",
    variable="x",
    support="",
    parameters={"s": "s > 0"},
    known={"m": ""},
    example={"s": 1.0, "m": 0.5},
    sample=(1.2, -0.4, 3.1, 0.7, 2.2),
    about="Spread of Cauchy errors around a known centre.",
)
