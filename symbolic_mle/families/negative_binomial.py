"""Negative binomial, number of successes known."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="negative-binomial",
    title="negative binomial, number of successes known",
    density="gamma(x + r) / (gamma(r) x!) p^r (1 - p)^x",
    variable="x",
    support="x = 0, 1, 2, ...",
    parameters={"p": "0 < p, p < 1"},
    known={"r": "r > 0"},
    discrete=True,
    example={"p": 0.4, "r": 3},
    sample=(4, 2, 7, 0, 3, 5),
    about="Failures before the r-th success.",
)
