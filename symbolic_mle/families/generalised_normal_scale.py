"""Generalised normal scale, centre and shape known."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="generalised-normal-scale",
    title="generalised normal scale, centre and shape known",
    density="b e^(-(|x - mu| / a)^b) / (2 a gamma(1/b))",
    variable="x",
    support="",
    parameters={"a": "a > 0"},
    known={"b": "b > 0", "mu": ""},
    example={"a": 1.5, "b": 3.0, "mu": 1.0},
    sample=(1.2, -0.4, 3.1, 0.7, 2.2),
    about="Errors with tails heavier (b < 2) or lighter (b > 2) than the normal.",
)
