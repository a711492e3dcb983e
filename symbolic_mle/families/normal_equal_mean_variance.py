"""Normal with mean equal to its variance."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="normal-equal-mean-variance",
    title="normal with mean equal to its variance",
    density="e^(-(x - theta)^2 / (2 theta)) / sqrt(2 pi theta)",
    variable="x",
    support="",
    parameters={"theta": "theta > 0"},
    example={"theta": 1.5},
    sample=(1.2, -0.4, 3.1, 0.7, 2.2),
    about="The normal approximation to a Poisson: one parameter for both mean and variance.",
)
