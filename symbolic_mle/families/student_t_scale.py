"""Student t scale, degrees of freedom known."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="student-t-scale",
    title="Student t scale, degrees of freedom known",
    density="(gamma((nu + 1)/2) / (s sqrt(nu pi) gamma(nu/2))) (1 + x^2 / (nu s^2))^(-(nu + 1)/2)",
    variable="x",
    support="",
    parameters={"s": "s > 0"},
    known={"nu": "nu > 0"},
    example={"s": 1.2, "nu": 4.0},
    sample=(1.2, -0.4, 3.1, 0.7, 2.2),
    about="Spread of heavy-tailed errors with centre 0.",
)
