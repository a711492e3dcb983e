"""Normal mean, variance known."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="normal-mean",
    title="normal mean, variance known",
    density="e^(-(x - mu)^2 / (2 sigma2)) / sqrt(2 pi sigma2)",
    variable="x",
    support="",
    parameters={"mu": ""},
    known={"sigma2": "sigma2 > 0"},
    example={"mu": 1.0, "sigma2": 2.0},
    sample=(1.2, -0.4, 3.1, 0.7, 2.2),
    about="Repeated measurement of one quantity with an instrument of known precision.",
)
