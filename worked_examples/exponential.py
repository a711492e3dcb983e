"""The rate of an exponential distribution from SymPy symbols, which carry the parameter space."""

from sympy import exp, symbols

from symbolic_mle import Model, derive

# The assumptions of the symbols are the model: waiting times x ≥ 0, a rate λ > 0.
x = symbols("x", nonnegative=True)
rate = symbols("lambda", positive=True)

derivation = derive(Model(rate * exp(-rate * x), x, rate))
print(derivation)

# The estimate is one over the mean waiting time.
estimate = derivation.estimate([0.8, 2.1, 1.3, 0.4, 3.0])
print(f"On data\n    waiting times 0.8, 2.1, 1.3, 0.4, 3.0: the estimate of lambda is {estimate.values['lambda']:.6g}")
