"""A mixture of two normal distributions with free variances: the likelihood is unbounded, and there is no maximum."""

from symbolic_mle import Model, derive

# Put one component's mean on an observation and let its standard deviation go to 0: that observation's density grows
# without end, while the other component keeps all the others possible.
model = Model.parse(
    density="w exp(-(x - a)^2 / (2 s^2)) / (s sqrt(2 pi)) + (1 - w) exp(-(x - b)^2 / (2 t^2)) / (t sqrt(2 pi))",
    variable="x",
    parameters={"w": "0 < w, w < 1", "a": "", "b": "", "s": "s > 0", "t": "t > 0"},
)
derivation = derive(model)
print(derivation)

print("On data")
estimate = derivation.estimate([1.2, 0.7, 4.9, 5.3, 4.4])
print(f"    maximum {estimate.existence}: {estimate.note}")
