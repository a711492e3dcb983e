"""Counts that vary more than a Poisson's: the profile score of the size of a negative binomial distribution.

Theorem (Simonsen 1976, Scand. Actuarial J. 1976, 220–231; compare Levin & Reeds 1977, Ann. Statist. 5, 79–87, and Aragón,
Eberly & Eberly 1992, Stat. Probab. Lett. 15, 375–379). For x₁ … xₙ ∈ {0, 1, 2, …} with mean m > 0 let
    g(r) = Σ (ψ(xᵢ + r) − ψ(r)) − n log(1 + m/r),   r > 0.
If Σ (xᵢ − m)² > Σ xᵢ, then g has exactly one root, g > 0 before it and g < 0 after it. Otherwise g > 0 everywhere.

Proof. Let X be one of the xᵢ at random, u = e^(−t), q = (1 − u)/t. By ψ(x + r) − ψ(r) = Σ_(j<x) 1/(r + j) and Frullani's
integral g(r) = n ∫ e^(−rt) h(t) dt over t > 0 with (1 − u)·h(t) = κ(t) = 1 − E u^X − q·(1 − u^m). κ is the Laplace transform
∫ u^s dK(s) of K = δ₀ − U[0, 1] + U[m, m + 1] − law(X), which has mass 0 and mean 0: κ has a double zero at 0. κ → P(X > 0) >
0 as t → ∞.
A Laplace transform has at most as many real zeros, counted with multiplicity, as its measure has changes of sign (Pólya &
Szegő, Problems and Theorems, part V, no. 80; Karlin 1968, Total Positivity, chapter 5).

1. At every zero t₀ > 0 of κ, κ′(t₀) > 0. Let k be the integer with k − 1 < m ≤ k, e = m − k + 1, P(i) the probability of X =
    i.
1a. m = k, k = 1 or P(k) = 0. The signs of K in order are: + at 0; − on (0, 1), or (0, m), and at 1, …, k; + on (m, m + 1); −
    beyond. So κ has at most 3 zeros, and beside the two at 0 only a simple one, after which κ > 0.
1b. Otherwise let u₀ = e^(−t₀). The triangles with corners 0, j, j + 1 (j ≥ 1) on the convex curve (x, u₀^x) fill the convex
    hull of its points over the counts, which holds (m, E u₀^X). So some X* on {0, j, j + 1} has the mean m and E u₀^X* = E
    u₀^X: its κ* vanishes at t₀ too. Choose φ(x) = x·u₀^x − α − βx − γu₀^x with zeros 0, j, j + 1. It has no others, for
    (u₀^(−x) φ)″ has at most one, and φ(−∞) = −∞; so φ ≥ 0 on the counts, E φ(X) ≥ 0 = E φ(X*), that is E X u₀^X ≥ E X* u₀^X*
    and κ′(t₀) ≥ κ*′(t₀). Left to see: κ*′(t₀) > 0. As m < j + 1, j ≥ k − 1. For j > k it is case 1a, P*(k) being 0. In the
    next two, p = P*(0) gives P* by the mean.
    j = k: κ* has a transform's form with κ*/t² = ∫ u^s A(s) ds, A(s) = ∫_(s−1)^s F, F(s) = Σ_(i≤s) P(X* > i) − min(s, m) for
      s ≥ 0, else 0. From A(0) = 0 A starts upward, is concave on [0, 1], falls or stays on [1, m], is convex on [m, k] and on
      [k, m + 1], is ≤ 0 at m + 1, and from there rises to 0. So if A(k) = e²/2 − P*(k + 1) = 1 − e + e²/2 − pk ≤ 0, A changes
      its sign once: κ*/t² has at most one real zero, a simple one, after which κ* > 0. At A(k) = 0 Var X* < m (as k > 1), so
      κ* > 0 near 0; and κ* < 0 as t → −∞; so its one zero is negative and κ* > 0 on t > 0. For smaller p κ* is larger: its
      derivative in p is −(1 − (k + 1)u^k + k·u^(k+1)) < 0.
    j = k − 1: for the same reason κ* is at least what it is for P*(k − 1) = 0, an X* on {0, k} just treated: κ* > 0 on t > 0.
2. κ″(0) = m − Var X, and where that is 0, κ‴(0) = E X³ − m³ − 3m²/2 − m > 0, as E X³ ≥ (E X²)²/m = m(m + 1)². So for Var X ≤
    m κ > 0 near 0+, by 1 it has no zero on t > 0, and g > 0. For Var X > m κ < 0 near 0+ and changes its sign once; so g
    changes its sign at most once; g → ∞ as r → 0, and for large r g has the sign of h near 0. ∎

Used for a profile log-likelihood with ℓ′(θ) = ρ′(θ)·g(ρ(θ)). Premises checked: this identity, the observations being counts,
m > 0, and ρ mapping the space strictly monotonically onto (0, ∞).
"""

