"""Linear density on [0, theta]."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="triangular-right",
    title="linear density on [0, theta]",
    density="2 x / theta^2",
    variable="x",
    support="0 < x, x <= theta",
    parameters={"theta": "theta > 0"},
    example={"theta": 2.5},
    sample=(0.8, 2.1, 1.3, 0.4),
    about="Distance from the centre of a disc of unknown radius of a point chosen at random in it.",
)
