"""Logarithmic series."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="logarithmic",
    title="logarithmic series",
    density="-p^x / (x log(1 - p))",
    variable="x",
    support="x = 1, 2, 3, ...",
    parameters={"p": "0 < p, p < 1"},
    discrete=True,
    example={"p": 0.6},
    sample=(1, 1, 3, 2, 1, 5),
    about="Abundance of species: how many individuals of a species were caught.",
)
