"""A window of length 1 at an unknown place: every value of an interval is a maximum likelihood estimate."""

from symbolic_mle import Model, derive

model = Model.parse(density="1", variable="x", parameters=["theta"], support="theta <= x, x <= theta + 1")
derivation = derive(model)
print(derivation)

# One of the maximisers is in `values`; all of them are in `maximisers`, an interval as a pair.
print("On data")
for sample in ([4.2, 4.9, 4.5], [4.2, 5.2]):
    estimate = derivation.estimate(sample)
    print(f"    {sample}: one of them {estimate.values}, all of them {estimate.maximisers}")
