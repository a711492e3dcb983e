"""Normal with a mean that cannot be negative."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="normal-nonnegative-mean",
    title="normal, mean not negative",
    density="e^(-(x - mu)^2 / (2 v)) / sqrt(2 pi v)",
    variable="x",
    support="",
    parameters={"mu": "mu >= 0", "v": "v > 0"},
    known={},
    discrete=False,
    example={"mu": 0.4, "v": 1.2},
    sample=(0.7, -0.9, 1.6, 0.2, 1.1, -0.3),
    about="A restricted mean beside an unknown variance.",
)
