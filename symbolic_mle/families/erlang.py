"""Erlang: gamma with a whole shape, the number of waiting times that are added."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="erlang",
    title="Erlang, rate known",
    density="r^k x^(k - 1) e^(-r x) / gamma(k)",
    variable="x",
    support="x > 0",
    parameters={"k": "integer, k >= 1"},
    known={"r": "r > 0"},
    discrete=False,
    example={"k": 3, "r": 1.5},
    sample=(1.8, 2.9, 0.7, 2.2, 3.4, 1.1),
    about="The sum of k exponential waiting times.",
)
