"""Kumaraswamy second shape, first known."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="kumaraswamy-b",
    title="Kumaraswamy second shape, first known",
    density="a b x^(a - 1) (1 - x^a)^(b - 1)",
    variable="x",
    support="0 < x, x < 1",
    parameters={"b": "b > 0"},
    known={"a": "a > 0"},
    example={"b": 2.5, "a": 1.8},
    sample=(0.3, 0.7, 0.55, 0.2, 0.85),
    about="Proportions, with the behaviour near 0 known.",
)
