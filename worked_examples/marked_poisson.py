"""A student's working for the Poisson rate, with a sign error in the derivative that is carried to the end."""

from symbolic_mle import Model, check_working

model = Model.parse(
    density="lambda^x e^(-lambda) / x!", variable="x", parameters={"lambda": "lambda > 0"}, support="x = 0, 1, 2, ..."
)
report = check_working(
    model,
    [
        "L(λ) = ∏ e^(−λ) λ^(xᵢ) / xᵢ!",
        "ℓ(λ) = −nλ + S log λ,  S = ∑ xᵢ",
        "ℓ′(λ) = n + S/λ",
        "n + S/λ = 0",
        "λ̂ = −S/n",
    ],
)
print(report)

# For a grader: the same in stable words.
marks = report.to_dict()
print("As data:", marks["first_wrong"], marks["mistake"], marks["incomplete"])
