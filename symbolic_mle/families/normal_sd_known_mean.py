"""Normal standard deviation, mean known."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="normal-sd-known-mean",
    title="normal standard deviation, mean known",
    density="e^(-(x - mu)^2 / (2 sigma^2)) / (sigma sqrt(2 pi))",
    variable="x",
    support="",
    parameters={"sigma": "sigma > 0"},
    known={"mu": ""},
    example={"sigma": 1.4, "mu": 1.0},
    sample=(1.2, -0.4, 3.1, 0.7, 2.2),
    about="Calibration: the standard deviation of an instrument on a known quantity.",
)
