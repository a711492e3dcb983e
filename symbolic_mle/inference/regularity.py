"""The conditions of the theory of large samples, one by one.

Theorem (Cramér 1946, section 33.3; Lehmann & Casella 1998, Theorems 2.5.15 and 6.3.10). If the support does not depend on θ, log f
is three times differentiable in θ with a third derivative bounded by an integrable function, the true value lies in the interior of
the space and belongs to one distribution only, and 0 < I(θ) < ∞, then E[score] = 0, Var(score) = −E[∇² log f] = I(θ), and
√n (θ̂ − θ) → N(0, I(θ)⁻¹) for a consistent root θ̂ of the likelihood equations.

An information matrix that is singular everywhere means that other values give the same distribution (Rothenberg 1971, Theorem 1).

What can be read off the model is read off here; that E[score] = 0 and Var(score) = I(θ) is tested by numbers where I(θ) is derived.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.algebra.zeta_derivatives import with_functions
from symbolic_mle.records import Case, Existence, Specification
from symbolic_mle.stages.scope import CORNERS

NOT_IDENTIFIED = "the information is singular everywhere, so the parameters are not identified"


@dataclass(frozen=True, slots=True)
class Premise:
    """A condition of the theorem: what it says, whether it holds (None: assumed or not decided), and why."""

    name: str
    holds: bool | None
    reason: str = ""


def premises(model: Specification) -> tuple[Premise, ...]:
    """The conditions that can be read off the model, in the order of the theorem."""
    names = set(model.parameters)
    moving = _named(names & model.support.free_symbols)
    separate = [p for p, i in model.parameters.items() if i.integer or p in model.points]
    corner = corner_of(model)
    bound = [r for r in model.restrictions if isinstance(r, sp.Eq)]
    return (
        Premise(
            "density",
            model.checked,
            "" if model.checked else "the contribution is not a density, so it has no expectations",
        ),
        Premise("support", not moving, f"the support depends on {moving}" if moving else ""),
        Premise("continuous", not separate, f"{_named(separate)} takes separate values" if separate else ""),
        Premise("open", not bound, "the parameters satisfy an equation, so the space has no interior" if bound else ""),
        Premise(
            "smooth",
            corner is None,
            "the density has a corner in a parameter" if corner is not None else "",
        ),
    )


def conditions(model: Specification, information: Any, case: Case) -> tuple[Premise, ...]:
    """All conditions of the theorem for the generic case: read off the model, then tested by numbers, then assumed."""
    tested = information is not None and information.tested > 0
    singular = tested and information.singular
    still = not model.support.free_symbols & set(
        model.parameters
    )  # else the end of the feasible values is no end of the space
    interior = case.kind == "interior" if case.existence is Existence.ATTAINED and still else None
    return (
        *premises(model),
        Premise("dominated", None),
        Premise("score", True if tested else None),
        Premise("information", True if tested and not singular else None),
        Premise(
            "interior", None if interior else interior, "the maximum is at the boundary" if interior is False else ""
        ),
        Premise("identified", False if singular else None, NOT_IDENTIFIED if singular else ""),
    )


def failure(model: Specification) -> str:
    """The first condition that fails, as the end of "… does not apply: …"; "" when none is known to."""
    return next((p.reason for p in premises(model) if p.holds is False), "")


def corner_of(model: Specification) -> Expr | None:
    """A part of the density that is not differentiable in a parameter."""
    names, smooth = set(model.parameters), {sp.Abs(p) for p in never_zero(model)}
    for part in sorted(model.density.atoms(*CORNERS) - smooth, key=sp.default_sort_key):
        conditions = [c for _, c in part.args] if isinstance(part, sp.Piecewise) else [part]
        if any(c.free_symbols & names for c in conditions if c not in (sp.true, sp.false)):
            return part
    return None


def smooth_form(expr: Expr, model: Specification) -> Expr:
    """log |θ| → log(θ²)/2 for a parameter that is not 0, which SymPy differentiates on both sides of 0."""
    for p in never_zero(model):
        if expr.has(sp.Abs(p)):
            size = sp.Dummy("size", positive=True)
            parted = expr.xreplace({sp.Abs(p): size}).replace(sp.log, lambda a: sp.expand_log(sp.log(a)))
            expr = parted.xreplace({sp.log(size): sp.log(p**2) / 2}).xreplace({size: sp.Abs(p)})
    return expr


def never_zero(model: Specification) -> list[Symbol]:
    """The parameters whose space leaves 0 out from between its two sides."""
    return [p for p in model.parameters if any(r == sp.Ne(p, 0) for r in model.restrictions)]


def _named(symbols: set[Symbol] | list[Symbol]) -> str:
    return " and ".join(sorted(s.name for s in symbols))


def unfinished(expr: Expr) -> bool:
    """Does a derivative stand in the expression that SymPy did not take?"""
    parts = [expr, *(s.summand for s in expr.atoms(DataSum))]
    return any(with_functions(p).has(sp.Derivative, sp.Subs, sp.DiracDelta) for p in parts)
