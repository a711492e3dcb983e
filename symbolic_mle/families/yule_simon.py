"""Yule-Simon."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="yule-simon",
    title="Yule-Simon",
    density="rho beta(x, rho + 1)",
    variable="x",
    support="x = 1, 2, 3, ...",
    parameters={"rho": "rho > 0"},
    discrete=True,
    example={"rho": 1.8},
    sample=(1, 1, 2, 1, 5, 3),
    about="Counts that grow by preferential attachment: citations, species in genera.",
)
