"""Inverse Gaussian mean, shape known."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="inverse-gaussian-mean",
    title="inverse Gaussian mean, shape known",
    density="sqrt(lambda / (2 pi x^3)) e^(-lambda (x - mu)^2 / (2 mu^2 x))",
    variable="x",
    support="x > 0",
    parameters={"mu": "mu > 0"},
    known={"lambda": "lambda > 0"},
    example={"mu": 1.5, "lambda": 2.0},
    sample=(0.8, 2.1, 1.3, 0.6, 3.0),
    about="First passage times, parametrised by their mean.",
)
