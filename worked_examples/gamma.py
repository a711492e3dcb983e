"""Shape and scale of a gamma distribution: one eliminated by algebra, the other the only root of an equation."""

from symbolic_mle import Model, derive

# For every shape k the best scale is x̄/k. What is left is an equation in k alone, log k − ψ(k) = log x̄ − mean log xᵢ,
# that no formula solves; the derivation proves that it has one root, and for which data.
model = Model.parse(
    density="x^(k - 1) e^(-x / theta) / (gamma(k) theta^k)",
    variable="x",
    parameters={"k": "k > 0", "theta": "theta > 0"},
    support="x > 0",
)
derivation = derive(model)
print(derivation)

# The root is found to the last digit. When all amounts are equal, the likelihood grows without end as k → ∞.
print("On data")
for amounts in ([0.8, 2.1, 1.3, 0.4, 3.0], [1.3, 1.3, 1.3]):
    estimate = derivation.estimate(amounts)
    print(f"    {amounts}: maximum {estimate.existence}", end="")
    print("".join(f", {name} = {value:.10g}" for name, value in (estimate.values or {}).items()))
