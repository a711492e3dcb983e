"""Beta, both shapes."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="beta",
    title="beta, both shapes",
    density="x^(a - 1) (1 - x)^(b - 1) / beta(a, b)",
    variable="x",
    support="0 < x, x < 1",
    parameters={"a": "a > 0", "b": "b > 0"},
    example={"a": 2.0, "b": 3.0},
    sample=(0.3, 0.7, 0.55, 0.2, 0.85),
    about="Proportions.",
)
