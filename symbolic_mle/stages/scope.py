"""What the score can treat, and an honest answer for the rest.

The theorems of ``solution`` need a support that is free of the parameters, a likelihood without corners, and parameters that
range over intervals independently of each other. The models for which that fails have ways of their own: see ``ways``.
"""

from __future__ import annotations

import sympy as sp

from symbolic_mle.records import Case, Existence, Proof, Specification
from symbolic_mle.stages.likelihood import Likelihood
from symbolic_mle.stages.solution.cases import Findings

CORNERS = (sp.Abs, sp.Max, sp.Min, sp.Piecewise, sp.sign, sp.floor, sp.ceiling, sp.Heaviside, sp.KroneckerDelta)


def out_of_scope(model: Specification) -> str:
    """Why setting the score to zero does not find the maximum, as the end of "not derived: …"; "" when it does."""
    parameters = set(model.parameters)
    if model.support.free_symbols & parameters:
        return "the support depends on a parameter, so setting a score to zero does not find the maximum"
    if model.restrictions:
        return "the parameter space is not a product of intervals"
    if model.points or any(i.integer for i in model.parameters.values()):
        return "a parameter takes separate values, so there is no derivative to set to zero"
    if any(i.free_symbols & parameters for i in model.parameters.values()):
        return "the range of one parameter depends on another"
    if any(corner.has(*parameters) for corner in model.density.atoms(*CORNERS) if not isinstance(corner, sp.Piecewise)):
        return "the density has corners in a parameter"
    if any(c.has(*parameters) for p in model.density.atoms(sp.Piecewise) for _, c in p.args):
        return "the pieces of the density depend on a parameter"
    return ""


def undecided(likelihood: Likelihood, reason: str) -> Findings:
    """One case, of which nothing is claimed."""
    case = Case((), Existence.UNKNOWN, Proof.NONE, "unknown", reason=reason)
    return Findings((), (), likelihood.log_likelihood, (case,), likelihood.log_likelihood)
