"""Sums over the sample, Σᵢ g(xᵢ), as SymPy expressions that differentiate and keep their signs.

SymPy's own ``Sum`` over ``Indexed`` cannot be solved through, has two spellings for every index letter, and crashes
under ``simplify``. A ``DataSum`` has no index at all: the model's variable, which stands for one observation, is bound
in it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp
from sympy import Expr, Symbol, Tuple


class DataSum(Expr):
    """Σᵢ g(xᵢ): ``DataSum(g, x)`` or ``DataSum(g, (y, z))``, where x (or y, z) in ``g`` stands for one observation.

    The symbols are bound: they are not free in the sum, and a ``DataSum`` inside ``g`` is a number as far as the outer
    sum is concerned. Signs follow from ``g`` and the symbols' own assumptions (a sum has at least one term).

    >>> x, t = sp.symbols("x t", positive=True)
    >>> DataSum(x**t, x).diff(t)
    DataSum(x**t*log(x), (x,))
    >>> DataSum(x, x).is_positive
    True
    """

    is_commutative = True
    is_Atom = True  # noqa: N815 (SymPy's name): ``expand`` and its kin leave the summand as it was written

    def __new__(cls, summand: Any, variables: Any) -> DataSum:
        names = Tuple(*variables) if isinstance(variables, (tuple, list, Tuple)) else Tuple(variables)
        return Expr.__new__(cls, sp.sympify(summand), names)

    @property
    def summand(self) -> Expr:
        return self.args[0]

    @property
    def variables(self) -> tuple[Symbol, ...]:
        return tuple(self.args[1])

    @property
    def free_symbols(self) -> set[Symbol]:
        return self.summand.free_symbols - set(self.variables)

    @property
    def bound_symbols(self) -> list[Symbol]:
        return list(self.variables)

    def _eval_derivative(self, symbol: Symbol) -> Expr:
        if symbol not in self.free_symbols:
            return sp.S.Zero
        derivative = self.summand.diff(symbol)
        return sp.S.Zero if derivative == 0 else DataSum(derivative, self.variables)

    def _eval_subs(self, old: Expr, new: Expr) -> Expr | None:
        if old in self.variables:
            return self
        if not new.free_symbols & set(self.variables):
            return None
        renamed = {v: sp.Dummy(v.name, **v.assumptions0) for v in self.variables}
        return DataSum(self.summand.xreplace(renamed), tuple(renamed.values())).subs(old, new)

    def _eval_is_real(self) -> bool | None:
        return self.summand.is_real

    def _eval_is_finite(self) -> bool | None:
        return self.summand.is_finite

    def _eval_is_integer(self) -> bool | None:
        return self.summand.is_integer or None

    def _eval_is_positive(self) -> bool | None:
        return self.summand.is_positive or None

    def _eval_is_negative(self) -> bool | None:
        return self.summand.is_negative or None

    def _eval_is_nonnegative(self) -> bool | None:
        return self.summand.is_nonnegative or None

    def _eval_is_nonpositive(self) -> bool | None:
        return self.summand.is_nonpositive or None

    def _sympystr(self, printer: Any) -> str:
        return f"DataSum({printer._print(self.summand)}, {printer._print(self.args[1])})"


def mean(summand: Expr, variables: Any, size: Symbol) -> Expr:
    """(1/n) Σᵢ g(xᵢ)."""
    return DataSum(summand, variables) / size


def sealed(function: Callable[[Expr], Expr], expr: Expr) -> Expr:
    """function(expr), with the sums over the sample as plain symbols while SymPy works on it."""
    slots = {s: sp.Dummy("S", **{k: True for k in _KEPT if getattr(s, f"is_{k}")}) for s in outermost_sums(expr)}
    return function(expr.xreplace(slots)).xreplace({d: s for s, d in slots.items()})


_KEPT = ("real", "positive", "negative", "nonnegative", "nonpositive")


def outermost_sums(expr: Expr) -> set[DataSum]:
    """The sums over the data that do not stand inside another."""
    if isinstance(expr, DataSum):
        return {expr}
    return set().union(*(outermost_sums(a) for a in expr.args))


def as_sympy_sum(expr: Expr, size: Symbol) -> Expr:
    """The expression with SymPy's own sums: Σᵢ g(xᵢ) → ``Sum(g(x[i]), (i, 1, n))``, for what goes to users."""
    return expr.xreplace({total: _indexed(total, size) for total in outermost_sums(expr)})


def _indexed(total: DataSum, size: Symbol) -> Expr:
    """One sum, its inner ones first, each with an index of its own.

    x gives way to a placeholder until the end, because the label of an ``IndexedBase`` is a symbol x too.
    """
    slots = {v: sp.Dummy(v.name, **v.assumptions0) for v in total.variables}
    body = as_sympy_sum(total.summand.xreplace(slots), size)
    taken = {s.name for s in body.atoms(Symbol)} | {size.name}
    letter = sp.Symbol(next(name for name in _INDICES if name not in taken), integer=True)
    observed = {slot: sp.Indexed(sp.IndexedBase(v.name, **v.assumptions0), letter) for v, slot in slots.items()}
    return sp.Sum(body.xreplace(observed), (letter, 1, size))


_INDICES = (*"ijklrst", *(f"i{k}" for k in range(100)))
