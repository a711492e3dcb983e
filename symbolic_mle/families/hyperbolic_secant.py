"""Hyperbolic secant scale."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="hyperbolic-secant",
    title="hyperbolic secant scale",
    density="1 / (s (e^(pi x / (2 s)) + e^(-pi x / (2 s))))",
    variable="x",
    support="",
    parameters={"s": "s > 0"},
    example={"s": 1.2},
    sample=(1.2, -0.4, 3.1, 0.7, 2.2),
    about="Errors with exponential tails and a smooth peak, centre 0.",
)
