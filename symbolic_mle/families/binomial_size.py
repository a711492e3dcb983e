"""Binomial, chance of success known and the number of trials unknown."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="binomial-size",
    title="binomial number of trials, chance of success known",
    density="binomial(N, x) p^x (1 - p)^(N - x)",
    variable="x",
    support="x = 0, 1, ..., N",
    parameters={"N": "integer, N >= 1"},
    known={"p": "0 < p, p < 1"},
    discrete=True,
    example={"N": 9, "p": 0.4},
    sample=(3, 2, 5, 4, 1, 4),
    about="Successes in an unknown number of trials: the ratio of neighbouring likelihoods.",
)