from __future__ import annotations

from collections.abc import Sequence

import sympy as sp
from sympy import Dummy, Expr, Symbol

from symbolic_mle.algebra.ends import limit_at
from symbolic_mle.algebra.intervals import Interval
from symbolic_mle.algebra.sample import DataSum
from symbolic_mle.algebra.signs import Sign
from symbolic_mle.records import Condition, Specification
from symbolic_mle.stages.equal_observations import variation
from symbolic_mle.stages.facts import sample_sign
from symbolic_mle.stages.sample_signs import STRICT, SampleSign, find_sign
from symbolic_mle.stages.solution.ends import End

LARGE = 200  # operations in a score beyond which it is not compared


def dispersion_of(
    score: Expr, parameter: Symbol, model: Specification, given: Sequence[Condition]
) -> tuple[Expr, Expr, End, End] | None:
    """M = ±g(ρ(θ)), the m with M = m·ℓ′, and the ends: where ρ → ∞, M → 0, and ``limit`` is what M has the sign of on the way."""
    if not model.discrete or len(model.observed) != 1 or score.count_ops() > LARGE:
        return None
    (x,) = model.observed
    size, total = _size(score, x), DataSum(x, model.observed)
    if size is None or not _are_counts(model.inner_support[x]):
        return None
    rises, sign = _maps_onto_sizes(size, parameter, model), sample_sign(total, model, model.region, given)
    if rises is None or sign is None or sign.sign is not Sign.POSITIVE:
        return None
    slope, function = size.diff(parameter), _profile_score(size, total, model)
    if not _same(score, slope * function, model):
        return None
    side, interval = (1 if rises else -1), model.parameters[parameter]
    small = side * sp.oo, SampleSign(Sign.POSITIVE if rises else Sign.NEGATIVE)
    large = side * (total - variation(x, model)), None
    lower, upper = (small, large) if rises else (large, small)
    return (
        side * function,
        side / slope,
        End(interval.lower, "+", interval.closed_lower, *lower),
        End(interval.upper, "-", interval.closed_upper, *upper),
    )


def _size(score: Expr, x: Symbol) -> Expr | None:
    """ρ, where the score holds ψ(x + ρ) for one ρ."""
    digammas = {d for total in score.atoms(DataSum) for d in total.summand.atoms(sp.polygamma) if d.has(x)}
    sizes = {sp.expand(d.args[1] - x) for d in digammas}
    size = sizes.pop() if len(sizes) == 1 and all(d.args[0] == 0 for d in digammas) else None
    return None if size is None or size.has(x, DataSum) else size


def _are_counts(support: Interval) -> bool:
    return support.integer and bool(support.lower.is_integer and support.lower.is_nonnegative)


def _maps_onto_sizes(size: Expr, parameter: Symbol, model: Specification) -> bool | None:
    """Does ρ map the space strictly monotonically onto (0, ∞)? True when it rises, False when it falls, None otherwise."""
    interval = model.parameters[parameter]
    slope = find_sign(size.diff(parameter), model.region)
    if slope is None or slope.sign not in STRICT or interval.closed_lower or interval.closed_upper:
        return None
    rises = slope.sign is Sign.POSITIVE
    ends = [limit_at(size, parameter, e, s) for e, s in ((interval.lower, "+"), (interval.upper, "-"))]
    return rises if ends == ([0, sp.oo] if rises else [sp.oo, 0]) else None


def _profile_score(size: Expr, total: Expr, model: Specification) -> Expr:
    """g(ρ)."""
    (x,) = model.observed
    differences = DataSum(sp.polygamma(0, x + size) - sp.polygamma(0, size), model.observed)
    return differences - model.size * sp.log(1 + total / (model.size * size))


def _same(one: Expr, other: Expr, model: Specification) -> bool:
    """Are two scores equal for all data, with every sum taken term by term and every logarithm of a quotient opened?"""
    sums: dict[Expr, Expr] = {sp.Integer(1): model.size}

    def sum_of(term: Expr) -> Expr:
        outside, inside = term.as_independent(*model.observed, as_Add=False)
        return outside * sums.setdefault(inside, Dummy("S", positive=True if inside in model.observed else None))

    def opened(total: DataSum) -> Expr:
        return sp.Add(*map(sum_of, sp.Add.make_args(sp.expand(total.summand))))

    difference = (one - other).replace(lambda e: isinstance(e, DataSum), opened)
    difference = difference.replace(
        lambda e: isinstance(e, sp.log), lambda e: sp.expand_log(sp.log(sp.factor(sp.together(e.args[0]))))
    )
    return sp.cancel(sp.together(sp.expand(difference))) == 0
