"""The variance of a normal distribution with known mean: why it is 1/n, and where 1/(n - 1) comes from.

Three derivations. With the mean known, the n squared deviations from it are independent pieces of evidence, and their
average is the estimate. With the mean unknown, maximum likelihood still divides by n: it takes the deviations from the
fitted mean at face value, though they are smaller than those from the true one. The likelihood of what the fit leaves
over, the sum of squares s = (x1 - xbar)^2 + ... + (xn - xbar)^2, divides by n - 1: s / sigma^2 has a chi-square
distribution with n - 1 degrees of freedom.
"""

from symbolic_mle import Model, derive

DENSITY = "e^(-(x - mu)^2 / (2 sigma2)) / sqrt(2 pi sigma2)"
LEFT_OVER = "s^(m/2 - 1) e^(-s / (2 sigma2)) / (gamma(m/2) (2 sigma2)^(m/2))"
SPACE = {"sigma2": "sigma2 > 0"}

# The mean is declared as known. It may be any real number; its value is given with the data.
derivation = derive(Model.parse(density=DENSITY, variable="x", parameters=SPACE, known={"mu": ""}))
print(derivation)

# The same density with the mean unknown, and the density of the sum of squares that the fit leaves over.
both_unknown = derive(Model.parse(density=DENSITY, variable="x", parameters={"mu": "", **SPACE}))
left_over = derive(
    Model.parse(density=LEFT_OVER, variable="s", parameters=SPACE, support="s > 0", known={"m": "m > 0"})
)

# Five measurements of a length that is 10.
lengths = [9.8, 10.4, 10.1, 9.5, 10.7]
mean = sum(lengths) / len(lengths)
squares = sum((length - mean) ** 2 for length in lengths)
known_mean = derivation.estimate(lengths, known={"mu": 10.0}).values["sigma2"]
fitted_mean = both_unknown.estimate(lengths).values["sigma2"]
corrected = left_over.estimate([squares], known={"m": len(lengths) - 1}).values["sigma2"]

print(f"On the data {lengths}")
print(f"    mean known to be 10     1/n sum (x - 10)^2          = {known_mean:.4f}   unbiased: expectation sigma^2")
print(f"    mean unknown            1/n sum (x - xbar)^2        = {fitted_mean:.4f}   expectation (n - 1)/n sigma^2")
print(f"    from the squares alone  1/(n - 1) sum (x - xbar)^2  = {corrected:.4f}   unbiased, but not the MLE")
