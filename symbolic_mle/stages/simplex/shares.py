"""Shares of a whole: the maximum of Σₖ Sₖ log uₖ over a simplex.

Theorem (Gibbs' inequality; Cover & Thomas 2006, Theorem 2.6.3). Let u₁ … u_K ≥ 0 be linearly independent affine forms with
Σ aₖuₖ = 1, aₖ > 0, and let the space be all of {uₖ ≥ 0}, possibly without some faces. For weights Sₖ ≥ 0 with N = Σ Sₖ > 0,
  Σ Sₖ log uₖ ≤ Σ Sₖ log ûₖ,   ûₖ = Sₖ/(aₖN)   (0 log 0 = 0),   with equality only at u = û,
because log t ≤ t − 1: Σ Sₖ log(uₖ/ûₖ) ≤ Σ_{Sₖ>0} Sₖ(uₖ/ûₖ − 1) = N(Σ_{Sₖ>0} aₖuₖ − 1) ≤ 0. (Lagrange's multiplier of the
constraint is N: Sₖ/uₖ = N·aₖ.) So û is the unique maximiser where it belongs to the space. Where it does not, there is none:
the likelihood is continuous on the closed simplex, in which the space is dense, and nothing else reaches its maximum.

Theorem (order; Robertson, Wright & Dykstra 1988, Theorem 1.5.1, with Φ(t) = t log t). If the space asks uᵢ ≤ uⱼ for some pairs
besides, the unique maximiser over its closure is the isotonic regression u* of û with the weights aₖ, which keeps Σ aₖu*ₖ = 1:
up to a constant −ℓ/N is Σ aₖΔ(ûₖ, uₖ), Δ(g, u) = g log(g/u) − g + u, and Σ aΔ(û, u) ≥ Σ aΔ(û, u*) + Σ aΔ(u*, u) for every
isotonic u.

Premises checked: as many forms as free parameters and one more; their independence; aₖ > 0; every uₖ ≥ 0 on the space, and
every inequality of the space either uⱼ − uᵢ ≥ 0 or a sum Σ cₖuₖ ≥ 0 with cₖ ≥ 0. A strict sum leaves out the face on which the
uₖ with cₖ > 0 vanish, and û lies there iff these Sₖ are all 0; a strict order leaves out uᵢ = uⱼ.
"""

from __future__ import annotations

from dataclasses import dataclass

import sympy as sp
from sympy import Expr, Symbol

from symbolic_mle.algebra.affine import Form, Polyhedron, combination
from symbolic_mle.stages.ordered.order import Block, Order, Pair, max_min, pair_of
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
    excluded: tuple[tuple[int, ...], ...]
    order: Order
    ordered: tuple[Expr, ...]  # the maximisers under the order, in that of the shares

    def value(self, form: Form, ordered: bool = False) -> Expr | None:
        """The estimate of an affine form in the parameters of this simplex; a constant is itself."""
        if not any(form[1:]):
            return form[0]
        found = combination(form, [s.weight.form for s in self.shares])
        estimates = self.ordered if ordered else [s.estimate for s in self.shares]
        return found and sp.Add(*(c * e for c, e in zip(found, estimates, strict=True)))


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
    pairs: list[Pair] = []
    for face in space.faces:
        if not any(face.form[k] for k in mine):
            continue
        found = combination(face.form, forms)
        pair = found and pair_of(found, face.strict)
        if found is None or not (pair or all(c.is_nonnegative for c in found)):
            return None
        if pair:
            pairs.append(pair)
        elif face.strict:
            excluded.append({k for k, c in enumerate(found) if c.is_positive})
    summand = sum((w.term for w in weights), sp.Integer(0))
    constant = observed.constant(summand)
    total = observed.total(summand) if constant is None else constant * observed.model.size
    shares = tuple(Share(w, a, w.total / total / a) for w, a in zip(weights, multiples, strict=True))
    smallest = {frozenset(e) for e in excluded if not any(other < e for other in excluded)}
    without = tuple(tuple(sorted(e)) for e in sorted(smallest, key=sorted))
    order = Order(len(shares), tuple(dict.fromkeys(pairs)))
    ordered = _isotonic(shares, total, order)
    if ordered is None:
        return None
    certain = constant is not None and bool(constant.is_positive)
    return Simplex(parameters, shares, total, certain, without, order, ordered)


def _isotonic(shares: tuple[Share, ...], total: Expr, order: Order) -> tuple[Expr, ...] | None:
    """The max–min formula: Av(B) = Σ_B S / (N Σ_B a)."""

    def average(block: Block) -> Expr:
        if len(block) == 1:
            return shares[next(iter(block))].estimate
        members = [shares[k] for k in sorted(block)]
        if len(members) == len(shares):
            return 1 / sp.Add(*(s.multiple for s in members))
        return sp.Add(*(s.weight.total for s in members)) / total / sp.Add(*(s.multiple for s in members))

    if not order.pairs:
        return tuple(s.estimate for s in shares)
    return None if order.has_cycle() else max_min(order, average)
