"""A coin that has only come up heads: with 0 < p < 1 there is no estimate, and the derivation says so."""

from symbolic_mle import Model, derive

# The same density as in bernoulli.py with the ends of the space left out.
model = Model.parse(
    density="p^x (1 - p)^(1 - x)", variable="x", parameters={"p": "0 < p, p < 1"}, support="x = 0, 1", discrete=True
)
derivation = derive(model)
print(derivation)

print("On data")
for tosses in ([1, 1, 1, 1, 1], [1, 1, 0, 1, 1]):
    estimate = derivation.estimate(tosses)
    print(f"    {tosses}: maximum {estimate.existence}, values {estimate.values}")
