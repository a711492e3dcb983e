"""Probabilities of three categories, by Lagrange multipliers; an empty category is a boundary maximum."""

from symbolic_mle import Model, derive

model = Model.parse(
    density="Piecewise((p1, Eq(x, 1)), (p2, Eq(x, 2)), (p3, True))",
    variable="x",
    parameters={"p1": "p1 >= 0", "p2": "p2 >= 0", "p3": "p3 >= 0"},
    support="x = 1, 2, 3",
    constraints=["p1 + p2 + p3 == 1"],
    discrete=True,
)
derivation = derive(model)
print(derivation)

print("On data")
for answers in ([1, 1, 2, 3, 3, 3], [1, 1, 3, 3, 3, 3]):
    estimate = derivation.estimate(answers)
    print(f"    {answers}: " + ", ".join(f"{name} = {value:.4g}" for name, value in estimate.values.items()))
