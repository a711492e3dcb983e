"""A family's likelihood and its maximum by brute force, sharing no code with the package that is held against it.

The density's text is read by SymPy's own parser (tests only: it evaluates text), its logarithm is evaluated by SciPy,
and the maximum is searched on a grid and refined from the best points. Nothing here is clever; that is its use.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import sympy as sp
from scipy.optimize import minimize
from sympy.parsing import sympy_parser

from symbolic_mle.families import Family

Array = np.ndarray[Any, np.dtype[np.float64]]
RULES = (
    *sympy_parser.standard_transformations,
    sympy_parser.implicit_multiplication,
    sympy_parser.convert_xor,
    sympy_parser.factorial_notation,
)
REACH = 12.0  # how far the search goes in transformed coordinates: e^12 is 160 000
REFLECTED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


@dataclass(frozen=True)
class Ends:
    """An interval as a relation's text gives it; an end is a name, a number, or nothing."""

    lower: str
    upper: str
    closed_lower: bool
    closed_upper: bool
    integer: bool


def ends(text: str, name: str) -> Ends:
    """ "0 < p, p <= 1" → (0, 1]."""
    found: dict[str, tuple[str, bool]] = {}
    for part in text.split(","):
        match = re.fullmatch(r"\s*(\S+)\s*(<=|>=|<|>)\s*(\S+)\s*", part)
        if match:
            left, sign, right = match.groups()
            if right == name:
                left, sign, right = right, REFLECTED[sign], left
            if left == name:
                found["upper" if "<" in sign else "lower"] = (right, "=" in sign)
    lower, upper = found.get("lower", ("", False)), found.get("upper", ("", False))
    return Ends(lower[0], upper[0], lower[1], upper[1], "integer" in text)


def read(text: str, names: Sequence[str]) -> sp.Expr:
    """The text of a density as an expression in positive symbols, so that logarithms expand."""
    plain = re.sub(
        r"\|([^|]*)\|", r"Abs(\1)", re.sub(r"\bbeta\(", "euler_beta(", re.sub(r"\blambda\b", "lambda_", text))
    )
    symbols = {name.replace("lambda", "lambda_"): sp.Symbol(name.replace("lambda", "lambda_")) for name in names}
    known = {**symbols, "e": sp.E, "euler_beta": lambda a, b: sp.gamma(a) * sp.gamma(b) / sp.gamma(a + b)}
    return sympy_parser.parse_expr(plain, local_dict=known, transformations=RULES)


def log_of_size(inner: sp.Expr) -> sp.Expr:
    """log |u|, with no overflow for a gamma function: a density is positive, though its factors need not be."""
    return sp.loggamma(inner.args[0]) if isinstance(inner, sp.gamma) else sp.log(sp.Abs(inner))


