"""Maxwell."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="maxwell",
    title="Maxwell",
    density="sqrt(2 / pi) x^2 e^(-x^2 / (2 a^2)) / a^3",
    variable="x",
    support="x > 0",
    parameters={"a": "a > 0"},
    example={"a": 1.1},
    sample=(0.8, 2.1, 1.3, 0.4, 3.0),
    about="Speed of the molecules of a gas: length of a normal vector in space.",
)
