"""Inverse Gaussian shape, mean known."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="inverse-gaussian-shape",
    title="inverse Gaussian shape, mean known",
    density="sqrt(lambda / (2 pi x^3)) e^(-lambda (x - mu)^2 / (2 mu^2 x))",
    variable="x",
    support="x > 0",
    parameters={"lambda": "lambda > 0"},
    known={"mu": "mu > 0"},
    example={"lambda": 2.0, "mu": 1.5},
    sample=(0.8, 2.1, 1.3, 0.6, 3.0),
    about="Spread of first passage times around a known mean.",
)
