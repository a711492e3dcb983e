"""Pareto index, minimum known."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="pareto",
    title="Pareto index, minimum known",
    density="alpha m^alpha / x^(alpha + 1)",
    variable="x",
    support="x >= m",
    parameters={"alpha": "alpha > 0"},
    known={"m": "m > 0"},
    example={"alpha": 2.2, "m": 1.0},
    sample=(1.4, 2.0, 1.1, 3.7, 1.2),
    about="Incomes, city sizes, file sizes above a known minimum.",
)
