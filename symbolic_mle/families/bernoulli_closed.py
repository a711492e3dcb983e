"""Bernoulli, success probability in [0, 1]."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="bernoulli-closed",
    title="Bernoulli, success probability in [0, 1]",
    density="p^x (1 - p)^(1 - x)",
    variable="x",
    support="x = 0, 1",
    parameters={"p": "0 <= p, p <= 1"},
    discrete=True,
    example={"p": 0.4},
    sample=(1, 0, 0, 1, 1, 0, 1),
    about="One trial that succeeds (1) or fails (0), with certain success and certain failure allowed.",
)
