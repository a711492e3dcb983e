"""Chi, degrees of freedom."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="chi",
    title="chi, degrees of freedom",
    density="x^(k - 1) e^(-x^2 / 2) / (2^(k/2 - 1) gamma(k/2))",
    variable="x",
    support="x > 0",
    parameters={"k": "k > 0"},
    example={"k": 3.0},
    sample=(0.8, 2.1, 1.3, 0.4, 3.0),
    about="Length of a standard normal vector in k dimensions, with k any positive number.",
)
