"""One named model as text: the density, its names and what they range over, and a small example.

Text only: nothing here may import SymPy, so that listing the catalogue costs a few milliseconds.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple


class Family(NamedTuple):
    """A density as people write it, ``density`` in ``variable`` on ``support``, with relations for every other name.

    ``parameters`` are to be estimated and ``known`` are given constants; a relation "" means any real number.
    ``example`` has an admissible value for every parameter and known constant, and ``sample`` is a small data set that
    the density at ``example`` allows. Both are used in help, tests and benchmarks, never by the engine.
    """

    name: str
    title: str
    density: str
    variable: str
    support: str
    parameters: Mapping[str, str]
    example: Mapping[str, float]
    sample: tuple[float, ...]
    about: str
    known: Mapping[str, str] = {}
    constraints: tuple[str, ...] = ()
    discrete: bool = False

    def specification(self) -> dict[str, Any]:
        """The keyword arguments of ``Model.parse`` that make this model."""
        return {
            "density": self.density,
            "variable": self.variable,
            "parameters": dict(self.parameters),
            "support": self.support,
            "known": dict(self.known),
            "discrete": self.discrete,
            "constraints": list(self.constraints),
        }

    @property
    def parametrisation(self) -> str:
        """The spaces in one line: "k > 0, theta > 0", "mu real; sigma2 > 0 known"."""
        spaces = [_space(name, relation) for name, relation in self.parameters.items()]
        unknown = ", ".join([*spaces, *self.constraints])
        known = ", ".join(_space(name, relation) for name, relation in self.known.items())
        return f"{unknown}; {known} known" if known else unknown

    @property
    def known_values(self) -> dict[str, float]:
        """The example's values of the known constants."""
        return {name: self.example[name] for name in self.known}


def _space(name: str, relation: str) -> str:
    """A relation with its name in it: "mu real" for the whole line, "0 < p < 1" for "0 < p, p < 1"."""
    if not relation:
        return f"{name} real"
    if relation.startswith("integer, "):
        return f"integer {relation.removeprefix('integer, ')}"
    lower, comma, upper = relation.partition(f" {name}, {name} ")
    return f"{lower} {name} {upper}" if comma else relation
