"""The derivations of the catalogue, each made once for all tests of a run; and a share of it for expensive tests."""

from __future__ import annotations

from functools import cache

from symbolic_mle import Derivation, Model, derive
from symbolic_mle.families import Family, catalogue

CATALOGUE: dict[str, Family] = catalogue()


@cache
def derivation(name: str) -> Derivation:
    """The derivation of a named model, from its text."""
    return derive(Model.parse(**CATALOGUE[name].specification()))


def every(step: int) -> list[str]:
    """Every so many models in alphabetical order: the same ones every time, neighbours in kind spread apart."""
    return list(CATALOGUE)[::step]
