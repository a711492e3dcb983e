"""Models whose support moves: textbook ones, renamed, reparametrised, open and closed ends, one and two unknowns."""

from __future__ import annotations

from tests.stages.moving.search import MovingModel

M = MovingModel
UNIFORM = {
    "[0, t]": M("1/t", "0 <= x, x <= t", {"t": "t > 0"}),
    "[0, t)": M("1/t", "0 <= x, x < t", {"t": "t > 0"}),
    "(0, t)": M("1/t", "0 < x, x < t", {"t": "t > 0"}),
    "[0, t], t >= 2": M("1/t", "0 <= x, x <= t", {"t": "t >= 2"}),
    "[0, t], t <= 3": M("1/t", "0 <= x, x <= t", {"t": "0 < t, t <= 3"}),
    "[0, t], a <= t <= b": M("1/t", "0 <= x, x <= t", {"t": "a <= t, t <= b"}, known={"a": "a > 0", "b": "b > a"},
                             values={"a": 1.5, "b": 3.0}),
    "[0, 1/r]": M("r", "0 < x, x <= 1/r", {"r": "r > 0"}),
    "[-t, t]": M("1/(2*t)", "-t <= x, x <= t", {"t": "t > 0"}),
    "|x| <= t": M("1/(2*t)", "Abs(x) <= t", {"t": "t > 0"}),
    "[t, t + 1]": M("1", "t <= x, x <= t + 1", {"t": ""}),
    "[t, t + 2)": M("1/2", "t <= x, x < t + 2", {"t": ""}),
    "|x - t| < 1/2": M("1", "Abs(x - t) < 1/2", {"t": ""}),
    "[t - c, t + c]": M("1/(2*c)", "t - c <= x, x <= t + c", {"t": ""}, known={"c": "c > 0"}, values={"c": 1.25}),
    "[t, 2t]": M("1/t", "t <= x, x <= 2*t", {"t": "t > 0"}),
    "[t, t^2]": M("1/(t**2 - t)", "t <= x, x <= t**2", {"t": "t > 1"}),
    "[a, b]": M("1/(b - a)", "a <= x, x <= b", {"a": "", "b": ""}, constraints=["a < b"]),
    "[a, b)": M("1/(b - a)", "a <= x, x < b", {"a": "", "b": ""}, constraints=["a < b"]),
    "{1 … N}": M("1/N", "1 <= x, x <= N", {"N": "integer, N >= 1"}, discrete=True),
    "{a … b}": M("1/(b - a + 1)", "a <= x, x <= b", {"a": "integer", "b": "integer"}, constraints=["a <= b"], discrete=True),
}  # fmt: skip
SMOOTH = {
    "3x²/t³": M("3*x**2/t**3", "0 < x, x <= t", {"t": "t > 0"}),
    "2x/t²": M("2*x/t**2", "0 < x, x < t", {"t": "t > 0"}),
    "t/x²": M("t/x**2", "x >= t", {"t": "t > 0"}),
    "power, both": M("a*x**(a - 1)/t**a", "0 < x, x <= t", {"a": "a > 0", "t": "t > 0"}),
    "Pareto, start": M("c*m**c/x**(c + 1)", "x >= m", {"m": "m > 0"}, known={"c": "c > 0"}, values={"c": 2.5}),
    "Pareto, both": M("c*m**c/x**(c + 1)", "x >= m", {"m": "m > 0", "c": "c > 0"}),
    "shifted exponential": M("r*exp(-r*(x - t))", "x >= t", {"t": ""}, known={"r": "r > 0"}, values={"r": 0.75}),
    "shifted exponential, open": M("exp(t - x)", "x > t", {"t": ""}),
    "shifted exponential, t >= 0": M("exp(t - x)", "x >= t", {"t": "t >= 0"}),
    "shifted exponential, both": M("exp(-(x - a)/b)/b", "x >= a", {"a": "", "b": "b > 0"}),
    "shifted exponential, open, both": M("exp(-(x - a)/b)/b", "x > a", {"a": "", "b": "b > 0"}),
    "exponential by mean and deviation": M("exp(-(x - m + s)/s)/s", "x >= m - s", {"m": "", "s": "s > 0"}),
    "reflected exponential": M("exp(-(b - x)/s)/s", "x <= b", {"b": "", "s": "s > 0"}),
    "half-normal, both": M("sqrt(2/(pi*v))*exp(-(x - m)**2/(2*v))", "x >= m", {"m": "", "v": "v > 0"}),
    "exponential from its mean": M("exp(-(x - t)/t)/t", "x >= t", {"t": "t > 0"}),
    "truncated exponential": M("r*exp(-r*x)/(1 - exp(-r*t))", "0 <= x, x <= t", {"t": "t > 0"}, known={"r": "r > 0"},
                               values={"r": 1.25}),
    "truncated exponential, both": M("r*exp(-r*x)/(1 - exp(-r*t))", "0 <= x, x <= t", {"r": "r > 0", "t": "t > 0"}),
    "geometric from m": M("p*(1 - p)**(x - m)", "x >= m", {"m": "integer", "p": "0 < p, p <= 1"}, discrete=True),
}  # fmt: skip
SEVERAL_VARIABLES = {
    "disc": M("1/(pi*r**2)", "x**2 + y**2 <= r**2", {"r": "r > 0"}, "x,y"),
    "rectangle": M("1/(a*b)", "0 <= x, x <= a, 0 <= y, y <= b", {"a": "a > 0", "b": "b > 0"}, "x,y"),
    "square": M("1/t**2", "0 <= x, x <= t, 0 <= y, y <= t", {"t": "t > 0"}, "x,y"),
    "triangle": M("2/t**2", "0 < x, x < y, y <= t", {"t": "t > 0"}, "x,y"),
    "triangle, open": M("2/t**2", "0 < x, x < y, y < t", {"t": "t > 0"}, "x,y"),
}
MORE = {
    "[a, b], a >= 0": M("1/(b - a)", "a <= x, x <= b", {"a": "a >= 0", "b": ""}, constraints=["a < b"]),
    "[a, b], a > 0": M("1/(b - a)", "a <= x, x <= b", {"a": "a > 0", "b": "b > 0"}, constraints=["a < b"]),
    "{t … t + 3}": M("1/4", "t <= x, x <= t + 3", {"t": "integer"}, discrete=True),
    "(t - 1, 3), t <= 1": M("1/(4 - t)", "t - 1 < x, x < 3", {"t": "0 < t, t <= 1"}),
    "[0, t + 2]": M("2*(t + 2 - x)/(t + 2)**2", "0 <= x, x <= t + 2", {"t": "t > 0"}, undecided=True),
    "[-1, t^2 + 1)": M("exp(-x)/(exp(1) - exp(-t**2 - 1))", "-1 <= x, x < t**2 + 1", {"t": "1 <= t, t <= 3"}),
    "[0, 1/r], closed": M("r", "0 <= x, x <= 1/r", {"r": "0 < r, r <= 2"}),
    "[0, e^t]": M("exp(-t)", "0 <= x, x <= exp(t)", {"t": ""}),
    "[2t, t], t < 0": M("-1/t", "2*t <= x, x <= t", {"t": "t < 0"}, below=True),
    "[-t, 2t]": M("1/(3*t)", "-t <= x, x <= 2*t", {"t": "t > 0"}),
    "whole N": M("1/N", "0 <= x, x <= N", {"N": "integer, N >= 1"}),
    "whole start": M("exp(t - x)", "x > t", {"t": "integer"}),
    "{1 … 2N}": M("1/(2*N)", "1 <= x, x <= 2*N", {"N": "integer, N >= 1"}, discrete=True),
    "[t, t + 1], t >= 0": M("1", "t <= x, x <= t + 1", {"t": "t >= 0"}),
    "log-uniform": M("1/(x*log(b/a))", "a <= x, x <= b", {"a": "a > 0", "b": "b > 0"}, constraints=["a < b"]),
    "annulus": M("1/(pi*(b**2 - a**2))", "a**2 <= x**2 + y**2, x**2 + y**2 <= b**2", {"a": "a > 0", "b": "b > 0"}, "x,y",
                 constraints=["a < b"]),
    "box": M("1/((b - a)*(d - c))", "a <= x, x <= b, c <= y, y <= d", {"a": "", "b": "", "c": "", "d": ""}, "x,y",
             constraints=["a < b", "c < d"]),
    "diamond": M("1/(2*r**2)", "Abs(x) + Abs(y) <= r", {"r": "r > 0"}, "x,y"),
    "x + y <= t": M("2/t**2", "0 <= x, 0 <= y, x + y <= t", {"t": "t > 0"}, "x,y"),
    "half-Cauchy, both": M("2*s/(pi*(s**2 + (x - m)**2))", "x >= m", {"m": "", "s": "s > 0"}),
    "half-logistic, both": M("2*exp(-(x - m)/s)/(s*(1 + exp(-(x - m)/s))**2)", "x >= m", {"m": "", "s": "s > 0"}),
}  # fmt: skip
BETWEEN = {
    "falling triangle": M("2*(t - x)/t**2", "0 <= x, x <= t", {"t": "t > 0"}),
    "rising triangle": M("2*(x - t)/(1 - t)**2", "t <= x, x <= 1", {"t": "t < 1"}),
    "parabola": M("6*x*(t - x)/t**3", "0 < x, x < t", {"t": "t > 0"}),
    "symmetric parabola": M("3*(r**2 - x**2)/(4*r**3)", "-r <= x, x <= r", {"r": "r > 0"}),
    "semicircle": M("2*sqrt(r**2 - x**2)/(pi*r**2)", "Abs(x) <= r", {"r": "r > 0"}),
    "Rayleigh from m": M("(x - m)*exp(-(x - m)**2/2)", "x >= m", {"m": ""}),
    "gamma from m": M("(x - m)*exp(-(x - m))", "x > m", {"m": ""}),
    "normal in a window": M("exp(-(x - t)**2/2)/(sqrt(2*pi)*erf(c/sqrt(2)))", "t - c <= x, x <= t + c", {"t": ""},
                            known={"c": "c > 0"}, values={"c": 1.25}),
}  # fmt: skip
WRITTEN = {
    "indicator of [0, t]": M("1/t", "x >= 0, x <= t", {"t": "t > 0"}, written="Piecewise((1/t, (x >= 0) & (x <= t)), (0, True))"),
    "zero first": M("exp(t - x)", "x >= t", {"t": ""}, written="exp(t - x)*Piecewise((0, x < t), (1, True))"),
    "indicator of |x - t|": M("1", "Abs(x - t) <= 1/2", {"t": ""}, written="Piecewise((1, Abs(x - t) <= 1/2), (0, True))"),
}  # fmt: skip
ENDS = {
    "centre and half-width": M("1/(2*w)", "c - w <= x, x <= c + w", {"c": "", "w": "w > 0"}),
    "|x - c| <= w": M("1/(2*w)", "Abs(x - c) <= w", {"c": "", "w": "w > 0"}),
    "mean and deviation": M("1/(2*sqrt(3)*s)", "m - sqrt(3)*s <= x, x <= m + sqrt(3)*s", {"m": "", "s": "s > 0"}),
    "mean and variance": M("1/(2*sqrt(3*v))", "m - sqrt(3*v) <= x, x <= m + sqrt(3*v)", {"m": "", "v": "v > 0"}),
    "start and log length": M("exp(-h)", "a <= x, x <= a + exp(h)", {"a": "", "h": ""}),
    "start and length": M("1/h", "a <= x, x <= a + h", {"a": "", "h": "h > 0"}),
}  # fmt: skip
UNBOUNDED = {
    "half triangle of roots": M("1/(2*sqrt(t)*sqrt(t - x))", "0 <= x, x < t", {"t": "t > 0"}),
    "three-parameter Weibull": M("k/s*((x - m)/s)**(k - 1)*exp(-((x - m)/s)**k)", "x > m", {"m": "", "s": "s > 0", "k": "k > 0"}),
    "three-parameter lognormal": M("exp(-(log(x - g) - u)**2/(2*v))/((x - g)*sqrt(2*pi*v))", "x > g",
                                   {"g": "", "u": "", "v": "v > 0"}),
    "arcsine on (a, b)": M("1/(pi*sqrt((x - a)*(b - x)))", "a < x, x < b", {"a": "", "b": ""}, constraints=["a < b"]),
    "root window": M("1/(2*sqrt(x - m))", "m < x, x < m + 1", {"m": ""}),
}  # fmt: skip
MODELS = UNIFORM | SMOOTH | SEVERAL_VARIABLES | BETWEEN | WRITTEN | ENDS | UNBOUNDED | MORE