@dataclass(frozen=True)
class Oracle:
    """The log-likelihood of one family, its samples and its maximum, by numbers alone."""

    family: Family

    @cached_property
    def names(self) -> list[str]:
        return [self.family.variable, *self.family.parameters, *self.family.known]

    @cached_property
    def log_density(self) -> Callable[..., Array]:
        """log f(x | values), elementwise, taking the support for granted."""
        density = read(self.family.density, self.names).rewrite(sp.gamma)
        logarithm = sp.expand_log(sp.log(density), force=True)
        logarithm = logarithm.replace(sp.log, log_of_size)
        order = [sp.Symbol(name.replace("lambda", "lambda_")) for name in self.names]
        expanded, plain = (sp.lambdify(order, e, ["scipy", "numpy"]) for e in (logarithm, density))

        def log_density(*values: Array) -> Array:
            """At an end of the space 0 log 0 is not a number, but 0^0 = 1 is: there the density itself is used."""
            found = np.real(expanded(*values))
            return np.where(np.isnan(found), np.log(plain(*values)), found) if np.isnan(found).any() else found

        return log_density

    @cached_property
    def support(self) -> Ends:
        text, name = self.family.support, self.family.variable
        if not self.family.discrete:
            return ends(text, name)
        listed = [part.strip() for part in text.partition("=")[2].split(",")]
        return Ends(listed[0], "" if listed[-1] == "..." else listed[-1], True, True, True)

    def end(self, text: str, values: Mapping[str, Any], otherwise: float) -> Any:
        if text in values:
            return values[text]
        return {"": otherwise, "pi": np.pi, "-pi": -np.pi}[text] if not re.match(r"[\d-]*\d", text) else float(text)

    def log_likelihood(self, data: Sequence[float], values: Mapping[str, Any]) -> Any:
        """ℓ at one point (floats) or at many (arrays of one shape); −∞ where an observation is impossible."""
        x = np.asarray(data, dtype=float)
        columns = {name: np.asarray(value, dtype=float)[..., None] for name, value in values.items()}
        low, high = self.end(self.support.lower, columns, -np.inf), self.end(self.support.upper, columns, np.inf)
        possible = (x >= low if self.support.closed_lower else x > low) & (
            x <= high if self.support.closed_upper else x < high
        )
        with np.errstate(all="ignore"):
            each = self.log_density(x, *(columns[name] for name in self.names[1:]))
        total = np.where(possible, np.where(np.isnan(each), -np.inf, each), -np.inf).sum(axis=-1)
        for constraint in self.family.constraints:
            left, right = constraint.split(" < ")
            total = np.where(np.asarray(values[left]) < np.asarray(values[right]), total, -np.inf)
        return total

    def draw(self, random: np.random.Generator, size: int) -> list[float]:
        """A random sample at the family's example, by the inverse distribution function on a grid."""
        low, high = (
            self.end(t, self.family.example, o) for t, o in ((self.support.lower, -60.0), (self.support.upper, 60.0))
        )
        if self.family.discrete:
            grid = np.arange(low, min(high, low + 400.0) + 1)
        else:
            inside = (np.arange(200_000) + 0.5) / 200_000
            grid = low + (high - low) * inside**3 if low == 0 and high == 60 else low + (high - low) * inside
        weights = np.exp(self.log_likelihood(grid[:, None], self.family.example))
        weights = np.nan_to_num(weights) * np.gradient(grid)
        chosen = random.choice(grid, size=size, p=weights / weights.sum())
        return [int(value) if self.family.discrete else float(value) for value in chosen]

    def coordinates(self, name: str, data: Sequence[float], t: Array) -> Array:
        """The real line, or its points from −REACH to REACH, onto the interior of a parameter's space."""
        space = ends(self.family.parameters[name], name)
        lower, upper = self.end(space.lower, {}, -np.inf), self.end(space.upper, {}, np.inf)
        if np.isfinite(lower) and np.isfinite(upper):
            return lower + (upper - lower) / (1 + np.exp(-t))
        if np.isfinite(lower):
            return lower + (np.round(np.exp(t)) if space.integer else np.exp(t))
        spread = float(np.std(data)) or 1.0
        return float(np.mean(data)) + spread * np.sinh(t / 2)

    def points(self, data: Sequence[float], ts: Sequence[Array], known: Mapping[str, float]) -> dict[str, Any]:
        values = {n: self.coordinates(n, data, t) for n, t in zip(self.family.parameters, ts, strict=True)}
        shape = np.broadcast_shapes(*(v.shape for v in values.values()))
        return {
            **{n: np.broadcast_to(v, shape) for n, v in values.items()},
            **{n: np.broadcast_to(float(known[n]), shape) for n in self.family.known},
        }

    def search(
        self, data: Sequence[float], known: Mapping[str, float], reach: float = REACH
    ) -> tuple[float, dict[str, float]]:
        """The largest log-likelihood found and where."""
        names = list(self.family.parameters)
        axis = np.linspace(-reach, reach, 1201 if len(names) == 1 else 97)
        mesh = [m.ravel() for m in np.meshgrid(*[axis] * len(names), indexing="ij")]
        heights = self.log_likelihood(data, self.points(data, mesh, known))
        best = [self.refined(data, known, np.array([m[i] for m in mesh]), reach) for i in np.argsort(heights)[-3:]]
        best += [self.at(data, point, known) for point in self.corners(data)]
        return max(best, key=lambda found: found[0])

    def refined(
        self, data: Sequence[float], known: Mapping[str, float], start: Array, reach: float
    ) -> tuple[float, dict[str, float]]:
        def descent(t: Array) -> float:
            height = float(self.log_likelihood(data, self.points(data, list(np.clip(t, -reach, reach)), known)))
            return -height if np.isfinite(height) else 1e300

        simplex = np.vstack([start, *(start + 0.05 * step for step in np.eye(len(start)))])
        options = {"xatol": 1e-11, "fatol": 1e-13, "maxiter": 800, "initial_simplex": simplex}
        found = minimize(descent, start, method="Nelder-Mead", options=options)
        values = self.points(data, list(np.clip(found.x, -reach, reach)), known)
        return -float(found.fun), {n: float(values[n]) for n in self.family.parameters}

    def corners(self, data: Sequence[float]) -> list[dict[str, float]]:
        """Points that a search misses: the ends of closed spaces, and the data themselves."""
        choices = []
        for name, relation in self.family.parameters.items():
            space = ends(relation, name)
            closed = [space.lower] * space.closed_lower + [space.upper] * space.closed_upper
            near = [value for value in (min(data), max(data), float(np.median(data))) if self.inside(space, value)]
            choices.append([self.end(text, {}, 0.0) for text in closed] + near)
        return [dict(zip(self.family.parameters, point, strict=True)) for point in itertools.product(*choices)]

    def inside(self, space: Ends, value: float) -> bool:
        low, high = self.end(space.lower, {}, -np.inf), self.end(space.upper, {}, np.inf)
        return (low < value or (space.closed_lower and low == value)) and (
            value < high or (space.closed_upper and high == value)
        )

    def at(
        self, data: Sequence[float], point: Mapping[str, float], known: Mapping[str, float]
    ) -> tuple[float, dict[str, float]]:
        return float(self.log_likelihood(data, {**point, **known})), dict(point)
