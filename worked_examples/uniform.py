"""The end of a uniform distribution: the score is never zero, and the largest observation is the estimate."""

from symbolic_mle import Model, derive

# Keep the indicator. The likelihood θ⁻ⁿ falls in θ, and it is 0 for every θ below an observation.
model = Model.parse(density="1/theta", variable="x", parameters={"theta": "theta > 0"}, support="0 <= x, x <= theta")
derivation = derive(model)
print(derivation)

# Ends are meant literally: with 0 ≤ x < θ the supremum is approached as θ falls to x₍ₙ₎, and no θ attains it.
half_open = derive(
    Model.parse(density="1/theta", variable="x", parameters={"theta": "theta > 0"}, support="0 <= x, x < theta")
)
print("On data")
waits = [2.1, 0.4, 3.3, 1.7]
print(f"    {waits}: the estimate of theta is {derivation.estimate(waits).values['theta']}")
print(f"    the same with x < theta: maximum {half_open.estimate(waits).existence}")
