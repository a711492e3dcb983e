"""Mean and variance of a normal distribution, both unknown: one at a time, and what a single observation does."""

from symbolic_mle import Model, derive

# μ "" is any real number. For every σ² the best μ is x̄, which leaves a function of σ² alone.
model = Model.parse(
    density="e^(-(x - mu)^2 / (2 sigma2)) / sqrt(2 pi sigma2)",
    variable="x",
    parameters={"mu": "", "sigma2": "sigma2 > 0"},
)
derivation = derive(model)
print(derivation)

# A single observation lies on its own mean: the density there grows without bound as σ² → 0.
print("On data")
for lengths in ([9.8, 10.4, 10.1, 9.5, 10.7], [10.0]):
    estimate = derivation.estimate(lengths)
    print(f"    {lengths}: maximum {estimate.existence}", end="")
    print("".join(f", {name} = {value:.4g}" for name, value in (estimate.values or {}).items()))
