"""Von Mises direction, concentration known."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="von-mises-direction",
    title="von Mises direction, concentration known",
    density="e^(kappa cos(x - mu)) / (2 pi besseli(0, kappa))",
    variable="x",
    support="-pi < x, x <= pi",
    parameters={"mu": "-pi < mu, mu <= pi"},
    known={"kappa": "kappa > 0"},
    example={"mu": 0.4, "kappa": 1.5},
    sample=(0.3, -0.8, 1.2, -0.1, 0.6),
    about="Mean direction of angles: homing of birds.",
)
