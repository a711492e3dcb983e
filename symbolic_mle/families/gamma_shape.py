"""Gamma shape, rate known."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="gamma-shape",
    title="gamma shape, rate known",
    density="b^a x^(a - 1) e^(-b x) / gamma(a)",
    variable="x",
    support="x > 0",
    parameters={"a": "a > 0"},
    known={"b": "b > 0"},
    example={"a": 2.0, "b": 1.2},
    sample=(0.8, 2.1, 1.3, 0.4, 3.0),
    about="How many events a waiting time spans, at a known rate.",
)
