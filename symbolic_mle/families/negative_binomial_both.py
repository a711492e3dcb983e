"""Negative binomial, size and probability."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="negative-binomial-both",
    title="negative binomial, size and probability",
    density="gamma(x + r) / (gamma(r) x!) p^r (1 - p)^x",
    variable="x",
    support="x = 0, 1, 2, ...",
    parameters={"r": "r > 0", "p": "0 < p, p < 1"},
    discrete=True,
    example={"r": 2.0, "p": 0.3},
    sample=(0, 2, 9, 1, 14, 3, 0, 6),
    about="Overdispersed counts: a Poisson whose rate has a gamma distribution.",
)
