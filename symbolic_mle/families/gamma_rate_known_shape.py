"""Gamma rate, shape known."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="gamma-rate-known-shape",
    title="gamma rate, shape known",
    density="b^a x^(a - 1) e^(-b x) / gamma(a)",
    variable="x",
    support="x > 0",
    parameters={"b": "b > 0"},
    known={"a": "a > 0"},
    example={"b": 1.2, "a": 2.0},
    sample=(0.8, 2.1, 1.3, 0.4, 3.0),
    about="Rate of events from the waiting time for the a-th, a known.",
)
