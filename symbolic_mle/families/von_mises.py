"""Von Mises concentration, direction known."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="von-mises",
    title="von Mises concentration, direction known",
    density="e^(kappa cos(x - mu)) / (2 pi besseli(0, kappa))",
    variable="x",
    support="-pi < x, x <= pi",
    parameters={"kappa": "kappa > 0"},
    known={"mu": ""},
    example={"kappa": 1.5, "mu": 0.0},
    sample=(0.3, -0.8, 1.2, -0.1, 0.6),
    about="Spread of directions on a circle around a known one.",
)
