"""The mean of a normal distribution with known variance: whatever the variance is, the sample mean."""

from symbolic_mle import Model, derive

# A known constant has a space too: σ > 0 is what makes the second derivative negative.
model = Model.parse(
    density="e^(-(x - mu)^2 / (2 sigma^2)) / (sigma sqrt(2 pi))",
    variable="x",
    parameters={"mu": ""},
    known={"sigma": "sigma > 0"},
)
derivation = derive(model)
print(derivation)

# The known value is needed to evaluate the likelihood, but it does not move the estimate.
print("On data")
for sigma in (0.5, 5.0):
    estimate = derivation.estimate([9.8, 10.4, 10.1, 9.5, 10.7], known={"sigma": sigma})
    print(f"    sigma = {sigma}: the estimate of mu is {estimate.values['mu']:.4g}")
