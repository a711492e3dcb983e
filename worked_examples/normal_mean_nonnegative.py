"""A mean that cannot be negative: the projection of x̄ on the parameter space."""

from symbolic_mle import Model, derive

model = Model.parse(
    density="exp(-(x - mu)^2 / (2 sigma^2)) / sqrt(2 pi sigma^2)",
    variable="x",
    parameters={"mu": "mu >= 0"},
    known={"sigma": "sigma > 0"},
)
derivation = derive(model)
print(derivation)

print("On data")
for sample in ([0.3, -0.1, 0.7], [-0.4, 0.1, -0.6]):
    estimate = derivation.estimate(sample, known={"sigma": 0.5})
    print(f"    {sample}: the estimate of mu is {estimate.values['mu']:.4g}")
