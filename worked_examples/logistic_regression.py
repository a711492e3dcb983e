"""Logistic regression: the negative log-likelihood is the cross-entropy, and separated data have no estimate."""

from symbolic_mle import Model, derive

model = Model.parse(
    density="exp(y (a + b x)) / (1 + exp(a + b x))",
    variable="y",
    parameters=["a", "b"],
    support="y = 0, 1",
    covariates=["x"],
    discrete=True,
)
derivation = derive(model)
print(derivation)

print("On data")
hours = [0.5, 1.0, 1.5, 2.0, 2.5, 3.0]
for passed in ([0, 0, 1, 0, 1, 1], [0, 0, 0, 1, 1, 1]):
    estimate = derivation.estimate({"x": hours, "y": passed})
    print(f"    {passed}: maximum {estimate.existence}", end="")
    print("".join(f", {name} = {value:.6g}" for name, value in (estimate.values or {}).items()))
