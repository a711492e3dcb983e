"""Binomial, number of trials known."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="binomial",
    title="binomial, number of trials known",
    density="binomial(m, x) p^x (1 - p)^(m - x)",
    variable="x",
    support="x = 0, 1, ..., m",
    parameters={"p": "0 < p, p < 1"},
    known={"m": "integer, m >= 1"},
    discrete=True,
    example={"p": 0.3, "m": 6},
    sample=(2, 1, 3, 0, 2, 4),
    about="Successes in m independent trials.",
)
