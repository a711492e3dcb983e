"""Log-logistic, scale and shape."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="log-logistic",
    title="log-logistic, scale and shape",
    density="(b / a) (x / a)^(b - 1) / (1 + (x / a)^b)^2",
    variable="x",
    support="x > 0",
    parameters={"a": "a > 0", "b": "b > 0"},
    example={"a": 1.4, "b": 2.5},
    sample=(0.8, 2.1, 1.3, 0.4, 3.0),
    about="Lifetimes with a hazard that rises and falls; incomes (Fisk).",
)
