"""Shares of a whole: the maximum of Σₖ Sₖ log uₖ over a simplex.

Theorem (Gibbs' inequality; Cover & Thomas 2006, Theorem 2.6.3). Let u₁ … u_K ≥ 0 be linearly independent affine forms with
Σ aₖuₖ = 1, aₖ > 0, and let the space be all of {uₖ ≥ 0}, possibly without some faces. For weights Sₖ ≥ 0 with N = Σ Sₖ > 0,
  Σ Sₖ log uₖ ≤ Σ Sₖ log ûₖ,   ûₖ = Sₖ/(aₖN)   (0 log 0 = 0),   with equality only at u = û,
because log t ≤ t − 1: Σ Sₖ log(uₖ/ûₖ) ≤ Σ_{Sₖ>0} Sₖ(uₖ/ûₖ − 1) = N(Σ_{Sₖ>0} aₖuₖ − 1) ≤ 0. (Lagrange's multiplier of the
constraint is N: Sₖ/uₖ = N·aₖ.) So û is the unique maximiser where it belongs to the space. Where it does not, there is none:
the likelihood is continuous on the closed simplex, in which the space is dense, and nothing else reaches its maximum.

Premises checked: as many forms as free parameters and one more; their independence; aₖ > 0; every uₖ ≥ 0 on the space, and
every inequality of the space a sum Σ cₖuₖ ≥ 0 with cₖ ≥ 0. A strict one leaves out the face on which the uₖ with cₖ > 0
vanish, and û lies there iff these Sₖ are all 0.
"""

from __future__ import annotations

from dataclasses import dataclass

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.affine import Polyhedron, combination
from symbolic_mle.stages.simplex.counts import Observed
from symbolic_mle.stages.simplex.weights import Weight


@dataclass(frozen=True, slots=True)
class Share:
    """û = S/(a·N)"""

    weight: Weight
    multiple: Expr
    estimate: Expr


@dataclass(frozen=True, slots=True)
class Simplex:
    """The shares with Σ a·u = 1, N = Σ S, and the sets of shares that must not all be 0 in the space."""

    parameters: tuple[Symbol, ...]
    shares: tuple[Share, ...]
    total: Expr
    certain: bool  # N > 0 for all data
    excluded: tuple[tuple[Share, ...], ...]

    def value(self, form: tuple[sp.Rational, ...]) -> Expr | None:
        """The estimate of an affine form in the parameters of this simplex; a constant is itself."""
        if not any(form[1:]):
            return form[0]
        found = combination(form, [s.weight.form for s in self.shares])
        return found and sp.Add(*(c * s.estimate for c, s in zip(found, self.shares, strict=True)))


def simplex_of(
    parameters: tuple[Symbol, ...], weights: tuple[Weight, ...], space: Polyhedron, observed: Observed
) -> Simplex | None:
    """The simplex of a group of parameters, or None where a premise fails."""
    forms = [w.form for w in weights]
    one = (sp.S.One, *(sp.S.Zero for _ in space.free))
    multiples = combination(one, forms) if len(forms) == len(parameters) + 1 else None
    if multiples is None or not all(a.is_positive for a in multiples):
        return None
    mine = [1 + space.free.index(p) for p in parameters]
    excluded: list[set[int]] = []
    for face in space.faces:
        if not any(face.form[k] for k in mine):
            continue
        found = combination(face.form, forms)
        if found is None or not all(c.is_nonnegative for c in found):
            return None
        if face.strict:
            excluded.append({k for k, c in enumerate(found) if c.is_positive})
    summand = sum((w.term for w in weights), sp.Integer(0))
    constant = observed.constant(summand)
    total = observed.total(summand) if constant is None else constant * observed.model.size
    shares = tuple(Share(w, a, w.total / total / a) for w, a in zip(weights, multiples, strict=True))
    smallest = {frozenset(e) for e in excluded if not any(other < e for other in excluded)}
    without = tuple(tuple(shares[k] for k in sorted(e)) for e in sorted(smallest, key=sorted))
    return Simplex(parameters, shares, total, constant is not None and bool(constant.is_positive), without)
