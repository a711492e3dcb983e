"""Derivations of maximum likelihood estimators: likelihood, score, solution, proof, and the text of it all.

>>> from symbolic_mle import Model, derive
>>> d = derive(Model.parse("lambda^x e^(-lambda) / x!", "x", {"lambda": "lambda > 0"}, support="x = 0, 1, 2, ..."))
>>> d.proof
<Proof.GLOBAL: 'global'>

SymPy is imported when the first of the public names is used, so that ``import symbolic_mle`` costs next to nothing.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from symbolic_mle.derive import Derivation, derive
    from symbolic_mle.estimation import Estimate
    from symbolic_mle.marking import Verdict, WorkingReport, check, check_working
    from symbolic_mle.model import Model

__version__ = "0.1.0"

_HOMES = {
    "Model": "model",
    "derive": "derive",
    "Derivation": "derive",
    "Estimate": "estimation",
    "check": "marking",
    "check_working": "marking",
    "WorkingReport": "marking",
    "Verdict": "marking",
}

__all__ = ["Derivation", "Estimate", "Model", "Verdict", "WorkingReport", "check", "check_working", "derive"]


def _late(name: str) -> property:
    """A public name that is looked up in its module when it is first used.

    It can be set without effect: the import system sets ``symbolic_mle.derive`` to the submodule of that name, and
    users mean the function.
    """

    def found(package: ModuleType) -> Any:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)

    return property(found, lambda package, value: None)


class _Package(ModuleType):
    """The package with its public names as properties: a class may be replaced (Python data model, 3.3.2.2)."""


for _name in _HOMES:
    setattr(_Package, _name, _late(_name))
sys.modules[__name__].__class__ = _Package
