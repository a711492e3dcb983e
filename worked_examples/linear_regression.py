"""A straight line with normal errors: maximum likelihood is least squares."""

from symbolic_mle import Model, derive

# The y are observed, the x are given: a model of y with a covariate. Its observations are not identically distributed.
model = Model.parse(
    density="exp(-(y - a - b x)^2 / (2 sigma2)) / sqrt(2 pi sigma2)",
    variable="y",
    parameters={"a": "", "b": "", "sigma2": "sigma2 > 0"},
    covariates=["x"],
)
derivation = derive(model)
print(derivation)

print("On data")
estimate = derivation.estimate({"x": [1, 2, 3, 4], "y": [2.1, 3.9, 6.2, 7.8]})
print("    " + ", ".join(f"{name} = {value:.6g}" for name, value in estimate.values.items()))
on_a_line = derivation.estimate({"x": [1, 2, 3], "y": [2, 4, 6]})
print(f"    points on a line: maximum {on_a_line.existence}")
