"""Lognormal median, spread known."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="lognormal-median",
    title="lognormal median, spread known",
    density="e^(-(log(x / m))^2 / (2 sigma2)) / (x sqrt(2 pi sigma2))",
    variable="x",
    support="x > 0",
    parameters={"m": "m > 0"},
    known={"sigma2": "sigma2 > 0"},
    example={"m": 1.3, "sigma2": 0.6},
    sample=(0.7, 1.9, 1.1, 3.2, 0.5),
    about="Products of small factors, parametrised by the median.",
)
