"""Inverse Gaussian, mean and shape."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="inverse-gaussian",
    title="inverse Gaussian, mean and shape",
    density="sqrt(lambda / (2 pi x^3)) e^(-lambda (x - mu)^2 / (2 mu^2 x))",
    variable="x",
    support="x > 0",
    parameters={"mu": "mu > 0", "lambda": "lambda > 0"},
    example={"mu": 1.5, "lambda": 2.0},
    sample=(0.8, 2.1, 1.3, 0.6, 3.0),
    about="First time that a Brownian motion with drift reaches a level.",
)
