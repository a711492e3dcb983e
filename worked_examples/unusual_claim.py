"""Is a claimed estimator right? A right one in an unusual shape, in plain text, LaTeX and Unicode."""

from symbolic_mle import Model, check

# Pareto with a known lower end m: the textbook writes â = n / ∑ log(xᵢ/m).
model = Model.parse(
    density="a m^a / x^(a + 1)", variable="x", parameters={"a": "a > 0"}, support="x >= m", known={"m": "m > 0"}
)
for claim in (
    "n/sum(log(x_i/m))",
    r"\hat{a} = \frac{1}{\overline{\ln x} - \ln m}",
    "â = 1 / log((∏ xᵢ)^(1/n) / m)",
    "n/sum(log(x_i))",
):
    verdict = check(model, {"a": claim})
    print(f"{claim}\n    {verdict}\n")
