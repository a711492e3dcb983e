"""The maximum of a likelihood of cells by brute force: SciPy's SLSQP from many starts, in the parameters themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import sympy as sp
from scipy.optimize import minimize

from symbolic_mle import Model

TINY = 1e-12


@dataclass(frozen=True)
class Cells:
    """Values 1 … K with these probabilities; ``spaces`` and ``constraints`` as text."""

    name: str
    cells: tuple[str, ...]
    spaces: dict[str, str]
    constraints: tuple[str, ...] = ()

    @property
    def model(self) -> Model:
        pieces = [f"({c}, Eq(x, {k}))" for k, c in enumerate(self.cells[:-1], start=1)]
        return Model.parse(
            density=f"Piecewise({', '.join(pieces)}, ({self.cells[-1]}, True))", variable="x", discrete=True,
            support=f"1 <= x, x <= {len(self.cells)}", parameters=self.spaces, constraints=list(self.constraints),
        )  # fmt: skip

    def _function(self, text: str) -> Any:
        names = sp.symbols(list(self.spaces))
        return sp.lambdify([names], sp.sympify(text, locals=dict(zip(self.spaces, names, strict=True))), "numpy")

    def probabilities(self, point: Sequence[float]) -> np.ndarray:
        return np.array([self._function(c)(point) for c in self.cells], dtype=float)

    def height(self, counts: Sequence[int], point: Sequence[float]) -> float:
        """ℓ with 0 log 0 = 0."""
        p = self.probabilities(point)
        seen = np.array(counts) > 0
        if (p[seen] <= 0).any() or (p < -1e-9).any():
            return -np.inf
        return float(np.sum(np.array(counts)[seen] * np.log(p[seen])))

    def _relations(self) -> list[dict[str, Any]]:
        found = []
        texts = [
            *self.constraints,
            *(part for text in self.spaces.values() for part in text.split(",") if part.strip()),
        ]
        for text in texts:
            for sign in ("==", "<=", ">=", "<", ">"):
                if sign in text:
                    left, right = text.split(sign)
                    gap = f"({left}) - ({right})" if ">" in sign else f"({right}) - ({left})"
                    found.append({"type": "eq" if sign == "==" else "ineq", "fun": self._function(gap)})
                    break
        return found

    def inside(self, point: Sequence[float]) -> bool:
        gaps = [(r["type"], float(r["fun"](point))) for r in self._relations()]
        return all(abs(g) < 1e-9 if kind == "eq" else g > -1e-9 for kind, g in gaps)

    def search(self, counts: Sequence[int], random: np.random.Generator, starts: int = 12) -> tuple[float, np.ndarray]:
        """The largest log-likelihood found on the closure of the space, and where."""
        cells = [self._function(c) for c in self.cells]
        seen = [(n, c) for n, c in zip(counts, cells, strict=True) if n]

        def loss(point: np.ndarray) -> float:
            return -float(sum(n * np.log(max(c(point), TINY)) for n, c in seen)) / sum(counts)

        best = (-np.inf, np.zeros(len(self.spaces)))
        relations = [*self._relations(), *({"type": "ineq", "fun": c} for c in cells)]
        for _ in range(starts):
            start = random.dirichlet(np.full(len(self.spaces) + 1, 3.0))[:-1]
            with np.errstate(all="ignore"):
                found = minimize(
                    loss, start, constraints=relations, method="SLSQP", options={"ftol": 1e-13, "maxiter": 400}
                )
            point = np.asarray(found.x)
            if self.inside(point) and -loss(point) * sum(counts) > best[0]:
                best = (-loss(point) * sum(counts), point)
        return best


def data_of(counts: Sequence[int]) -> list[int]:
    return [k for k, n in enumerate(counts, start=1) for _ in range(n)]
