"""Chi-square, degrees of freedom."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="chi-square",
    title="chi-square, degrees of freedom",
    density="x^(k/2 - 1) e^(-x/2) / (2^(k/2) gamma(k/2))",
    variable="x",
    support="x > 0",
    parameters={"k": "k > 0"},
    example={"k": 3.0},
    sample=(0.8, 2.1, 1.3, 0.4, 3.0),
    about="Sum of k squared standard normals, with k any positive number.",
)
