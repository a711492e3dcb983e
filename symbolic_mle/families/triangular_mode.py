"""Triangular on [0, 1], mode."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="triangular-mode",
    title="Triangular on (0, 1), mode",
    density="2 min(x / c, (1 - x) / (1 - c))",
    variable="x",
    support="0 < x, x < 1",
    parameters={"c": "0 < c, c < 1"},
    example={"c": 0.4},
    sample=(0.31, 0.52, 0.64, 0.18, 0.45),
    about="A proportion between known limits with an unknown peak: the estimate is one of the observations.",
)
