"""Kumaraswamy, both shapes."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="kumaraswamy",
    title="Kumaraswamy, both shapes",
    density="a b x^(a - 1) (1 - x^a)^(b - 1)",
    variable="x",
    support="0 < x, x < 1",
    parameters={"a": "a > 0", "b": "b > 0"},
    example={"a": 1.8, "b": 2.5},
    sample=(0.3, 0.7, 0.55, 0.2, 0.85),
    about="Proportions with a distribution function in closed form: filling of reservoirs.",
)
