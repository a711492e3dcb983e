"""Where binomial coefficients are 0: C(a, b) = 0 for integers 0 ≤ a < b, which bounds the support where a formula does not say so.

The density C(M, x) C(N − M, k − x)/C(N, k) is 0 for k − x > N − M. A ratio of neighbouring likelihoods is 0/0 there, so that bound
belongs to the support, whether it was written down or not. (For a < 0 the coefficient need not be 0: a ≥ 0 has to follow.)
"""

from __future__ import annotations

from collections.abc import Iterable

import sympy as sp
from sympy import Basic, Expr, Symbol

from symbolic_mle.algebra.slack import slack_coordinates


def positive_where(
    density: Expr, variables: Iterable[Symbol], whole: set[Symbol], relations: Iterable[Basic]
) -> tuple[Basic, ...]:
    """b ≤ a for every C(a, b) of the density that holds a variable and only whole numbers, a ≥ 0, where no relation says it.

    >>> x, k, m, n = sp.symbols("x k m n", integer=True)
    >>> positive_where(sp.binomial(m, x) * sp.binomial(n - m, k - x), [x], {x, k, m, n}, [m >= 0, n >= m, x <= m])
    (k - x <= -m + n,)
    """
    ordered = [r for r in relations if isinstance(r, (sp.Ge, sp.Gt, sp.Le, sp.Lt))]
    known = {g for r in ordered for g in _differences(r.gts, r.lts)}
    places, region = slack_coordinates(
        sorted(known, key=sp.default_sort_key), set().union(*(g.free_symbols for g in known))
    )
    found: list[Basic] = []
    for coefficient in sorted(density.atoms(sp.binomial), key=sp.default_sort_key):
        above, below = coefficient.args
        gap = sp.expand(above - below)
        placed = sp.expand(above.xreplace(places))
        nonnegative = placed.free_symbols <= region.keys() and all(
            c.is_nonnegative for c in placed.as_coefficients_dict().values()
        )
        if nonnegative and gap.free_symbols & set(variables) and coefficient.free_symbols <= whole and gap not in known:
            found.append(sp.Le(below, above, evaluate=False))
    return tuple(found)


def _differences(larger: Expr, smaller: Expr) -> set[Expr]:
    """larger − smaller, and without a maximum on the smaller or a minimum on the larger side."""
    return {
        sp.expand(g - s)
        for g in (larger.args if isinstance(larger, sp.Min) else (larger,))
        for s in (smaller.args if isinstance(smaller, sp.Max) else (smaller,))
    }
