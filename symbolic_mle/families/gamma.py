"""Gamma, shape and scale."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="gamma",
    title="gamma, shape and scale",
    density="x^(k - 1) e^(-x / theta) / (gamma(k) theta^k)",
    variable="x",
    support="x > 0",
    parameters={"k": "k > 0", "theta": "theta > 0"},
    example={"k": 2.0, "theta": 0.8},
    sample=(0.8, 2.1, 1.3, 0.4, 3.0),
    about="Positive skewed amounts: rainfall, claims, waiting for the k-th event.",
)
