"""The success probability of a coin from k heads in n tosses, with 0 and 1 allowed."""

from symbolic_mle import Model, derive

model = Model.parse(
    density="p^x (1 - p)^(1 - x)", variable="x", parameters={"p": "0 <= p, p <= 1"}, support="x = 0, 1", discrete=True
)
derivation = derive(model)
print(derivation)

print("\nOn data")
for tosses in ([1, 1, 0, 1, 0, 1, 1, 0, 1, 1], [0, 0, 0, 0], [1, 1, 1, 1]):
    estimate = derivation.estimate(tosses)
    print(f"    k = {sum(tosses)} heads in n = {len(tosses):2} tosses: the estimate of p is {estimate.values['p']:.4g}")
