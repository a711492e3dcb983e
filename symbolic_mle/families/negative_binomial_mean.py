"""Negative binomial, mean and size."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="negative-binomial-mean",
    title="negative binomial, mean and size",
    density="(gamma(x + r) / (gamma(r) x!)) (r / (r + mu))^r (mu / (r + mu))^x",
    variable="x",
    support="x = 0, 1, 2, ...",
    parameters={"mu": "mu > 0", "r": "r > 0"},
    discrete=True,
    example={"mu": 4.0, "r": 2.0},
    sample=(0, 2, 9, 1, 14, 3, 0, 6),
    about="Overdispersed counts, parametrised by the mean: the form of count regression.",
)
