"""Zeta (Zipf)."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="zeta",
    title="zeta (Zipf)",
    density="x^(-s) / zeta(s)",
    variable="x",
    support="x = 1, 2, 3, ...",
    parameters={"s": "s > 1"},
    discrete=True,
    example={"s": 2.5},
    sample=(1, 2, 1, 1, 4, 3),
    about="Ranks and sizes with a power-law tail: word frequencies.",
)
