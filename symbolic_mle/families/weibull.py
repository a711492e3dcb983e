"""Weibull, shape and scale."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="weibull",
    title="Weibull, shape and scale",
    density="(k / s) (x / s)^(k - 1) e^(-(x / s)^k)",
    variable="x",
    support="x > 0",
    parameters={"k": "k > 0", "s": "s > 0"},
    example={"k": 1.6, "s": 2.0},
    sample=(0.8, 2.1, 1.3, 0.4, 3.0),
    about="Life of a chain that breaks at its weakest link.",
)
