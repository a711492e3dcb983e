"""Pareto, index and minimum."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="pareto-both",
    title="Pareto, index and minimum",
    density="alpha m^alpha / x^(alpha + 1)",
    variable="x",
    support="x >= m",
    parameters={"alpha": "alpha > 0", "m": "m > 0"},
    example={"alpha": 2.2, "m": 1.0},
    sample=(1.4, 2.0, 1.1, 3.7, 1.2),
    about="Incomes above a minimum that is not known.",
)
