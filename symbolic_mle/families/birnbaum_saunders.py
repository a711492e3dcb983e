"""Birnbaum-Saunders shape, scale known."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="birnbaum-saunders",
    title="Birnbaum-Saunders shape, scale known",
    density="(sqrt(x / b) + sqrt(b / x)) e^(-(x / b + b / x - 2) / (2 alpha^2)) / (2 alpha x sqrt(2 pi))",
    variable="x",
    support="x > 0",
    parameters={"alpha": "alpha > 0"},
    known={"b": "b > 0"},
    example={"alpha": 0.6, "b": 1.5},
    sample=(0.9, 1.7, 2.4, 1.1),
    about="Life of a part under repeated load: fatigue.",
)
