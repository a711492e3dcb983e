"""Erlang with two stages."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="erlang-two",
    title="Erlang with two stages",
    density="x e^(-x / theta) / theta^2",
    variable="x",
    support="x > 0",
    parameters={"theta": "theta > 0"},
    example={"theta": 0.9},
    sample=(0.8, 2.1, 1.3, 0.4, 3.0),
    about="Waiting time for the second event.",
)
