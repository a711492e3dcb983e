"""Uniform on [a, b]."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="uniform-interval",
    title="uniform on [a, b]",
    density="1 / (b - a)",
    variable="x",
    support="a <= x, x <= b",
    parameters={"a": "", "b": ""},
    constraints=("a < b",),
    example={"a": -1.0, "b": 2.0},
    sample=(0.8, -0.6, 1.3, 0.4),
    about="A point anywhere between two unknown ends.",
)
