"""Asymmetric Laplace, location and scale, share of the left side known."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="laplace-asymmetric",
    title="Asymmetric Laplace, location and scale",
    density="p (1 - p) / s * e^(-(|x - m| + (2 p - 1)(x - m)) / (2 s))",
    variable="x",
    support="",
    parameters={"m": "", "s": "s > 0"},
    known={"p": "0 < p, p < 1"},
    example={"m": 1.0, "s": 0.8, "p": 0.3},
    sample=(1.2, -0.4, 3.1, 0.7, 2.2),
    about="Errors whose quantile p is 0: the likelihood of quantile regression without covariates.",
)
