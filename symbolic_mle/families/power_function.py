"""Power function index, upper end known."""

from symbolic_mle.families.family import Family

FAMILY = Family(
    name="power-function",
    title="power function index, upper end known",
    density="a x^(a - 1) / u^a",
    variable="x",
    support="0 < x, x <= u",
    parameters={"a": "a > 0"},
    known={"u": "u > 0"},
    example={"a": 1.6, "u": 2.0},
    sample=(0.8, 1.9, 1.3, 0.4, 1.6),
    about="Amounts below a known maximum.",
)
