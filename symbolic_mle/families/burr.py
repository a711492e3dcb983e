"""Burr XII index, power known."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="burr",
    title="Burr XII index, power known",
    density="c k x^(c - 1) (1 + x^c)^(-k - 1)",
    variable="x",
    support="x > 0",
    parameters={"k": "k > 0"},
    known={"c": "c > 0"},
    example={"k": 1.8, "c": 2.0},
    sample=(0.8, 2.1, 1.3, 0.4, 3.0),
    about="Household incomes; a flexible tail.",
)
