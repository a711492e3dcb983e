"""Normal variance, mean known."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="normal-variance",
    title="normal variance, mean known",
    density="e^(-(x - mu)^2 / (2 sigma2)) / sqrt(2 pi sigma2)",
    variable="x",
    support="",
    parameters={"sigma2": "sigma2 > 0"},
    known={"mu": ""},
    example={"sigma2": 2.0, "mu": 1.0},
    sample=(1.2, -0.4, 3.1, 0.7, 2.2),
    about="Calibration: the spread of an instrument on a known quantity.",
)
