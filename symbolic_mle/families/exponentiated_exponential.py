"""Exponentiated exponential shape, rate known."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="exponentiated-exponential",
    title="exponentiated exponential shape, rate known",
    density="a lambda e^(-lambda x) (1 - e^(-lambda x))^(a - 1)",
    variable="x",
    support="x > 0",
    parameters={"a": "a > 0"},
    known={"lambda": "lambda > 0"},
    example={"a": 1.8, "lambda": 0.9},
    sample=(0.8, 2.1, 1.3, 0.4, 3.0),
    about="Life of a system of parallel parts: the slowest of a exponential times.",
)
