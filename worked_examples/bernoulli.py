"""The success probability of a coin from k heads in n tosses, with 0 and 1 allowed."""

from symbolic_mle import Model, derive

# The ends of a parameter space are meant literally. With 0 ≤ p ≤ 1 all heads and all tails have an estimate, p = 1 and
# p = 0; with 0 < p < 1 they would have none.
model = Model.parse(
    density="p^x (1 - p)^(1 - x)", variable="x", parameters={"p": "0 <= p, p <= 1"}, support="x = 0, 1", discrete=True
)
derivation = derive(model)
print(derivation)

# Three samples, one for each case of the derivation.
print("On data")
for tosses in ([1, 1, 0, 1, 0, 1, 1, 0, 1, 1], [0, 0, 0, 0], [1, 1, 1, 1]):
    estimate = derivation.estimate(tosses)
    print(f"    k = {sum(tosses)} heads in n = {len(tosses):2} tosses: the estimate of p is {estimate.values['p']:.4g}")
