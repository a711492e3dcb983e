"""Gamma scale, shape known."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="gamma-scale",
    title="gamma scale, shape known",
    density="x^(k - 1) e^(-x / theta) / (gamma(k) theta^k)",
    variable="x",
    support="x > 0",
    parameters={"theta": "theta > 0"},
    known={"k": "k > 0"},
    example={"theta": 0.8, "k": 2.0},
    sample=(0.8, 2.1, 1.3, 0.4, 3.0),
    about="Waiting time for the k-th event, k known (Erlang).",
)
