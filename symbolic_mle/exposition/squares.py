"""A sum of squares about a parameter, parted at the mean: ∑ᵢ (tᵢ − m)² = ∑ᵢ (tᵢ − t̄)² + n(t̄ − m)².

With it a normal log-likelihood and its scores read as in a book. Knows SymPy expressions and sums over the sample only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sympy as sp
from sympy import Dummy, Expr, Symbol

from symbolic_mle.algebra.sample import DataSum


@dataclass(frozen=True, slots=True)
class Squares:
    """The sum of squares ``total`` = ``spread`` + n·(``mean`` − ``centre``)², for t = ``quantity``.

    ``mean`` is a symbol that stands for t̄; ``log_likelihood`` is ℓ with the squares parted.
    """

    quantity: Expr
    centre: Expr
    mean: Symbol
    total: DataSum
    spread: DataSum
    parted: Expr
    log_likelihood: Expr

    def in_means(self, expr: Expr, size: Symbol) -> Expr:
        """Σ tᵢ → n·t̄, outside of other sums."""
        average = DataSum(self.quantity, self.total.variables)
        return _outside_sums(expr, average, size * self.mean)

    def in_sums(self, expr: Expr, size: Symbol) -> Expr:
        """t̄ → Σ tᵢ/n."""
        return expr.xreplace({self.mean: DataSum(self.quantity, self.total.variables) / size})


def _outside_sums(expr: Expr, old: Expr, new: Expr) -> Expr:
    if expr == old:
        return new
    if isinstance(expr, DataSum) or not expr.args:
        return expr
    return expr.func(*(_outside_sums(a, old, new) for a in expr.args))


def find_squares(
    log_likelihood: Expr, data: Sequence[Symbol], parameters: Iterable[Symbol], size: Symbol
) -> Squares | None:
    """The one sum of squares c·∑ᵢ (tᵢ − m)² of a log-likelihood, where m is of other parameters than c."""
    unknown, found = set(parameters), None
    for term in sp.Add.make_args(log_likelihood):
        outside, total = term.as_independent(DataSum, as_Add=False)
        parts = _parts(total, set(data), unknown)
        if parts is None:
            continue
        quantity, centre = parts
        if found is not None or outside.free_symbols & centre.free_symbols & unknown:
            return None
        mean = Dummy("mean", **({"positive": True} if quantity.is_positive else {"real": True}))
        spread = DataSum((quantity - DataSum(quantity, tuple(data)) / size) ** 2, tuple(data))
        pieces = size * (mean - centre) ** 2
        rest = log_likelihood - term
        found = Squares(quantity, centre, mean, total, spread, pieces, rest + outside * pieces + outside * spread)
    return found


def _parts(total: Expr, data: set[Symbol], unknown: set[Symbol]) -> tuple[Expr, Expr] | None:
    """(t, m) of ∑ᵢ (tᵢ − m)², with t free of unknown parameters and m of them alone."""
    if not isinstance(total, DataSum) or not isinstance(total.summand, sp.Pow) or total.summand.exp != 2:
        return None
    terms = sp.Add.make_args(total.summand.base)
    quantity = sp.Add(*(t for t in terms if t.free_symbols & data))
    rest = sp.Add(*(t for t in terms if not t.free_symbols & data))
    if quantity == 0 or quantity.free_symbols & unknown or not rest.free_symbols & unknown:
        return None
    if quantity.could_extract_minus_sign():
        quantity, rest = -quantity, -rest
    return quantity, -rest
