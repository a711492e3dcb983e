"""Weibull scale, shape known."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="weibull-scale",
    title="Weibull scale, shape known",
    density="(k / s) (x / s)^(k - 1) e^(-(x / s)^k)",
    variable="x",
    support="x > 0",
    parameters={"s": "s > 0"},
    known={"k": "k > 0"},
    example={"s": 2.0, "k": 1.6},
    sample=(0.8, 2.1, 1.3, 0.4, 3.0),
    about="Lifetimes with a known way of ageing.",
)
