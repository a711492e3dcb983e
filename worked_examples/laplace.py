"""The centre of a Laplace distribution: corners where the derivative does not exist, and the median."""

from symbolic_mle import Model, derive

model = Model.parse(density="exp(-|x - mu| / b) / (2 b)", variable="x", parameters=["mu"], known={"b": "b > 0"})
derivation = derive(model)
print(derivation)

# An odd number of observations has one middle one; between the two middle ones of an even number the likelihood is flat.
print("On data")
for sample in ([1.0, 2.0, 7.0], [1.0, 2.0, 4.0, 7.0]):
    estimate = derivation.estimate(sample, known={"b": 1.0})
    print(f"    {sample}: {estimate.maximisers}")
