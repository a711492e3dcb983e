"""Inverse gamma scale, shape known."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="inverse-gamma-scale",
    title="inverse gamma scale, shape known",
    density="b^a x^(-a - 1) e^(-b / x) / gamma(a)",
    variable="x",
    support="x > 0",
    parameters={"b": "b > 0"},
    known={"a": "a > 0"},
    example={"b": 2.0, "a": 3.0},
    sample=(0.8, 2.1, 1.3, 0.4, 3.0),
    about="Scale of one over a gamma.",
)
