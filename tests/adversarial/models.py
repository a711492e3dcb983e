"""Sixty models as text, each with its log-density written again by hand and a recipe for samples."""

from __future__ import annotations

import numpy as np
from numpy import exp, log, log1p, pi, sqrt

from tests.adversarial.laws import (
    AMOUNTS,
    COUNTS,
    LINE,
    POINTS,
    POSITIVE,
    REALS,
    SHARES,
    UNIT,
    Adversary,
    above_zero,
    bernoulli,
    beta,
    cells,
    gamma,
    gammaln,
    gumbel,
    inverse_gaussian,
    normal,
    share,
    softplus,
    xlogy,
)

MODELS = (
    # ------------------------------------------------------------ positive amounts
    Adversary(
        "burr, c", "c k x^(c-1)/(1+x^c)^(k+1)", above_zero("c"), POSITIVE,
        lambda x, c, k: log(c * k) + (c - 1) * log(x) - (k + 1) * softplus(0, c * log(x)),
        lambda r, n: sqrt((1 - r.random(n)) ** (-2 / 3) - 1), AMOUNTS, {"k": 1.5},
    ),
    Adversary(
        "log-logistic", "(b/a) (x/a)^(b-1)/(1+(x/a)^b)^2", above_zero("a", "b"), POSITIVE,
        lambda x, a, b: log(b / a) + (b - 1) * log(x / a) - 2 * softplus(0, b * log(x / a)),
        lambda r, n: exp(r.logistic(0.3, 0.5, n)), AMOUNTS,
    ),
    Adversary(
        "lomax, scale", "(a/l) (1+x/l)^(-(a+1))", above_zero("l"), "x >= 0",
        lambda x, s, a: log(a / s) - (a + 1) * log1p(x / s), lambda r, n: 2 * r.pareto(1.5, n), (0.0, 1, 2, 7), {"a": 1.5},
    ),
    Adversary(
        "generalised Pareto, shape", "(1+xi x)^(-1/xi-1)", above_zero("xi"), POSITIVE,
        lambda x, xi: -(1 / xi + 1) * log1p(xi * x), lambda r, n: 2 * r.pareto(1.5, n), AMOUNTS,
    ),
    Adversary(
        "inverse Weibull", "(a/s) (x/s)^(-a-1) exp(-(x/s)^(-a))", above_zero("a", "s"), POSITIVE,
        lambda x, a, s: log(a / s) - (a + 1) * log(x / s) - (x / s) ** (-a), lambda r, n: 2 / r.weibull(2, n), AMOUNTS,
    ),
    Adversary(
        "Nakagami, m >= 1/2", "2 m^m/(gamma(m) Omega^m) x^(2 m-1) exp(-m x^2/Omega)",
        {"m": "m >= 1/2", "Omega": "Omega > 0"}, POSITIVE,
        lambda x, m, w: log(2) + m * log(m / w) - gammaln(m) + (2 * m - 1) * log(x) - m * x**2 / w,
        lambda r, n: sqrt(r.gamma(1.5, 2 / 1.5, n)), AMOUNTS,
    ),
    Adversary(
        "half-Cauchy", "2/(pi s (1+(x/s)^2))", above_zero("s"), "x >= 0",
        lambda x, s: log(2 / pi / s) - log1p((x / s) ** 2), lambda r, n: abs(r.standard_cauchy(n)), (0.0, 1, 2, 7),
    ),
    Adversary(
        "Gompertz, rate", "b eta exp(eta+b x-eta exp(b x))", above_zero("b"), "x >= 0",
        lambda x, b, eta: log(b * eta) + eta + b * x - eta * exp(b * x),
        lambda r, n: log1p(r.exponential(1, n) / 0.7) / 1.2, (0.0, 1, 2, 7), {"eta": 0.7},
    ),
    Adversary(
        "Muth", "(exp(a x)-a) exp(a x-(exp(a x)-1)/a)", {"a": "0 < a, a <= 1"}, POSITIVE,
        lambda x, a: log(exp(a * x) - a) + a * x - np.expm1(a * x) / a, lambda r, n: r.exponential(1, n), AMOUNTS,
    ),
    Adversary(
        "Lindley", "theta^2/(1+theta) (1+x) exp(-theta x)", above_zero("theta"), POSITIVE,
        lambda x, t: 2 * log(t) - log1p(t) + log1p(x) - t * x, lambda r, n: r.gamma(1.5, 1, n), AMOUNTS,
    ),
    Adversary(
        "Lindley, second parameter", "theta^2/(theta+a) (1+a x) exp(-theta x)", {"a": "a >= 0"}, POSITIVE,
        lambda x, a, t: 2 * log(t) - log(t + a) + log1p(a * x) - t * x, lambda r, n: r.gamma(1.5, 1, n), AMOUNTS,
        {"theta": 1.3},
    ),
    Adversary(
        "Weibull, zero in the support", "k/l (x/l)^(k-1) exp(-(x/l)^k)", above_zero("k", "l"), "x >= 0",
        lambda x, k, s: log(k / s) + (k - 1) * log(x / s) - (x / s) ** k, lambda r, n: 2 * r.weibull(1.5, n), AMOUNTS,
    ),
    Adversary(
        "linear hazard, slope", "(a+b x) exp(-a x-b x^2/2)", {"b": "b >= 0"}, POSITIVE,
        lambda x, b, a: log(a + b * x) - a * x - b * x**2 / 2, lambda r, n: r.exponential(1, n), AMOUNTS, {"a": 0.5},
    ),
    Adversary(
        "gamma of mean 1", "k^k x^(k-1) exp(-k x)/gamma(k)", above_zero("k"), POSITIVE,
        lambda x, k: gamma(x, k, 1 / k), lambda r, n: r.gamma(2, 0.5, n), AMOUNTS,
    ),
    Adversary(
        "gamma by mean and variance", "(m/v)^(m^2/v) x^(m^2/v-1) exp(-m x/v)/gamma(m^2/v)", above_zero("m", "v"), POSITIVE,
        lambda x, m, v: gamma(x, m * m / v, v / m), lambda r, n: r.gamma(2, 1.5, n), AMOUNTS,
    ),
    Adversary(
        "gamma of rate e^b", "exp(a b) x^(a-1) exp(-exp(b) x)/gamma(a)", {"a": "a > 0", "b": ""}, POSITIVE,
        lambda x, a, b: gamma(x, a, exp(-b)), lambda r, n: r.gamma(2, 1.5, n), AMOUNTS,
    ),
    Adversary(
        "gamma of scale k", "x^(k-1) exp(-x/k)/(gamma(k) k^k)", above_zero("k"), POSITIVE,
        lambda x, k: gamma(x, k, k), lambda r, n: r.gamma(2, 1.5, n), AMOUNTS,
    ),
    Adversary(
        "chi-squared", "x^(nu/2-1) exp(-x/2)/(2^(nu/2) gamma(nu/2))", above_zero("nu"), POSITIVE,
        lambda x, nu: gamma(x, nu / 2, 2.0), lambda r, n: r.chisquare(3, n), AMOUNTS,
    ),
    Adversary(
        "inverse Gaussian, dispersion", "(2 pi phi x^3)^(-1/2) exp(-(x-mu)^2/(2 phi mu^2 x))", above_zero("mu", "phi"),
        POSITIVE, lambda x, m, f: inverse_gaussian(x, m, 1 / f), lambda r, n: r.wald(1.5, 2, n), AMOUNTS,
    ),
    Adversary(
        "inverse Gaussian, natural", "sqrt(b/(2 pi x^3)) exp(sqrt(a b)-a x/2-b/(2 x))", above_zero("a", "b"), POSITIVE,
        lambda x, a, b: 0.5 * log(b / 2 / pi) - 1.5 * log(x) + sqrt(a * b) - a * x / 2 - b / 2 / x,
        lambda r, n: r.wald(1.5, 2, n), AMOUNTS,
    ),
    Adversary(
        "first passage, drift", "a/sqrt(2 pi x^3) exp(-(a-v x)^2/(2 x))", {"v": "v >= 0"}, POSITIVE,
        lambda x, v, a: log(a) - 0.5 * log(2 * pi * x**3) - (a - v * x) ** 2 / 2 / x, lambda r, n: r.wald(1.5, 2, n),
        AMOUNTS, {"a": 1.5},
    ),
    Adversary(
        "lognormal of mean 1", "exp(-(log(x)+v/2)^2/(2 v))/(x sqrt(2 pi v))", above_zero("v"), POSITIVE,
        lambda x, v: normal(log(x), -v / 2, v) - log(x), lambda r, n: r.lognormal(-0.3, 0.8, n), AMOUNTS,
    ),
    Adversary(
        "lognormal by its mean", "exp(-(log(x)-log(m)+s^2/2)^2/(2 s^2))/(x s sqrt(2 pi))", above_zero("m", "s"), POSITIVE,
        lambda x, m, s: normal(log(x), log(m) - s * s / 2, s * s) - log(x), lambda r, n: r.lognormal(0.3, 0.8, n), AMOUNTS,
    ),
    Adversary(
        "fatigue life", "(sqrt(x/b)+sqrt(b/x))/(2 a x sqrt(2 pi)) exp(-(x/b+b/x-2)/(2 a^2))", above_zero("b"), POSITIVE,
        lambda x, b, a: log(sqrt(x / b) + sqrt(b / x)) - log(2 * a * x) - 0.5 * log(2 * pi)
        - (x / b + b / x - 2) / 2 / a**2,
        lambda r, n: r.lognormal(0.3, 2.5, n), AMOUNTS, {"a": 5.0}, True,
    ),
    Adversary(
        "exponential, rate at most 1", "theta exp(-theta x)", {"theta": "0 < theta, theta <= 1"}, POSITIVE,
        lambda x, t: log(t) - t * x, lambda r, n: r.exponential(2, n), AMOUNTS,
    ),
    Adversary(
        "exponential, open interval", "exp(-x/E)/E", {"E": "1 < E, E < 2"}, "x >= 0",
        lambda x, t: -log(t) - x / t, lambda r, n: r.exponential(1.5, n), (0.0, 1.5, 1.6, 7),
    ),
    Adversary(
        "exponential of rate zeta", "zeta*exp(-zeta*x)", above_zero("zeta"), "x >= 0",
        lambda x, t: log(t) - t * x, lambda r, n: r.exponential(2, n), (0.0, 1, 2, 7),
    ),
    Adversary(
        "Weibull, shape in [1, 2]", "k x^(k-1) exp(-x^k)", {"k": "1 <= k, k <= 2"}, POSITIVE,
        lambda x, k: log(k) + (k - 1) * log(x) - x**k, lambda r, n: r.weibull(1.5, n), AMOUNTS,
    ),
    # ------------------------------------------------------------ shares and angles
    Adversary(
        "beta by mean, precision known", "x^(mu phi-1) (1-x)^((1-mu) phi-1)/beta(mu phi, (1-mu) phi)", share("mu"), UNIT,
        lambda x, m, f: beta(x, m * f, (1 - m) * f), lambda r, n: r.beta(2, 3, n), SHARES, {"phi": 5.0},
    ),
    Adversary(
        "symmetric beta", "x^(a-1) (1-x)^(a-1)/beta(a,a)", above_zero("a"), UNIT,
        lambda x, a: beta(x, a, a), lambda r, n: r.beta(2, 2, n), SHARES,
    ),
    Adversary(
        "power, closed end", "theta x^(theta-1)", above_zero("theta"), "0 < x, x <= 1",
        lambda x, t: log(t) + (t - 1) * log(x), lambda r, n: r.beta(2, 1, n), (0.02, 0.5, 0.6, 1.0),
    ),
    Adversary(
        "muon decay", "(1+theta x)/2", {"theta": "-1 <= theta, theta <= 1"}, "-1 <= x, x <= 1",
        lambda x, t: log((1 + t * x) / 2), lambda r, n: 2 * r.beta(2, 1.5, n) - 1, (-0.9, 0.0, 0.3, 0.9),
    ),
    Adversary(
        "wrapped Cauchy", "(1-rho^2)/(2 pi (1+rho^2-2 rho cos(x)))", {"rho": "0 <= rho, rho < 1"}, "-pi < x, x < pi",
        lambda x, p: log1p(-p * p) - log(2 * pi) - log(1 + p * p - 2 * p * np.cos(x)),
        lambda r, n: r.vonmises(0, 1.5, n), (-3.0, 0.0, 0.5, 2.0),
    ),
    # ------------------------------------------------------------ the whole line
    Adversary(
        "normal, log sigma", "exp(-(x-mu)^2/(2 exp(2 s)))/(sqrt(2 pi) exp(s))", {"mu": "", "s": ""}, LINE,
        lambda x, m, s: -s - 0.5 * log(2 * pi) - ((x - m) * exp(-s)) ** 2 / 2, lambda r, n: r.normal(1, 2, n), REALS,
    ),
    Adversary(
        "normal, natural", "exp(a x-b x^2/2-a^2/(2 b)) sqrt(b/(2 pi))", {"a": "", "b": "b > 0"}, LINE,
        lambda x, a, b: normal(x, a / b, 1 / b), lambda r, n: r.normal(1, 2, n), REALS,
    ),
    Adversary(
        "normal in n and N", "exp(-(x-n)^2/(2 N))/sqrt(2 pi N)", {"n": "", "N": "N > 0"}, LINE,
        normal, lambda r, n: r.normal(1, 2, n), REALS,
    ),
    Adversary(
        "normal in I and S, expanded", "exp(-x^2/(2 S)) exp(I x/S) exp(-I^2/(2 S)) (2 pi S)^(-1/2)",
        {"I": "", "S": "S > 0"}, LINE, normal, lambda r, n: r.normal(1, 2, n), REALS,
    ),
    Adversary(
        "normal, equal mean and deviation", "exp(-(x-theta)^2/(2 theta^2))/sqrt(2 pi theta^2)", above_zero("theta"), LINE,
        lambda x, t: normal(x, t, t * t), lambda r, n: r.normal(2, 2, n), (-3.0, 1.0, 0.8, 4.0),
    ),
    Adversary(
        "normal, mean theta squared", "exp(-(x-theta^2)^2/2)/sqrt(2 pi)", {"theta": ""}, LINE,
        lambda x, t: normal(x, t * t, 1), lambda r, n: r.normal(1, 1, n), REALS, several_peaks=True,
    ),
    Adversary(
        "normal, mean theta cubed", "exp(-(x-theta^3)^2/2)/sqrt(2 pi)", {"theta": ""}, LINE,
        lambda x, t: normal(x, t**3, 1), lambda r, n: r.normal(1, 1, n), REALS,
    ),
    Adversary(
        "normal, mean a cubic", "exp(-(x-theta^3+3 theta)^2/2)/sqrt(2 pi)", {"theta": ""}, LINE,
        lambda x, t: normal(x, t**3 - 3 * t, 1), lambda r, n: r.normal(1, 1, n), REALS, several_peaks=True,
    ),
    Adversary(
        "normal, mean e^theta", "exp(-(x-exp(theta))^2/2)/sqrt(2 pi)", {"theta": ""}, LINE,
        lambda x, t: normal(x, exp(t), 1), lambda r, n: r.normal(1, 1, n), (-3.0, 1.0, 0.8, 4.0),
    ),
    Adversary(
        "normal, mean in [0, 1)", "exp(-(x-mu)^2/2)/sqrt(2 pi)", {"mu": "0 <= mu, mu < 1"}, LINE,
        lambda x, m: normal(x, m, 1), lambda r, n: r.normal(0.5, 1, n), REALS,
    ),
    Adversary(
        "normal, variance at least 1", "exp(-(x-mu)^2/(2 v))/sqrt(2 pi v)", {"mu": "", "v": "v >= 1"}, LINE,
        normal, lambda r, n: r.normal(1, 1, n), REALS,
    ),
    Adversary(
        "Laplace by a root", "exp(-sqrt(x^2)/b)/(2 b)", above_zero("b"), LINE,
        lambda x, b: -log(2 * b) - abs(x) / b, lambda r, n: r.laplace(0, 2, n), REALS,
    ),
    Adversary(
        "Cauchy, location", "1/(pi (1+(x-theta)^2))", {"theta": ""}, LINE,
        lambda x, t: -log(pi) - log1p((x - t) ** 2), lambda r, n: r.standard_cauchy(n), REALS, several_peaks=True,
    ),
    Adversary(
        "Student t3, scale", "2/(pi sqrt(3) s) (1+x^2/(3 s^2))^(-2)", above_zero("s"), LINE,
        lambda x, s: log(2 / pi / sqrt(3) / s) - 2 * log1p((x / s) ** 2 / 3), lambda r, n: r.standard_t(3, n), REALS,
    ),
    Adversary(
        "mixture, one component unknown",
        "exp(-x^2/2)/(2 sqrt(2 pi))+exp(-(x-mu)^2/(2 s^2))/(2 s sqrt(2 pi))", {"mu": "", "s": "s > 0"}, LINE,
        lambda x, m, s: softplus(normal(x, 0, 1), normal(x, m, s * s)) - log(2), lambda r, n: r.normal(1, 2, n), REALS,
        several_peaks=True,
    ),
    Adversary(
        "mixture, weight", "p exp(-x^2/2)/sqrt(2 pi)+(1-p) exp(-(x-2)^2/2)/sqrt(2 pi)", {"p": "0 <= p, p <= 1"}, LINE,
        lambda x, p: log(p * exp(normal(x, 0, 1)) + (1 - p) * exp(normal(x, 2, 1))), lambda r, n: r.normal(1, 1, n), REALS,
    ),
    Adversary(
        "Gumbel", "exp(-(x-mu)/s-exp(-(x-mu)/s))/s", {"mu": "", "s": "s > 0"}, LINE,
        gumbel, lambda r, n: r.gumbel(1, 2, n), REALS,
    ),
    Adversary(
        "hyperbolic secant, scale", "1/(2 s) sech(pi x/(2 s))", above_zero("s"), LINE,
        lambda x, s: -log(s) - softplus(pi * x / 2 / s, -pi * x / 2 / s), lambda r, n: r.logistic(0, 1, n), REALS,
    ),
    # ------------------------------------------------------------ counts and cells
    Adversary(
        "Poisson in [1, 2)", "lambda^x exp(-lambda)/x!", {"lambda": "1 <= lambda, lambda < 2"}, COUNTS,
        lambda x, m: x * log(m) - m - gammaln(x + 1), lambda r, n: r.poisson(1.5, n), POINTS,
    ),
    Adversary(
        "Poisson, zero allowed", "exp(-lambda) lambda^x/factorial(x)", {"lambda": "lambda >= 0"}, COUNTS,
        lambda x, m: xlogy(x, m) - m - gammaln(x + 1), lambda r, n: r.poisson(1, n), POINTS,
    ),
    Adversary(
        "geometric, logit", "exp(eta)/(1+exp(eta)) (1/(1+exp(eta)))^x", {"eta": ""}, COUNTS,
        lambda x, t: -softplus(0, -t) - x * softplus(0, t), lambda r, n: r.geometric(0.4, n) - 1, POINTS,
    ),
    Adversary(
        "geometric below zero", "p (1-p)^(-x-1)", share("p"), "integer, x <= -1",
        lambda x, p: log(p) + (-x - 1) * log1p(-p), lambda r, n: -r.geometric(0.4, n), (-1.0, -2.0, -5.0, -9.0),
    ),
    Adversary(
        "Poisson-Lindley", "theta^2 (x+theta+2)/(theta+1)^(x+3)", above_zero("theta"), COUNTS,
        lambda x, t: 2 * log(t) + log(x + t + 2) - (x + 3) * log1p(t), lambda r, n: r.poisson(r.gamma(1.5, 1, n)), POINTS,
    ),
    Adversary(
        "truncated geometric", "(1-q) q^x/(1-q^5)", share("q"), "x = 0, 1, 2, 3, 4",
        lambda x, q: log1p(-q) + x * log(q) - log1p(-(q**5)), lambda r, n: r.integers(0, 5, n), (0.0, 1, 2, 4),
    ),
    Adversary(
        "Bernoulli, p = theta (1 - theta)", "(theta (1-theta))^x (1-theta (1-theta))^(1-x)", share("theta"), "x in {0, 1}",
        lambda x, t: bernoulli(x, t * (1 - t)), lambda r, n: r.binomial(1, 0.2, n), (0.0, 1, 0, 1), several_peaks=True,
    ),
    Adversary(
        "linkage",
        "Piecewise(((2+theta)/4, Eq(x,0)), ((1-theta)/4, Eq(x,1)), ((1-theta)/4, Eq(x,2)), (theta/4, True))",
        share("theta"), "x in {0, 1, 2, 3}",
        lambda x, t: cells(x, (2 + t) / 4, (1 - t) / 4, (1 - t) / 4, t / 4),
        lambda r, n: r.choice(4, n, p=[0.6, 0.1, 0.1, 0.2]), (0.0, 1, 2, 3),
    ),
    Adversary(
        "four cells", "Piecewise((2 theta/3, x==0), (theta/3, x==1), (2 (1-theta)/3, x==2), ((1-theta)/3, x==3))",
        {"theta": "0 <= theta, theta <= 1"}, "x in {0, 1, 2, 3}",
        lambda x, t: cells(x, 2 * t / 3, t / 3, 2 * (1 - t) / 3, (1 - t) / 3),
        lambda r, n: r.choice(4, n, p=[0.4, 0.2, 0.25, 0.15]), (0.0, 1, 2, 3),
    ),
)  # fmt: skip
