"""Uniform on 1, ..., N."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="discrete-uniform",
    title="uniform on 1, ..., N",
    density="1 / N",
    variable="x",
    support="x = 1, 2, ..., N",
    parameters={"N": "integer, N >= 1"},
    discrete=True,
    example={"N": 12},
    sample=(3, 9, 11, 2, 7),
    about="A serial number drawn at random: the German tank problem.",
)
