"""Gompertz level, ageing known."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="gompertz",
    title="Gompertz level, ageing known",
    density="eta b e^(b x + eta - eta e^(b x))",
    variable="x",
    support="x >= 0",
    parameters={"eta": "eta > 0"},
    known={"b": "b > 0"},
    example={"eta": 0.6, "b": 0.8},
    sample=(0.8, 2.1, 1.3, 0.4, 3.0),
    about="Human mortality: a hazard that grows exponentially with age.",
)
