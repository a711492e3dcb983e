"""The rate of an exponential distribution from SymPy symbols, which carry the parameter space."""

from sympy import exp, symbols

from symbolic_mle import Model, derive

x = symbols("x", nonnegative=True)
rate = symbols("lambda", positive=True)

derivation = derive(Model(rate * exp(-rate * x), x, rate))
print(derivation)

estimate = derivation.estimate([0.8, 2.1, 1.3, 0.4, 3.0])
print(
    f"\nOn data\n    waiting times 0.8, 2.1, 1.3, 0.4, 3.0: the estimate of lambda is {estimate.values['lambda']:.6g}"
)
