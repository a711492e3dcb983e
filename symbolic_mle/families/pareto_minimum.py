"""Pareto minimum, index known."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="pareto-minimum",
    title="Pareto minimum, index known",
    density="alpha m^alpha / x^(alpha + 1)",
    variable="x",
    support="x >= m",
    parameters={"m": "m > 0"},
    known={"alpha": "alpha > 0"},
    example={"m": 1.0, "alpha": 2.2},
    sample=(1.4, 2.0, 1.1, 3.7, 1.2),
    about="The smallest possible income, with a known tail.",
)
