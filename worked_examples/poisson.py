"""The rate of a Poisson process from counts, and why ten quiet days give no estimate of a positive rate."""

from symbolic_mle import Model, derive

# Counts of calls in ten hours: a rate λ > 0 that is to be estimated.
model = Model.parse(
    density="lambda^x e^(-lambda) / x!", variable="x", parameters={"lambda": "lambda > 0"}, support="x = 0, 1, 2, ..."
)
derivation = derive(model)
print(derivation)

# Ten hours without a call: the likelihood e^(−10λ) rises as λ falls to 0, which is not in the space.
print("On data")
for calls in ([2, 0, 3, 1, 4, 2, 2, 1, 0, 3], [0] * 10):
    estimate = derivation.estimate(calls)
    rate = f"{estimate.values['lambda']:.4g}" if estimate.values else "none"
    print(f"    counts {calls}: maximum {estimate.existence}, estimate {rate}")
