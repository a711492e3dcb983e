"""The likelihood of a model with a moving support by numbers alone, and a search for its maximum that knows no calculus.

The density and the relations are read by SymPy's own parser (tests only). The search tries every point of a lattice made of the
data, their halves, differences and roots, and random points around; it shares no code with the package.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import sympy as sp
from sympy.parsing import sympy_parser

RULES = (*sympy_parser.standard_transformations, sympy_parser.implicit_multiplication, sympy_parser.convert_xor)


@dataclass
class MovingModel:
    """Text as for ``Model.parse``, and the likelihood that it defines."""

    density: str
    support: str
    parameters: Mapping[str, str]
    variable: str = "x"
    known: Mapping[str, str] = field(default_factory=dict)
    constraints: Sequence[str] = ()
    discrete: bool = False
    values: Mapping[str, float] = field(default_factory=dict)
    undecided: bool = False  # some data may be left open
    below: bool = False  # the observations are negative
    written: str = ""  # the density with its support in it, where it is given so

    def __post_init__(self) -> None:
        names = [*self.variable.split(","), *self.parameters, *self.known]
        table = {n: sp.Symbol(n, real=True) for n in names}
        arguments = [table[n] for n in names]
        self.names = names
        self.log = sp.lambdify(arguments, sp.log(self._read(self.density, table)), "numpy")
        spaces = [s for s in self.parameters.values() if s]
        relations = [*self._split(self.support), *self._split(",".join(spaces)), *self.constraints]
        self.tests = [sp.lambdify(arguments, self._read(r, table)) for r in relations if r != "integer"]
        self.whole = [p for p, s in self.parameters.items() if "integer" in s]

    @staticmethod
    def _split(text: str) -> list[str]:
        return [part.strip() for part in text.split(",") if part.strip()]

    @staticmethod
    def _read(text: str, table: dict[str, Any]) -> Any:
        return sympy_parser.parse_expr(text, local_dict=table, transformations=RULES)

    def options(self) -> dict[str, Any]:
        """For ``Model.parse``."""
        return {
            "density": self.written or self.density, "variable": self.variable, "parameters": dict(self.parameters),
            "support": "" if self.written else self.support,
            "known": dict(self.known), "constraints": list(self.constraints), "discrete": self.discrete,
        }  # fmt: skip

    def height(self, data: np.ndarray, point: Mapping[str, float]) -> float:
        """The log-likelihood, −∞ where some observation or the point is not allowed."""
        if any(point[p] % 1 for p in self.whole):
            return -math.inf
        columns = data.T if data.ndim > 1 else [data]
        others = [np.float64(v) for v in (*(point[p] for p in self.parameters), *(self.values[k] for k in self.known))]
        with np.errstate(all="ignore"):
            if not all(np.all(test(*columns, *others)) for test in self.tests):
                return -math.inf
            total = float(np.sum(self.log(*columns, *others) + 0 * columns[0]))
        return -math.inf if math.isnan(total) else total

    def candidates(self, data: np.ndarray, random: np.random.Generator, count: int) -> list[dict[str, float]]:
        """Points made of the data, and random ones around them on several scales."""
        flat = np.unique(data)
        plain = {*flat.tolist(), *(flat / 2), *(flat - 1), *(flat - 0.5), *(flat + 0.5), 1.0, 2.0, 0.5, 0.25}
        plain |= {float(a - b) for a in flat for b in flat} | {float(a + b) / 2 for a in flat for b in flat}
        plain |= {math.sqrt(v) for v in flat if v >= 0} | {float(abs(v)) for v in flat} | set(self.values.values())
        choices = sorted(plain)
        found = [dict(zip(self.parameters, p, strict=True))
                 for p in itertools.islice(itertools.product(choices, repeat=len(self.parameters)), 1500)]  # fmt: skip
        for _ in range(count):
            base = {p: float(random.choice(choices)) for p in self.parameters}
            scale = 10.0 ** random.uniform(-3, 1)
            moved = {p: v + scale * random.standard_normal() for p, v in base.items()}
            found.append({p: float(round(v)) if p in self.whole else v for p, v in moved.items()})
        return found

    def best(self, data: np.ndarray, random: np.random.Generator, count: int = 500) -> tuple[float, dict[str, float]]:
        """The highest of the candidates."""
        found = self.candidates(data, random, count)
        heights = [self.height(data, p) for p in found]
        top = int(np.argmax(heights))
        return heights[top], found[top]
