"""Weibull, shape known, scale to its power."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="weibull-power",
    title="Weibull, shape known, scale to its power",
    density="r x^(r - 1) e^(-x^r / theta) / theta",
    variable="x",
    support="x > 0",
    parameters={"theta": "theta > 0"},
    known={"r": "r > 0"},
    example={"theta": 2.0, "r": 1.6},
    sample=(0.8, 2.1, 1.3, 0.4, 3.0),
    about="Lifetimes whose r-th power is exponential with mean theta.",
)
